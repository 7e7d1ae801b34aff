"""Which days a body could sit on in a round, what forbids a day by itself, and which wishes it misses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from ob_buero_tui.rules.german import clock, long_date, plural, short_date, short_range, weekday
from ob_buero_tui.rules.ladungsfrist import FristUnit, LadungsfristRule, ladung
from ob_buero_tui.rules.workdays import WorkCalendar
from ob_buero_tui.rules.year_plan import (
    Compromise,
    FixedDate,
    PlanBody,
    PlanProblem,
    PlanRule,
    Round,
    SchoolDays,
    Slot,
    Taken,
    Wish,
)

_ONE_DAY = timedelta(days=1)
_FRIDAY, _SUNDAY = 4, 6
_DECEMBER = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Hindrance:
    """What forbids a day: the rule, what of it (for grouping), and a German sentence part."""

    rule: PlanRule
    what: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One date a slot could have, wall time.

    Args:
        fixed: Whether a person set it.
        meeting_id: The session that it is already.
    """

    start: datetime
    end: datetime
    room: str
    fixed: bool = False
    meeting_id: int | None = None

    @property
    def held(self) -> bool:
        """Whether it is a session already."""
        return self.meeting_id is not None

    @property
    def day(self) -> date:
        """Its day."""
        return self.start.date()


def sits_in(body: PlanBody, number: int) -> bool:
    """Tell whether a body sits in the round of this number."""
    return not body.rounds or number in body.rounds


def fixed_by_slot(problem: PlanProblem) -> dict[Slot, FixedDate]:
    """Return what was fixed by hand, by slot."""
    return {(one.body_id, one.round): one for one in problem.fixed}


def slots_of(problem: PlanProblem) -> Iterator[tuple[PlanBody, Round]]:
    """Yield every body with each round it gets a date in; what was left out by hand is left out.

    A date that is fixed in no round of the plan is a round of its own: the others keep clear of it.
    """
    fixed = fixed_by_slot(problem)
    for number in sorted(problem.rounds, key=lambda one: one.first):
        for body in problem.bodies:
            own = fixed.get((body.id, number.number))
            if own is not None:
                if own.start is not None:
                    yield body, number
            elif sits_in(body, number.number):
                yield body, number
    numbers, bodies = {one.number for one in problem.rounds}, {one.id: one for one in problem.bodies}
    for (body_id, lone), own in fixed.items():
        if own.start is not None and lone not in numbers and body_id in bodies:
            day = own.start.date()
            yield bodies[body_id], Round(number=lone, first=day, last=day)


def candidate_of(body: PlanBody, fixed: FixedDate) -> Candidate | None:
    """Return the one date of a slot that was fixed; None where it was left out."""
    if fixed.start is None:
        return None
    end = fixed.end or fixed.start + timedelta(minutes=body.minutes)
    room = fixed.room or body.room
    return Candidate(start=fixed.start, end=end, room=room, fixed=True, meeting_id=fixed.meeting_id)


def days_of(body: PlanBody, number: Round) -> Iterator[Candidate]:
    """Yield the dates of a round from Monday to Friday, and on the body's own days at the weekend."""
    day = number.first
    while day <= number.last:
        if day.weekday() <= _FRIDAY or day.weekday() in body.weekdays:
            start, end = body.at(day)
            yield Candidate(start=start, end=end, room=body.room)
        day += _ONE_DAY


def hindrances(problem: PlanProblem, body: PlanBody, one: Candidate) -> Iterator[Hindrance]:
    """Yield every hard rule that a date breaks by itself, whatever other dates are planned."""
    cal, day = problem.calendar, one.day
    named = (cal.holidays.get(day) or cal.closed.get(day)) if cal.covers(day) else None
    if named:
        text = f"{short_date(day)} ist {named}"
        yield Hindrance(rule=PlanRule.FEIERTAG, what="", text=text)
    elif day.weekday() == _SUNDAY and _SUNDAY not in body.weekdays:
        yield Hindrance(rule=PlanRule.FEIERTAG, what="", text=f"{short_date(day)} ist ein Sonntag")
    school = cal.school_holidays(day) if problem.school is SchoolDays.NIE else None
    if school is not None:
        text = f"{short_date(day)} liegt in den Schulferien ({_span(school.first, school.last, school.name)})"
        yield Hindrance(rule=PlanRule.SCHULFERIEN, what=school.name, text=text)
    late = too_late(problem, body, day)
    if late:
        yield Hindrance(rule=PlanRule.LADUNGSFRIST, what=str(body.id), text=late)
    for taken in problem.taken:
        if taken.meeting_id is None or taken.meeting_id != one.meeting_id:
            yield from _against(problem, body, one, taken)


def _span(first: date, last: date, name: str) -> str:
    return f"{name} {short_range(first, last)}"


def too_late(problem: PlanProblem, body: PlanBody, day: date) -> str:
    """Say why the invitation to a session on this day could not go out in time; empty when it can."""
    if body.ladungsfrist is None or (day - problem.today).days > _longest(body.ladungsfrist):
        return ""
    try:
        dispatch = ladung(body.ladungsfrist, day, problem.calendar).dispatch
    except OverflowError:
        return ""
    if dispatch >= problem.today:
        return ""
    return (
        f"die Ladungsfrist ({body.ladungsfrist.spoken}) ist nicht mehr zu halten: "
        f"Versand bis {long_date(dispatch)}, heute ist {long_date(problem.today)}"
    )


def _longest(rule: LadungsfristRule) -> int:
    """Return how many days before its session a dispatch may lie at most, generously: counting is slow."""
    return rule.n * (7 if rule.unit is FristUnit.WOCHEN else 2) + 2 * rule.dispatch_days + 60


def _against(problem: PlanProblem, body: PlanBody, one: Candidate, taken: Taken) -> Iterator[Hindrance]:
    what = f"{taken.label} am {short_date(taken.start.date())} um {clock(taken.start)}"
    if body.id in taken.body_ids:
        apart = abs((taken.start.date() - one.day).days)
        if apart < max(body.pause_days, 1):
            text = f"nur {plural(apart, 'Tag', 'Tage')} bis zur Sitzung {what} (mindestens {body.pause_days})"
            if not apart:
                text = f"am selben Tag wie die Sitzung {what}"
            yield Hindrance(rule=PlanRule.PAUSE, what=str(body.id), text=text)
        return
    if not overlap(one.start, one.end, taken.start, taken.end, problem.between_minutes):
        return
    crew = body.crew(one.day)
    shared = taken.people & (crew.members | crew.clerks)
    reasons = [_shared(problem, shared)] if shared else []
    reasons += ["OB ist in beiden"] if body.mayor and taken.mayor else []
    reasons += [f"derselbe Raum ({one.room})"] if same_room(problem, one.room, taken.room) else []
    if reasons:
        text = f"gleichzeitig mit {what}: {'; '.join(reasons)}"
        yield Hindrance(rule=PlanRule.BELEGT, what=taken.label, text=text)


def _shared(problem: PlanProblem, shared: frozenset[int]) -> str:
    return f"{persons(problem, shared)} {'müsste' if len(shared) == 1 else 'müssten'} in beiden sein"


def persons(problem: PlanProblem, keys: frozenset[int]) -> str:
    """Return up to two names and how many more there are."""
    names = sorted(problem.names.get(key, "") for key in keys)
    shown = [name for name in names if name][:2] or ["ein Mitglied"]
    more = len(keys) - len(shown)
    return ", ".join(shown) + (f" und {more} weitere" if more > 0 else "")


def overlap(start: datetime, end: datetime, other: datetime, other_end: datetime, between: int) -> bool:
    """Tell whether two times overlap, or come closer than so many minutes."""
    gap = timedelta(minutes=between)
    return start < other_end + gap and other < end + gap


def same_room(problem: PlanProblem, room: str, other: str) -> bool:
    """Tell whether two rooms are the same; what has no room takes none."""
    return bool(room) and problem.room_key(room) == problem.room_key(other)


def compromises(problem: PlanProblem, body: PlanBody, one: Candidate) -> Iterator[Compromise]:
    """Yield the wishes that a date does not meet by itself."""
    costs, cal, day = problem.costs, problem.calendar, one.day
    found: list[tuple[Wish, int, str]] = []
    if body.weekdays and day.weekday() != body.weekdays[0]:
        own = day.weekday() in body.weekdays
        points = costs.of(Wish.WOCHENTAG) * (costs.other_weekday if own else 100) // 100
        found.append((Wish.WOCHENTAG, points, f"{weekday(day)} statt {_WEEKDAY_OF[body.weekdays[0]]}"))
    school = cal.school_holidays(day) if problem.school is SchoolDays.UNGERN else None
    if school is not None:
        text = f"in den Schulferien ({_span(school.first, school.last, school.name)})"
        found.append((Wish.FERIEN, costs.of(Wish.FERIEN), text))
    if is_bridge(cal, day):
        found.append((Wish.BRUECKENTAG, costs.of(Wish.BRUECKENTAG), "Brückentag"))
    occasion = next((each for each in problem.occasions if each.first <= day <= each.last), None)
    if occasion is not None:
        found.append((Wish.ANLASS, costs.of(Wish.ANLASS), occasion.label))
    away = _away(problem, body, one)
    if away:
        found.append((Wish.ABWESEND, costs.of(Wish.ABWESEND), away))
    if day.month == _DECEMBER and day.day >= costs.december_from:
        text = f"im Dezember nach dem {costs.december_from - 1}."
        found.append((Wish.DEZEMBER, costs.of(Wish.DEZEMBER), text))
    if body.step and body.step == last_step(problem) and not _free_evening(cal, day - _ONE_DAY):
        text = "kein Sitzungsabend der Fraktionen am Vortag"
        found.append((Wish.FRAKTION, costs.of(Wish.FRAKTION), text))
    yield from (Compromise(wish=wish, cost=cost, text=text) for wish, cost, text in found if cost)


_WEEKDAY_OF = tuple(weekday(date(2024, 1, 1) + timedelta(days=number)) for number in range(7))


def last_step(problem: PlanProblem) -> int:
    """Return the place of the deciding bodies in the Beratungsfolge; 0 where all have the same."""
    steps = {body.step for body in problem.bodies if body.step}
    return max(steps) if len(steps) > 1 else 0


def is_bridge(cal: WorkCalendar, day: date) -> bool:
    """Tell whether an open day lies between two closed ones."""
    return cal.is_open(day) and not (cal.is_open(day - _ONE_DAY) or cal.is_open(day + _ONE_DAY))


def _free_evening(cal: WorkCalendar, day: date) -> bool:
    return cal.is_open(day) and cal.school_holidays(day) is None


def _away(problem: PlanProblem, body: PlanBody, one: Candidate) -> str:
    if not body.mayor:
        return ""
    return next(
        (each.text for each in problem.absences if overlap(one.start, one.end, each.start, each.end, 0)), ""
    )


def is_evening(end: datetime) -> bool:
    """Tell whether a session that ends then takes up an evening."""
    return end.time() > time(17, 0) or end.time() == time(0, 0)
