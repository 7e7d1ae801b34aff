"""The year planner: the cheapest dates that keep all rules, by weighted MaxSAT (RC2 of python-sat)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil, inf

from ob_buero_tui.planning.explain import collisions
from ob_buero_tui.planning.model import Model, build
from ob_buero_tui.planning.watch import Stop, Watch, never
from ob_buero_tui.planning.wishes import Soft, wishes
from ob_buero_tui.rules import limits
from ob_buero_tui.rules.year_plan import PlanProblem, Proposal, Slot
from ob_buero_tui.rules.year_plan_days import Candidate, fixed_by_slot
from ob_buero_tui.rules.year_plan_judge import judged

SECONDS = limits.PLAN_SECONDS
"""How long one variant may be worked on; after that the smaller wishes are let go, and so on."""
_SOLVER = "g4"
"""Glucose 4: of the solvers of python-sat that can be interrupted the quickest here."""


@dataclass(frozen=True, slots=True)
class _Found:
    dates: Mapping[Slot, Candidate]
    proven: bool


def plan(problem: PlanProblem, *, seconds: float = SECONDS, stop: Stop = never) -> Proposal:
    """Return the cheapest dates of a year, or the smallest set of rules that collide.

    Args:
        seconds: How long may be looked for the cheapest.
        stop: Whether nobody wants the plan any more.

    Raises:
        Stopped: nobody wants it any more.
    """
    return _plan(problem, Watch(seconds, stop), stop)


def _plan(problem: PlanProblem, watch: Watch, stop: Stop) -> Proposal:
    found = _cheapest(problem, {}, watch)
    if found is None:
        return Proposal(collisions=collisions(problem, stop=stop))
    return _proposal(problem, found)


def other_plan(
    problem: PlanProblem, first: Proposal, *, seconds: float = SECONDS, stop: Stop = never
) -> Proposal:
    """Return the cheapest dates that differ from a first plan in the share the costs ask for.

    The dates that may not come again are spread over bodies and rounds; where rules then collide, as fixed
    dates leave no other way, fewer and fewer of them are asked for, in the end none. What is fixed is not
    counted. Time and `stop` as in `plan`.
    """
    watch = Watch(seconds, stop)
    dates = {
        (one.body_id, one.round): Candidate(start=one.start, end=one.end, room=one.room)
        for one in first.dates
        if one.start is not None and one.end is not None and not one.fixed
    }
    dates = {slot: one for slot, one in dates.items() if slot not in fixed_by_slot(problem)}
    wanted = ceil(len(dates) * problem.costs.differ_percent / 100)
    while wanted:
        found = _cheapest(problem, {slot: dates[slot] for slot in _spread_over(sorted(dates), wanted)}, watch)
        if found is not None:
            return _proposal(problem, found)
        wanted //= 2
    return _plan(problem, watch, stop)


def _spread_over(slots: Sequence[Slot], count: int) -> list[Slot]:
    """Return so many of the slots, evenly from first to last."""
    return [slots[len(slots) * number // count] for number in range(count)]


def _proposal(problem: PlanProblem, found: _Found) -> Proposal:
    dates = judged(problem, found.dates)
    cost = sum(each.cost for one in dates for each in one.compromises)
    return Proposal(dates=dates, cost=cost, proven=found.proven)


def _cheapest(problem: PlanProblem, without: Mapping[Slot, Candidate], watch: Watch) -> _Found | None:
    """Return the cheapest dates; None when the rules collide.

    Args:
        without: Dates that slots must not get.
    """
    model = build(problem)
    if any(place.hopeless for place in model.places):
        return None
    for place in model.places:
        unwanted = without.get(place.slot)
        model.clauses += [[-at] for one, at in zip(place.dates, place.at, strict=True) if one == unwanted]
    any_dates = _possible(model, watch)
    if any_dates is None:  # RC2 itself stumbles over hard clauses that cannot hold
        return None
    soft = wishes(model)
    weights = sorted({weight for _clause, weight in soft})
    for least in weights:
        # After half of the time that is left the smallest wishes are let go, and the rest is solved again.
        kept = [one for one in soft if one[1] >= least]
        true = _solved(model, kept, watch, 1.0 if least == weights[-1] else 0.5)
        if true is not None:
            return _Found(_dates(model, true), proven=len(kept) == len(soft))
    return _Found(_dates(model, any_dates), proven=not soft)


def _possible(model: Model, watch: Watch) -> frozenset[int] | None:
    """Return variables of some dates that keep all rules, at whatever cost; None when the rules collide."""
    from pysat.solvers import Solver

    with Solver(name=_SOLVER, bootstrap_with=model.clauses) as solver:
        if not watch.over(solver, lambda: solver.solve_limited(expect_interrupt=True), inf):
            return None
        return frozenset(one for one in solver.get_model() or () if one > 0)


def _dates(model: Model, true: frozenset[int]) -> dict[Slot, Candidate]:
    return {
        place.slot: one
        for place in model.places
        for one, variable in zip(place.dates, place.at, strict=True)
        if variable in true
    }


def _solved(model: Model, soft: Sequence[Soft], watch: Watch, share: float) -> frozenset[int] | None:
    """Return the variables of the cheapest dates; None when they were not found in this share of the time."""
    seconds = watch.left * share
    if not seconds:
        return None
    from pysat.examples.rc2 import RC2Stratified
    from pysat.formula import WCNF

    formula = WCNF()
    for clause in model.clauses:
        formula.append(clause)
    for clause, weight in soft:
        formula.append(clause, weight=weight)
    with RC2Stratified(formula, solver=_SOLVER, adapt=True, exhaust=True, minz=True) as solver:
        true = watch.over(solver, lambda: solver.compute(expect_interrupt=True), seconds)
    return frozenset(one for one in true if one > 0) if true is not None else None
