"""Test 15: ten thousand mutated files, imported one by one; none may crash, hang or come in by half.

One process for one hundred files, with limits on memory and time. What a file was is told by its number and
the seed: `python -m benchmarks.trust.mutated NUMBER` writes it to the working folder.
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
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from benchmarks.trust.rows import Row

SEED: Final = 20261125
FILES: Final = 10_700
"""One hundred rounds of `mutation_kit.SHARES`: 5,000 calendars, 3,000 mails and the rest."""
EACH: Final = 100
SLOWEST: Final = 5.0
"""Seconds of computing time after which a file counts as hanging; a busy machine's clock says nothing."""
LONGEST: Final = 60.0
"""Seconds by the clock after which a file hangs however busy the machine is: it waits for something."""
LARGEST: Final = 300
"""Megabytes of resident memory of the importing process."""
WRONG: Final = ("died", "slow", "unforeseen", "wrong")
ROOT: Final = Path(__file__).resolve().parents[2]


@dataclass(slots=True)
class Tally:
    """What became of the files."""

    status: Counter[str] = field(default_factory=Counter)
    died: list[str] = field(default_factory=list)
    slow: list[str] = field(default_factory=list)
    unforeseen: list[int] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    rss: int = 0
    children: int = 0
    slowest: float = 0.0
    longest: float = 0.0
    steps: int = 0


def run(options: argparse.Namespace) -> list[Row]:
    """Import all of them; a tenth with `--small`."""
    begun = time.monotonic()
    files = FILES // 10 if options.small else FILES
    tally = Tally()
    told: dict[str, int] = {}
    with tempfile.TemporaryDirectory() as name:
        template = _template(Path(name))
        for first in range(0, files, EACH):
            _batch(Path(name), template, first, min(files, first + EACH), tally)
            print(f"{first + EACH:6} {dict(tally.status)}", file=sys.stderr, flush=True)
            told = _tell_new(tally, told)
    return [_row(tally, files, time.monotonic() - begun)]


def _tell_new(tally: Tally, told: dict[str, int]) -> dict[str, int]:
    """Print what went wrong since the last time."""
    for what in WRONG:
        for one in getattr(tally, what)[told.get(what, 0) :]:
            print(f"{what}: {one}", file=sys.stderr, flush=True)
    return {what: len(getattr(tally, what)) for what in WRONG}


def _row(tally: Tally, files: int, seconds: float) -> Row:
    bad = (tally.died, tally.unforeseen, tally.slow, tally.wrong)
    reached = (
        f"{sum(tally.status.values()):,} of {files:,} read ({tally.status['refused']:,} refused): "
        f"{len(tally.died)} crashes, {len(tally.unforeseen)} without a reason one understands, "
        f"{len(tally.slow)} hangs (slowest {tally.slowest:.1f} s, by the clock {tally.longest:.1f} s), "
        f"{len(tally.wrong)} partial, "
        f"RSS {tally.rss} MB (reading processes {tally.children} MB); {tally.steps:,} steps undone"
    )
    return Row(
        test="15",
        name="mutated files of 11 formats",
        target="0 crashes, 0 hangs > 5 s, RSS < 300 MB, 0 partial imports",
        reached=reached,
        seconds=seconds,
        ok=not any(bad) and tally.rss < LARGEST and sum(tally.status.values()) == files,
    )


def _template(folder: Path) -> Path:
    from benchmarks.big_office import empty_office

    return empty_office(folder)


def _batch(folder: Path, template: Path, first: int, last: int, tally: Tally) -> None:
    """Import some files; where the process dies, go on behind the file that killed it."""
    while first < last:
        with tempfile.TemporaryDirectory(dir=folder) as own:
            done = _child(template, Path(own), first, last)
        begun = first
        for line in map(json.loads, filter(None, done.stdout.splitlines())):
            begun = line.get("begun", begun)
            _count(line, tally)
        if done.returncode == 0:
            return
        why = done.stderr.strip().splitlines()[-1:] or [""]
        tally.died.append(f"{begun} ({done.returncode}): {why[0][:200]}")
        first = begun + 1


def _child(template: Path, own: Path, first: int, last: int) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "benchmarks.trust.mutated_child", str(template), str(own)]
    paths = os.pathsep.join(str(ROOT / part) for part in ("tests", "src", ""))
    return subprocess.run(
        [*command, str(SEED), str(first), str(last)],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": paths},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def _count(line: dict[str, Any], tally: Tally) -> None:
    if "done" in line:
        number = line["done"]
        tally.status[line["status"]] += 1
        tally.slowest = max(tally.slowest, line["cpu"])
        tally.longest = max(tally.longest, line["seconds"])
        if line["cpu"] > SLOWEST:
            tally.slow.append(f"{number}: {line['cpu']} s")
        elif line["seconds"] > LONGEST:  # it waited: for a pipe, a lock, a sleep
            tally.slow.append(f"{number}: {line['seconds']} s by the clock")
        if line["unforeseen"]:
            tally.unforeseen.append(number)
        tally.wrong += [f"{number}: {one}" for one in line["wrong"]]
    elif "end" in line:
        end = line["end"]
        tally.rss, tally.children = max(tally.rss, end["rss"]), max(tally.children, end["children"])
        tally.steps += end["steps"]
        tally.wrong += [f"check: {one}" for one in end["problems"]]
        tally.wrong += [f"after undoing all: {one}" for one in end["left"]]


def write_one(number: int) -> Path:
    """Write the file of a number into the working folder, to look at it."""
    sys.path.insert(0, str(ROOT / "tests"))
    from mutation_kit import mutated, samples
    from ob_buero_tui.catalog.folders import data_folder

    with tempfile.TemporaryDirectory() as folder:
        name, data = mutated(number, SEED, samples(Path(folder), data_folder()))
    Path(name).write_bytes(data)
    return Path(name)


if __name__ == "__main__":
    print(write_one(int(sys.argv[1])))
