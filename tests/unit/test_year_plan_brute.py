"""The year planner against every possible plan: rules and points are counted here once more, by hand.

Nothing of `rules/year_plan_*` or `planning` is used to judge; small towns are tried out completely.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import combinations, product
from typing import Final

from hypothesis import given, settings
from hypothesis import strategies as st

from ob_buero_tui.planning.explain import colliding
from ob_buero_tui.planning.model import build
from ob_buero_tui.planning.solve import other_plan, plan
from ob_buero_tui.rules.workdays import WorkCalendar
from ob_buero_tui.rules.year_plan import Costs, Crew, Occasion, PlanBody, PlanProblem, Round, Wish

MONDAY: Final = date(2027, 3, 1)
LATER: Final = date(2027, 3, 15)
DAYS: Final = 3
WEIGHTS: Final = {Wish.WOCHENTAG: 20, Wish.ANLASS: 10, Wish.ABSTAND: 5, Wish.FRAKTION: 5}
FREE_DAYS: Final = 2
ROOMS: Final = ("", "Saal", "Ratssaal")

Plan = dict[tuple[int, int], date]


@st.composite
def towns(draw: st.DrawFn) -> PlanProblem:
    """Three bodies, one or two rounds of three days, with people, rooms and holidays in common at random."""
    people = st.frozensets(st.integers(1, 5), max_size=3)
    bodies = tuple(
        PlanBody(
            id=key,
            name=f"Gremium {key}",
            weekdays=tuple(draw(st.permutations(range(4)))[: draw(st.integers(1, 3))]),
            start=time(draw(st.sampled_from((15, 17, 18)))),
            room=draw(st.sampled_from(ROOMS)),
            step=draw(st.integers(0, 2)),
            gap_days=draw(st.integers(0, 2)),
            pause_days=draw(st.sampled_from((0, 13, 15))),
            members=draw(people),
            clerks=draw(st.frozensets(st.integers(6, 7), max_size=1)),
            changes=draw(st.sampled_from(((), (True,)))) and (Crew(since=LATER, members=draw(people)),),
            mayor=draw(st.booleans()),
        )
        for key in (1, 2, 3)
    )
    closed = draw(
        st.frozensets(st.sampled_from([MONDAY + timedelta(days=n) for n in range(DAYS)]), max_size=2)
    )
    firsts = (MONDAY, LATER)[: draw(st.integers(1, 2))]
    return PlanProblem(
        year=2027,
        today=date(2026, 11, 25),
        calendar=WorkCalendar(
            holidays=dict.fromkeys(closed, "Feiertag"),
            closed={},
            first=date(2026, 1, 1),
            last=date(2028, 1, 1),
        ),
        bodies=bodies,
        rounds=tuple(
            Round(number=n, first=first, last=first + timedelta(days=DAYS - 1))
            for n, first in enumerate(firsts, 1)
        ),
        occasions=(Occasion(label="Markt", first=MONDAY, last=MONDAY + timedelta(days=1)),),
        costs=Costs(weights=WEIGHTS, other_weekday=25, spread_days=FREE_DAYS),
    )


def every_plan(town: PlanProblem) -> Iterator[Plan]:
    """Every way to give each body a day in each round."""
    slots = [(body.id, one.number) for body in town.bodies for one in town.rounds]
    firsts = {one.number: one.first for one in town.rounds}
    for days in product(range(DAYS), repeat=len(slots)):
        yield {slot: firsts[slot[1]] + timedelta(days=day) for slot, day in zip(slots, days, strict=True)}


def allowed(town: PlanProblem, found: Plan) -> bool:
    """Whether a plan keeps every rule, counted anew."""
    if any(day in town.calendar.holidays for day in found.values()):
        return False
    bodies = {body.id: body for body in town.bodies}
    for (first, first_round), (second, second_round) in combinations(found, 2):
        one, other = bodies[first], bodies[second]
        here, there = found[first, first_round], found[second, second_round]
        if first == second:
            if abs((there - here).days) < one.pause_days:
                return False
            continue
        begins, ends = span(one, here)
        other_begins, other_ends = span(other, there)
        shared = people(one, here) & people(other, there)
        together = begins < other_ends and other_begins < ends
        if together and (shared or (one.mayor and other.mayor) or (one.room and one.room == other.room)):
            return False
        if first_round == second_round and one.step and other.step and one.step != other.step:
            early, late = (
                ((one, here), (other, there)) if one.step < other.step else ((other, there), (one, here))
            )
            if (late[1] - early[1]).days < late[0].gap_days or span(*early)[1] > span(*late)[0]:
                return False
    return True


def people(body: PlanBody, day: date, *, clerks: bool = True) -> frozenset[int]:
    """Who belongs to a body on a day: from the second round on others may."""
    if body.changes and day >= LATER:
        return body.changes[0].members
    return body.members | (body.clerks if clerks else frozenset())


def span(body: PlanBody, day: date) -> tuple[datetime, datetime]:
    """When a body sits on a day."""
    begins = datetime.combine(day, body.start)
    return begins, begins + timedelta(hours=2)


def points(town: PlanProblem, found: Plan) -> int:
    """What a plan costs, counted anew."""
    total = 0
    bodies = {body.id: body for body in town.bodies}
    steps = {body.step for body in town.bodies if body.step}
    for (key, _number), day in found.items():
        body = bodies[key]
        if day.weekday() != body.weekdays[0]:
            total += 5 if day.weekday() in body.weekdays else 20
        total += 10 * (MONDAY <= day <= MONDAY + timedelta(days=1))
        if len(steps) > 1 and body.step == max(steps):
            eve = day - timedelta(days=1)
            total += 5 * (eve.weekday() > 4 or eve in town.calendar.holidays)
            total += 5 * any(
                there == eve
                and other != key
                and span(bodies[other], there)[1].hour > 17
                and people(body, day, clerks=False) & people(bodies[other], there, clerks=False)
                for (other, _), there in found.items()
            )
    if len(town.rounds) == 2:
        for body in town.bodies:
            off = abs((found[body.id, 2] - found[body.id, 1]).days - (LATER - MONDAY).days)
            total += 5 * (off > FREE_DAYS) + 5 * (off > 2 * FREE_DAYS)
    return total


@settings(max_examples=40)
@given(towns())
def test_no_plan_is_cheaper_and_none_is_overlooked(town: PlanProblem) -> None:
    costs = [points(town, one) for one in every_plan(town) if allowed(town, one)]
    proposal = plan(town)
    if not costs:
        assert proposal.collisions
        assert not proposal.dates
        return
    found = {(one.body_id, one.round): one.start.date() for one in proposal.dates if one.start}
    assert allowed(town, found)
    assert proposal.cost == points(town, found) == min(costs)
    assert proposal.proven
    assert not proposal.collisions


@settings(max_examples=40)
@given(towns())
def test_a_contradiction_names_as_few_rules_as_can_be(town: PlanProblem) -> None:
    from pysat.solvers import Solver

    core = colliding(town)
    model = build(town, guarded=True)
    named = [model.guards[guard] for guard in core]
    with Solver(name="g4", bootstrap_with=model.clauses) as solver:
        assert solver.solve(assumptions=named) != bool(core)
        for one in named:
            assert solver.solve(assumptions=[other for other in named if other != one])
        for size in range(1, min(len(core), 3)):
            for fewer in combinations(model.guards.values(), size):
                assert solver.solve(assumptions=fewer), "fewer rules collide as well"


@settings(max_examples=10)
@given(towns())
def test_out_of_time_the_rules_still_hold(town: PlanProblem) -> None:
    proposal = plan(town, seconds=0)
    possible = any(allowed(town, one) for one in every_plan(town))
    assert bool(proposal.dates) == possible
    assert bool(proposal.collisions) != possible
    if possible:
        assert allowed(
            town, {(one.body_id, one.round): one.start.date() for one in proposal.dates if one.start}
        )


@settings(max_examples=20)
@given(towns())
def test_the_second_variant_differs_and_keeps_the_rules(town: PlanProblem) -> None:
    first = plan(town)
    second = other_plan(town, first)
    days = {(one.body_id, one.round): one.start.date() for one in first.dates if one.start}
    other = {(one.body_id, one.round): one.start.date() for one in second.dates if one.start}
    assert days.keys() == other.keys()
    if other:
        assert allowed(town, other)
    others = [one for one in every_plan(town) if allowed(town, one) and not one.items() & days.items()]
    if days and others:  # all of it could be different: then at least the share asked for is
        differing = sum(days[slot] != other[slot] for slot in days)
        assert differing * 100 >= town.costs.differ_percent * len(days)
