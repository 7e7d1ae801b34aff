"""The dates that days and weeks show: read by the driver, as a week has a hundred of them and no time."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Connection

from ob_buero_tui.store import occurrences
from ob_buero_tui.store.calendar import AWAY
from ob_buero_tui.store.types import read_utc, utc_text

LONGEST_TRAVEL = timedelta(hours=12)
"""How far outside its own time an occurrence may be busy; bounds the search by start time."""
_DAY = timedelta(days=1)


class DateRow(NamedTuple):
    """What a day needs of an `Occurrence`, under the same names."""

    event_id: int
    recurrence_id: str
    override_id: int | None
    starts_at: datetime
    ends_at: datetime
    busy_from: datetime
    busy_to: datetime


class EventRow(NamedTuple):
    """What a day needs of an `Event`, under the same names."""

    id: int
    uid: str
    calendar: str
    summary: str
    kind: str | None
    location: str
    all_day: bool
    status: str
    transparent: bool
    confidentiality: str
    owner: str
    attendee: str
    organizer: str
    travel_before_min: int
    travel_after_min: int
    driver: str
    car: str
    room: str


class OverrideRow(NamedTuple):
    """What a day needs of an `EventOverride`, under the same names."""

    id: int
    summary: str
    location: str
    all_day: bool
    status: str
    confidentiality: str
    owner: str
    details: dict[str, Any]


Shown = tuple[DateRow, EventRow, OverrideRow | None]

_DATE = "o.event_id, o.recurrence_id, o.override_id, o.starts_at, o.ends_at, o.busy_from, o.busy_to"
_EVENT = ", ".join(f"e.{name}" for name in EventRow._fields)
_OVERRIDE = ", ".join(f"v.{name}" for name in OverrideRow._fields)
_DATES, _EVENTS = len(DateRow._fields), len(DateRow._fields) + len(EventRow._fields)
_BETWEEN = f"""
WITH near(id) AS (
    SELECT id FROM occurrence WHERE starts_at >= :early AND starts_at < :late
    AND busy_from < :end AND busy_to >= :start
    UNION
    SELECT id FROM occurrence WHERE long = 1 AND starts_at < :end AND busy_from < :end AND busy_to >= :start
)
SELECT {_DATE}, {_EVENT}, {_OVERRIDE} FROM near JOIN occurrence o ON o.id = near.id
JOIN event e ON e.id = o.event_id LEFT JOIN event_override v ON v.id = o.override_id
ORDER BY o.starts_at, o.id
"""  # noqa: S608 our own names
_EVENTS_OF = f"SELECT {_EVENT} FROM event e WHERE e.id IN (SELECT value FROM json_each(?))"  # noqa: S608
_OVERRIDES_OF = f"SELECT {_OVERRIDE} FROM event_override v WHERE v.id IN (SELECT value FROM json_each(?))"  # noqa: S608


def between(connection: Connection, start: datetime, end: datetime) -> list[Shown]:
    """The dates inside the window of occurrences whose time or travel touches a span, in order of time.

    Args:
        start, end: Aware instants; the end is exclusive.
    """
    early, late = start - _DAY - LONGEST_TRAVEL, end + LONGEST_TRAVEL
    bounds = {"start": start, "end": end, "early": early, "late": late}
    found = connection.exec_driver_sql(_BETWEEN, {name: utc_text(at) for name, at in bounds.items()})
    known: dict[int, EventRow] = {}
    return [_shown(row, known) for row in found.fetchall()]


def outside(connection: Connection, first: date, last: date, start: datetime, end: datetime) -> list[Shown]:
    """The same for days outside the window, expanded on demand.

    Args:
        first, last: The days, both included.
        start, end: The span, as in `between`.
    """
    dates = [
        DateRow(*(value[name] for name in DateRow._fields))
        for value in occurrences.expand_between(connection, first - _DAY, last + 2 * _DAY)
    ]
    dates = [one for one in dates if one.busy_from < end and one.busy_to >= start]
    return _dressed(connection, dates)


def absences(connection: Connection, start: datetime, end: datetime) -> list[Shown]:
    """The dates that touch a span on which somebody is away, wherever it lies, in order of time.

    Args:
        start, end: Aware instants; the end is exclusive.
    """
    found = connection.exec_driver_sql(
        f"SELECT id FROM event WHERE {AWAY} AND starts_at < ? AND trashed_at IS NULL",  # noqa: S608 our own
        (utc_text(end),),
    )
    ids = [row[0] for row in found]
    dates = [
        DateRow(*(value[name] for name in DateRow._fields))
        for value in occurrences.expand_events(connection, ids, start.date() - _DAY, end.date() + 2 * _DAY)
    ]
    return _dressed(connection, [one for one in dates if one.starts_at < end and one.ends_at > start])


def _dressed(connection: Connection, dates: Sequence[DateRow]) -> list[Shown]:
    """Dates with what is shown of their appointments, in order of time."""
    events = {row[0]: _event(row) for row in _of(connection, _EVENTS_OF, {one.event_id for one in dates})}
    wanted = {one.override_id for one in dates if one.override_id is not None}
    changed = {row[0]: _override(row) for row in _of(connection, _OVERRIDES_OF, wanted)}
    rows = [
        (one, events[one.event_id], changed.get(one.override_id) if one.override_id is not None else None)
        for one in dates
    ]
    return sorted(rows, key=lambda row: (row[0].starts_at, row[0].event_id))


def _of(connection: Connection, statement: str, ids: Iterable[int]) -> Sequence[Any]:
    wanted = sorted(ids)
    return connection.exec_driver_sql(statement, (json.dumps(wanted),)).fetchall() if wanted else ()


def _shown(row: Any, known: dict[int, EventRow]) -> Shown:
    event_id, recurrence_id, override_id, starts, ends, busy_from, busy_to = row[:_DATES]
    starts_at, ends_at = read_utc(starts), read_utc(ends)
    dated = DateRow(
        event_id,
        recurrence_id,
        override_id,
        starts_at,
        ends_at,
        starts_at if busy_from == starts else read_utc(busy_from),
        ends_at if busy_to == ends else read_utc(busy_to),
    )
    if event_id not in known:
        known[event_id] = _event(row[_DATES:_EVENTS])
    return dated, known[event_id], _override(row[_EVENTS:]) if override_id is not None else None


def _event(row: Sequence[Any]) -> EventRow:
    found = EventRow._make(row)
    return found._replace(all_day=bool(found.all_day), transparent=bool(found.transparent))


def _override(row: Sequence[Any]) -> OverrideRow | None:
    if row[0] is None:
        return None
    found = OverrideRow._make(row)
    details = {} if row[-1] == "{}" else json.loads(row[-1])
    return found._replace(all_day=bool(found.all_day), details=details)
