"""Brings files and the names in a folder to the disk, before anything relies on them after a power loss."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import IO, Final

from ob_buero_tui.store.rights import make_folder, set_rights

_UNKNOWN: Final = frozenset((errno.EINVAL, errno.ENOTSUP, errno.ENOSYS))
"""What a file system answers that knows no such thing for folders, as some shares and sticks do."""


def settle_stream(stream: IO[bytes] | IO[str]) -> None:
    """Bring what was written into an open file to the disk.

    Raises:
        OSError: the disk did not take it.
    """
    stream.flush()
    os.fsync(stream.fileno())


def settle_file(file: Path) -> None:
    """Bring a file that was written by somebody else, such as SQLite, to the disk.

    Raises:
        OSError: the disk did not take it.
    """
    with file.open("rb+") as handle:
        os.fsync(handle.fileno())


def settle_folder(folder: Path) -> None:
    """Bring a folder's new names to the disk; a rename is only then sure to outlive a power loss.

    Raises:
        OSError: the disk did not take it.
    """
    if os.name != "posix":
        return  # there a folder is no file
    try:
        handle = os.open(folder, os.O_RDONLY)
    except PermissionError:
        return  # a folder that takes files from this account and does not show them
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in _UNKNOWN:
            raise
    finally:
        os.close(handle)


def make_settled_folder(folder: Path, file_mode: int) -> None:
    """Make a folder and what is missing above it, as `make_folder` does, and bring the names to the disk.

    Args:
        file_mode: Permissions of the files that come there.

    Raises:
        OSError: it cannot be made, or the disk did not take it.
    """
    missing = [] if folder.is_dir() else [each for each in (folder, *folder.parents) if not each.exists()]
    make_folder(folder, file_mode)
    for each in reversed(missing):
        settle_folder(each.parent)


def make_file(file: Path, mode: int) -> None:
    """Make an empty file with these permissions, whatever the umask says; one that is there is emptied."""
    os.close(os.open(file, os.O_CREAT | os.O_TRUNC | os.O_RDWR, mode))
    set_rights(file, mode)


def write_file(file: Path, text: str, mode: int) -> None:
    """Write a text with these permissions, and bring it to the disk."""
    make_file(file, mode)
    with file.open("w", encoding="utf-8", errors="surrogateescape", newline="\n") as stream:
        stream.write(text)
        settle_stream(stream)
