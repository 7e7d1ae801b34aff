"""The calendar as a list: the days around one that have appointments, read by the stretch."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from sqlalchemy import Connection, select

from ob_buero_tui.rules.visibility import View
from ob_buero_tui.rules.zones import to_utc
from ob_buero_tui.services.calendar.month import ONE_DAY, run_of_days
from ob_buero_tui.services.views import DayEvent, DayView
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store import occurrences
from ob_buero_tui.store.requests import Request
from ob_buero_tui.store.types import read_day, read_utc, utc_text

BEFORE, AFTER = 40, 80
"""Appointments that are read before and after a day; what lies further is read when one comes there."""
FAR = timedelta(days=7)
"""How far is read where the table of occurrences does not say which days have appointments."""
LONGEST = timedelta(days=400)
"""A stretch is never longer, however few appointments it has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Agenda:
    """A stretch of the calendar.

    Args:
        days: Its days that have appointments, and the day asked for even where it has none.
        first, last: The ends of the stretch, both included.
        begins, ends: The first and last day of the whole calendar that has an appointment.
    """

    days: tuple[DayView, ...]
    first: date
    last: date
    begins: date
    ends: date


def agenda(place: Workplace, on: date) -> Agenda:
    """The appointments around a day, everybody's, each day as `day` gives it."""
    with place.reading() as session:
        connection = session.connection()
        begins, ends = _ends(place, connection, on)
        first = max(_reach(place, connection, on, back=True), min(begins, on))
        last = min(_reach(place, connection, on, back=False), max(ends, on))
    found = run_of_days(place, first, (last - first).days + 1)
    shown = [one for one in found if one.events or one.date == on]
    return Agenda(days=_numbered(place, shown), first=first, last=last, begins=begins, ends=ends)


def _ends(place: Workplace, connection: Connection, on: date) -> tuple[date, date]:
    """Where the calendar begins and ends; of a series without an end, with what is expanded so far."""
    edges = connection.exec_driver_sql(
        "SELECT (SELECT min(starts_at) FROM event WHERE trashed_at IS NULL),"
        " (SELECT max(starts_at) FROM event WHERE trashed_at IS NULL),"
        " (SELECT min(starts_at) FROM occurrence), (SELECT max(starts_at) FROM occurrence)"
    ).one()
    days = [place.local(read_utc(edge)).date() for edge in edges if edge]
    return min(days, default=on), max(days, default=on)


def _reach(place: Workplace, connection: Connection, on: date, *, back: bool) -> date:
    """How far to read from a day so that there is a screenful."""
    if not occurrences.window_covers(connection, on):
        return _plus(on, -FAR if back else FAR)
    instant = utc_text(to_utc(datetime.combine(on, time.min), place.zone))
    order, sign = ("DESC", "<") if back else ("ASC", ">=")
    found = connection.exec_driver_sql(
        f"SELECT starts_at FROM occurrence WHERE starts_at {sign} ? ORDER BY starts_at {order}"  # noqa: S608
        " LIMIT 1 OFFSET ?",
        (instant, (BEFORE if back else AFTER) - 1),
    ).scalar()
    if found is None:
        found_day = _plus(on, -FAR if back else FAR)
        edge = connection.exec_driver_sql("SELECT first_day, last_day FROM occurrence_window").one()
        inside = read_day(edge[0 if back else 1])
        reached = min(inside, found_day) if back else max(inside, found_day)
    else:
        reached = place.local(read_utc(found)).date()
    bound = _plus(on, -LONGEST if back else LONGEST)
    return max(reached, bound) if back else min(reached, bound)


def _plus(on: date, span: timedelta) -> date:
    try:
        return on + span
    except OverflowError:
        return date.min + 2 * ONE_DAY if span < timedelta() else date.max - 3 * ONE_DAY


def _numbered(place: Workplace, days: Collection[DayView]) -> tuple[DayView, ...]:
    """The days with the numbers of the requests behind their appointments, where these may be read."""
    ids = {event.request_id for day in days for event in day.events} - {None}
    if not ids:
        return tuple(days)
    with place.reading() as session:
        rows = session.execute(
            select(Request.id, Request.number, Request.confidentiality, Request.owner).where(
                Request.id.in_(ids), Request.trashed_at.is_(None)
            )
        ).all()
    numbers = {row.id: row.number for row in rows if place.sees(row.confidentiality, row.owner) is View.FULL}

    def numbered(event: DayEvent) -> DayEvent:
        number = numbers.get(event.request_id or 0, "")
        return replace(event, request_number=number) if number else event

    return tuple(replace(day, events=tuple(map(numbered, day.events))) for day in days)
