"""Entries of deputies beside the mayor's own, which is called off for them: found, ended, moved along."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from ob_buero_tui.rules.states import EventStatus
from ob_buero_tui.services.calendar.one_date import office_span
from ob_buero_tui.services.calendar.own_details import own
from ob_buero_tui.services.calendar.series_rows import overrides_of
from ob_buero_tui.services.requests.deputations import STANDING
from ob_buero_tui.store.calendar import Event, EventOverride
from ob_buero_tui.store.decisions import Deputation

DEPUTIZED = "Vertretung"
"""Why the mayor's own entry is called off where the deputy has one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """A deputy's entry with the date it stands for.

    Args:
        entry: What stands in the deputy's calendar.
        row: The mayor's own: an appointment, or one date of a series.
    """

    deputation: Deputation
    entry: Event
    row: Event | EventOverride


def beside(session: Session, zone: str, event: Event) -> tuple[Beside, ...]:
    """The deputies' entries for dates of one appointment, as far as they stand.

    Args:
        zone: The office's time zone.
    """
    found = session.execute(
        select(Deputation, Event)
        .join(Event, Event.id == Deputation.event_id)
        .where(Event.related_uid == event.uid, Event.id != event.id, Event.trashed_at.is_(None))
        .where(Event.status != EventStatus.CANCELLED.value, Deputation.answer.in_(STANDING))
        .order_by(Deputation.id)
    ).all()
    if not found:
        return ()
    rows: dict[object, Event | EventOverride] = {}
    own_rows: list[Event | EventOverride] = [event, *overrides_of(session, event.id)]
    for row in own_rows:
        override = row if isinstance(row, EventOverride) else None
        if row.status == EventStatus.CANCELLED and own(event, override, "cancel_reason") == DEPUTIZED:
            rows[begins(row, zone)] = row
    pairs = ((deputation, entry, rows.get(begins(entry, zone))) for deputation, entry in found)
    return tuple(
        Beside(deputation=deputation, entry=entry, row=row)
        for deputation, entry, row in pairs
        if row is not None
    )


def begins(row: Event | EventOverride, zone: str) -> object:
    """When a row begins, as something to compare: wall time of the office, and whether it has one."""
    start, _ = office_span(row.dtstart, row.dtend, row.fold, row.tzid, zone, all_day=row.all_day)
    return (start, start.fold, row.all_day)


def go_with(others: Iterable[Beside], rows: Iterable[EventOverride], new: Event) -> None:
    """Dates that went over to another series take their deputies' entries along."""
    moved = {id(row) for row in rows}
    for one in others:
        if id(one.row) in moved:
            one.entry.related_uid = new.uid
