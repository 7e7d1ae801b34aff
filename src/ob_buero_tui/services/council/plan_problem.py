"""What the planner reads of the office: bodies with their people, sessions, the mayor's absences."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from ob_buero_tui.catalog.council import is_session, ladungsfrist_for
from ob_buero_tui.catalog.planning import occasions_of, planning_rules
from ob_buero_tui.rules.called_off import says_called_off
from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.year_plan import (
    FixedDate,
    PlanBody,
    PlanProblem,
    Round,
    SchoolDays,
    Taken,
)
from ob_buero_tui.services.council.patterns import read_patterns
from ob_buero_tui.services.council.plan_absences import absences_of
from ob_buero_tui.services.council.plan_people import People, own_people, people_of
from ob_buero_tui.services.council.planning_views import PatternView
from ob_buero_tui.services.council.rooms import place_keys
from ob_buero_tui.services.council.sittings import Sitting, among, read_sittings
from ob_buero_tui.services.workcalendar import work_calendar
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.council import Meeting
from ob_buero_tui.store.people import Organization

AROUND = timedelta(days=120)
"""How far before and after a year its sessions are looked at, for the distance to them."""
_USUAL = timedelta(hours=2)


def read_problem(
    session: Session,
    place: Workplace,
    *,
    year: int,
    rounds: Sequence[Round],
    school: SchoolDays,
    fixed: Sequence[FixedDate] = (),
) -> PlanProblem:
    """Everything a year is planned from.

    Args:
        fixed: What was fixed by hand; dates that are sessions already come with their key.
    """
    views = [one for one in read_patterns(session, place) if one.planned and one.start and one.weekdays]
    first, last = date(year, 1, 1), date(year, 12, 31)
    sittings = sittings_of(session, place, first, last)
    planned = {one.organization_id for one in views}
    ids = planned | {seat.id for one in sittings for seat in one.seats}
    people = people_of(session, sorted(ids), first - AROUND, last + AROUND)
    slots = {(one.meeting_id, one.body_id) for one in fixed if one.held and one.body_id in planned}
    own = own_people(session, [one.id for one in sittings])
    rules = planning_rules(place.catalog)
    return PlanProblem(
        year=year,
        today=place.today,
        calendar=work_calendar(session, place),
        bodies=tuple(bodies_of(session, place, views, people)),
        rounds=tuple(rounds),
        fixed=tuple(fixed),
        occasions=tuple(occasions_of(rules.occasions, year)),
        absences=tuple(absences_of(session, place, first, last, sittings)),
        taken=tuple(taken_of(sittings, people, own, slots)),
        costs=rules.costs,
        school=school,
        between_minutes=rules.between_minutes,
        names=people.names,
        rooms=place_keys(session),
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
        crews = people.crews[row.id]
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
            members=crews[0].members,
            clerks=crews[0].clerks,
            changes=crews[1:],
            mayor=row.mayor_attends,
            ladungsfrist=ladungsfrist_for(place.catalog, row.ladungsfrist),
        )


def sittings_of(
    session: Session, place: Workplace, first: date, last: date, around: timedelta = AROUND
) -> list[Sitting]:
    """The sessions that take place on these days and so long before and after."""
    start, end = datetime.combine(first - around, time.min), datetime.combine(last + around, time.max)
    found = _taking_place(session, Meeting.start >= start, Meeting.start <= end)
    return [one for one in found if is_session(place.catalog, one.name)]


def taking_place(session: Session, ids: Sequence[int]) -> list[Sitting]:
    """Those of some sessions that are not called off."""
    return _taking_place(session, Meeting.id.in_(among(ids))) if ids else []


def _taking_place(session: Session, *conditions: ColumnElement[bool]) -> list[Sitting]:
    found = read_sittings(session, Meeting.deleted.is_(False), Meeting.cancelled.is_(False), *conditions)
    # A file of the RIS often says only by a word that a session is off.
    return [one for one in found if not says_called_off(one.state, one.name)]


def taken_of(
    sittings: Iterable[Sitting],
    people: People,
    own: Mapping[int, frozenset[int]],
    slots: Collection[tuple[int | None, int]] = (),
) -> Iterator[Taken]:
    """Sessions as what takes up people, the mayor and rooms.

    Args:
        own: Chair and clerk of single sessions.
        slots: Sessions with the bodies whose planned dates they are: those stand for themselves, so that only
            the other bodies of a joint session are left, and who leads and writes it.
    """
    for one in sittings:
        if one.start is None:
            continue
        day = one.start.date()
        dated = [seat for seat in one.seats if (one.id, seat.id) in slots]
        rest = [seat for seat in one.seats if seat not in dated]
        gone = own.get(one.id, frozenset()).union(*(people.on(seat.id, day) for seat in rest))
        gone -= frozenset[int]().union(*(people.on(seat.id, day) for seat in dated))
        if dated and not (rest or gone):
            continue
        yield Taken(
            label=clean(one.seats[0].short_name if one.seats else one.name) or "Sitzung",
            start=one.start,
            end=end_of(one.start, one.end),
            body_ids=frozenset(seat.id for seat in rest),
            people=gone,
            mayor=any(seat.mayor_attends for seat in rest) and not any(seat.mayor_attends for seat in dated),
            room="" if dated else clean(one.place),
            meeting_id=one.id,
        )


def end_of(start: datetime, end: datetime | None) -> datetime:
    """When a session ends: as it says, else after the usual time."""
    return end if end is not None and end > start else start + _USUAL
