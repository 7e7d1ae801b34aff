"""Eingang beyond opening a record: queries, piles, orders, an answer, the numbers; on two offices."""

from __future__ import annotations

from functools import partial
from random import Random

from benchmarks.in_turn import calls_of, in_turn, line_of
from benchmarks.results import Line
from ob_buero_tui.services.answers.composing import compose
from ob_buero_tui.services.requests import inbox
from ob_buero_tui.services.requests.own_splits import count_split, searched
from ob_buero_tui.services.search import search
from ob_buero_tui.services.stats import stats
from ob_buero_tui.services.workplace import Workplace

QUERIES = (
    *("von:ma", "von:mei", "art:schirmherrschaft", "status:offen", "votum:zusage", "ergebnis:zusage"),
    *("durch:ob", "ort:halle", "zuständig:ps", "termin:2026-12", "eingang:2026 fest", "von:mayer fest"),
    *("sommer -fest", "der -sommer", '"bitten wir" art:grusswort'),
)
"""What one asks for: names begun, rare values that nothing has, common words with a key or a minus."""
PILES = ("art:grusswort status:offen", "zuständig:ps", "frist:<heute status:offen")


def measure(large: Workplace, small: Workplace, rounds: int) -> list[Line]:
    """All lines, each measured in turn on both sides."""
    sides = large, small
    asked = in_turn(*(calls_of(search, side, QUERIES) for side in sides), rounds)
    piles = in_turn(*(calls_of(_pile, side, PILES) for side in sides), rounds)
    orders = ("absender", "termin", "art")
    new = in_turn(*(calls_of(partial(_sorted, inbox.NEW), side, orders) for side in sides), rounds)
    everything = in_turn(*(calls_of(partial(_sorted, inbox.ALL), side, orders) for side in sides), rounds)
    answers = in_turn(*(calls_of(compose, side, _some(side)) for side in sides), rounds)
    numbers = in_turn(*(calls_of(stats, side, [2026]) for side in sides), rounds)
    return [
        line_of("search in the query language", asked, most_p95=30),
        line_of("change to a pile of one's own, with its count", piles, most_p95=30),
        line_of("  sort „Neu“", new),
        line_of("  sort „Alle“, in a worker", everything),
        line_of("compose an answer", answers, most_p95=15, most_ratio=1.5),
        line_of("  the numbers of a year", numbers),
    ]


def _pile(place: Workplace, query: str) -> object:
    """The list of a pile, its count, and the rows that are seen."""
    keys = inbox.ids(place, searched(query))
    return count_split(place, searched(query)), inbox.rows(place, keys[:40])


def _sorted(split: str, place: Workplace, order: str) -> object:
    return inbox.ids(place, split, order)


def _some(place: Workplace) -> list[int]:
    return Random("answers").choices(inbox.ids(place, inbox.NEW), k=20)
