"""Files written whole beside those that are there already, and for this account alone."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

AT_MOST = 99
"""Files of one name that get a number of their own."""


def write_new(folder: Path, stem: str, suffix: str, data: bytes) -> Path | None:
    """Write a file under a name that nobody has taken: „liste.pdf“, „liste-2.pdf“ …

    Args:
        folder: Created where it is missing, for this account alone.
        stem: The name without its ending.
        suffix: The ending, with its dot.

    Returns:
        Where it lies; None when all names are taken.

    Raises:
        OSError: the folder cannot be made or written; nothing of the file is left behind.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for number in range(1, AT_MOST + 1):
        path = folder / (f"{stem}{suffix}" if number == 1 else f"{stem}-{number}{suffix}")
        try:
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        except FileExistsError:
            continue
        try:
            _fill(path, data)
        except OSError:
            path.unlink(missing_ok=True)
            raise
        return path
    return None


def _fill(path: Path, data: bytes) -> None:
    """Put a whole file in the place of an empty one: whoever opens it sees all of it or nothing."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.stem}-")  # for this account alone
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError:
        part.unlink(missing_ok=True)
        raise
