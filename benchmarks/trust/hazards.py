"""Test 17: every known hazard in full size, imported one by one: those of `tests/hazard_set.py`."""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

from benchmarks.big_office import empty_office, open_desk
from benchmarks.trust.rows import Row

MOST: Final = 2.0
"""Seconds of computing time, that of reading processes with it."""
LONGER: Final = {"20,000 appointments": 15.0}
"""What is taken in with a progress line, and may take longer: each appointment becomes rows and a step."""
ROOT: Final = Path(__file__).resolve().parents[2]


def run(options: argparse.Namespace) -> list[Row]:
    """Import them; in the size of the test run with `--small`."""
    sys.path.insert(0, str(ROOT / "tests"))
    from hazard_set import HAZARDS
    from ob_buero_tui.services.intake.files import TECHNICAL, import_files

    begun = time.monotonic()
    spent, wrong = {}, []
    with tempfile.TemporaryDirectory() as name:
        office = open_desk(empty_office(Path(name)))
        for hazard in HAZARDS:
            path = Path(name) / hazard.name
            path.write_bytes(hazard.data(hazard.quick if options.small else hazard.full))
            before = _cpu()
            line = import_files(office.place, [path], accept_columns=True).lines[0]
            spent[hazard.row] = _cpu() - before
            told = "\n".join((line.text, *line.problems, *line.notes))
            if (
                hazard.said not in told
                or TECHNICAL in told
                or spent[hazard.row] > LONGER.get(hazard.row, MOST)
            ):
                wrong.append(f"{hazard.row}: {spent[hazard.row]:.1f} s, {told[:200]}")
        office.close()
    print("\n".join(wrong), file=sys.stderr)
    slowest = sorted(spent, key=lambda row: -spent[row])[:3]
    return [
        Row(
            test="17",
            name="hazards that readers stumble over",
            target="each <= 2 s of computing time, 20,000 appointments <= 15 s; each with its sentence",
            reached=f"{len(spent) - len(wrong)} of {len(spent)}; slowest: "
            + ", ".join(f"{row} {spent[row]:.1f} s" for row in slowest),
            seconds=time.monotonic() - begun,
            ok=not wrong,
        )
    ]


def _cpu() -> float:
    """Computing time of this process and of those it has waited for."""
    used = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)
