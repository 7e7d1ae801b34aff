"""What there is to go back to when a database is damaged or gone: the newest good copy of all its folders."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ob_buero_tui.rules.german import clock, join, long_date
from ob_buero_tui.rules.zones import to_local
from ob_buero_tui.store.backup.listing import BackupCopy, checksum_fault, copies, newest_first

OFFICE_ZONE = "Europe/Berlin"
"""In which the time of a copy is told before settings and office are read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WayBack:
    """What was found.

    Args:
        copy: The newest copy whose checksum is right; one that is encrypted to a key only where there is no
            other. None where none is whole.
        sentence: What there is to go back to, in German.
    """

    copy: BackupCopy | None
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyPlaces:
    """Where a database's copies lie; they are read only when one is needed.

    Args:
        path: The database.
        folders: The folders of its copies, the one beside it first.
        now: The present instant, aware, where somebody knows it: copies of the future come last then.
    """

    path: Path
    folders: tuple[Path, ...]
    now: datetime | None = None

    @property
    def known(self) -> bool:
        """Whether there are copies, good or not."""
        return any(copies(self.path, folder) for folder in self.folders)

    def way_back(self) -> WayBack:
        """Look for the newest good copy; each is read in full until one is found."""
        plain, sealed = self._newest()
        copy = plain or sealed
        told = [self._told(copy)]
        if plain is not None and sealed is not None:
            told.append(f"Neuer ist die verschlüsselte vom {_when(sealed)}. {_opens(sealed)}")
        told += [
            f"Den Ordner „{folder}“ gibt es gerade nicht; ist es ein Laufwerk, schließen Sie es an."
            for folder in self.folders[1:]
            if not folder.is_dir()
        ]
        return WayBack(copy=copy, sentence=" ".join(told))

    def _newest(self) -> tuple[BackupCopy | None, BackupCopy | None]:
        """The newest good copy that needs no key, and a newer one that does."""
        sealed = None
        for copy in newest_first(self.path, self.folders, self.now):
            if (copy.sealed and sealed is not None) or checksum_fault(copy.path):
                continue
            if not copy.sealed:
                return copy, sealed
            sealed = copy
        return None, sealed

    def _told(self, copy: BackupCopy | None) -> str:
        if copy is not None:
            kind = f" ({copy.kind})" if copy.label else ""
            named = f"Die letzte unversehrte Sicherung ist vom {_when(copy)}{kind}: „{copy.path}“."
            return f"{named} {_opens(copy) if copy.sealed else '„ob-buero restore“ holt sie zurück.'}"
        there = [folder for folder in self.folders if folder.is_dir()] or [*self.folders[:1]]
        where = join([f"Im Ordner „{there[0]}“", *(f"im Ordner „{folder}“" for folder in there[1:])])
        return f"{where} {'ist keine Sicherung unversehrt' if self.known else 'liegt noch keine Sicherung'}."


def _when(copy: BackupCopy) -> str:
    made, _ = to_local(copy.made, OFFICE_ZONE)
    return f"{long_date(made.date())}, {clock(made)}"


def _opens(copy: BackupCopy) -> str:
    return f"Mit der Schlüsseldatei öffnet sie „ob-buero restore {copy.path} --schluessel DATEI“."
