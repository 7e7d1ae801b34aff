"""Which rules collide: the smallest set that cannot be kept together, in German."""

from __future__ import annotations

from collections.abc import Sequence

from ob_buero_tui.planning.model import Guard, build
from ob_buero_tui.rules.year_plan import Collision, PlanProblem
from ob_buero_tui.rules.year_plan_words import rule_text


def collisions(problem: PlanProblem) -> tuple[Collision, ...]:
    """Return a smallest set of rules that cannot be kept together; none when all can.

    None of them can be left out: without any one of them the others can be kept.
    """
    core = colliding(problem)
    return tuple(
        Collision(rule=rule, text=rule_text(problem, (rule, what, body_ids)), body_ids=body_ids)
        for rule, what, body_ids in sorted(core)
    )


def colliding(problem: PlanProblem) -> tuple[Guard, ...]:
    """Return that set as guards of the model."""
    from pysat.solvers import Solver

    model = build(problem, guarded=True)
    named = {selector: guard for guard, selector in model.guards.items()}
    with Solver(name="g4", bootstrap_with=model.clauses) as solver:
        if solver.solve(assumptions=list(named)):
            return ()
        first = list(solver.get_core() or ())
        best = first
        # A set from which none can go need not be the smallest: it depends on which are left out first.
        middle = len(first) // 2
        for order in (first, first[::-1], first[middle:] + first[:middle], sorted(first)):
            best = min(best, _minimal(solver, order), key=len)
    return tuple(named[selector] for selector in best)


def _minimal(solver: object, core: Sequence[int]) -> list[int]:
    """Leave out one rule after another, as long as the rest still collides."""
    kept = list(core)
    for selector in core:
        if selector not in kept:
            continue
        rest = [one for one in kept if one != selector]
        if not solver.solve(assumptions=rest):  # type: ignore[attr-defined]
            smaller = set(solver.get_core() or ())  # type: ignore[attr-defined]
            kept = [one for one in rest if one in smaller]
    return kept
