"""A year of sessions by bodies and weeks, as it hangs on the wall."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from ob_buero_tui.rules.visibility import Audience
from ob_buero_tui.services.council.chain import chains_of
from ob_buero_tui.services.council.sessions import row_of
from ob_buero_tui.services.council.sittings import read_sittings, seen
from ob_buero_tui.services.council.views import MeetingRow
from ob_buero_tui.services.workcalendar import work_calendar
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.council import Meeting

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekOfYear:
    """A week: its Monday, how many of its working days schools are off, and how many the office is closed."""

    monday: date
    school_days: int = 0
    closed_days: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyLane:
    """A body with its sessions of the year by time; a joint session stands with each of its bodies."""

    name: str
    rows: tuple[MeetingRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CouncilYear:
    """A year of the calendar."""

    year: int
    lanes: tuple[BodyLane, ...]
    weeks: tuple[WeekOfYear, ...]


def council_year(place: Workplace, year: int) -> CouncilYear:
    """The sessions of a calendar year: the bodies by name, so that none changes its place.

    The weeks have no gap; those at both ends are whole, so a session of another year may stand in them.
    """
    monday = _monday(date(year, 1, 1))
    after = _monday(date(year, 12, 31)) + WEEK
    with place.reading() as session:
        sittings = read_sittings(
            session,
            seen(place, Audience.INTERN),
            Meeting.start >= datetime.combine(monday, time.min),
            Meeting.start < datetime.combine(after, time.min),
        )
        chains = chains_of(session, place, sittings)
        calendar = work_calendar(session, place)
    lanes: dict[int, tuple[str, list[MeetingRow]]] = {}
    for one in sittings:
        row = row_of(place, one, chains[one.id], Audience.INTERN)
        for key, name in [(seat.id, seat.short_name) for seat in one.seats] or [(0, "ohne Gremium")]:
            lanes.setdefault(key, (name, []))[1].append(row)
    weeks = [monday + n * WEEK for n in range((after - monday).days // 7)]
    return CouncilYear(
        year=year,
        lanes=tuple(
            BodyLane(name=name, rows=tuple(rows))
            for name, rows in sorted(lanes.values(), key=lambda lane: lane[0].casefold())
        ),
        weeks=tuple(
            WeekOfYear(
                monday=first,
                school_days=sum(day in calendar.school for day in _working(first)),
                closed_days=sum(
                    day in calendar.holidays or day in calendar.closed for day in _working(first)
                ),
            )
            for first in weeks
        ),
    )


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _working(monday: date) -> list[date]:
    return [monday + timedelta(days=n) for n in range(5)]
