"""Test 3: desks that edit the same two requests at once, 2 × 500 and 8 × 125 edits.

Each desk is a program of its own that goes through the services: a form is read, saved, and saved once more
when it is outdated already. The race itself stands in `tests/services/racing_kit.py`.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.trust.rows import Row
from ob_buero_tui.config import Settings
from ob_buero_tui.office import create_office, open_office
from ob_buero_tui.services.requests.creating import CHANNELS, Captured, create_request
from ob_buero_tui.services.workplace import Workplace

NOW = datetime(2026, 11, 25, 8, 42, tzinfo=UTC)
RACES = ((2, 500), (8, 125))
TESTS = Path(__file__).resolve().parents[2] / "tests" / "services"


def run(options: argparse.Namespace) -> list[Row]:
    """Both races."""
    sys.path.insert(0, str(TESTS))
    return [_race(desks, edits // 10 if options.small else edits) for desks, edits in RACES]


def request_of(place: Workplace, subject: str, *, kind: str | None = None) -> int:
    """Take down a request and return its key."""
    taken = Captured(kind=kind, channel=next(iter(CHANNELS)), subject=subject)
    return create_request(place, taken).ids[0]


def _race(desks: int, edits: int) -> Row:
    from racing_kit import race

    began, total = time.perf_counter(), desks * edits
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "büro" / "buero.sqlite"
        create_office(path, Settings())
        office = open_office(path, Settings(), clock=lambda: NOW, account="petra.sander")
        keys = [request_of(office.place, f"Sache {n}") for n in range(2)]
        done = race(path, office.place, keys, desks=desks, edits=edits)
        office.close()
    reached = (
        f"{done.saved} saved, {done.present} present, {total - done.present} lost, "
        f"{done.refused} outdated forms refused, {done.met} met and done anew, {done.waited} times busy"
    )
    return Row(
        test="3",
        name=f"{desks} desks × {edits} edits of the same two requests",
        target=f"{total}/{total} present, 0 lost, every outdated form refused with both values",
        reached="; ".join((reached, *done.faults[:3])),
        seconds=time.perf_counter() - began,
        ok=not done.faults and done.saved == done.present == done.refused == total,
    )
