"""Which rules collide: the smallest set that cannot be kept together, in German."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf
from typing import Any

from ob_buero_tui.planning.model import Guard, build
from ob_buero_tui.planning.watch import Stop, Watch, never
from ob_buero_tui.rules import limits
from ob_buero_tui.rules.year_plan import Collision, PlanProblem
from ob_buero_tui.rules.year_plan_words import rule_text

SECONDS = limits.EXPLAIN_SECONDS
"""How long a smaller set of colliding rules may be looked for."""
_SOLVER = "g4"


def collisions(problem: PlanProblem, *, stop: Stop = never) -> tuple[Collision, ...]:
    """Return a smallest set of rules that cannot be kept together; none when all can.

    Where the time runs out it is a small one, of which perhaps some could be left out.

    Args:
        stop: Whether nobody wants to know any more.

    Raises:
        Stopped: nobody does.
    """
    core = colliding(problem, stop=stop)
    return tuple(
        Collision(rule=rule, text=rule_text(problem, (rule, what, body_ids)), body_ids=body_ids)
        for rule, what, body_ids in sorted(core)
    )


def colliding(problem: PlanProblem, *, seconds: float = SECONDS, stop: Stop = never) -> tuple[Guard, ...]:
    """Return that set as guards of the model."""
    from pysat.solvers import Solver

    model = build(problem, guarded=True)
    named = {selector: guard for guard, selector in model.guards.items()}
    watch = Watch(seconds, stop)
    with Solver(name=_SOLVER, bootstrap_with=model.clauses) as solver:
        if watch.over(
            solver, lambda: solver.solve_limited(assumptions=list(named), expect_interrupt=True), inf
        ):
            return ()
        found = _minimal(solver, list(solver.get_core() or ()), watch)
        return tuple(named[selector] for selector in _smallest(solver, list(named), found, watch))


def _minimal(solver: Any, core: Sequence[int], watch: Watch) -> list[int]:
    """Leave out one rule after another, as long as the rest still collides."""
    kept = list(core)
    for selector in core:
        watch.check()
        if selector not in kept or not watch.left:
            continue
        rest = [one for one in kept if one != selector]
        if not solver.solve(assumptions=rest):
            smaller = set(solver.get_core() or ())
            kept = [one for one in rest if one in smaller]
    return kept


def _smallest(solver: Any, selectors: Sequence[int], known: list[int], watch: Watch) -> list[int]:
    """Return a smallest set of rules that collide, or the known one where the time runs out.

    Every colliding set has a rule of each set whose absence lets the others be kept. So the least rules that
    have one of each such set found yet are a lower bound; once they collide themselves they are the answer.

    Args:
        known: Rules that collide.
    """
    from pysat.examples.hitman import Hitman

    solver.set_phases(list(selectors))  # as many rules as possible are kept by each answer
    with Hitman(solver=_SOLVER, htype="sorted") as hitman:
        least: list[int] = []
        while len(least) < len(known) and watch.left:
            watch.check()
            if not solver.solve(assumptions=least):
                return least
            hitman.hit(_dropped(solver, selectors, least))
            least = hitman.get()
    return known


def _dropped(solver: Any, selectors: Sequence[int], kept: Sequence[int]) -> list[int]:
    """Return rules whose absence lets all others be kept, none of them needlessly."""
    true = set(solver.get_model())
    held = [*kept, *(one for one in selectors if one in true and one not in set(kept))]
    dropped = [one for one in selectors if one not in true and one not in set(kept)]
    needed = []
    while dropped:
        one = dropped.pop()
        if solver.solve(assumptions=[*held, one]):
            true = set(solver.get_model())
            held += [one, *(other for other in dropped if other in true)]
            dropped = [other for other in dropped if other not in true]
        else:
            needed.append(one)
    return needed
