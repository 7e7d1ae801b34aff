"""Files that leave: written whole into the folder for what goes out, never over another one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.system_errors import system_reason
from ob_buero_tui.store.rights import make_folder, set_rights

_FORBIDDEN = str.maketrans(dict.fromkeys('<>:"/\\|?*\x7f�', " "))
_RESERVED = frozenset(
    {"con", "prn", "aux", "nul", *(f"{name}{digit}" for name in ("com", "lpt") for digit in range(1, 10))}
)
_MOST = 999
UNREADY = ".unfertig"
"""How the name of a file ends that waits for the step to be stored."""


def file_name(number: str, name: str, suffix: str) -> str:
    """A file name from number and name that every system takes: „2026-0012 TSV Lindenau.eml“."""
    bare = " ".join(clean(f"{number} {name}", limit=200).translate(_FORBIDDEN).split())
    short = bare.encode("utf-8")[:120].decode("utf-8", "ignore").strip(" .")
    if not short or short.split(".")[0].lower() in _RESERVED:
        short = f"Antwort {short}".strip()
    return f"{short}{suffix}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A file that is written and has not its name yet.

    Args:
        path: Where it lies, beside its place.
        wanted: What it will be called.
    """

    path: Path
    wanted: Path

    def bring_out(self) -> Path:
        """Give the file its name; where that was taken meanwhile it gets a number.

        What the system refuses now stays where it lies: `ob-buero check` names it.
        """
        try:
            path = _claimed(self.wanted.parent, self.wanted.name)
            self.path.replace(path)
        except OSError:
            return self.path
        return path

    def drop(self) -> None:
        """The answer stays in the house: its file goes."""
        self.path.unlink(missing_ok=True)


def write_waiting(folder: Path, name: str, data: bytes, file_mode: int = 0o600) -> Waiting:
    """Write a file under a name of its own, until the step that sends it is stored.

    Args:
        file_mode: Permissions of the office's files; whoever sits at the next desk may send it too.

    Raises:
        Refusal: the folder or the disk does not take it; nothing is left behind.
    """
    try:
        make_folder(folder, file_mode)
        wanted = next(one for one in _names(folder, name) if not one.exists() and _claim(_unready(one)))
    except StopIteration as error:
        raise _refused(folder, OSError(f"too many files are called {name}")) from error
    except OSError as error:
        raise _refused(folder, error) from error
    _fill(_unready(wanted), data, file_mode)
    return Waiting(path=_unready(wanted), wanted=wanted)


def left_over(folder: Path) -> list[Path]:
    """The files that wait for their names though nobody sends them: a process was ended between."""
    try:
        return sorted(path for path in folder.iterdir() if path.name.endswith(UNREADY))
    except OSError:
        return []


def write_out(folder: Path, name: str, data: bytes, file_mode: int = 0o600) -> Path:
    """Write a file that was not there before; a second one of its name gets a number.

    Args:
        file_mode: As `write_waiting`.

    Raises:
        Refusal: the folder or the disk does not take it; nothing is left behind.
    """
    try:
        make_folder(folder, file_mode)
        path = _claimed(folder, name)
    except OSError as error:
        raise _refused(folder, error) from error
    _fill(path, data, file_mode)
    return path


def _fill(path: Path, data: bytes, file_mode: int) -> None:
    try:
        with path.open("wb") as stream:
            set_rights(path, file_mode)
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
    except OSError as error:
        path.unlink(missing_ok=True)
        raise _refused(path.parent, error) from error


def _unready(path: Path) -> Path:
    return path.with_name(f".{path.name}{UNREADY}")


def _names(folder: Path, name: str) -> Iterator[Path]:
    """„Name“, „Name (2)“, „Name (3)“ …"""
    first = folder / name
    yield first
    for count in range(2, _MOST):
        yield first.with_name(f"{first.stem} ({count}){first.suffix}")


def _claimed(folder: Path, name: str) -> Path:
    """An empty file of our own: the first free of its names."""
    for path in _names(folder, name):
        if _claim(path):
            return path
    raise OSError(f"too many files are called {name}")


def _claim(path: Path) -> bool:
    """Whether a file of this name is ours now."""
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError:
        return False
    return True


def _refused(folder: Path, error: OSError) -> Refusal:
    return Refusal(
        "Die Antwort ist nicht hinaus.",
        f"Der Ordner „{clean(str(folder), limit=200)}“ nimmt die Datei nicht: {system_reason(error)}.",
        "Schaffen Sie Platz, oder bitten Sie die IT, out_folder in den Einstellungen zu setzen.",
    )
