"""Search, days and records: request to data, on two offices of which one is ten times the other."""

# ruff: noqa: SIM905 lists of words are easier to read as text

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from random import Random
from time import perf_counter
from typing import TypeVar

from benchmarks.big_office import NOW
from benchmarks.results import Line
from ob_buero_tui.services.calendar.day import day
from ob_buero_tui.services.requests import inbox
from ob_buero_tui.services.requests.record import record
from ob_buero_tui.services.search import search
from ob_buero_tui.services.workplace import Workplace

T = TypeVar("T")

TYPED = (
    "sch gru ein gol ber ver mül öff neu som jub ric ben fes aus adv str ehr ged fir sta ost lin nor "
    "haf alt süd wes wie ros kir tur fei kan mus kul sen gew kar han cho pre vor bit her jah rat kow "
    "özt per sau"
).split()
"""What one has typed after three letters; some begin a word of every letter, some only names."""


def measure(large: Workplace, small: Workplace, rounds: int) -> list[Line]:
    """All lines, each measured in turn on both offices."""
    rng = Random("in process")
    recent = [NOW.date() + timedelta(days=rng.randrange(-200, 200)) for _ in range(40)]
    distant = [NOW.date() + timedelta(days=rng.randrange(-900, -500)) for _ in range(40)]
    keys = {id(place): _some_requests(place, Random("requests")) for place in (large, small)}
    return [
        _in_turn(
            "search, 3 letters typed",
            large,
            small,
            rounds,
            lambda _: TYPED,
            search,
            most_ratio=1.5,
            most_p95=30,
        ),
        _in_turn("open a day", large, small, rounds, lambda _: recent, day, most_p95=15, most_ratio=1.5),
        _in_turn(
            "open a day two years ago",
            large,
            small,
            rounds,
            lambda _: distant,
            day,
            most_p95=15,
            most_ratio=1.5,
        ),
        _in_turn(
            "open a record", large, small, rounds, lambda p: keys[id(p)], record, most_p95=15, most_ratio=1.5
        ),
        _in_turn("list and counts of „Neu“", large, small, rounds, lambda _: [inbox.NEW], _inbox),
        _in_turn("list of „Alle“", large, small, rounds, lambda _: [inbox.ALL], inbox.ids),
    ]


def _in_turn(
    what: str,
    large: Workplace,
    small: Workplace,
    rounds: int,
    cases: Callable[[Workplace], Sequence[T]],
    call: Callable[[Workplace, T], object],
    *,
    most_ratio: float | None = None,
    most_p95: float | None = None,
) -> Line:
    """The same call on both offices, case by case, in turn."""
    ours: list[float] = []
    base: list[float] = []
    for number in range(rounds + 1):
        for one, other in zip(cases(large), cases(small), strict=True):
            taken = _milliseconds(large, one, call), _milliseconds(small, other, call)
            if number:  # the first round fills the caches
                ours.append(taken[0])
                base.append(taken[1])
    return Line(what=what, ours=ours, base=base, against="a tenth", most_ratio=most_ratio, most_p95=most_p95)


def _milliseconds(place: Workplace, case: T, call: Callable[[Workplace, T], object]) -> float:
    start = perf_counter()
    call(place, case)
    return (perf_counter() - start) * 1000


def _inbox(place: Workplace, split: str) -> object:
    """What the screen reads to draw itself anew, without the record."""
    found = inbox.splits(place), inbox.ids(place, split), inbox.counts(place)
    return found, inbox.rows(place, found[1][:40])


def _some_requests(place: Workplace, rng: Random) -> list[int]:
    """Open and closed ones, half each."""
    new = inbox.ids(place, inbox.NEW)
    everything = inbox.ids(place, inbox.ALL)
    return [*rng.sample(new, 10), *rng.sample(everything, 30)]
