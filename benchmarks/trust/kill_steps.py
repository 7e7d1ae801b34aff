"""Test 2: a process is killed during migration, copy, return, import, erasure, before each point of the step.

A point is a file operation or an SQL statement (`tests/kill_kit.py`). Afterwards the office opens, holds the
state before or after the step and nothing between, and the same step goes through.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.trust.rows import Row

ROOT = Path(__file__).resolve().parents[2]
MOST = 80
"""So many points of a step are tried; of a longer one as many, evenly spread."""
MOMENTS = 10
"""So many kills at a random moment besides, which also hit the middle of a commit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A step that is killed.

    Args:
        furnish: Makes a folder with all that the step needs.
        take: Takes the step in such a folder.
        finding: What is wrong in a folder after a kill, or nothing; it may take the step again.
    """

    name: str
    furnish: Callable[[Path], None]
    take: Callable[[Path], object]
    finding: Callable[[Path], str]


def run(options: argparse.Namespace) -> list[Row]:
    """Kill each step before each of its points and at some moments."""
    sys.path.insert(0, str(ROOT / "tests"))
    from benchmarks.trust.kill_list import steps

    most = MOST // 10 if options.small else MOST
    with tempfile.TemporaryDirectory() as folder:
        return [_row(step, Path(folder), most) for step in steps()]


def _row(step: Step, folder: Path, most: int) -> Row:
    from kill_kit import kill_after, kill_at, points_of

    began = time.perf_counter()
    template, probe = folder / f"{step.name}-vorher", folder / f"{step.name}-probe"
    step.furnish(template)
    take = _fresh(template, probe, step)
    before = time.perf_counter()
    points = points_of(take, probe)
    lasts = time.perf_counter() - before
    tried = sorted({1 + number * points // most for number in range(most)} | {points})
    kills, wrong = 0, []
    for at in tried:
        take = _fresh(template, probe, step)
        kills += kill_at(take, probe, at)
        finding = _finding(step, probe)
        wrong += [f"at {at}: {finding}"] if finding else []
    chance = random.Random(step.name)
    for _ in range(MOMENTS):
        take = _fresh(template, probe, step)
        moment = chance.uniform(0, lasts)
        kills += kill_after(take, probe, moment)
        finding = _finding(step, probe)
        wrong += [f"after {moment:.3f} s: {finding}"] if finding else []
    return Row(
        test="2",
        name=f"kill during {step.name}, before each of {points} points and at {MOMENTS} moments",
        target="≥ 10 kills, old or new state, the step goes through afterwards",
        reached="; ".join((f"{kills} kills, {len(wrong)} wrong", *wrong[:3])),
        seconds=time.perf_counter() - began,
        ok=not wrong and kills >= 10,
    )


def _finding(step: Step, probe: Path) -> str:
    try:
        return step.finding(probe)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


def _fresh(template: Path, probe: Path, step: Step) -> Callable[[], object]:
    shutil.rmtree(probe, ignore_errors=True)
    shutil.copytree(template, probe)
    return lambda: step.take(probe)
