"""`stats`: the office's numbers as a table with bars, or as JSON for programs."""

from __future__ import annotations

import sys
from argparse import Namespace
from dataclasses import asdict
from typing import Any

from ob_buero_tui.cli.opened import audience_of, opened
from ob_buero_tui.cli.parser import wrong_use
from ob_buero_tui.cli.printing import print_json, print_table, say
from ob_buero_tui.rules.bars import bar
from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.german import number
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.stats import KindNumbers, Numbers, Stats, stats

WIDTH = 12
HEADERS = (
    "Art",
    "Jahr",
    "",
    "eingegangen",
    "zugesagt",
    "Vertretung",
    "abgesagt",
    "Tage",
    "zu spät",
    "überfällig",
)


def run_stats(options: Namespace) -> int:
    """Print per kind what came in, what became of it and how long it took, for a year and the one before."""
    with opened(options) as office:
        try:
            found = stats(office.place, options.year, audience_of(options, office))
        except Refusal as refusal:
            wrong_use(str(refusal))
    if options.json:
        print_json(stats_shape(found))
    else:
        _print(found)
    return 0


def stats_shape(found: Stats) -> dict[str, Any]:
    """The numbers with stable English keys."""
    return {
        "year": found.year,
        "kinds": [_shape(each, found.year) for each in found.kinds],
        "total": _shape(found.total, found.year),
    }


def _shape(each: KindNumbers, year: int) -> dict[str, Any]:
    return {
        "kind": each.kind or None,
        "label": clean(each.label),
        "years": {str(year): asdict(each.this), str(year - 1): asdict(each.last)},
    }


def _print(found: Stats) -> None:
    if not found.kinds:
        say(f"In den Jahren {found.year - 1} und {found.year} kam nichts.")
        return
    plain = not _draws_blocks()
    most = max(max(each.this.received, each.last.received) for each in found.kinds)
    rows: list[tuple[str, ...]] = []
    for each in (*found.kinds, found.total):
        longest = most if each is not found.total else max(each.this.received, each.last.received)
        rows.append(_row(each.label, found.year, each.this, longest, plain=plain))
        rows.append(_row("", found.year - 1, each.last, longest, plain=plain))
    print_table(HEADERS, rows)
    say("Tage: von zwei Antworten kam eine schneller (Median). Zu spät: nach der Frist beantwortet.")


def _row(label: str, year: int, numbers: Numbers, most: int, *, plain: bool) -> tuple[str, ...]:
    counted = (numbers.received, numbers.accepted, numbers.by_deputy, numbers.declined)
    days = "-" if numbers.median_days is None else number(numbers.median_days)
    return (
        clean(label),
        str(year),
        bar(numbers.received, most, WIDTH, plain=plain),
        *(str(each) for each in counted),
        days,
        str(numbers.answered_late),
        str(numbers.overdue),
    )


def _draws_blocks() -> bool:
    """Whether the output takes block characters."""
    try:
        "█▏".encode(sys.stdout.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True
