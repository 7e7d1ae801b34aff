"""A council's year as clauses: one variable for each date a slot could have, and the order of dates.

For each slot the variables „at its n-th date or before“ stand beside those of its dates (the order encoding):
that a slot has one date, that one body comes after another and that sessions keep their distance then takes
few short clauses. Rules may be guarded by selectors, so that a set of them can be switched on by assumptions.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import combinations, pairwise

from ob_buero_tui.rules.year_plan import PlanBody, PlanProblem, PlanRule, Round, Slot
from ob_buero_tui.rules.year_plan_days import (
    Candidate,
    candidate_of,
    days_of,
    fixed_by_slot,
    hindrances,
    overlap,
    slots_of,
)
from ob_buero_tui.rules.year_plan_pairs import forbidding, last_before

Guard = tuple[PlanRule, str, tuple[int, ...]]
"""A rule that can be switched on: which, what of it, and the bodies it concerns."""
Clause = list[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One slot of the model.

    Args:
        dates: What it could get, by beginning.
        at: The variable of each date.
        by: The variable „at this date or before“ for each; the last one says that it has a date at all.
        lone: Whether it is in no round of the plan, so that no order is known.
    """

    body: PlanBody
    round: Round
    dates: tuple[Candidate, ...]
    days: tuple[date, ...]
    at: tuple[int, ...]
    by: tuple[int, ...]
    lone: bool = False

    @property
    def hopeless(self) -> bool:
        """Whether no date is left for it."""
        return not self.dates

    @property
    def slot(self) -> Slot:
        """Its body and round."""
        return self.body.id, self.round.number

    def until(self, day: date) -> int:
        """Return the variable „on this day or before“; 0: it cannot be."""
        index = bisect_right(self.days, day)
        return self.by[index - 1] if index else 0


@dataclass(slots=True)
class Model:
    """The clauses of a year.

    Args:
        guarded: Whether every rule can be switched off; else days that a rule forbids are left out at once.
        guards: The selector of each rule, when guarded.
    """

    problem: PlanProblem
    guarded: bool = False
    places: list[Place] = field(default_factory=list)
    clauses: list[Clause] = field(default_factory=list)
    guards: dict[Guard, int] = field(default_factory=dict)
    top: int = 0

    def fresh(self) -> int:
        """Return a new variable."""
        self.top += 1
        return self.top

    def rule(self, guard: Guard, clause: Sequence[int]) -> None:
        """Add a clause of a rule, guarded by its selector where rules can be switched off."""
        if not self.guarded:
            self.clauses.append(list(clause))
            return
        if guard not in self.guards:
            self.guards[guard] = self.fresh()
        self.clauses.append([-self.guards[guard], *clause])


def build(problem: PlanProblem, *, guarded: bool = False) -> Model:
    """Return the hard rules of a year as clauses.

    Args:
        guarded: True to find out which rules collide.
    """
    model = Model(problem, guarded)
    fixed = fixed_by_slot(problem)
    for body, number in slots_of(problem):
        own = fixed.get((body.id, number.number))
        candidate = candidate_of(body, own) if own is not None else None
        _place(model, body, number, (candidate,) if candidate is not None else tuple(days_of(body, number)))
    _overlaps(model)
    _orders(model)
    _pauses(model)
    _lone_pauses(model)
    return model


def _place(model: Model, body: PlanBody, number: Round, dates: Sequence[Candidate]) -> None:
    """Give a slot its variables: exactly one date, as soon as it must have one."""
    forbidden = {one: list(hindrances(model.problem, body, one)) for one in dates if not one.fixed}
    if not model.guarded:
        dates = [one for one in dates if not forbidden.get(one)]
    at = tuple(model.fresh() for _ in dates)
    by = tuple(model.fresh() for _ in dates)
    place = Place(
        body=body,
        round=number,
        dates=tuple(dates),
        days=tuple(one.day for one in dates),
        at=at,
        by=by,
        lone=number not in model.problem.rounds,
    )
    model.places.append(place)
    for index, variable in enumerate(at):
        model.clauses += [[-variable, by[index]], [-by[index], variable, *([by[index - 1]] if index else [])]]
        if index:
            model.clauses += [[-by[index - 1], by[index]], [-variable, -by[index - 1]]]
        for each in forbidden.get(dates[index], ()) if model.guarded else ():
            concerned = (body.id,) if each.rule not in (PlanRule.FEIERTAG, PlanRule.SCHULFERIEN) else ()
            model.rule((each.rule, each.what, concerned), [-variable])
    rule = PlanRule.FEST if dates and dates[0].fixed else PlanRule.RUNDE
    model.rule((rule, str(number.number), (body.id,)), [by[-1]] if by else [])


def _overlaps(model: Model) -> None:
    """Forbid dates of two bodies at overlapping times where they share persons, the mayor or a room."""
    days: defaultdict[date, list[tuple[PlanBody, Candidate, str, int]]] = defaultdict(list)
    rooms: dict[str, str] = {}
    for place in model.places:
        for one, variable in zip(place.dates, place.at, strict=True):
            room = rooms.setdefault(one.room, model.problem.room_key(one.room))
            for day in _days(one, model.problem.between_minutes):
                days[day].append((place.body, one, room, variable))
    together: dict[tuple[tuple[int, date], ...], PlanRule | None] = {}
    for dates in days.values():
        for (first, one, room, left), (second, other, other_room, right) in combinations(dates, 2):
            both = (min(first.id, second.id), max(first.id, second.id))
            if first.id == second.id or (one.fixed and other.fixed):
                continue
            if not overlap(one.start, one.end, other.start, other.end, model.problem.between_minutes):
                continue
            day = one.day
            known = ((first.id, first.crew(day).since), (second.id, second.crew(day).since))
            if known not in together:
                together[known] = next(forbidding(first, second, day), None)
            rule = together[known] or (PlanRule.RAUM if room and room == other_room else None)
            if rule is not None:
                model.rule((rule, one.room if rule is PlanRule.RAUM else "", both), [-left, -right])


def _days(one: Candidate, between: int) -> Iterator[date]:
    """Yield the days on which a date is in the way of others: some sessions last past midnight."""
    day, last = one.day, (one.end + timedelta(minutes=between)).date()
    while day <= last:
        yield day
        day += timedelta(days=1)


def following(places: Sequence[Place]) -> Iterator[tuple[Place, Place]]:
    """Yield the slots of a round whose bodies follow each other in the Beratungsfolge."""
    rounds: defaultdict[int, defaultdict[int, list[Place]]] = defaultdict(lambda: defaultdict(list))
    for place in places:
        if place.body.step and not place.lone:
            rounds[place.round.number][place.body.step].append(place)
    for steps in rounds.values():
        for earlier, later in pairwise(sorted(steps)):
            yield from ((first, second) for second in steps[later] for first in steps[earlier])


def successive(places: Sequence[Place]) -> Iterator[tuple[Place, Place]]:
    """Yield the slots of each body whose rounds follow each other."""
    own: defaultdict[int, list[Place]] = defaultdict(list)
    for place in (one for one in places if not one.lone):
        own[place.body.id].append(place)
    for mine in own.values():
        yield from pairwise(sorted(mine, key=lambda place: place.round.first))


def _orders(model: Model) -> None:
    for earlier, later in following([place for place in model.places if not _is_held(place)]):
        guard = (PlanRule.FOLGE, str(later.round.number), (earlier.body.id, later.body.id))
        for one, variable in zip(later.dates, later.at, strict=True):
            if not _by_hand(earlier, one):
                _before(model, guard, variable, earlier, last_before(later.body, one, earlier.dates))


def _pauses(model: Model) -> None:
    for earlier, later in successive(model.places):
        guard = (PlanRule.PAUSE, "", (later.body.id,))
        pause = timedelta(days=max(later.body.pause_days, 1))
        for one, variable in zip(later.dates, later.at, strict=True):
            if not _by_hand(earlier, one):
                _before(model, guard, variable, earlier, one.day - pause)


def _lone_pauses(model: Model) -> None:
    """Keep the distance to dates in no round of the plan."""
    alone = [(place.body.id, place.dates[0].day) for place in model.places if place.lone]
    for place in model.places:
        for body_id, day in alone:
            if body_id != place.body.id or place.lone:
                continue
            for one, variable in zip(place.dates, place.at, strict=True):
                if not one.fixed and abs((one.day - day).days) < max(place.body.pause_days, 1):
                    model.rule((PlanRule.PAUSE, "", (body_id,)), [-variable])


def _is_held(place: Place) -> bool:
    """Whether it is a session already, which nobody orders anew."""
    return any(one.held for one in place.dates)


def _by_hand(place: Place, one: Candidate) -> bool:
    """Whether a person set both dates: they stay as they are, whatever they break between them."""
    return one.fixed and any(other.fixed for other in place.dates)


def _before(model: Model, guard: Guard, variable: int, earlier: Place, last: date) -> None:
    """Let a date be taken only when another slot, if it has a date, has it on this day or before."""
    until = earlier.until(last)
    if not earlier.by or until == earlier.by[-1]:
        return
    unplaced = [-earlier.by[-1]] if model.guarded else []
    model.rule(guard, [-variable, *([until] if until else []), *unplaced])
