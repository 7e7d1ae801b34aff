"""Search, days and records: request to data, on two offices of which one is ten times the other."""

# ruff: noqa: SIM905 lists of words are easier to read as text

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial
from math import inf
from random import Random
from time import process_time
from typing import TypeVar

from benchmarks.big_office import NOW
from benchmarks.results import Line
from ob_buero_tui.services.calendar.day import day
from ob_buero_tui.services.requests import inbox
from ob_buero_tui.services.requests.record import record
from ob_buero_tui.services.search import search
from ob_buero_tui.services.workplace import Workplace

T = TypeVar("T")
Call = Callable[[], object]
Pair = tuple[list[float], list[float]]

TYPED = (
    "sch gru ein gol ber ver mül öff neu som jub ric ben fes aus adv str ehr ged fir sta ost lin nor "
    "haf alt süd wes wie ros kir tur fei kan mus kul sen gew kar han cho pre vor bit her jah rat kow "
    "özt per sau"
).split()
"""What one has typed after three letters; some begin a word of every letter, some only names."""


def measure(large: Workplace, small: Workplace, rounds: int) -> list[Line]:
    """All lines, each measured in turn on both sides."""
    rng = Random("in process")
    recent = [NOW.date() + timedelta(days=rng.randrange(-200, 200)) for _ in range(40)]
    distant = [NOW.date() - timedelta(days=rng.randrange(500, 900)) for _ in range(40)]
    ours, tenth = partial(_some_requests, large), partial(_some_requests, small)
    typed = _in_turn(_calls(search, large, TYPED), _calls(search, small, TYPED), rounds)
    days = _in_turn(_calls(day, large, recent), _calls(day, small, recent), rounds)
    far = _in_turn(_calls(day, large, distant), _calls(day, large, recent), rounds)
    records = _in_turn(_calls(record, large, ours()), _calls(record, small, tenth()), rounds)
    lists = _in_turn(_calls(_inbox, large, [inbox.NEW]), _calls(_inbox, small, [inbox.NEW]), rounds)
    keys = _in_turn(_calls(inbox.ids, large, [inbox.ALL]), _calls(inbox.ids, small, [inbox.ALL]), rounds)
    return [
        _line("search, 3 letters typed", typed, most_p95=30, most_ratio=1.5),
        _line("open a day", days, most_p95=15, most_ratio=1.5),
        _line("open a day outside the window", far, against="a day inside", most_p95=15),
        _line("open a record", records, most_p95=15, most_ratio=1.5),
        _line("  list and counts of „Neu“", lists),
        _line("  keys of „Alle“, in a worker", keys),
    ]


def _calls(query: Callable[[Workplace, T], object], place: Workplace, cases: Sequence[T]) -> list[Call]:
    return [partial(query, place, case) for case in cases]


def _in_turn(ours: Sequence[Call], base: Sequence[Call], rounds: int) -> Pair:
    """Both sides case by case in turn; of each case its best processor time: the rest is other programs."""
    best: Pair = ([inf] * len(ours), [inf] * len(base))
    for number in range(rounds + 1):
        for place, calls in enumerate(zip(ours, base, strict=True)):
            for kept, call in zip(best, calls, strict=True):
                taken = _milliseconds(call)
                if number:  # the first round fills the caches
                    kept[place] = min(kept[place], taken)
    return best


def _line(
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


def _inbox(place: Workplace, split: str) -> object:
    """What the screen reads to draw itself anew, without the record."""
    found = inbox.splits(place), inbox.ids(place, split), inbox.counts(place)
    return found, inbox.rows(place, found[1][:40])


def _some_requests(place: Workplace) -> list[int]:
    """Open ones, and some of all times."""
    rng = Random("requests")
    new = inbox.ids(place, inbox.NEW)
    everything = inbox.ids(place, inbox.ALL)
    return [*rng.sample(new, 10), *rng.sample(everything, 30)]
