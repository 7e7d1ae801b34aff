"""Tests 19 and 20: a megabyte with escapes pasted into every field of every dialog, and all sizes.

The flow is that of `tests/tui/test_hostile_everywhere.py` in its long form.
"""

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
WALKS: Final = 3
"""Of all screens, and of the dialogs in two halves."""


def run(options: argparse.Namespace) -> list[Row]:
    """Walk; in the size of the test run with `--small`."""
    begun = time.monotonic()
    size = "" if options.small else "all"
    command = [sys.executable, "-m", "pytest", "-n", "0", "-q", "-k", "foreign_text"]
    done = subprocess.run(
        [*command, "tests/tui/test_hostile_everywhere.py"],
        cwd=ROOT,
        env=os.environ | {"OB_BUERO_HOSTILE": size},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    found = re.search(r"(\d+) passed", done.stdout)
    passed = int(found[1]) if found else 0
    if done.returncode:
        print(done.stdout[-4_000:], file=sys.stderr)
    pasted = "50 kB into a field" if options.small else "1 MB into every field"
    return [
        Row(
            test="19, 20",
            name=f"{pasted} of every dialog, every screen and dialog at every size",
            target="0 crashes; no control sequence stays; a cut is told; typed text stays",
            reached=f"{passed} of {WALKS} walks",
            seconds=time.monotonic() - begun,
            ok=passed == WALKS and done.returncode == 0,
        )
    ]
