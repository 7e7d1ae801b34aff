"""Test 20: a megabyte with escapes pasted into every field of every dialog.

The flow is that of `tests/tui/test_hostile_everywhere.py` in one of its long forms; `resizing` is the other.
"""

from __future__ import annotations

import argparse
import re
import time
from typing import Final

from benchmarks.trust.echoing import passed
from benchmarks.trust.rows import Row

WALKS: Final = 3
"""Of all screens, and of the dialogs in two halves."""
SLOW: Final = 2.0
"""Seconds of processor time that a paste may take."""
_PASTED: Final = re.compile(r"^paste of \d+ into (.*): ([\d.]+) s$", re.MULTILINE)


def run(options: argparse.Namespace) -> list[Row]:
    """Walk; in the size of the test run with `--small`."""
    begun = time.monotonic()
    passed, told = walked("" if options.small else "paste")
    taken = [(float(seconds), field) for field, seconds in _PASTED.findall(told)]
    slow = [f"{field} {seconds:.1f} s" for seconds, field in sorted(taken, reverse=True) if seconds > SLOW]
    pasted = "50 kB into a field" if options.small else "1 MB into every field"
    longest = f", {len(taken)} fields, the slowest {max(taken)[0]:.1f} s of processor time" if taken else ""
    return [
        Row(
            test="20",
            name=f"{pasted} of every dialog",
            target=f"0 crashes; no control sequence stays; a cut is told; ≤ {SLOW:.0f} s",
            reached="; ".join((f"{passed} of {WALKS} walks{longest}", *slow[:5])),
            seconds=time.monotonic() - begun,
            ok=passed == WALKS and not slow,
        )
    ]


def walked(form: str) -> tuple[int, str]:
    """Walk through all screens and dialogs; how many walks passed, and what they told.

    Args:
        form: `paste`, `sizes`, or nothing for the form of the test run.
    """
    walk = ["-s", "-k", "foreign_text", "tests/tui/test_hostile_everywhere.py"]
    count, told, status = passed(walk, "OB_BUERO_HOSTILE", form)
    return (0 if status else count), told
