"""Our changes that Outlook does not show yet, as a list to send them from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from ob_buero_tui.rules.german import clock, short_date
from ob_buero_tui.rules.states import EventStatus
from ob_buero_tui.rules.visibility import View
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.calendar import Event, EventSource

TAKEN = "belegt"
NOT_THERE = "noch nicht in Outlook"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outstanding:
    """One change of ours that is not seen there; times are local.

    Args:
        what: German, what became of the appointment here: neu, geändert, abgesagt, gelöscht.
        sent_at: When its draft was written; None while there is none.
    """

    event_id: int
    calendar: str
    summary: str
    start: datetime
    all_day: bool
    what: str
    since: datetime
    sent_at: datetime | None = None

    @property
    def text(self) -> str:
        """It as one line."""
        day = short_date(self.start.date())
        at = day if self.all_day else f"{day} {clock(self.start)}"
        return f"{at} {self.summary}: {self.what}, {sent_text(self.sent_at)}"


def sent_text(sent_at: datetime | None) -> str:
    """How far a change has got on its way, in German.

    Args:
        sent_at: When its draft was written, local; None while there is none.
    """
    if sent_at is None:
        return NOT_THERE
    return f"{NOT_THERE}, Entwurf vom {short_date(sent_at.date())} {clock(sent_at)}"


def outstanding(place: Workplace) -> tuple[Outstanding, ...]:
    """Everything that is not seen there yet, the oldest change first; also what is in the trash."""
    with place.reading() as session:
        rows = session.execute(
            select(Event.id, Event.calendar, Event.summary, Event.dtstart, Event.starts_at, Event.all_day)
            .add_columns(Event.status, Event.trashed_at, Event.pending_since, Event.pending_sent_at)
            .add_columns(Event.confidentiality, Event.owner)
            .add_columns(select(EventSource.id).where(EventSource.event_id == Event.id).exists())
            .where(Event.pending_since.is_not(None))
            .order_by(Event.pending_since, Event.id)
        ).all()
    return tuple(_shown(place, row, came=bool(row[-1])) for row in rows)


def what_happened(*, trashed: bool, status: str, came: bool) -> str:
    """What became of an appointment here, in one German word.

    Args:
        came: Whether it was read from there.
    """
    if trashed:
        return "gelöscht"
    if status == EventStatus.CANCELLED:
        return "abgesagt"
    return "geändert" if came else "neu"


def _shown(place: Workplace, row: Any, *, came: bool) -> Outstanding:
    full = place.sees(row.confidentiality, row.owner) is View.FULL
    return Outstanding(
        event_id=row.id,
        calendar=row.calendar,
        summary=row.summary if full else TAKEN,
        start=row.dtstart if row.all_day else place.local(row.starts_at),
        all_day=row.all_day,
        what=what_happened(trashed=row.trashed_at is not None, status=row.status, came=came),
        since=place.local(row.pending_since),
        sent_at=place.local(row.pending_sent_at) if row.pending_sent_at is not None else None,
    )
