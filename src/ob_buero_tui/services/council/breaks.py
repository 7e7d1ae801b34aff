"""What moving a session breaks: people, mayor and rooms twice, holidays, Ladungsfrist, Beratungsfolge."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session, aliased

from ob_buero_tui.catalog.council import ladungsfrist_for
from ob_buero_tui.catalog.planning import planning_rules
from ob_buero_tui.rules.called_off import says_called_off
from ob_buero_tui.rules.clean import clean, shorten
from ob_buero_tui.rules.german import plural, short_date
from ob_buero_tui.rules.year_plan import Costs, PlanBody, PlanProblem, SchoolDays, Wish
from ob_buero_tui.rules.year_plan_days import Candidate, compromises, hindrances
from ob_buero_tui.services.council.plan_absences import absences_of
from ob_buero_tui.services.council.plan_people import People, own_people, people_of
from ob_buero_tui.services.council.plan_problem import sittings_of, taken_of
from ob_buero_tui.services.council.rooms import place_keys
from ob_buero_tui.services.council.sittings import Sitting, read_sittings, seats_of
from ob_buero_tui.services.fetching import AMONG, Columns, fetch
from ob_buero_tui.services.workcalendar import work_calendar
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.council import Consultation, Meeting, Paper
from ob_buero_tui.store.council_year import SittingPattern

_USUAL = timedelta(hours=2)
_DAYS_LONG = timedelta(days=7)
_AWAY = Costs(weights={Wish.ABWESEND: 1})
"""Of the planner's wishes only the mayor's absence is told here."""


def breaks_of(
    place: Workplace, meeting_id: int, start: datetime, end: datetime | None = None, room: str | None = None
) -> tuple[str, ...]:
    """What a session at another time would break, in German; nothing of one that is gone.

    Args:
        start, end: Wall time; without an end it takes as long as now.
        room: None: where it is now.
    """
    with place.reading() as session:
        found = read_sittings(session, Meeting.id == meeting_id)
        if not found:
            return ()
        sitting = found[0]
        there = Candidate(
            start=start,
            end=end if end is not None else start + _length(sitting),
            room=clean(sitting.place if room is None else room),
            fixed=True,
        )
        problem = _problem(session, place, sitting, there)
        said = [each.text for body in problem.bodies for each in hindrances(problem, body, there)]
        said += [each.text for body in problem.bodies for each in compromises(problem, body, there)]
        said += _papers(session, sitting, there)
    return tuple(dict.fromkeys(said))


def _length(sitting: Sitting) -> timedelta:
    if sitting.start is None or sitting.end is None or sitting.end <= sitting.start:
        return _USUAL
    return sitting.end - sitting.start


def _problem(session: Session, place: Workplace, sitting: Sitting, there: Candidate) -> PlanProblem:
    """What there is around that day, as the planner's rules look at it."""
    patterns = _patterns(session, [seat.id for seat in sitting.seats])
    # No rule about a single day looks further than a body's own pause; some sessions last for days.
    around = _DAYS_LONG + timedelta(days=max((one.pause_days for one in patterns.values()), default=0))
    near = sittings_of(session, place, there.day, there.end.date(), around)
    others = [one for one in near if one.id != sitting.id]
    ids = {seat.id for one in (*others, sitting) for seat in one.seats}
    days = [there.day, *(one.start.date() for one in others if one.start is not None)]
    people = people_of(session, sorted(ids), min(days), max(days))
    own = own_people(session, [sitting.id, *(one.id for one in others)])
    return PlanProblem(
        year=there.day.year,
        today=place.today,
        calendar=work_calendar(session, place),
        bodies=tuple(_bodies(place, patterns, sitting, people, there.day, own.get(sitting.id, frozenset()))),
        rounds=(),
        absences=tuple(absences_of(session, place, there.day, there.day, (sitting, *others))),
        taken=tuple(taken_of(others, people, own)),
        costs=_AWAY,
        school=SchoolDays.NIE,
        between_minutes=planning_rules(place.catalog).between_minutes,
        names=people.names,
        rooms=place_keys(session),
    )


def _bodies(
    place: Workplace,
    patterns: Mapping[int, Any],
    sitting: Sitting,
    people: People,
    day: date,
    own: frozenset[int],
) -> Iterator[PlanBody]:
    """The bodies that sit in the session, with its own chair and clerk."""
    for seat in sitting.seats:
        pattern = patterns.get(seat.id)
        yield PlanBody(
            id=seat.id,
            name=clean(seat.short_name),
            weekdays=(),
            start=sitting.start.time() if sitting.start is not None else time(17),
            pause_days=pattern.pause_days if pattern is not None else 0,
            members=people.on(seat.id, day) | own,
            mayor=seat.mayor_attends,
            ladungsfrist=ladungsfrist_for(place.catalog, seat.ladungsfrist),
        )


def _patterns(session: Session, ids: Sequence[int]) -> dict[int, Any]:
    """How some bodies pause, by body: `pause_days` between sessions, `gap_days` between steps of a paper."""
    return {row.organization_id: row for row in fetch(session, _pauses(), ids)}


@cache
def _pauses() -> Columns:
    """Made once, as making it takes longer than reading."""
    return select(SittingPattern.organization_id, SittingPattern.pause_days, SittingPattern.gap_days).where(
        SittingPattern.organization_id.in_(AMONG)
    )


@dataclass(frozen=True, slots=True)
class _Step:
    """Another step of a paper that is on the session: the paper, whether it comes before, and when it is."""

    paper: str
    before: bool
    meeting_id: int
    start: datetime


def _papers(session: Session, sitting: Sitting, there: Candidate) -> Iterator[str]:
    """Yield what the Beratungsfolge of the session's papers would lose."""
    steps = list(_steps(session, sitting.id))
    seats = seats_of(session, sorted({one.meeting_id for one in steps} | {sitting.id}))
    own = [seat.id for seat in sitting.seats]
    patterns = _patterns(session, sorted({seat.id for found in seats.values() for seat in found}))

    def gap(ids: Sequence[int]) -> int:
        return max((patterns[key].gap_days for key in ids if key in patterns), default=0)

    for one in steps:
        others = seats.get(one.meeting_id, [])
        name = clean(others[0].short_name) if others else "eine Sitzung"
        when = f"{name} am {short_date(one.start.date())}"
        days = gap(own) if one.before else gap([seat.id for seat in others])
        apart = (there.day - one.start.date()).days * (1 if one.before else -1)
        if (there.start <= one.start) if one.before else (there.start >= one.start):
            order = "berät vorher" if one.before else "berät erst danach"
            yield f"Beratungsfolge von {one.paper}: {when} {order}"
        elif apart < days:
            only, least = plural(apart, "Tag", "Tage"), plural(days, "Tag", "Tage")
            yield f"Beratungsfolge von {one.paper}: nur {only} Abstand zu {when} (mindestens {least})"


def _steps(session: Session, meeting_id: int) -> Iterator[_Step]:
    for row in fetch(session, _other_steps(), meeting=meeting_id):
        if says_called_off(row.meeting_state, row.sitting):
            continue
        paper = clean(row.reference) or f"„{shorten(row.name, 60)}“"
        yield _Step(paper, row.there < row.here, row.meeting_id, row.start)


@cache
def _other_steps() -> Columns:
    """The other steps of the papers of one session."""
    mine, other = aliased(Consultation), aliased(Consultation)
    meeting_id: Any = bindparam("meeting")
    return (
        select(Paper.reference, Paper.name, other.meeting_id, Meeting.start)
        .add_columns(mine.position.label("here"), other.position.label("there"))
        .add_columns(Meeting.name.label("sitting"), Meeting.meeting_state)
        .join(mine, mine.paper_id == Paper.id)
        .join(other, other.paper_id == Paper.id)
        .join(Meeting, Meeting.id == other.meeting_id)
        .where(mine.meeting_id == meeting_id, other.meeting_id != meeting_id)
        .where(mine.position != other.position, Meeting.start.is_not(None))
        .where(Meeting.cancelled.is_(False), Meeting.deleted.is_(False))
        .order_by(Meeting.start, Paper.id)
    )
