"""Search, days, weeks and records: request to data, on two offices of which one is ten times the other."""

# ruff: noqa: SIM905 lists of words are easier to read as text

from __future__ import annotations

from datetime import date, time, timedelta
from functools import partial
from random import Random

from benchmarks.big_office import NOW
from benchmarks.in_turn import calls_of, in_turn, line_of
from benchmarks.results import Line
from ob_buero_tui.rules.free_line import FreeWish
from ob_buero_tui.services.calendar.day import day, week
from ob_buero_tui.services.calendar.free import free_times
from ob_buero_tui.services.calendar.walking import stops
from ob_buero_tui.services.requests import inbox
from ob_buero_tui.services.requests.record import record
from ob_buero_tui.services.search import search
from ob_buero_tui.services.workplace import Workplace

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
    typed = in_turn(calls_of(search, large, TYPED), calls_of(search, small, TYPED), rounds)
    days = in_turn(calls_of(day, large, recent), calls_of(day, small, recent), rounds)
    far = in_turn(calls_of(day, large, distant), calls_of(day, large, recent), rounds)
    records = in_turn(calls_of(record, large, ours()), calls_of(record, small, tenth()), rounds)
    lists = in_turn(calls_of(_inbox, large, [inbox.NEW]), calls_of(_inbox, small, [inbox.NEW]), rounds)
    keys = in_turn(calls_of(inbox.ids, large, [inbox.ALL]), calls_of(inbox.ids, small, [inbox.ALL]), rounds)
    ahead = in_turn(calls_of(stops, large, recent), calls_of(stops, small, recent), rounds)
    wishes = [_wish(on) for on in recent]
    free = in_turn(calls_of(free_times, large, wishes), calls_of(free_times, small, wishes), rounds)
    weeks = in_turn(calls_of(week, large, recent), calls_of(week, small, recent), rounds)
    return [
        line_of("search, 3 letters typed", typed, most_p95=30, most_ratio=1.5),
        line_of("open a day", days, most_p95=15, most_ratio=1.5),
        line_of("open a week", weeks, most_p95=15, most_ratio=1.5),
        line_of("conflicts of 90 days", ahead, most_p95=50, most_ratio=1.5),
        line_of("free times of three weeks", free, most_p95=50, most_ratio=1.5),
        line_of("open a day outside the window", far, against="a day inside", most_p95=15),
        line_of("open a record", records, most_p95=15, most_ratio=1.5),
        line_of("  list and counts of „Neu“", lists),
        line_of("  keys of „Alle“, in a worker", keys),
    ]


def _wish(on: date) -> FreeWish:
    """An hour of the mayor and a deputy in the mornings of three weeks, with half an hour of travel."""
    return FreeWish(
        minutes=60,
        first=on,
        last=on + timedelta(weeks=3),
        begin=time(8),
        end=time(12),
        people=("1. BM",),
        travel_min=30,
    )


def _inbox(place: Workplace, split: str) -> object:
    """What the screen reads to draw itself anew, without the record."""
    found = inbox.splits(place), inbox.ids(place, split), inbox.counts(place)
    return found, inbox.rows(place, found[1][:40])


def _some_requests(place: Workplace) -> list[int]:
    """Open ones, and some of all times."""
    rng = Random("requests")
    new = inbox.ids(place, inbox.NEW)
    everything = inbox.ids(place, inbox.ALL)
    return [*rng.choices(new, k=10), *rng.sample(everything, 30)]
