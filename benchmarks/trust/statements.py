"""Test 6: every statement of every use case fails once, in turn locked, full, I/O error, interrupted.

Runs `tests/services/test_statement_faults.py` at length and counts its ledger.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Set as AbstractSet
from importlib import import_module
from pathlib import Path

from benchmarks.trust.rows import Row

ROOT = Path(__file__).resolve().parents[2]
TESTS = "tests/services/test_statement_faults.py"


def run(options: argparse.Namespace) -> list[Row]:
    """Let all statements fail; the small form takes the use cases that begin with `a`."""
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        ledger = Path(folder) / "faults.jsonl"
        command = [sys.executable, "-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider", TESTS]
        command += ["-k", "told[a"] if options.small else []
        environment = os.environ | {"OB_BUERO_FAULTS_LEDGER": str(ledger)}
        done = subprocess.run(command, cwd=ROOT, env=environment, check=False, stdout=sys.stderr)
        steps = [json.loads(line) for line in ledger.read_text(encoding="utf-8").splitlines()]
    wanted = {verb for verb in _registered() if not options.small or verb.startswith("a")}
    return [row(steps, time.perf_counter() - began, wanted, failed=done.returncode != 0)]


def _registered() -> frozenset[str]:
    """The verbs of all use cases: one that fails before its first line is in no ledger."""
    from ob_buero_tui.services import history
    from ob_buero_tui.services.work import USE_CASES

    for topic in history.SPEAKING:
        import_module(f"ob_buero_tui.services.{topic}")
    return frozenset(verb for verb in USE_CASES if not verb.startswith("test_"))


def row(steps: list[dict[str, object]], seconds: float, wanted: AbstractSet[str], *, failed: bool) -> Row:
    """The line of the table.

    Args:
        steps: The ledger: step, number of faults, what was wrong.
        seconds: How long it took.
        wanted: The use cases that must be in it.
        failed: Whether the tests that wrote it ended with an error.
    """
    verbs = [one for one in steps if not str(one["step"]).startswith(("undo ", "redo "))]
    idle = sorted(str(one["step"]) for one in verbs if not one["faults"])
    missing = sorted(wanted - {str(one["step"]) for one in verbs})
    wrong = [str(one["step"]) for one in steps if one["wrong"]]
    faults = sum(int(str(one["faults"])) for one in steps)
    reached = f"{faults} faults in {len(verbs) - len(idle)} of {len(wanted)} use cases, {len(wrong)} wrong"
    told = [f"not reached: {', '.join(idle)}"] if idle else []
    told += [f"not tried: {', '.join(missing)}"] if missing else []
    told += ["the tests failed"] if failed else []
    return Row(
        test="6",
        name="every SQL statement fails once",
        target="all or nothing, a German sentence, the next try works; every use case",
        reached="; ".join((reached, *told, *wrong[:3])),
        seconds=seconds,
        ok=not (wrong or idle or missing or failed),
    )
