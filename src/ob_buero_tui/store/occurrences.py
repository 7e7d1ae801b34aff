"""Fills the throw-away table of occurrences for a rolling window of days."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, RowMapping

from ob_buero_tui.rules.recurrence import Override, Series, expand, last_start
from ob_buero_tui.rules.states import EventStatus
from ob_buero_tui.store.calendar import OVERNIGHT, REPEATING
from ob_buero_tui.store.types import UNREADABLE_DAY, read_day, read_local, utc_text

Raw = Mapping[str, Any] | RowMapping
"""A row with the values as the database stores them."""

DAYS_BEFORE = 400
DAYS_AFTER = 800
LONG = timedelta(days=1)


def refresh(connection: Connection, event_ids: Iterable[int], *, fresh: bool = False) -> None:
    """Expand these events anew within the present window; without a window there is nothing to do yet."""
    window = filled_window(connection)
    if window is None:
        return
    first, last = window
    ids = sorted(event_ids)
    for start in range(0, len(ids), 2000):
        _refresh_some(connection, ids[start : start + 2000], first, last, fresh=fresh)


def ensure_window(connection: Connection, today: date) -> None:
    """Fill the table for the window around a day, if that day is not well inside it already."""
    window = filled_window(connection)
    if window is not None:
        first, last = window
        if first + timedelta(days=DAYS_BEFORE // 2) <= today <= last - timedelta(days=DAYS_AFTER // 2):
            return
    rebuild(connection, today)


def rebuild(connection: Connection, today: date) -> None:
    """Fill the table anew for the window around a day, whatever stands in it; it is throw-away."""
    first, last = today - timedelta(days=DAYS_BEFORE), today + timedelta(days=DAYS_AFTER)
    connection.exec_driver_sql("DELETE FROM occurrence_window")
    connection.exec_driver_sql("DELETE FROM occurrence")
    connection.exec_driver_sql(
        "INSERT INTO occurrence_window(id, first_day, last_day) VALUES (1, ?, ?)", (str(first), str(last))
    )
    ids = connection.exec_driver_sql("SELECT id FROM event WHERE trashed_at IS NULL").scalars().all()
    for start in range(0, len(ids), 2000):
        _refresh_some(connection, ids[start : start + 2000], first, last, fresh=True)


def differing(connection: Connection) -> int:
    """How many appointments have other dates in the table than a rebuild of the same window gives them."""
    window = filled_window(connection)
    if window is None:
        return 0
    ids = connection.exec_driver_sql("SELECT id FROM event WHERE trashed_at IS NULL").scalars().all()
    return sum(_differing(connection, ids[start : start + 500], *window) for start in range(0, len(ids), 500))


def missing(connection: Connection) -> int:
    """How many plain appointments of the window have not their date in the table; SQLite alone looks."""
    window = filled_window(connection)
    if window is None:
        return 0
    at = "strftime('%Y-%m-%dT%H:%M:%SZ', {0}) IS {0}"
    query = (
        "SELECT count(*) FROM event e WHERE trashed_at IS NULL AND rrule = '' AND rdates = '[]'"  # noqa: S608
        " AND exdates = '[]' AND dtstart < dtend AND starts_at < ends_at AND dtstart < ? AND dtend > ?"
        f" AND {at.format('starts_at')} AND {at.format('ends_at')}"
        " AND NOT EXISTS (SELECT 1 FROM event_override c WHERE c.event_id = e.id)"
        " AND NOT EXISTS (SELECT 1 FROM occurrence o"
        " WHERE o.event_id = e.id AND o.starts_at = e.starts_at AND o.ends_at = e.ends_at)"
    )
    bounds = (f"{window[1]}T00:00:00", f"{window[0]}T00:00:00")
    return int(connection.exec_driver_sql(query, bounds).scalar() or 0)


def _differing(connection: Connection, ids: Sequence[int], first: date, last: date) -> int:
    query = (
        "SELECT event_id, recurrence_id, override_id, starts_at, ends_at, busy_from, busy_to, long"
        " FROM occurrence WHERE event_id IN (SELECT value FROM json_each(?))"
    )
    there = Counter(map(tuple, connection.exec_driver_sql(query, (json.dumps(list(ids)),))))
    due = Counter(map(_stored, expand_events(connection, ids, first, last)))
    return len({row[0] for row in (there - due) | (due - there)})


def needs_window(connection: Connection, today: date) -> bool:
    """Whether `ensure_window` would have to write."""
    window = filled_window(connection)
    if window is None:
        return True
    first, last = window
    return not first + timedelta(days=DAYS_BEFORE // 2) <= today <= last - timedelta(days=DAYS_AFTER // 2)


def filled_window(connection: Connection) -> tuple[date, date] | None:
    """First and last day of the filled window; None where there is none, or none that could be read."""
    window = connection.exec_driver_sql("SELECT first_day, last_day FROM occurrence_window").one_or_none()
    if window is None:
        return None
    first, last = read_day(window[0]), read_day(window[1])
    return None if UNREADABLE_DAY in (first, last) else (first, last)


def window_covers(connection: Connection, day: date) -> bool:
    """Whether a day lies inside the filled window, far enough for travel across midnight."""
    window = filled_window(connection)
    if window is None:
        return False
    return window[0] < day < window[1]


def expand_between(connection: Connection, first: date, last: date) -> list[dict[str, Any]]:
    """Occurrences outside the window, expanded on demand: values as `occurrence` would hold them.

    Args:
        first: First day.
        last: The day after the last day.
    """
    early, late = str(first - timedelta(days=2)), str(last + timedelta(days=2))
    rows = connection.exec_driver_sql(
        # Each part has an index made with these very words; the conditions are our own.
        "SELECT id FROM event WHERE starts_at >= ? AND starts_at < ?"  # noqa: S608
        f" UNION SELECT id FROM event WHERE {OVERNIGHT} AND starts_at < ? AND ends_at >= ?"
        " UNION SELECT event_id FROM event_override WHERE dtstart < ? AND dtend >= ?",
        (early, late, late, early, late, early),
    )
    ids = {row[0] for row in rows}
    repeating = connection.exec_driver_sql(
        "SELECT id, rdates, rrule, dtstart, dtend, all_day, tzid FROM event"  # noqa: S608
        f" WHERE ({REPEATING}) AND starts_at < ?",
        (late,),
    )
    ids |= {row[0] for row in repeating if row[1] != "[]" or _last_day(*row[2:]) >= early}
    return expand_events(connection, sorted(ids), first, last)


@lru_cache(maxsize=10_000)
def _last_day(rrule: str, dtstart: str, dtend: str, all_day: int, tzid: str) -> str:
    """The day on which a series ends, remembered as it takes counting; „9999“ where it does not end.

    All arguments are values as the database stores them.
    """
    start, end = read_local(dtstart), read_local(dtend)
    last = last_start(rrule, start, bool(all_day), tzid)
    return "9999" if last is None else str((last + max(end - start, LONG)).date())


def _refresh_some(
    connection: Connection, ids: Sequence[int], first: date, last: date, *, fresh: bool
) -> None:
    wanted = json.dumps(list(ids))
    if not fresh:
        connection.exec_driver_sql(
            "DELETE FROM occurrence WHERE event_id IN (SELECT value FROM json_each(?))", (wanted,)
        )
    values = expand_events(connection, ids, first, last)
    if values:
        # By the driver: a folder of calendars brings hundreds of thousands of these rows.
        connection.exec_driver_sql(
            "INSERT INTO occurrence(event_id, recurrence_id, override_id, starts_at, ends_at, busy_from,"
            " busy_to, long) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [_stored(value) for value in values],
        )


def _stored(value: Mapping[str, Any]) -> tuple[Any, ...]:
    starts, ends = utc_text(value["starts_at"]), utc_text(value["ends_at"])
    return (
        value["event_id"],
        value["recurrence_id"],
        value["override_id"],
        starts,
        ends,
        starts if value["busy_from"] is value["starts_at"] else utc_text(value["busy_from"]),
        ends if value["busy_to"] is value["ends_at"] else utc_text(value["busy_to"]),
        int(value["long"]),
    )


def expand_events(
    connection: Connection, ids: Sequence[int], first: date, last: date
) -> list[dict[str, Any]]:
    """Occurrences of these events as they are stored now: values as `occurrence` would hold them.

    Args:
        first: First day.
        last: The day after the last day.
    """
    wanted = json.dumps(list(ids))
    rows = (
        connection.exec_driver_sql(
            "SELECT * FROM event WHERE trashed_at IS NULL AND id IN (SELECT value FROM json_each(?))",
            (wanted,),
        )
        .mappings()
        .all()
    )
    overrides: dict[int, list[RowMapping]] = {}
    for row in connection.exec_driver_sql(
        "SELECT * FROM event_override WHERE event_id IN (SELECT value FROM json_each(?))", (wanted,)
    ).mappings():
        overrides.setdefault(row["event_id"], []).append(row)
    return [value for row in rows for value in _values(row, overrides.get(row["id"], []), first, last)]


def _values(row: Raw, overrides: Sequence[Raw], first: date, last: date) -> Iterable[dict[str, Any]]:
    """The dates of an appointment; none of one whose times are unreadable, which `check` names."""
    try:
        return list(_expanded(row, overrides, first, last))
    except (ValueError, LookupError, TypeError):  # a flipped byte in a time, a zone or a list of dates
        return ()


def _expanded(row: Raw, overrides: Sequence[Raw], first: date, last: date) -> Iterable[dict[str, Any]]:
    if _is_single(row) and not overrides:
        if _touches(row, first, last):
            starts, ends = datetime.fromisoformat(row["starts_at"]), datetime.fromisoformat(row["ends_at"])
            yield _occurrence(row, "", None, starts, ends)
        return
    for instance in expand(series_of(row, overrides), first, last).occurrences:
        override = overrides[instance.overridden] if instance.overridden is not None else None
        if override is not None and called_off(override):
            continue
        yield _occurrence(row, instance.recurrence_id, override, instance.starts, instance.ends)


def _is_single(row: Raw) -> bool:
    """Whether an event's own instants say all: nothing repeats, and its end lies behind its start."""
    repeats = row["rrule"] or row["rdates"] != "[]" or row["exdates"] != "[]"
    return not repeats and row["dtstart"] < row["dtend"] and row["starts_at"] < row["ends_at"]


def _touches(row: Raw, first: date, last: date) -> bool:
    """Whether a single event lies at least partly in the window, whose days are those of the event's zone."""
    return bool(row["dtstart"] < f"{last}T00:00:00" and row["dtend"] > f"{first}T00:00:00")


def _occurrence(
    row: Raw, recurrence_id: str, override: Raw | None, starts: datetime, ends: datetime
) -> dict[str, Any]:
    own = json.loads(override["details"]) if override is not None and override["details"] != "{}" else {}
    before = own.get("travel_before_min", row["travel_before_min"])
    after = own.get("travel_after_min", row["travel_after_min"])
    return {
        "event_id": row["id"],
        "recurrence_id": recurrence_id,
        "override_id": override["id"] if override is not None else None,
        "starts_at": starts,
        "ends_at": ends,
        "busy_from": starts - timedelta(minutes=before) if before else starts,
        "busy_to": ends + timedelta(minutes=after) if after else ends,
        "long": ends - starts > LONG,
    }


def series_of(row: Raw, overrides: Sequence[Raw]) -> Series:
    """The value that the expander in rules takes, from raw database rows."""
    return Series(
        dtstart=datetime.fromisoformat(row["dtstart"]),
        dtend=datetime.fromisoformat(row["dtend"]),
        all_day=bool(row["all_day"]),
        tzid=row["tzid"],
        fold=row["fold"],
        rrule=row["rrule"],
        rdates=tuple(datetime.fromisoformat(item) for item in json.loads(row["rdates"])),
        exdates=tuple(_date_or_time(item) for item in json.loads(row["exdates"])),
        overrides=tuple(
            Override(
                recurrence_id=datetime.fromisoformat(item["recurrence_id"]),
                dtstart=datetime.fromisoformat(item["dtstart"]),
                dtend=datetime.fromisoformat(item["dtend"]),
                all_day=bool(item["all_day"]),
                tzid=item["tzid"],
                fold=item["fold"],
                cancelled=called_off(item),
            )
            for item in overrides
        ),
    )


def called_off(override: Raw) -> bool:
    """Whether a date is gone from its series; one that the office called off stays to be seen."""
    return override["status"] == EventStatus.CANCELLED and '"cancel_reason"' not in override["details"]


def _date_or_time(text: str) -> date | datetime:
    """A date leaves out every start of its day, a time just that one."""
    return date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text)
