"""Whether a plan still keeps the rules as the office stands now: sessions, people and days change."""

from __future__ import annotations

from collections.abc import Iterator

from ob_buero_tui.rules.german import short_range
from ob_buero_tui.rules.year_plan import PlanProblem, Slot
from ob_buero_tui.rules.year_plan_days import Candidate
from ob_buero_tui.rules.year_plan_judge import breaks
from ob_buero_tui.services.council.plan_rows import DRAFT, Stored

_UNPLANNED = "das Gremium wird nicht mehr geplant"


def broken(own: Stored, problem: PlanProblem) -> dict[Slot, tuple[str, ...]]:
    """The rules that each date of a draft breaks, in German; of a plan that was decided nothing is said."""
    if own.plan.state != DRAFT:
        return {}
    dates = own.candidates()
    known = {one.id for one in problem.bodies}
    found = {}
    for slot, one in dates.items():
        said = [*breaks(problem, slot, one, dates), *_outside(problem, slot, one)]
        if slot[0] not in known and not one.held:
            said.append(_UNPLANNED)
        found[slot] = tuple(said)
    return {slot: said for slot, said in found.items() if said}


def _outside(problem: PlanProblem, slot: Slot, one: Candidate) -> Iterator[str]:
    """Yield that a computed date lies in its round no more; one set by hand may lie anywhere."""
    if one.fixed:
        return
    number = next((each for each in problem.rounds if each.number == slot[1]), None)
    if number is None:
        yield f"Runde {slot[1]} gibt es nicht mehr"
    elif not number.first <= one.day <= number.last:
        yield f"außerhalb der Runde {slot[1]} ({short_range(number.first, number.last)})"
