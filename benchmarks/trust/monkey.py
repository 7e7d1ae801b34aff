"""Test 20: ten thousand random keys with twenty seeds; the flow is that of `tests/tui/test_monkey.py`."""

from __future__ import annotations

import argparse
import re
import time
from typing import Final

from benchmarks.trust.echoing import passed
from benchmarks.trust.rows import Row

SEEDS: Final = 20
KEYS: Final = 500


def run(options: argparse.Namespace) -> list[Row]:
    """Press them; two seeds with `--small`."""
    begun = time.monotonic()
    seeds = 2 if options.small else SEEDS
    count, told, status = passed(["-vv", "tests/tui/test_monkey.py"], "OB_BUERO_MONKEY", f"{seeds}x{KEYS}")
    failed = re.findall(r"\[(\d+)\] FAILED", told)
    return [
        Row(
            test="20",
            name="random keys on all screens",
            target="0 crashes; all that was done is taken back",
            reached=f"{count} of {seeds} seeds with {KEYS} keys each"
            + (f"; failed: {', '.join(failed)}" if failed else ""),
            seconds=time.monotonic() - begun,
            ok=count == seeds and status == 0,
        )
    ]
