"""Test 19: twenty rounds through all sizes, down to a single cell, on every screen and in every dialog.

The flow is that of `tests/tui/test_hostile_everywhere.py` in its other long form; see `paste`.
"""

from __future__ import annotations

import argparse
import re
import time
from typing import Final

from benchmarks.trust.paste import WALKS, walked
from benchmarks.trust.rows import Row

_SIZED: Final = re.compile(r"^(\d+) sizes of (\w+): ([\d.]+) s$", re.MULTILINE)


def run(options: argparse.Namespace) -> list[Row]:
    """Walk; in the size of the test run with `--small`."""
    begun = time.monotonic()
    passed, told = walked("" if options.small else "sizes")
    found = _SIZED.findall(told)
    sizes = sum(int(count) for count, _, _ in found)
    shown = f", {sizes} sizes of {len({name for _, name, _ in found})} screens and dialogs" if found else ""
    return [
        Row(
            test="19",
            name="80 × 24, 20 × 5, 2 × 1, 1 × 1, 200 × 60 and back, 20 rounds, every screen and dialog",
            target="0 crashes; what is open stays open, typed text stays",
            reached=f"{passed} of {WALKS} walks{shown}",
            seconds=time.monotonic() - begun,
            ok=passed == WALKS,
        )
    ]
