"""The drop folder's files: which of them are whole, and moves that never overwrite anything."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from ob_buero_tui.services.intake.files import SYSTEM_FILES
from ob_buero_tui.store.rights import folder_mode, set_rights

DONE, FAILED, CLAIMED = "erledigt", "fehler", ".in-arbeit"
"""Folders inside the drop folder: what was taken in (by day), what was refused, what is being read."""
KEEP_DAYS: Final = 7
"""Days after which what was taken in whole is removed from `erledigt`: its bytes lie in the office's folder
of attachments under their hash. What was read in part goes to `fehler`, where nothing is ever removed."""
LARGE: Final = "aufgehoben"
"""Folder inside `erledigt` of what is too large to be kept twice; it is never cleared."""
ATTEMPTS: Final = "versuch-"
"""How the marks of broken-off readings in the folder of claims begin."""
REASON: Final = ".txt"
"""Ending of the file beside a refused one that says why."""
NAME_BYTES: Final = 255
_PARTIAL: Final = (".tmp", ".part", ".partial", ".crdownload", ".download", ".filepart", ".opdownload")

Stamp = tuple[int, int, int]
"""Size, time of the last change and number of a file: what must rest before the file is read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One entry of the drop folder.

    Args:
        why: German, why it is not taken in; empty for a plain file.
    """

    name: str
    stamp: Stamp
    why: str = ""


def is_partial(name: str) -> bool:
    """Whether a name is hidden, or that of a file somebody is still writing."""
    lower = name.lower()
    return lower.startswith((".", "~$", "~")) or lower.endswith(_PARTIAL) or lower in SYSTEM_FILES


def found_in(folder: Path) -> list[Found]:
    """What lies in the drop folder itself, by name; links and special files are named, never followed.

    Raises:
        OSError: the folder cannot be read.
    """
    with os.scandir(folder) as entries:
        names = sorted(entry.name for entry in entries if entry.name not in (DONE, FAILED, CLAIMED))
    return [one for name in names if (one := _found(folder, name)) is not None]


def _found(folder: Path, name: str) -> Found | None:
    try:
        told = os.lstat(folder / name)
    except OSError:  # another desk was faster, or it was renamed
        return None
    why = ""
    if stat.S_ISLNK(told.st_mode):
        why = "eine Verknüpfung; legen Sie die Datei selbst hinein"
    elif stat.S_ISDIR(told.st_mode):
        why = "ein Ordner; legen Sie die Dateien selbst hinein"
    elif not stat.S_ISREG(told.st_mode):
        why = "keine gewöhnliche Datei"
    elif is_partial(name):
        why = "noch nicht vollständig (Name einer unfertigen Datei)"
    elif not told.st_size:
        why = "leer; wird gelesen, sobald etwas darin steht"
    return Found(name=name, stamp=(told.st_size, told.st_mtime_ns, told.st_ino), why=why)


def own_folder(path: Path, file_mode: int) -> Path:
    """A folder of ours, made when it is missing.

    Args:
        file_mode: Permissions of the office's files; who may read those may enter.

    Raises:
        OSError: it cannot be made, or something else bears its name.
    """
    with suppress(FileExistsError):
        path.mkdir(mode=0o700)
        set_rights(path, folder_mode(file_mode))
    if not stat.S_ISDIR(os.lstat(path).st_mode):
        raise NotADirectoryError(errno.ENOTDIR, "not a folder of our own", str(path))
    return path


def is_plain(path: Path) -> bool:
    """Whether this is a regular file itself, no link to one."""
    try:
        return stat.S_ISREG(os.lstat(path).st_mode)
    except OSError:
        return False


def move(source: Path, folder: Path, name: str, *, mark: str = "", room: int = 0) -> Path:
    """Move a file into a folder under its name; where that is taken, a mark and a counter are added.

    Args:
        mark: What a second file of the name gets before its counter, such as a date.
        room: Bytes to leave free at the end of the name.

    Raises:
        OSError: the file is gone, or the folder does not take it.
    """
    for target in _targets(folder, name, mark, room):
        try:
            _rename(source, target)
        except FileExistsError:
            continue
        return target
    raise FileExistsError(errno.EEXIST, "no free name", str(folder))


def _targets(folder: Path, name: str, mark: str, room: int) -> Iterator[Path]:
    for count in range(1, 10_000):
        words = [word for word in (mark, str(count) if count > 2 or not mark else "") if word]
        yield folder / fitting(name, f" ({' '.join(words)})" if count > 1 else "", room)


def fitting(name: str, behind: str, room: int = 0) -> str:
    """A file name with something before its ending, cut to what file systems take."""
    stem, ending = os.path.splitext(name)
    raw = os.fsencode(stem)[: NAME_BYTES - room - len(os.fsencode(ending + behind))]
    # A cut inside a letter would leave bytes that are no letter.
    kept = raw.decode("utf-8", "ignore") if len(raw) < len(os.fsencode(stem)) else stem
    return f"{kept}{behind}{ending}"


def _rename(source: Path, target: Path) -> None:
    """Rename without replacing: by a second name where the file system has them, else after a look."""
    if os.name == "posix":
        try:
            os.link(source, target, follow_symlinks=False)
        except FileExistsError:
            raise
        except OSError as error:
            if error.errno not in (errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EMLINK, errno.ENOSYS):
                raise
        else:
            source.unlink()
            return
        if os.path.lexists(target):
            raise FileExistsError(errno.EEXIST, "taken", str(target))
    source.rename(target)


def write_reason(path: Path, text: str, file_mode: int) -> None:
    """Write why a file was refused beside it; a file that stands there already is left as it is."""
    target = path.with_name(path.name + REASON)
    with suppress(FileExistsError):
        handle = os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, file_mode)
        with open(handle, "w", encoding="utf-8-sig", newline="\r\n") as file:
            set_rights(target, file_mode)
            file.write(text)


def _attempt(claims: Path, item: Path) -> Path:
    """The mark of a file; a file keeps its size and time while it is moved."""
    told = os.lstat(item)
    return claims / f"{ATTEMPTS}{told.st_size}-{told.st_mtime_ns}"


def broke_off_before(claims: Path, item: Path, file_mode: int) -> bool:
    """Note that a process ended while it read this file; whether that is known of it already.

    Raises:
        OSError: the file is gone, or the mark cannot be written.
    """
    try:
        os.close(os.open(_attempt(claims, item), os.O_CREAT | os.O_EXCL | os.O_WRONLY, file_mode))
    except FileExistsError:
        return True
    return False


def forget_attempt(claims: Path, item: Path) -> None:
    """This file was read to its end: take its mark away."""
    with suppress(OSError):
        _attempt(claims, item).unlink(missing_ok=True)


def clear_done(folder: Path, today: date) -> None:
    """Remove what was taken in more than `KEEP_DAYS` days ago: plain files in folders named by our dates."""
    oldest = today - timedelta(days=KEEP_DAYS)
    done = folder / DONE
    if not done.is_dir() or done.is_symlink():
        return
    for day in sorted(done.iterdir()):
        named = _day(day.name)
        if named is None or named >= oldest or day.is_symlink() or not day.is_dir():
            continue
        for item in list(day.iterdir()):
            if is_plain(item):
                item.unlink(missing_ok=True)
        with suppress(OSError):  # somebody put a folder of their own there
            day.rmdir()


def _day(name: str) -> date | None:
    try:
        return date.fromisoformat(name) if len(name) == 10 else None
    except ValueError:
        return None
