"""What the tests of copies share: an office with an attachment, its copies, and going back."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ob_buero_tui.catalog.model import Catalog
from ob_buero_tui.config import Settings
from ob_buero_tui.office import Office, backup_place, open_office, restore_office
from ob_buero_tui.services.backups.keeping import keep_copy
from ob_buero_tui.services.backups.places import BackupPlace
from ob_buero_tui.services.backups.restoring import Restored
from ob_buero_tui.services.work import USE_CASES, transaction
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.backup.contents import content_hash, table_counts
from ob_buero_tui.store.backup.numbers import REGISTERS
from ob_buero_tui.store.documents import Attachment

CLERK = "petra.sander"


def attach(place: Workplace, request_id: int, data: bytes) -> str:
    """Give a request a file, as an import does: bytes first, then the row."""
    sha256 = place.attachments.store(data)
    with transaction(place, "import_mail") as work:
        row = Attachment(
            request_id=request_id,
            filename="plan.pdf",
            media_type="application/pdf",
            size=len(data),
            sha256=sha256,
        )
        work.session.add(row)
    return sha256


@dataclass
class House:
    """An office that opens and closes, and its copies."""

    path: Path
    settings: Settings
    catalog: Catalog
    clock: Callable[[], datetime]

    @property
    def there(self) -> BackupPlace:
        """Where its copies lie."""
        return backup_place(self.path, self.settings)

    @property
    def copies(self) -> list[str]:
        """The names of its copies in the first folder."""
        return sorted(item.name for item in self.there.folder.glob("*.sqlite"))

    def open(self) -> Office:
        """Open it; the caller closes it."""
        return open_office(
            self.path,
            self.settings,
            catalog=self.catalog,
            clock=self.clock,
            account=CLERK,
        )

    def work(self, step: Callable[[Workplace], object]) -> object:
        """Do something at an open desk."""
        office = self.open()
        try:
            return step(office.place)
        finally:
            office.close()

    def request(self, subject: str) -> int:
        """Take down a request."""
        made = self.work(lambda place: USE_CASES["test_create_request"].run(place, {"subject": subject}))
        assert isinstance(made, int)
        return made

    def attach(self, request_id: int, data: bytes) -> str:
        """Give a request a file; returns its hash."""
        return str(self.work(lambda place: attach(place, request_id, data)))

    def copy(self, *, forced: bool = False, label: str = "") -> Path | None:
        """Make a copy where one is due."""
        return keep_copy(self.there, self.clock(), forced=forced, label=label).copy

    def restore(self, copy: Path) -> Restored:
        """Go back."""
        return restore_office(
            self.path,
            self.settings,
            copy,
            catalog=self.catalog,
            clock=self.clock,
            account=CLERK,
        )

    def content(self) -> str:
        """One hash over all that stands in it but the registers, which keep what was given out since."""
        return content_hash(self.path, apart=REGISTERS)

    @property
    def counts(self) -> dict[str, int]:
        """How many rows each table has, apart from the registers."""
        return {name: rows for name, rows in table_counts(self.path).items() if name not in REGISTERS}

    def elsewhere(self) -> Path:
        """Leave the marker of another desk that is open: that of the process that started this one."""
        import platform

        marker = self.path.with_name(f"{self.path.name}.offen-{platform.node()}-{os.getppid()}")
        marker.write_text("", encoding="ascii")
        return marker


def subject_of(house: House, request_id: int) -> str | None:
    """The subject of a request, None where it is not there."""
    from ob_buero_tui.store.requests import Request

    def read(place: Workplace) -> str | None:
        with place.reading() as session:
            row = session.get(Request, request_id)
            return row.subject if row else None

    found = house.work(read)
    assert found is None or isinstance(found, str)
    return found
