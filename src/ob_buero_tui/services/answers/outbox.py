"""Files that leave: written whole into the folder for what goes out, never over another one."""

from __future__ import annotations

import os
from pathlib import Path

from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.system_errors import system_reason

_FORBIDDEN = str.maketrans(dict.fromkeys('<>:"/\\|?*\x7f�', " "))
_RESERVED = frozenset(
    {"con", "prn", "aux", "nul", *(f"{name}{digit}" for name in ("com", "lpt") for digit in range(1, 10))}
)
_MOST = 999


def file_name(number: str, name: str, suffix: str) -> str:
    """A file name from number and name that every system takes: „2026-0012 TSV Lindenau.eml“."""
    bare = " ".join(clean(f"{number} {name}", limit=200).translate(_FORBIDDEN).split())
    short = bare.encode("utf-8")[:120].decode("utf-8", "ignore").strip(" .")
    if not short or short.split(".")[0].lower() in _RESERVED:
        short = f"Antwort {short}".strip()
    return f"{short}{suffix}"


def write_out(folder: Path, name: str, data: bytes) -> Path:
    """Write a file that was not there before; a second one of its name gets a number.

    Raises:
        Refusal: the folder or the disk does not take it; nothing is left behind.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path = _claimed(folder, name)
    except OSError as error:
        raise _refused(folder, error) from error
    try:
        with path.open("wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
    except OSError as error:
        path.unlink(missing_ok=True)
        raise _refused(folder, error) from error
    return path


def _claimed(folder: Path, name: str) -> Path:
    """An empty file of our own: the first free of „Name“, „Name (2)“, „Name (3)“."""
    first = folder / name
    for count in range(1, _MOST):
        path = first if count == 1 else first.with_name(f"{first.stem} ({count}){first.suffix}")
        try:
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        except FileExistsError:
            continue
        return path
    raise OSError(f"too many files are called {name}")


def _refused(folder: Path, error: OSError) -> Refusal:
    return Refusal(
        "Die Antwort ist nicht hinaus.",
        f"Der Ordner „{clean(str(folder), limit=200)}“ nimmt die Datei nicht: {system_reason(error)}.",
        "Schaffen Sie Platz, oder bitten Sie die IT, out_folder in den Einstellungen zu setzen.",
    )
