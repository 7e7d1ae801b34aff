"""Test 31: each guard is removed in a copy of the project, and at least one test must then fail."""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.trust.guard_list import GUARDS, Guard
from benchmarks.trust.rows import Row

HERE = Path(__file__).resolve().parents[2]
COPIED = ("src", "tests", "data", "docs", "benchmarks", "pyproject.toml", "README.md", "CHANGELOG.md")
LIMIT_SECONDS = 300
"""A test that runs away without its guard has failed too."""


def run(options: argparse.Namespace) -> list[Row]:
    """Remove each guard in turn.

    Args:
        options: Nothing of it is needed; a tenth of the guards would prove nothing.
    """
    del options
    with tempfile.TemporaryDirectory(prefix="ob-buero-guards-") as name:
        copy = Path(name)
        for item in COPIED:
            source = HERE / item
            if source.is_dir():
                ignored = shutil.ignore_patterns("__pycache__", "screenshots")
                shutil.copytree(source, copy / item, ignore=ignored)
            elif source.exists():
                shutil.copy2(source, copy / item)
        whole = _failing(copy, tuple(dict.fromkeys(test for guard in GUARDS for test in guard.tests)))
        if whole:
            raise SystemExit(f"with every guard in its place these fail already: {', '.join(whole)}")
        return [_without(copy, guard) for guard in GUARDS]


def _without(copy: Path, guard: Guard) -> Row:
    path = copy / "src" / "ob_buero_tui" / guard.file
    text = path.read_text(encoding="utf-8")
    if text.count(guard.old) != 1:
        raise SystemExit(f"{guard.file}: the guard „{guard.name}“ does not stand there exactly once")
    begun = time.perf_counter()
    path.write_text(text.replace(guard.old, guard.new), encoding="utf-8")
    try:
        failed = _failing(copy, guard.tests)
    finally:
        path.write_text(text, encoding="utf-8")
    first = f", first {failed[0]}" if failed else ""
    return Row(
        test="31",
        name=guard.name,
        target="at least 1 test fails",
        reached=f"{len(failed)} fail{first}",
        seconds=time.perf_counter() - begun,
        ok=bool(failed),
    )


def _failing(copy: Path, tests: tuple[str, ...]) -> list[str]:
    """The tests that fail in the copy, by name; one that runs away counts as one.

    Raises:
        SystemExit: the tests could not be run at all, which proves nothing.
    """
    command = [sys.executable, "-m", "pytest", "-q", "-n", "0", "-rfE", "--tb=no", *tests]
    paths = {"PYTHONPATH": f"{copy / 'src'}{os.pathsep}{copy}", "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        done = subprocess.run(
            command,
            cwd=copy,
            env=os.environ | paths,
            capture_output=True,
            text=True,
            timeout=LIMIT_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return [f"one that ran for over {LIMIT_SECONDS} s"]
    if done.returncode not in (0, 1):
        raise SystemExit(
            f"pytest could not run {', '.join(tests)}:\n{done.stdout[-2000:]}{done.stderr[-2000:]}"
        )
    told = (line.split() for line in done.stdout.splitlines())
    return [words[1].rpartition("::")[2] for words in told if words[:1] in (["FAILED"], ["ERROR"])]
