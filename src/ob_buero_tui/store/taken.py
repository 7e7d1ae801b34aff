"""What takes up time, people and things in a span: read by the driver, as conflicts look at thousands."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Connection

from ob_buero_tui.store import occurrences
from ob_buero_tui.store.types import utc_text

Span = tuple[datetime, datetime]
"""Two aware instants, the end exclusive."""


class TakenRow(NamedTuple):
    """One date of an appointment with the columns that conflicts count with, as the database stores them."""

    event_id: int
    recurrence_id: str
    override_id: int | None
    starts_at: str
    ends_at: str
    busy_from: str
    busy_to: str
    calendar: str
    kind: str | None
    status: str
    transparent: int
    attendee: str
    driver: str
    car: str
    room: str
    location: str
    details: str | None
    confidentiality: str
    owner: str
    own_confidentiality: str | None
    own_owner: str | None


_DATE = "o.event_id, o.recurrence_id, o.override_id, o.starts_at, o.ends_at, o.busy_from, o.busy_to"
_EVENT = (
    "e.calendar, e.kind, coalesce(v.status, e.status), e.transparent, e.attendee, e.driver, e.car, e.room,"
    " coalesce(v.location, e.location), v.details,"
    " e.confidentiality, e.owner, v.confidentiality, v.owner"
)
_OF_EVENT = (
    "e.calendar, e.kind, e.status, e.transparent, e.attendee, e.driver, e.car, e.room, e.location,"
    " e.confidentiality, e.owner"
)
_OF_DATE = "v.status, v.location, v.details, v.confidentiality, v.owner"
_JOINS = "JOIN event e ON e.id = o.event_id LEFT JOIN event_override v ON v.id = o.override_id"
# One range of the index by start for each span; what lasts more than a day has an index of its own.
_NEAR = f"""
WITH span(early, late, first, last) AS (
    SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]'), json_extract(value, '$[2]'),
    json_extract(value, '$[3]') FROM json_each(?)
), near(id) AS (
    SELECT o.id FROM span CROSS JOIN occurrence o ON o.starts_at >= early AND o.starts_at < late
    WHERE o.busy_from < last AND o.busy_to > first
    UNION
    SELECT o.id FROM span CROSS JOIN occurrence o ON o.long = 1 AND o.starts_at < last
    WHERE o.busy_from < last AND o.busy_to > first
)
SELECT {_DATE}, {_EVENT} FROM near JOIN occurrence o ON o.id = near.id {_JOINS}
"""  # noqa: S608 our own names
LONGEST_TRAVEL = timedelta(hours=12)
_DAY = timedelta(days=1)


def near(connection: Connection, spans: Iterable[Span]) -> list[TakenRow]:
    """The dates inside the window of occurrences whose time or travel overlaps one of these spans."""
    wanted = [
        [
            utc_text(start - _DAY - LONGEST_TRAVEL),
            utc_text(end + LONGEST_TRAVEL),
            utc_text(start),
            utc_text(end),
        ]
        for start, end in spans
    ]
    found = connection.exec_driver_sql(_NEAR, (json.dumps(wanted),))
    return [TakenRow._make(row) for row in found]


def outside(connection: Connection, first: date, last: date) -> list[TakenRow]:
    """The dates that touch days outside the window, expanded on demand.

    Args:
        first, last: The days, both included.
    """
    return _rows(connection, occurrences.expand_between(connection, first - _DAY, last + 2 * _DAY))


def dates_of(connection: Connection, event_ids: Sequence[int], first: date, last: date) -> list[TakenRow]:
    """The dates of some appointments as they are stored now, also where `occurrence` does not know yet.

    Args:
        first: First day.
        last: The day after the last day.
    """
    return _rows(connection, occurrences.expand_events(connection, sorted(event_ids), first, last))


def people_of(
    connection: Connection, event_ids: Iterable[int]
) -> dict[int, list[tuple[int | None, str, str]]]:
    """Who comes along or is met, by appointment: key of their card, name, part."""
    found: dict[int, list[tuple[int | None, str, str]]] = {}
    rows = connection.exec_driver_sql(
        "SELECT event_id, person_id, name, part FROM event_person"
        " WHERE event_id IN (SELECT value FROM json_each(?))",
        (json.dumps(sorted(set(event_ids))),),
    )
    for event_id, *person in rows:
        found.setdefault(event_id, []).append((person[0], person[1], person[2]))
    return found


def _rows(connection: Connection, values: Sequence[dict[str, Any]]) -> list[TakenRow]:
    wanted = {value["event_id"] for value in values}
    events = _by_id(connection, f"e.id, {_OF_EVENT} FROM event e WHERE e.id", wanted)
    changed = {value["override_id"] for value in values} - {None}
    overrides = _by_id(connection, f"v.id, {_OF_DATE} FROM event_override v WHERE v.id", changed)
    rows = []
    for value in values:
        _, calendar, kind, status, transparent, *who, location, level, owner = events[value["event_id"]]
        details = own_level = own_owner = None
        if value["override_id"] in overrides:
            _, status, location, details, own_level, own_owner = overrides[value["override_id"]]
        times = (utc_text(value[name]) for name in ("starts_at", "ends_at", "busy_from", "busy_to"))
        named = (value["event_id"], value["recurrence_id"], value["override_id"], *times)
        what = (calendar, kind, status, transparent, *who, location, details)
        rows.append(TakenRow._make((*named, *what, level, owner, own_level, own_owner)))
    return rows


def _by_id(connection: Connection, what: str, ids: set[int]) -> dict[int, Any]:
    query = f"SELECT {what} IN (SELECT value FROM json_each(?))"  # noqa: S608 our own names
    return {row[0]: row for row in connection.exec_driver_sql(query, (json.dumps(sorted(ids)),))}
