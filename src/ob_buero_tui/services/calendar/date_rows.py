"""Calls one date off, lets it stand again, moves it: inside any step, of a series just that date."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ob_buero_tui.rules.states import EventStatus
from ob_buero_tui.services.calendar.changing import ensure_override
from ob_buero_tui.services.calendar.one_date import OneDate
from ob_buero_tui.services.calendar.preparing import move_preparation
from ob_buero_tui.services.calendar.writing import set_span
from ob_buero_tui.services.calendars.pending import touched
from ob_buero_tui.services.work import Work
from ob_buero_tui.store.calendar import Event, EventOverride

REASON = "cancel_reason"
WITH_SERIES = "cancelled_with_series"
"""Marks in the details of a date that it was called off with its series."""


def cancel_row(row: Event | EventOverride, reason: str, *, with_series: bool = False) -> None:
    """An appointment, or one date of a series, no longer takes place; its reason is kept.

    Args:
        with_series: Whether the date falls because its whole series does: it stands again with it.
    """
    row.status = EventStatus.CANCELLED.value
    if isinstance(row, Event):
        row.cancel_reason = reason
    else:
        row.details = (
            _without(row, WITH_SERIES) | {REASON: reason} | ({WITH_SERIES: True} if with_series else {})
        )


def stand_row(event: Event, row: Event | EventOverride, status: EventStatus = EventStatus.CONFIRMED) -> None:
    """An appointment, or one date of a series, takes place again.

    Args:
        event: The series of the date, or the appointment itself.
        status: How sure it is.
    """
    row.status = status.value
    if isinstance(row, Event):
        row.cancel_reason = ""
    else:
        row.details = _without(row, REASON, WITH_SERIES) | ({REASON: ""} if event.cancel_reason else {})


def fell_with_series(override: EventOverride) -> bool:
    """Whether a date was called off only because its whole series was."""
    return bool(override.details.get(WITH_SERIES))


def _without(override: EventOverride, *names: str) -> dict[str, Any]:
    return {name: value for name, value in override.details.items() if name not in names}


def call_off(work: Work, date: OneDate, reason: str) -> None:
    """One date no longer takes place; it stays in the calendar with its reason."""
    row: Event | EventOverride = date.event if date.original is None else ensure_override(work, date)
    cancel_row(row, reason)
    touched(work, row, date.event)


def stand_again(work: Work, date: OneDate, status: EventStatus = EventStatus.CONFIRMED) -> None:
    """One date takes place again, as sure as it was.

    Args:
        status: How sure it is.
    """
    row = date.event if date.original is None else date.override
    if row is not None:
        stand_row(date.event, row, status)
        touched(work, row, date.event)


def move_back(work: Work, date: OneDate, start: datetime, end: datetime, status: EventStatus) -> None:
    """One date takes place when it was to, as sure as it was; wall time of the office."""
    row: Event | EventOverride = date.event if date.original is None else ensure_override(work, date)
    set_span(row, start, end, all_day=date.all_day, tzid=row.tzid, zone=work.place.zone)
    row.status = status.value
    if isinstance(row, Event):
        row.moved_from = None if row.moved_from == row.dtstart else row.moved_from
    touched(work, row, date.event)
    if isinstance(row, Event):
        work.session.flush()
        move_preparation(work, row)


def move_to(work: Work, date: OneDate, start: datetime, end: datetime) -> None:
    """One date takes place at another time, tentatively; wall time of the office."""
    row: Event | EventOverride = date.event if date.original is None else ensure_override(work, date)
    if isinstance(row, Event):
        row.moved_from = row.moved_from or row.dtstart
    set_span(row, start, end, all_day=date.all_day, tzid=row.tzid, zone=work.place.zone)
    row.status = EventStatus.TENTATIVE.value
    touched(work, row, date.event)
    if isinstance(row, Event):
        work.session.flush()
        move_preparation(work, row)
