"""Files written whole beside those that are there already, with the permissions of the office's files."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from ob_buero_tui.store.rights import make_folder, set_rights

AT_MOST = 99
"""Files of one name that get a number of their own."""


def write_new(folder: Path, stem: str, suffix: str, data: bytes, file_mode: int = 0o600) -> Path | None:
    """Write a file under a name that nobody has taken: „liste.pdf“, „liste-2.pdf“ …

    Args:
        folder: Created where it is missing.
        stem: The name without its ending.
        suffix: The ending, with its dot.
        file_mode: Permissions of the office's files.

    Returns:
        Where it lies; None when all names are taken.

    Raises:
        OSError: the folder cannot be made or written; nothing of the file is left behind.
    """
    make_folder(folder, file_mode)
    for number in range(1, AT_MOST + 1):
        path = folder / (f"{stem}{suffix}" if number == 1 else f"{stem}-{number}{suffix}")
        try:
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        except FileExistsError:
            continue
        try:
            _fill(path, data, file_mode)
        except OSError:
            path.unlink(missing_ok=True)
            raise
        return path
    return None


def _fill(path: Path, data: bytes, file_mode: int) -> None:
    """Put a whole file in the place of an empty one: whoever opens it sees all of it or nothing."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.stem}-")
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        set_rights(part, file_mode)
        part.replace(path)
    except OSError:
        part.unlink(missing_ok=True)
        raise
