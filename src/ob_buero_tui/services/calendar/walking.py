"""The conflicts of the coming weeks, one after the other."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from ob_buero_tui.rules.clashing import Pair, Taken, clashing
from ob_buero_tui.rules.visibility import View
from ob_buero_tui.rules.zones import to_utc
from ob_buero_tui.services.calendar.excused import Excuses
from ob_buero_tui.services.calendar.sessions_alike import same_session
from ob_buero_tui.services.calendar.taken import taken
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store import occurrences
from ob_buero_tui.store import taken as stored

DAYS = 90
"""How far conflicts are walked through."""

_DAY = timedelta(days=1)
_NAMES = "SELECT id, uid, summary, organizer FROM event WHERE id IN (SELECT value FROM json_each(?))"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """A date with conflicts that nobody has excused.

    Args:
        key: Its name, as `DayEvent.id` has it.
        event_id: Its appointment.
        start: Wall time of the office.
        others: The dates that stand in its way.
    """

    key: str
    event_id: int
    start: datetime
    others: tuple[str, ...]


def stops(place: Workplace, first: date, days: int = DAYS) -> tuple[Stop, ...]:
    """The dates with conflicts from a day on, in order of time; of two in each other's way the earlier one.

    What this desk may not read is no stop itself; where it is in the way, the other one is.

    Args:
        first: The first day.
        days: How many days.
    """
    with place.reading() as session:
        rows = _rows(session.connection(), place, first, first + timedelta(days=days))
        people = stored.people_of(session.connection(), {row.event_id for row in rows})
        dates = taken(place.catalog, rows, people)
        readable = _readable(place, rows, dates)
        found: dict[str, tuple[Taken, list[str]]] = {}
        for pair in _standing(session, clashing(dates)):
            here, there = pair.one, pair.other
            if here.key not in readable:
                here, there = there, here
            if here.key in readable:
                found.setdefault(here.key, (here, []))[1].append(there.key)
    return tuple(
        Stop(
            key=key,
            event_id=one.event_id or 0,
            start=place.local(one.starts),
            others=tuple(others),
        )
        for key, (one, others) in sorted(found.items(), key=lambda item: (item[1][0].starts, item[0]))
    )


def standing_pairs(session: Session, place: Workplace, rows: Sequence[stored.TakenRow]) -> list[Pair]:
    """The pairs among some dates that are in each other's way, and that nobody has excused."""
    people = stored.people_of(session.connection(), {row.event_id for row in rows})
    return _standing(session, clashing(taken(place.catalog, rows, people)))


def _rows(connection: Connection, place: Workplace, first: date, end: date) -> list[stored.TakenRow]:
    if occurrences.window_covers(connection, first) and occurrences.window_covers(connection, end):
        span = tuple(to_utc(datetime.combine(on, time.min), place.zone) for on in (first, end))
        return stored.near(connection, [(span[0], span[1])])
    return stored.outside(connection, first, end - _DAY)


def _readable(place: Workplace, rows: Iterable[stored.TakenRow], dates: Iterable[Taken]) -> set[str]:
    """The names of the dates that this desk reads in full."""
    known: dict[tuple[str | None, ...], bool] = {}
    found = set()
    for row, date_of in zip(rows, dates, strict=True):
        level = row[-4:]
        if level not in known:
            pairs = ((row.confidentiality, row.owner), (row.own_confidentiality, row.own_owner))
            known[level] = all(
                one is None or place.sees(one, owner or "") is View.FULL for one, owner in pairs
            )
        if known[level]:
            found.add(date_of.key)
    return found


class _Named(NamedTuple):
    uid: str
    summary: str
    organizer: str


def _standing(session: Session, pairs: list[Pair]) -> list[Pair]:
    """The pairs that nobody has excused, and that are not the same session from two sources."""
    excuses = Excuses(session, {one.event_id for pair in pairs for one in (pair.one, pair.other)})
    found = [pair for pair in pairs if excuses.standing(pair)]
    sessions = [pair for pair in found if pair.one.session and pair.other.session]
    if not sessions:
        return found
    wanted = json.dumps(sorted({one.event_id or 0 for pair in sessions for one in (pair.one, pair.other)}))
    rows = session.connection().exec_driver_sql(_NAMES, (wanted,))
    names = {row[0]: _Named(*row[1:]) for row in rows}
    return [pair for pair in found if not _same(pair, names)]


def _same(pair: Pair, names: dict[int, _Named]) -> bool:
    both = pair.one.session and pair.other.session and pair.one.starts == pair.other.starts
    return both and same_session(names[pair.one.event_id or 0], names[pair.other.event_id or 0])
