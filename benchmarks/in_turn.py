"""Two sides measured in turn, case by case, by the best processor time of each case."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from math import inf
from time import process_time
from typing import TypeVar

from benchmarks.results import Line
from ob_buero_tui.services.workplace import Workplace

T = TypeVar("T")
Call = Callable[[], object]
Pair = tuple[list[float], list[float]]


def calls_of(query: Callable[[Workplace, T], object], place: Workplace, cases: Sequence[T]) -> list[Call]:
    return [partial(query, place, case) for case in cases]


def in_turn(ours: Sequence[Call], base: Sequence[Call], rounds: int) -> Pair:
    """Both sides case by case in turn; of each case its best processor time: the rest is other programs."""
    best: Pair = ([inf] * len(ours), [inf] * len(base))
    for number in range(rounds + 1):
        for place, calls in enumerate(zip(ours, base, strict=True)):
            for kept, call in zip(best, calls, strict=True):
                taken = _milliseconds(call)
                if number:  # the first round fills the caches
                    kept[place] = min(kept[place], taken)
    return best


def line_of(
    what: str,
    found: Pair,
    *,
    against: str = "a tenth",
    most_ratio: float | None = None,
    most_p95: float | None = None,
) -> Line:
    return Line(
        what=what,
        ours=found[0],
        base=found[1],
        against=against,
        most_ratio=most_ratio,
        most_p95=most_p95,
    )


def _milliseconds(call: Call) -> float:
    start = process_time()
    call()
    return (process_time() - start) * 1000
