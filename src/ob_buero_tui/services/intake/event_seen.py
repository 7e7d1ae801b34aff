"""Whether a calendar that somebody else leads shows an appointment as we have changed it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ob_buero_tui.exchange.ics_records import EventRecord
from ob_buero_tui.rules.states import EventStatus
from ob_buero_tui.services.intake.event_rows import NO_TITLE, is_cancelled
from ob_buero_tui.store.calendar import Event, EventOverride

_TIMES = ("dtstart", "dtend", "tzid", "fold", "all_day")


def shows(
    session: Session, event_id: int, record: EventRecord | None, moments: Mapping[datetime, EventRecord]
) -> bool:
    """Whether what came says of an appointment what we say: title, place, times, dates, called off or not.

    Descriptions, attendees and order numbers are not compared: other programs write them in their own way.

    Args:
        record: The appointment or series; None where the file tells of changed dates alone.
        moments: Its changed dates by their original starts.
    """
    event = session.get_one(Event, event_id)
    if record is not None and not _same(event, record):
        return False
    overrides = session.scalars(select(EventOverride).where(EventOverride.event_id == event_id)).all()
    off = {one.recurrence_id for one in overrides if one.status == EventStatus.CANCELLED}
    if record is not None and not _same_series(event, record, off, moments):
        return False
    moved = {one.recurrence_id: one for one in overrides if one.recurrence_id not in off}
    told = {start: one for start, one in moments.items() if not is_cancelled(one)}
    if record is None:
        moved = {start: one for start, one in moved.items() if start in moments}
    return moved.keys() == told.keys() and all(_same(moved[start], one) for start, one in told.items())


def _same(stored: Event | EventOverride, record: EventRecord) -> bool:
    if (stored.status == EventStatus.CANCELLED) != is_cancelled(record):
        return False
    if stored.status == EventStatus.CANCELLED:
        return True  # where it would have been matters to nobody
    texts = (record.summary.strip() or NO_TITLE, record.location.strip())
    same_times = all(getattr(stored, name) == getattr(record, name) for name in _TIMES)
    return same_times and (stored.summary, stored.location.strip()) == texts


def _same_series(
    event: Event, record: EventRecord, off: set[datetime], moments: Mapping[datetime, EventRecord]
) -> bool:
    """Whether both take place on the same dates: one left out is the same as one called off."""
    there = {start for start, one in moments.items() if is_cancelled(one)}
    ours = {*(_moment(text, event) for text in event.exdates), *off}
    same_rule = _parts(event.rrule) == _parts(record.rrule)
    rdates: Sequence[Any] = [moment.isoformat() for moment in record.rdates]
    return same_rule and set(event.rdates) == set(rdates) and ours == {*record.exdates, *there}


def _moment(text: str, event: Event) -> datetime:
    """An exception as a start: a plain day stands for the one of that day."""
    moment = datetime.fromisoformat(text)
    return datetime.combine(moment.date(), event.dtstart.time()) if len(text) == 10 else moment


def _parts(rule: str) -> frozenset[str]:
    """The parts of a rule; their order and what is the default say nothing."""
    parts = {part for part in rule.upper().split(";") if part}
    return frozenset(parts - {"INTERVAL=1", "WKST=MO"})
