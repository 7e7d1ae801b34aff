"""Whatever statement of a use case fails: nothing of it stays, a German sentence says so, the next try works.

The use cases of the registry with the arguments of the undo tests; here some statements of every third one.
`python -m benchmarks.trust statements` lets each statement of each fail, and those of undo and redo.
"""

from __future__ import annotations

import copy
import random
from functools import partial

import pytest
from fault_bench import LEDGER, Bench, Deed, fail_once, faults_of, measured, record
from fault_bench import bench as bench  # a fixture
from fault_prepared import prepared
from fault_walk import Reached, walk
from hypothesis.internal.conjecture.data import ConjectureData
from statement_faults import FAULTS, Fault
from test_undo_property import ARGUMENTS
from undo_kit import World
from undo_kit import furnished as furnished  # a fixture

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.drafts import drop_draft, save_draft
from ob_buero_tui.services.undo import redo, undo
from ob_buero_tui.services.work import USE_CASES
from ob_buero_tui.services.workplace import Workplace

WITHIN = 6
"""So many times arguments are drawn until the use case takes them."""


@pytest.fixture(scope="module")
def reached(bench: Bench) -> Reached:
    """Where those use cases go through that need what others leave; found only for the ledger."""
    if not LEDGER:
        return {}
    found = prepared(bench)
    return found | walk(bench, [verb for verb in ARGUMENTS if verb not in found and not drawn(bench, verb)])


def drawn(bench: Bench, verb: str) -> Deed | None:
    """A use case with arguments that it takes; None where none came up."""
    for attempt in range(WITHIN):
        chance = ConjectureData(random=random.Random(attempt))  # noqa: S311 the same draws each time
        bench.begin(bench.furnished)
        try:
            arguments = ARGUMENTS[verb](World(bench.place, chance.draw, wild=False))
        except Refusal:
            continue
        found = measured(bench, partial(_run, bench.place, verb, arguments))
        if found is not None:
            return found
    return None


def _run(place: Workplace, verb: str, arguments: tuple[object, ...]) -> object:
    """Run a use case and leave its arguments as they are for the next try."""
    return USE_CASES[verb].run(place, *copy.deepcopy(arguments))


@pytest.mark.parametrize("verb", sorted(ARGUMENTS)[:: 1 if LEDGER else 3])
def test_a_failing_statement_leaves_nothing_and_is_told(bench: Bench, reached: Reached, verb: str) -> None:
    if verb in reached:
        place, state, arguments = reached[verb]
        bench.begin(state)
        deed = measured(bench, partial(_run, place, verb, arguments))
    else:
        deed = drawn(bench, verb)
    if deed is None:
        record(verb, 0, [])
        return
    wrong = faults_of(bench, verb, deed, some=None if LEDGER else 2)
    if LEDGER:
        for step in (undo, redo):
            back = measured(bench, partial(step, bench.place))
            if back is None:  # it left the house
                break
            wrong += faults_of(bench, f"{step.__name__} {verb}", back, some=8)
    assert not wrong, "\n".join(wrong)


def test_a_failing_statement_of_undo_and_redo_leaves_nothing(bench: Bench) -> None:
    deed = drawn(bench, "decline")
    assert deed is not None
    deed.call()
    for step in (undo, redo):
        back = measured(bench, partial(step, bench.place))
        assert back is not None
        # The driver's own rollback takes the savepoint away that undo would go back to.
        tried = [fail_once(bench, back, at, FAULTS["full"]) for at in range(1, back.statements + 1)]
        assert not "\n".join(filter(None, tried))
        back.call()


def test_a_draft_that_the_disk_does_not_take_disturbs_nobody(bench: Bench) -> None:
    bench.begin(bench.furnished)
    for step in (partial(save_draft, values={"text": "mitten im Satz"}), drop_draft):
        bench.keep()
        with bench.plan.failing(0, None) as plan:
            step(bench.place, "note:request:1")
            statements = plan.count
        bench.begin(bench.kept)
        for at in range(1, statements + 1):
            bench.settle()
            with bench.plan.failing(at, _full()):
                assert not step(bench.place, "note:request:1")
            assert bench.unchanged()
        assert step(bench.place, "note:request:1")


def _full() -> Fault:
    return FAULTS["full"]
