"""What the planner reads of the office: bodies with their people, sessions, the mayor's absences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from ob_buero_tui.catalog.council import is_session, ladungsfrist_for
from ob_buero_tui.catalog.planning import occasions_of, planning_rules
from ob_buero_tui.catalog.representation import ABSENCE, MAYOR
from ob_buero_tui.rules.called_off import says_called_off
from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.german import short_range
from ob_buero_tui.rules.member_roles import RoleKind
from ob_buero_tui.rules.states import EventStatus
from ob_buero_tui.rules.year_plan import (
    Absence,
    FixedDate,
    PlanBody,
    PlanProblem,
    Round,
    SchoolDays,
    Taken,
)
from ob_buero_tui.services.council.memberships import all_lines
from ob_buero_tui.services.council.patterns import read_patterns
from ob_buero_tui.services.council.planning_views import PatternView
from ob_buero_tui.services.council.sittings import Sitting, among, read_sittings
from ob_buero_tui.services.workcalendar import work_calendar
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.calendar import Event
from ob_buero_tui.store.council import Meeting
from ob_buero_tui.store.people import Organization

AROUND = timedelta(days=120)
"""How far before and after a year its sessions are looked at, for the distance to them."""
_USUAL = timedelta(hours=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """Who must be in the sessions of some bodies: members and clerks by body, and their names."""

    members: Mapping[int, frozenset[int]]
    clerks: Mapping[int, frozenset[int]]
    names: Mapping[int, str]


def people_of(session: Session, ids: Sequence[int], day: date) -> People:
    """The members and clerks of some bodies on a day; who stands in for another is not among them."""
    members: dict[int, set[int]] = {key: set() for key in ids}
    clerks: dict[int, set[int]] = {key: set() for key in ids}
    names: dict[int, str] = {}
    for key, line in all_lines(session, ids, day):
        if line.substitute_for_id is None:
            (clerks if line.kind is RoleKind.SCHRIFTFUEHRUNG else members)[key].add(line.person_id)
            names[line.person_id] = line.name
    return People(
        members={key: frozenset(found) for key, found in members.items()},
        clerks={key: frozenset(found) for key, found in clerks.items()},
        names=names,
    )


def read_problem(
    session: Session,
    place: Workplace,
    *,
    year: int,
    rounds: Sequence[Round],
    school: SchoolDays,
    fixed: Sequence[FixedDate] = (),
    own_meetings: Iterable[int] = (),
) -> PlanProblem:
    """Everything a year is planned from.

    Args:
        own_meetings: Sessions that are dates of the plan themselves and take no other place.
    """
    views = [one for one in read_patterns(session, place) if one.planned and one.start and one.weekdays]
    first, last = date(year, 1, 1), date(year, 12, 31)
    skipped = set(own_meetings)
    sittings = [one for one in sittings_of(session, place, first, last) if one.id not in skipped]
    ids = {one.organization_id for one in views} | {seat.id for one in sittings for seat in one.seats}
    people = people_of(session, sorted(ids), max(place.today, first))
    rules = planning_rules(place.catalog)
    return PlanProblem(
        year=year,
        today=place.today,
        calendar=work_calendar(session, place),
        bodies=tuple(bodies_of(session, place, views, people)),
        rounds=tuple(rounds),
        fixed=tuple(fixed),
        occasions=tuple(occasions_of(rules.occasions, year)),
        absences=tuple(absences_of(session, first, last)),
        taken=tuple(taken_of(sittings, people, own_people(session, [one.id for one in sittings]))),
        costs=rules.costs,
        school=school,
        between_minutes=rules.between_minutes,
        names=people.names,
    )


def bodies_of(
    session: Session, place: Workplace, views: Sequence[PatternView], people: People
) -> Iterator[PlanBody]:
    """Bodies as the planner sees them."""
    rows = session.scalars(
        select(Organization).where(Organization.id.in_(among([one.organization_id for one in views])))
    )
    rows_by_key = {row.id: row for row in rows}
    for view in views:
        row = rows_by_key.get(view.organization_id)
        if row is None:
            continue
        yield PlanBody(
            id=row.id,
            name=view.organization,
            weekdays=view.weekdays,
            start=view.start or time(17),
            minutes=view.duration_min,
            room=view.room,
            step=view.step,
            rounds=view.rounds,
            gap_days=view.gap_days,
            pause_days=view.pause_days,
            members=people.members.get(row.id, frozenset()),
            clerks=people.clerks.get(row.id, frozenset()),
            mayor=row.mayor_attends,
            ladungsfrist=ladungsfrist_for(place.catalog, row.ladungsfrist),
        )


def sittings_of(session: Session, place: Workplace, first: date, last: date) -> list[Sitting]:
    """The sessions that take place around these days."""
    start, end = datetime.combine(first - AROUND, time.min), datetime.combine(last + AROUND, time.max)
    found = read_sittings(
        session,
        Meeting.deleted.is_(False),
        Meeting.cancelled.is_(False),
        Meeting.start >= start,
        Meeting.start <= end,
    )
    # A file of the RIS often says only by a word that a session is off.
    return [
        one
        for one in found
        if is_session(place.catalog, one.name) and not says_called_off(one.state, one.name)
    ]


def own_people(session: Session, ids: Sequence[int]) -> dict[int, frozenset[int]]:
    """Who leads and writes some sessions where it is not those of the body, by session."""
    rows = session.execute(
        select(Meeting.id, Meeting.chair_id, Meeting.clerk_id).where(
            Meeting.id.in_(among(ids)), or_(Meeting.chair_id.is_not(None), Meeting.clerk_id.is_not(None))
        )
    )
    return {row.id: frozenset({row.chair_id, row.clerk_id} - {None}) for row in rows}


def taken_of(
    sittings: Iterable[Sitting], people: People, own: Mapping[int, frozenset[int]]
) -> Iterator[Taken]:
    """Sessions as what takes up people, the mayor and rooms.

    Args:
        own: Chair and clerk of single sessions.
    """
    for one in sittings:
        if one.start is None:
            continue
        keys = [seat.id for seat in one.seats]
        gone = frozenset[int]().union(
            *(people.members.get(key, frozenset()) | people.clerks.get(key, frozenset()) for key in keys)
        )
        yield Taken(
            label=clean(one.seats[0].short_name if one.seats else one.name) or "Sitzung",
            start=one.start,
            end=one.end if one.end is not None and one.end > one.start else one.start + _USUAL,
            body_ids=frozenset(keys),
            people=gone | own.get(one.id, frozenset()),
            mayor=any(seat.mayor_attends for seat in one.seats),
            room=clean(one.place),
        )


def absences_of(session: Session, first: date, last: date) -> Iterator[Absence]:
    """The mayor's absences; why somebody is away is never told, only when."""
    start, end = datetime.combine(first, time.min), datetime.combine(last, time.max)
    rows = session.execute(
        select(Event.dtstart, Event.dtend)
        .where(Event.calendar == MAYOR, Event.kind == ABSENCE, Event.trashed_at.is_(None))
        .where(Event.status != EventStatus.CANCELLED.value, Event.dtend > start, Event.dtstart <= end)
        .order_by(Event.dtstart)
    )
    for row in rows:
        until = max(row.dtstart.date(), (row.dtend - timedelta(minutes=1)).date())
        yield Absence(label=short_range(row.dtstart.date(), until), start=row.dtstart, end=row.dtend)
