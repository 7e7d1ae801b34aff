"""What a power loss would leave: the names that stood in a folder when it was last brought to the disk."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch


class Disk:
    """What has reached the disk, and what has not."""

    def __init__(self) -> None:
        self.files: set[Path] = set()
        self.names: dict[Path, set[str]] = {}

    def fsync(self, handle: int) -> None:
        """Note instead of waiting for a real disk."""
        path = Path(os.readlink(f"/proc/self/fd/{handle}"))
        if path.is_dir():
            self.names[path] = set(os.listdir(path))
        else:
            self.files.add(path)

    def unsettled(self, root: Path) -> list[str]:
        """Files and folders below a folder whose names a power loss would take."""
        found = (item for item in root.rglob("*") if item.name not in self.names.get(item.parent, ()))
        return sorted(str(item.relative_to(root)) for item in found)


@contextmanager
def disk() -> Iterator[Disk]:
    """Follow what is brought to the disk in the block."""
    watched = Disk()
    with patch.object(os, "fsync", watched.fsync):
        yield watched
