"""Where an office's copies lie, and with which rights."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, tzinfo
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupPlace:
    """The database and the folders of its copies.

    Args:
        path: The database file.
        folder: Where copies are made.
        second: A folder on another drive that gets the same; None for none.
        zone: The office's time zone name.
        file_mode: Permissions of the files.
        recipient: The public key that copies in the second folder are encrypted to; "" for plain ones.
    """

    path: Path
    folder: Path
    second: Path | None = None
    zone: str = "Europe/Berlin"
    file_mode: int = 0o600
    recipient: str = ""

    @property
    def folders(self) -> tuple[Path, ...]:
        """Both folders, the first one first."""
        return (self.folder,) if self.second is None else (self.folder, self.second)

    @property
    def good_copy(self) -> Path | None:
        """The newest copy whose checksum is right and that needs no key; None where there is none."""
        from ob_buero_tui.store.way_back import CopyPlaces

        copy = CopyPlaces(path=self.path, folders=self.folders).way_back().copy
        return copy.path if copy and not copy.sealed else None

    @property
    def tz(self) -> tzinfo:
        """The office's time zone."""
        from zoneinfo import ZoneInfo

        return ZoneInfo(self.zone)

    def local(self, instant: datetime) -> datetime:
        """An instant as wall time of the office, naive."""
        return instant.astimezone(self.tz).replace(tzinfo=None)
