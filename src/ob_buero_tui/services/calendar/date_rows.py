"""Calls one date off, lets it stand again, moves it: inside any step, of a series just that date."""

from __future__ import annotations

from datetime import datetime

from ob_buero_tui.rules.states import EventStatus
from ob_buero_tui.services.calendar.changing import ensure_override
from ob_buero_tui.services.calendar.one_date import OneDate
from ob_buero_tui.services.calendar.preparing import move_preparation
from ob_buero_tui.services.calendar.writing import set_span
from ob_buero_tui.services.calendars.pending import touched
from ob_buero_tui.services.work import Work
from ob_buero_tui.store.calendar import Event, EventOverride

REASON = "cancel_reason"


def call_off(work: Work, date: OneDate, reason: str) -> None:
    """One date no longer takes place; it stays in the calendar with its reason."""
    if date.original is None:
        date.event.status, date.event.cancel_reason = EventStatus.CANCELLED.value, reason
        touched(work, date.event, date.event)
    else:
        override = ensure_override(work, date)
        override.status = EventStatus.CANCELLED.value
        override.details = {**override.details, REASON: reason}
        touched(work, override, date.event)


def stand_again(work: Work, date: OneDate, status: EventStatus = EventStatus.CONFIRMED) -> None:
    """One date takes place again, as sure as it was.

    Args:
        status: How sure it is.
    """
    if date.original is None:
        date.event.status, date.event.cancel_reason = status.value, ""
        touched(work, date.event, date.event)
    elif date.override is not None:
        kept = {name: value for name, value in date.override.details.items() if name != REASON}
        date.override.status, date.override.details = status.value, kept
        touched(work, date.override, date.event)


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
