"""A part of the suite in its long form: run in a process of its own, and shown while it runs."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]


def passed(arguments: list[str], variable: str, form: str) -> tuple[int, str, int]:
    """Run tests in one process.

    Args:
        arguments: What pytest is told besides.
        variable, form: The variable of the environment that asks for the long form, and its value.

    Returns:
        How many passed, what was told, and the exit status.
    """
    lines: list[str] = []
    with subprocess.Popen(
        [sys.executable, "-m", "pytest", "-n", "0", *arguments],
        cwd=ROOT,
        env=os.environ | {variable: form},
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as child:
        for line in child.stdout or ():
            lines.append(line)
            print(line, end="", file=sys.stderr, flush=True)
    told = "".join(lines)
    found = re.search(r"(\d+) passed", told)
    return (int(found[1]) if found else 0), told, child.returncode
