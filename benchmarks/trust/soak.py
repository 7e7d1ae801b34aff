"""Test 25: twenty thousand screens and records shown one after the other; the app must not grow.

The example office runs on a real pseudo-terminal. Keys go through all screens and their lists, open records,
write a note and take it back. What counts is what was drawn: a key that changed nothing on the screen is not
counted. Memory and open files are the system's own figures of the process.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.trust.rows import Row

SHOWN, WARM = 20_000, 3_000
GROWS = 20.0
"""Megabytes that it may grow by after the first `WARM` screens."""
FIRST, QUIET = 0.12, 0.03
"""Seconds until the first answer to a key, and without any output until the next key is pressed."""
SCREENS = "ekswpoambvjxdt"
"""What is pressed after `g`."""
WALK = ("j", "k", "j")
WORK = (
    *("\r", "\x1b", "j", "!", "u", "c", "Rueckruf erbeten", "\x13", "u", "?", "\x1b"),
    *("1", "j", "9", "j", "k", "/", "Verein", "\x1b", "#", "#"),
)
"""In the Eingang: a record, importance, a note, both taken back, help, piles, a search, the cover."""


@dataclass(slots=True)
class Tally:
    """What was shown so far, and what the process held then: megabytes, files, threads."""

    shown: int = 0
    pressed: int = 0
    held: list[tuple[int, float, int, int]] = field(default_factory=list)


def run(options: argparse.Namespace) -> list[Row]:
    """Go round until enough was shown; a tenth of it with `--small`."""
    wanted, warm = (SHOWN // 10, WARM // 10) if options.small else (SHOWN, WARM)
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as home:
        tally, fault = _soak(Path(home), wanted, warm)
    first, last = tally.held[0], tally.held[-1]
    most = max(megabytes for _, megabytes, _, _ in tally.held)
    reached = (
        f"{tally.shown} shown by {tally.pressed} keys; {first[1]:.1f} MB after {first[0]}, "
        f"{last[1]:.1f} MB at the end, {most:.1f} MB at most; open files {first[2]} and {last[2]}, "
        f"threads {first[3]} and {last[3]}"
    )
    return [
        Row(
            test="25",
            name="screens and records shown one after the other",
            target=f"≥ {wanted} shown; grows < {GROWS:.0f} MB, no more open files",
            reached="; ".join(filter(None, (reached, fault))),
            seconds=time.perf_counter() - began,
            ok=not fault and most - first[1] < GROWS and last[2] <= first[2],
        )
    ]


def _soak(home: Path, wanted: int, warm: int) -> tuple[Tally, str]:
    """Press keys until enough was shown; what was counted, and what went wrong."""
    tally, child, began = Tally(), _started(home), time.monotonic()
    try:
        while b"\x1b[?1049h" not in _drain(child, first=120.0):
            pass  # the example office is being built
        _drain(child, first=30.0, quiet=3.0)
        while tally.shown < wanted:
            for letter in SCREENS:
                _press(child, tally, "g")
                for key in (letter, *WALK):
                    _press(child, tally, key)
            for key in ("g", "e", *WORK):
                _press(child, tally, key)
            if tally.shown >= warm:
                tally.held.append((tally.shown, *_holds(child.pid)))
            print(
                f"{time.monotonic() - began:.0f} s: {tally.shown} shown, {tally.held[-1:]}", file=sys.stderr
            )
        return tally, _ends_in_order(child)
    finally:
        child.close(force=True)


def _started(home: Path) -> Any:
    import pexpect

    kept = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "OB_BUERO"))}
    child = pexpect.spawn(
        sys.executable,
        ["-m", "ob_buero_tui", "demo", "--neu"],
        env={**kept, "HOME": str(home), "TERM": "xterm-256color", "LANG": "C.UTF-8"},
        dimensions=(36, 120),
    )
    child.delaybeforesend = None
    return child


def _press(child: Any, tally: Tally, key: str) -> None:
    """A key, or a word into a field; counted when something was drawn."""
    child.send(key)
    tally.pressed += 1
    tally.shown += bool(_drain(child)) and key != "g"


def _drain(child: Any, *, first: float = FIRST, quiet: float = QUIET) -> bytes:
    """Read what is drawn until nothing comes any more.

    Raises:
        EOFError: the app has ended.
    """
    import pexpect

    drawn, patience = b"", first
    while True:
        try:
            drawn += child.read_nonblocking(65536, timeout=patience)
        except pexpect.TIMEOUT:
            return drawn
        except pexpect.EOF as error:
            raise EOFError from error
        patience = quiet


def _holds(process: int) -> tuple[float, int, int]:
    """Megabytes of memory, open files and threads of a process. Source: proc(5)."""
    status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    found = dict(re.findall(r"^(VmRSS|Threads):\s+(\d+)", status, re.MULTILINE))
    return int(found["VmRSS"]) / 1024, len(os.listdir(f"/proc/{process}/fd")), int(found["Threads"])


def _ends_in_order(child: Any) -> str:
    """Whether it still answers and leaves when it is told to; what is wrong otherwise."""
    _drain(child)
    child.send("?")
    answered = _drain(child, first=5.0, quiet=0.5)
    child.send("\x1b")
    _drain(child, first=5.0, quiet=0.5)
    child.send("\x11")
    try:
        _drain(child, first=30.0, quiet=30.0)
    except EOFError:
        child.close(force=False)
        return "" if answered and child.exitstatus == 0 else f"it ended with {child.exitstatus}"
    return "it did not end"
