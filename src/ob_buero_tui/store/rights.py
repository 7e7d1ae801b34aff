"""Who may enter and read what the product makes: this account alone, or its group too."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path


def folder_mode(file_mode: int) -> int:
    """Permissions of a folder for files of these permissions: who may read those may enter."""
    return file_mode | (file_mode & 0o444) >> 2


def make_folder(folder: Path, file_mode: int) -> None:
    """Make a folder and what is missing above it, whatever the account's mask says.

    A folder that is there is left as it is: it may be a colleague's. The bit that hands a group's folder
    down to what lies in it is kept, or a colleague could not read what this account writes there.

    Args:
        file_mode: Permissions of the office's files, 0o600 or 0o660.

    Raises:
        OSError: it cannot be made, or a file bears its name.
    """
    missing = [folder, *folder.parents]
    while len(missing) > 1 and missing[-1].exists():
        missing.pop()
    for each in reversed(missing):
        with suppress(FileExistsError):
            each.mkdir(mode=0o700)
            set_rights(each, folder_mode(file_mode))
    if not folder.is_dir():
        raise NotADirectoryError(20, os.strerror(20), str(folder))


def set_rights(path: Path, mode: int) -> None:
    """Give a file or folder of this account its permissions; the bit that hands its group down stays.

    It was made with no more than these. A file system that knows no permissions keeps its own.
    """
    told = path.stat().st_mode
    if stat.S_IMODE(told) & ~stat.S_ISGID != mode:
        with suppress(PermissionError):
            path.chmod(mode | (told & stat.S_ISGID))


def share_group(path: Path, of: Path) -> None:
    """Give a file the group of the one whose place it takes: the IT may have chosen it for the office.

    What this account may not give away stays its own, as does what takes the place of nothing.
    """
    with suppress(OSError):
        group = of.stat().st_gid
        if os.name == "posix" and path.stat().st_gid != group:
            os.chown(path, -1, group)
