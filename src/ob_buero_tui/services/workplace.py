"""One desk at one open office: what every query and use case is called with."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import Session

from ob_buero_tui.rules.visibility import Audience, Confidentiality, View, view
from ob_buero_tui.rules.zones import to_local
from ob_buero_tui.services.faults import translated
from ob_buero_tui.store.engine import PATIENCE_MS, WORKER_PATIENCE_MS
from ob_buero_tui.store.recording import JournalSession, attach

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Engine

    from ob_buero_tui.catalog.model import Catalog
    from ob_buero_tui.rules.workdays import WorkCalendar
    from ob_buero_tui.services.backups.places import BackupPlace
    from ob_buero_tui.store.attachments import AttachmentFolder

__all__ = ["PATIENCE_MS", "WORKER_PATIENCE_MS", "DeskIdentity", "Workplace"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskIdentity:
    """Who sits at this desk: the register's key, the initials and the operating system's account."""

    id: int
    initials: str
    account: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Workplace:
    """An open office as one desk sees it.

    Args:
        clock: Gives the present instant, aware; the only clock of the product.
        zone: The office's time zone name.
        patience_ms: How long a transaction waits for another desk's lock, in milliseconds.
        out_folder: Where letters that leave the house are written; created when the first one is.
        drop_folder: The folder whose files are taken in while the app runs; None where there is none.
        backups: Where copies are made before a large import; None where none are made.
        read_only: Whether the database was opened for reading only.
        damaged: Whether it is so because the file is damaged, and what is read is what could be saved of it.
    """

    engine: Engine
    catalog: Catalog
    desk: DeskIdentity
    clock: Callable[[], datetime]
    zone: str
    attachments: AttachmentFolder
    out_folder: Path
    drop_folder: Path | None = None
    backups: BackupPlace | None = None
    patience_ms: int = WORKER_PATIENCE_MS
    read_only: bool = False
    damaged: bool = False
    veil: Engine | None = None
    """Under Sichtschutz the engine to read by, on which names and texts are covered."""
    calendars: dict[str, WorkCalendar] = field(default_factory=dict)
    chains: dict[int, tuple[Any, ...]] = field(default_factory=dict)
    """What the council's chains have counted already; shared by all patiences."""
    observed: dict[str, Any] = field(default_factory=dict)
    """Feasts and foreign holidays, and what this desk hides of the calendar; shared by all patiences."""
    written: set[int] = field(default_factory=set)
    """Actions that this process wrote and the watcher has not met yet; shared by all patiences."""
    unsaved: dict[str, dict[str, str]] = field(default_factory=dict)
    """Drafts that the database did not take, by form; shared by all patiences."""

    def sees(self, level: str, owner: str, audience: Audience = Audience.INTERN) -> View:
        """How much of a record an audience sees at this desk.

        Args:
            level: The record's confidentiality.
            owner: The account that owns a personal record.
        """
        return view(Confidentiality(level), audience, owner=bool(owner) and owner == self.desk.account)

    @property
    def now(self) -> datetime:
        """The present wall time of the office, naive."""
        return to_local(self.clock(), self.zone)[0]

    @property
    def today(self) -> date:
        """The present date of the office."""
        return self.now.date()

    def local(self, instant: datetime) -> datetime:
        """An instant as wall time of the office, naive."""
        return to_local(instant, self.zone)[0]

    def with_patience(self, milliseconds: int) -> Workplace:
        """The same workplace with another wait for locks."""
        return replace(self, patience_ms=milliseconds)

    @property
    def unveiled(self) -> Workplace:
        """The same workplace without Sichtschutz: what acts needs to know everything."""
        return self if self.veil is None else replace(self, veil=None)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session for a query: plain BEGIN, one consistent state, nothing may be written."""
        with translated():
            connection = (self.veil or self.engine).connect().execution_options(patience=self.patience_ms)
            session = JournalSession(bind=connection, expire_on_commit=False)
            with connection, connection.begin(), session:
                attach(session, None)
                yield session
