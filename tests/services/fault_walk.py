"""A walk through all use cases, so that also those are tried that need what others leave."""

from __future__ import annotations

import copy
import random
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from fault_bench import Bench
from hypothesis.internal.conjecture.data import ConjectureData
from test_undo_property import ARGUMENTS
from undo_kit import World

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.work import USE_CASES
from ob_buero_tui.services.workplace import Workplace

STEPS = 6000
Reached = dict[str, tuple[Workplace, Path, tuple[Any, ...]]]
"""By use case: the desk, a state of the office, and arguments that the use case takes there."""


def walk(bench: Bench, wanted: Iterable[str], *, steps: int = STEPS) -> Reached:
    """Take random steps until each of these use cases went through once.

    Args:
        steps: After so many it ends in any case.
    """
    missing, reached = set(wanted), Reached()
    chance = random.Random(20261125)  # noqa: S311 a fixed series of steps
    for number in range(steps):
        if not missing:
            break
        if number % 150 == 0:
            bench.begin(bench.furnished)
        verb = chance.choice(sorted(missing) if chance.random() < 0.6 else sorted(ARGUMENTS))
        bench.keep()
        draws = ConjectureData(random=random.Random(chance.random()))  # noqa: S311
        try:
            arguments = ARGUMENTS[verb](World(bench.place, draws.draw, wild=False))
            before = bench.path.read_bytes()
            USE_CASES[verb].run(bench.place, *copy.deepcopy(arguments))
        except Refusal:
            continue
        if verb in missing and bench.path.read_bytes() != before:
            state = bench.kept.with_name(f"vor-{verb}")
            state.write_bytes(before)
            reached[verb] = (bench.place, state, arguments)
            missing.discard(verb)
    return reached
