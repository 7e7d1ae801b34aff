"""Test 4: two real apps at one database, each in a terminal; how soon one shows what the other one saved."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.trust.desks import request_of
from benchmarks.trust.rows import Row
from ob_buero_tui.config import Settings
from ob_buero_tui.office import create_office, open_office

TESTS = Path(__file__).resolve().parents[2] / "tests" / "terminal"
NOW = datetime(2026, 11, 25, 8, 42, tzinfo=UTC)
ROUNDS, SOON = 20, 3.0
SAVE, ENTER, QUIT, CLEAR = "\x13", "\r", "\x11", "\x15"


def run(options: argparse.Namespace) -> list[Row]:
    """Edit in one app, wait for it in the other; then edit the same field in both."""
    sys.path.insert(0, str(TESTS))
    from pty_kit import Terminal

    rounds = max(2, ROUNDS // 10) if options.small else ROUNDS
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "büro" / "buero.sqlite"
        create_office(path, Settings())
        office = open_office(path, Settings(), clock=lambda: NOW, account="petra.sander")
        request_of(office.place, "Sache 1", kind="grusswort")
        office.close()
        here, there = Terminal(path), Terminal(path, account="karl.lorenz")
        for app in (here, there):
            app.shows("Sache 1")
        took = [_seconds_until_seen(here, there, f"Runde {number}.") for number in range(rounds)]
        asked = sum(
            _both_values(here, there, f"Hier {number}.", f"Dort {number}.") for number in range(rounds)
        )
        for app in (here, there):
            app.send(QUIT)
            app.ended()
    slowest = max(took)
    return [
        Row(
            test="4",
            name="two real apps in terminals, the same record edited in both",
            target=f"the other one's change visible ≤ {SOON:.0f} s; both values asked every time",
            reached=f"{rounds} changes seen after {min(took):.1f}–{slowest:.1f} s without a key; "
            f"both values asked {asked} of {rounds}",
            seconds=time.perf_counter() - began,
            ok=slowest <= SOON and asked == rounds,
        )
    ]


def _type(app: Any, text: str) -> None:
    app.send("b")
    app.shows("2026-0001 bearbeiten")
    app.send(CLEAR)
    app.until(lambda: "Pflicht ┃" in app.text and not _typed(app))
    app.send(text)
    app.shows(text)


def _typed(app: Any) -> str:
    """What stands in the field in which one types."""
    return str(app.text.partition("Pflicht ┃")[2].partition("│")[0].strip())


def _seconds_until_seen(here: Any, there: Any, text: str) -> float:
    _type(here, text)
    here.send(SAVE)
    here.hides("bearbeiten ─")
    saved = time.perf_counter()
    there.shows(text)
    return time.perf_counter() - saved


def _both_values(here: Any, there: Any, ours: str, theirs: str) -> bool:
    _type(here, ours)
    _type(there, theirs)
    here.send(SAVE)
    here.hides("bearbeiten ─")
    there.send(SAVE)
    there.shows("an zwei Plätzen geändert", ours, theirs)
    there.send("a" + ENTER)  # theirs stays, so that the next round begins alike
    there.hides("bearbeiten ─")
    return True
