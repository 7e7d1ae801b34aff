"""What given dates of a year cost and break: for plans that were computed, and for dates typed by hand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import pairwise

from ob_buero_tui.rules.german import plural, short_date
from ob_buero_tui.rules.year_plan import (
    Compromise,
    PlanBody,
    PlannedDate,
    PlanProblem,
    Round,
    Slot,
    Wish,
)
from ob_buero_tui.rules.year_plan_days import Candidate, compromises, hindrances, last_step
from ob_buero_tui.rules.year_plan_pairs import (
    apart,
    clashing,
    in_order,
    spread_levels,
    takes_evening_before,
    usual_distance,
)
from ob_buero_tui.rules.year_plan_words import clash_text

Dates = Mapping[Slot, Candidate]


def judged(problem: PlanProblem, dates: Dates) -> tuple[PlannedDate, ...]:
    """Return dates with what they cost, by round and beginning; what was left out by hand comes along."""
    left_out = [
        PlannedDate(body_id=one.body_id, round=one.round, start=None, end=None, fixed=True)
        for one in problem.fixed
        if one.start is None
    ]
    costs = costs_of(problem, dates)
    found = [
        PlannedDate(
            body_id=body_id,
            round=number,
            start=one.start,
            end=one.end,
            room=one.room,
            fixed=one.fixed,
            compromises=costs[body_id, number],
        )
        for (body_id, number), one in dates.items()
    ]
    found.sort(key=lambda one: (one.round, one.start is None, one.start, one.body_id))
    return (*found, *left_out)


def costs_of(problem: PlanProblem, dates: Dates) -> dict[Slot, tuple[Compromise, ...]]:
    """Return which wishes each of these dates does not meet."""
    bodies, rounds = {one.id: one for one in problem.bodies}, {one.number: one for one in problem.rounds}
    known = {slot: one for slot, one in dates.items() if slot[0] in bodies and slot[1] in rounds}
    by_day: defaultdict[date, list[tuple[Slot, Candidate]]] = defaultdict(list)
    for slot, one in known.items():
        by_day[one.day].append((slot, one))
    found: dict[Slot, list[Compromise]] = {
        slot: list(compromises(problem, bodies[slot[0]], one)) for slot, one in known.items()
    }
    for slot, text in _evenings(problem, bodies, known):
        points = problem.costs.of(Wish.FRAKTION)
        found[slot].append(Compromise(wish=Wish.FRAKTION, cost=points, text=text))
    for slot, points, text in _spread(problem, rounds, known):
        found[slot].append(Compromise(wish=Wish.ABSTAND, cost=points, text=text))
    return {slot: tuple(found.get(slot, ())) for slot in dates}


def _evenings(
    problem: PlanProblem, bodies: Mapping[int, PlanBody], dates: Dates
) -> Iterator[tuple[Slot, str]]:
    """Yield the deciding sessions on whose eve another body takes the fractions' evening."""
    last = last_step(problem)
    if not last or not problem.costs.of(Wish.FRAKTION):
        return
    for slot, one in dates.items():
        body = bodies[slot[0]]
        if body.step != last:
            continue
        taken = [
            bodies[key].name
            for (key, _number), other in dates.items()
            if key != body.id and takes_evening_before(body, one, bodies[key], other)
        ]
        if taken:
            yield slot, f"am Fraktionsabend davor tagt {', '.join(sorted(taken))}"


def _spread(
    problem: PlanProblem, rounds: Mapping[int, Round], dates: Dates
) -> Iterator[tuple[Slot, int, str]]:
    """Yield the sessions that come much earlier or later after the one before than their rounds."""
    weight = problem.costs.of(Wish.ABSTAND)
    if not weight:
        return
    for earlier, later in _successive(rounds, dates):
        usual = usual_distance(rounds[earlier[1]], rounds[later[1]])
        days = (dates[later].day - dates[earlier].day).days
        missed = sum(abs(days - usual) > free for free in spread_levels(problem))
        if missed:
            text = f"{plural(days, 'Tag', 'Tage')} nach der vorigen Sitzung, üblich wären {usual}"
            yield later, weight * missed, text


def _successive(rounds: Mapping[int, Round], dates: Dates) -> Iterator[tuple[Slot, Slot]]:
    own: defaultdict[int, list[Slot]] = defaultdict(list)
    for slot in dates:
        if slot[1] in rounds:
            own[slot[0]].append(slot)
    for mine in own.values():
        yield from pairwise(sorted(mine, key=lambda slot: rounds[slot[1]].first))


def breaks(problem: PlanProblem, slot: Slot, one: Candidate, others: Dates) -> tuple[str, ...]:
    """Say which hard rules a date would break, in German.

    Args:
        slot: Whose date it is; of a body the problem does not know nothing can be said.
        others: The other dates of the plan; that of the slot itself is not looked at.
    """
    bodies = {each.id: each for each in problem.bodies}
    body = bodies.get(slot[0])
    if body is None:
        return ()
    found = [each.text for each in hindrances(problem, body, one)]
    for (key, number), other in others.items():
        if (key, number) != slot and key in bodies:
            found += _between(problem, (body, slot[1], one), (bodies[key], number, other))
    return tuple(dict.fromkeys(found))


_Placed = tuple[PlanBody, int, Candidate]


def _between(problem: PlanProblem, mine: _Placed, theirs: _Placed) -> Iterator[str]:
    (body, number, one), (other_body, other_number, other) = mine, theirs
    when = f"{other_body.name} am {short_date(other.day)}"
    if body.id == other_body.id:
        earlier, later = sorted((one, other), key=lambda each: each.start)
        if not apart(body, earlier, later):
            days = plural((later.day - earlier.day).days, "Tag", "Tage")
            yield f"nur {days} bis zur Sitzung am {short_date(other.day)} (mindestens {body.pause_days})"
        return
    for rule in clashing(problem, body, one, other_body, other):
        yield f"gleichzeitig mit {when}: {clash_text(problem, rule, body, other_body, one.room, one.day)}"
    if number == other_number and body.step and other_body.step and not (one.held or other.held):
        if other_body.step < body.step and not in_order(body, other, one):
            yield f"zu früh nach {when}, das vorher beraten muss{_gap(body)}"
        if other_body.step > body.step and not in_order(other_body, one, other):
            yield f"zu spät vor {when}, das danach beraten muss{_gap(other_body)}"


def _gap(later: PlanBody) -> str:
    return f" (mindestens {plural(later.gap_days, 'Tag', 'Tage')} vorher)" if later.gap_days else ""
