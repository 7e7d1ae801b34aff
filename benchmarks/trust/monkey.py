"""Test 20: ten thousand random keys with twenty seeds; the flow is that of `tests/tui/test_monkey.py`."""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import Final

from benchmarks.trust.rows import Row

ROOT: Final = Path(__file__).resolve().parents[2]
SEEDS: Final = 20
KEYS: Final = 500


def run(options: argparse.Namespace) -> list[Row]:
    """Press them; two seeds with `--small`."""
    begun = time.monotonic()
    seeds = 2 if options.small else SEEDS
    command = [sys.executable, "-m", "pytest", "-n", "0", "-vv", "tests/tui/test_monkey.py"]
    lines: list[str] = []
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=os.environ | {"OB_BUERO_MONKEY": f"{seeds}x{KEYS}"},
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as child:
        for line in child.stdout or ():
            lines.append(line)
            print(line, end="", file=sys.stderr, flush=True)
    told = "".join(lines)
    failed = re.findall(r"\[(\d+)\] FAILED", told)
    found = re.search(r"(\d+) passed", told)
    passed = int(found[1]) if found else 0
    return [
        Row(
            test="20",
            name="random keys on all screens",
            target="0 crashes; all that was done is taken back",
            reached=f"{passed} of {seeds} seeds with {KEYS} keys each"
            + (f"; failed: {', '.join(failed)}" if failed else ""),
            seconds=time.monotonic() - begun,
            ok=passed == seeds and child.returncode == 0,
        )
    ]
