"""Test 22 on a real pseudo-terminal: bytes that are no text are typed; the app lives, keys work."""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.trust.endings import ROOT, forget, furnish
from benchmarks.trust.rows import Row

NOISE = 64 * 1024
X10 = b"\x1b[M" + bytes((32, 32 + 200, 32 + 20))
"""A mouse report of the old kind beyond column 95: two bytes of it are no UTF-8."""
LINE = 256
"""Bytes of noise after which a form gets the end of a line; Textual wraps a line anew with each key in it."""
LONGEST = 1200
"""Seconds after which nobody waits any more for an app that works off noise, a key for each byte of it."""
IDLE = 0.15
"""Seconds of processor time in a second that a waiting app uses, its blinking cursor and its clock."""
QUIT, ESCAPE = "\x11", "\x1b"
FED: dict[str, tuple[bytes, ...]] = {
    "bytes 0x80-0xFF": tuple(bytes([byte]) for byte in range(0x80, 0x100)),
    "X10 mouse": (X10, X10[:4], X10[:5]),
    "cut UTF-8": tuple(letter.encode()[:-1] for letter in "ä€😀"),
    "64 kB of noise": (),
}


def run(options: argparse.Namespace) -> list[Row]:
    """Feed the list and an open form with each kind; the small form leaves the form out."""
    sys.path[:0] = [str(ROOT / "tests" / "terminal"), str(ROOT / "tests")]
    with tempfile.TemporaryDirectory() as folder:
        os.environ["HOME"] = folder
        database = Path(folder) / "büro" / "buero.sqlite"
        furnish(database)
        places = ("list",) if options.small else ("list", "form")
        return [_row(database, name, parts, places) for name, parts in FED.items()]


def _row(database: Path, name: str, parts: tuple[bytes, ...], places: tuple[str, ...]) -> Row:
    began, wrong, fed = time.perf_counter(), list[str](), 0
    chance = random.Random(20261125)
    noise = bytes(chance.choices([*range(0x80, 0x100), *b" .,;0"], k=NOISE))
    lines = tuple(noise[start : start + LINE] for start in range(0, NOISE, LINE))
    for place in places:
        chunks = parts or (tuple(line + b"\r" for line in lines) if place == "form" else lines)
        fault = _feed(database, place, chunks)
        wrong += [f"{place}: {fault}"] if fault else []
        fed += sum(map(len, chunks))
        forget(database)
    return Row(
        test="22",
        name=f"{name}, into {' and '.join(places)}",
        target="0 crashes; keys work afterwards",
        reached="; ".join((f"{fed} bytes, {len(wrong)} wrong", *wrong[:3])),
        seconds=time.perf_counter() - began,
        ok=not wrong,
    )


def _feed(database: Path, place: str, chunks: tuple[bytes, ...]) -> str:
    """Send all of it; returns what was wrong afterwards, or nothing."""
    from pty_kit import Terminal

    desk = Terminal(database)
    try:
        desk.shows("Sache 1")
        if place == "form":
            desk.send("c")
            desk.shows("Notiz zu")
        since = time.monotonic()
        for chunk in chunks:
            desk.send(chunk)
            desk.read()
        _settle(desk)
        print(f"  {place}: worked off in {time.monotonic() - since:.0f} s", file=sys.stderr, flush=True)
        for _ in range(3):  # out of a form, a prompt, a sequence that was begun
            desk.send(ESCAPE)
            _settle(desk)
        desk.send("?")
        desk.shows("Hilfe · Eingang")
        desk.send(ESCAPE)
        desk.hides("Hilfe · Eingang")
        _settle(desk)
        desk.send(QUIT)
        status = desk.ended()
    except AssertionError as error:
        return str(error)[:300]
    finally:
        desk.child.close(force=True)
    return "" if status == 0 else f"it ended with {status}"


def _settle(desk: Any) -> None:
    """Read until the app has worked off what it was sent: keys that come before that belong to the burst.

    A second with nearly nothing to do is the sign; what is written is none, as a cursor blinks.
    """
    began = told = time.monotonic()
    while time.monotonic() - began < LONGEST:
        before, since = _busy(desk), time.monotonic()
        while time.monotonic() - since < 1.0:
            if not desk.read():
                return
        if _busy(desk) - before < IDLE:
            return
        if time.monotonic() - told > 30:
            told = time.monotonic()
            print(f"  still at work after {told - began:.0f} s", file=sys.stderr, flush=True)
    raise AssertionError(f"it is still at work after {LONGEST} s")


def _busy(desk: Any) -> float:
    """Seconds of processor time that the app has used. Source: proc(5), fields 14 and 15."""
    try:
        stat = Path(f"/proc/{desk.child.pid}/stat").read_text(encoding="utf-8")
    except OSError:
        return 0.0
    own = stat.rpartition(")")[2].split()
    return (int(own[11]) + int(own[12])) / os.sysconf("SC_CLK_TCK")
