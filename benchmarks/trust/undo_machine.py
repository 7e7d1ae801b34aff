"""Test 11: the state machine of `tests/services/test_undo_machine.py` until 10,000 operations are done.

Each round draws other ones; a fault is printed with the steps that lead to it.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from benchmarks.trust.rows import Row

HERE = Path(__file__).resolve().parents[2]
TEST = "tests/services/test_undo_machine.py"
OPERATIONS = 10_000
TIMES = 20
"""So many times the examples of the test run are drawn in a round."""


def run(options: argparse.Namespace) -> list[Row]:
    """Rounds until there were enough operations, or a fault."""
    wanted = OPERATIONS // 10 if options.small else OPERATIONS
    began, counts, faults = time.perf_counter(), Counter[str](), 0
    while counts["operations"] < wanted and not faults:
        told, faults = _round(TIMES // 10 if options.small else TIMES)
        counts.update(told)
    reached = (
        f"{counts['operations']} operations: {counts['deeds']} deeds, {counts['taken back']} taken back, "
        f"{counts['brought back']} brought back, {counts['restarts']} restarts; {counts['runs']} runs, "
        f"{counts['runs back to the start']} of them all the way back to the start; {faults} faults"
    )
    return [
        Row(
            test="11",
            name="undo and redo of everything at two desks",
            target=f"≥ {wanted} operations; undo all = start, redo all = end, everything derived = rebuilt",
            reached=reached,
            seconds=time.perf_counter() - began,
            ok=not faults,
        )
    ]


def _round(times: int) -> tuple[dict[str, int], int]:
    """One run of the test; what it counted, and 1 when it failed."""
    with tempfile.TemporaryDirectory() as folder:
        counts = Path(folder) / "counts.json"
        environment = os.environ | {
            "OB_BUERO_UNDO_LONGER": str(max(2, times)),
            "OB_BUERO_UNDO_COUNTS": str(counts),
        }
        command = [sys.executable, "-m", "pytest", "-q", "-n", "0", TEST, "-p", "no:cacheprovider"]
        done = subprocess.run(command, cwd=HERE, env=environment, stdout=sys.stderr, check=False)
        told: dict[str, int] = json.loads(counts.read_text(encoding="utf-8")) if counts.exists() else {}
    return told, int(done.returncode != 0)
