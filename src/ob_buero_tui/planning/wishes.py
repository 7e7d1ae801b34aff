"""The wishes of a year as weighted clauses."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise

from ob_buero_tui.planning.model import Model, Place, successive
from ob_buero_tui.rules.year_plan import Wish
from ob_buero_tui.rules.year_plan_days import Candidate, compromises, last_step
from ob_buero_tui.rules.year_plan_pairs import spread_levels, takes_evening_before, usual_distance

Soft = tuple[list[int], int]
"""A clause and the points it costs when it does not hold."""


def wishes(model: Model) -> list[Soft]:
    """Return what dates cost as weighted clauses; those that only define variables are added to the model."""
    found = [soft for place in model.places for soft in _own_costs(model, place)]
    return [*found, *_spread(model), *_evenings(model)]


def _own_costs(model: Model, place: Place) -> Iterator[Soft]:
    """Weigh the dates of a slot: one clause for each step from one price to the next dearer one.

    That is shorter for the solver than a clause for each date, as just one of them is taken.
    """
    prices = [sum(each.cost for each in compromises(model.problem, place.body, one)) for one in place.dates]
    levels = sorted(set(prices))
    for cheap, dear in pairwise(levels):
        clause = [variable for variable, price in zip(place.at, prices, strict=True) if price <= cheap]
        yield clause, dear - cheap


def _spread(model: Model) -> Iterator[Soft]:
    """Weigh the distance of a body's sessions against that of their rounds."""
    weight = model.problem.costs.of(Wish.ABSTAND)
    if not weight:
        return
    for earlier, later in successive(model.places):
        usual = usual_distance(earlier.round, later.round)
        for free in spread_levels(model.problem):
            fine = model.fresh()
            for one, variable in zip(later.dates, later.at, strict=True):
                first, last = one.day - timedelta(days=usual + free), one.day - timedelta(days=usual - free)
                until, before = earlier.until(last), earlier.until(first - timedelta(days=1))
                if not (earlier.by and until == earlier.by[-1]):
                    model.clauses.append([-fine, -variable, *([until] if until else [])])
                if before:
                    model.clauses.append([-fine, -variable, -before])
            yield [fine], weight


def _evenings(model: Model) -> Iterator[Soft]:
    """Weigh sessions on the evening before a deciding body sits."""
    weight, last = model.problem.costs.of(Wish.FRAKTION), last_step(model.problem)
    if not weight or not last:
        return
    for place in model.places:
        if place.body.step != last:
            continue
        fine = model.fresh()
        taken = [
            [-fine, -variable, -other_variable]
            for one, variable in zip(place.dates, place.at, strict=True)
            for other, other_one, other_variable in _near(model, one)
            if other.body.id != place.body.id and takes_evening_before(place.body, one, other.body, other_one)
        ]
        model.clauses += taken
        if taken:
            yield [fine], weight


def _near(model: Model, one: Candidate) -> Iterator[tuple[Place, Candidate, int]]:
    before = one.day - timedelta(days=1)
    for place in model.places:
        if place.dates and place.dates[0].day <= before <= place.dates[-1].day:
            for other, variable in zip(place.dates, place.at, strict=True):
                if other.day == before:
                    yield place, other, variable
