"""Appointments as values for lists and tables that leave the office: each once, with its changed dates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from ob_buero_tui.rules.states import EventStatus
from ob_buero_tui.rules.visibility import Confidentiality
from ob_buero_tui.rules.zones import zone
from ob_buero_tui.services.calendar.slots import occurrence_key
from ob_buero_tui.services.export.events import Leaving, events_out, instants
from ob_buero_tui.services.export.wanted import BUSY, Gathered, Wanted
from ob_buero_tui.services.workplace import Workplace

Moment = date | datetime
"""A day of an all-day appointment, or an aware time in the zone of the appointment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OverrideOut:
    """One date of a series that differs; `recurrence_id` is when it would have begun."""

    id: str
    recurrence_id: Moment
    start: Moment
    end: Moment
    all_day: bool
    summary: str
    location: str = ""
    status: EventStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class EventOut:
    """One appointment or series; of one that is taken its times alone are told. The end is exclusive."""

    id: int
    uid: str = ""
    calendar: str
    summary: str
    start: Moment
    end: Moment
    all_day: bool
    location: str = ""
    status: EventStatus = EventStatus.CONFIRMED
    confidentiality: Confidentiality = Confidentiality.INTERN
    attendee: str = ""
    travel_before_min: int = 0
    travel_after_min: int = 0
    kind: str | None = None
    description: str = ""
    organizer: str = ""
    transparent: bool = False
    important: bool = False
    tzid: str
    rrule: str = ""
    rdates: tuple[Moment, ...] = ()
    exdates: tuple[Moment, ...] = ()
    overrides: tuple[OverrideOut, ...] = ()


def appointments_out(place: Workplace, wanted: Wanted) -> Gathered[EventOut]:
    """All appointments that may be told of, by calendar and key."""
    found = events_out(place, wanted)
    rows = tuple(_event(one, wanted) for one in found.rows)
    return Gathered(rows=rows, left_out=found.left_out, busy=found.busy)


def _event(one: Leaving, wanted: Wanted) -> EventOut:
    row = one.row
    overrides = [_override(one, date_row, full=one.full) for date_row in one.dates]
    overrides += [_override(one, date_row, full=False) for date_row in one.taken]
    starts_at, ends_at = _span(row, row.starts_at, row.ends_at)
    return EventOut(
        id=row.id,
        calendar=row.calendar,
        start=starts_at,
        end=ends_at,
        all_day=row.all_day,
        tzid=row.tzid,
        rrule=row.rrule,
        rdates=tuple(_placed(moment, row) for moment in one.rdates),
        # What is only taken is told among the changed dates, and takes place.
        exdates=tuple(_placed(moment, row) for moment in one.exdates if moment not in _originals(one)),
        overrides=tuple(sorted(overrides, key=lambda date_row: date_row.id)),
        **(_told(row, wanted) if one.full else {"summary": BUSY}),
    )


def _told(row: Any, wanted: Wanted) -> dict[str, Any]:
    told = {
        "uid": row.uid,
        "summary": row.summary,
        "location": row.location,
        "status": EventStatus(row.status),
        "confidentiality": Confidentiality(row.confidentiality),
        "kind": row.kind,
        "transparent": row.transparent,
    }
    if wanted.outside:
        return told
    own = ("attendee", "travel_before_min", "travel_after_min", "description", "organizer", "important")
    return told | {name: getattr(row, name) for name in own}


def _override(one: Leaving, row: Any, *, full: bool) -> OverrideOut:
    starts_at, ends_at = _span(row, *instants(row))
    original = row.recurrence_id
    text = original.date().isoformat() if one.row.all_day else original.isoformat()
    return OverrideOut(
        id=occurrence_key(one.row.id, text),
        recurrence_id=_placed(original, one.row),
        start=starts_at,
        end=ends_at,
        all_day=row.all_day,
        summary=row.summary if full else BUSY,
        location=row.location if full else "",
        status=EventStatus(row.status) if full else EventStatus.CONFIRMED,
    )


def _originals(one: Leaving) -> set[datetime]:
    return {row.recurrence_id for row in one.taken}


def _span(row: Any, starts_at: datetime, ends_at: datetime) -> tuple[Moment, Moment]:
    if row.all_day:
        return row.dtstart.date(), row.dtend.date()
    there = zone(row.tzid)
    return starts_at.astimezone(there), ends_at.astimezone(there)


def _placed(moment: Moment, row: Any) -> Moment:
    """A start of a series as it is told: a day, or a time in its zone."""
    if not isinstance(moment, datetime):
        return moment
    return moment.date() if row.all_day else moment.replace(tzinfo=zone(row.tzid))
