"""The appointments in the trash, the last one thrown away first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import select

from ob_buero_tui.rules.visibility import View
from ob_buero_tui.services.calendar.slots import seen_of
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.calendar import Event

MOST: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class TrashedEvent:
    """One appointment in the trash.

    Args:
        start: Wall time of its first date.
        trashed_on: The office's day on which it was thrown away.
    """

    id: int
    summary: str
    start: datetime
    all_day: bool
    series: bool
    trashed_on: date


def trashed_events(place: Workplace) -> tuple[TrashedEvent, ...]:
    """What lies in the trash, without what is personal to another desk."""
    with place.reading() as session:
        rows = session.scalars(
            select(Event)
            .where(Event.trashed_at.is_not(None))
            .order_by(Event.trashed_at.desc(), Event.id.desc())
            .limit(MOST)
        ).all()
        return tuple(
            TrashedEvent(
                id=row.id,
                summary=row.summary,
                start=row.dtstart,
                all_day=row.all_day,
                series=bool(row.rrule or row.rdates),
                trashed_on=place.local(row.trashed_at).date(),
            )
            for row in rows
            if row.trashed_at is not None and seen_of(place, row, None) is View.FULL
        )
