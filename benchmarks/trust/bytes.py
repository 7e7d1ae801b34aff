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
    chunks = parts or tuple(noise[start : start + 1024] for start in range(0, NOISE, 1024))
    for place in places:
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
        for chunk in chunks:
            desk.send(chunk)
            desk.read()
        _settle(desk)
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
    """Read until nothing comes for a second: the next key then belongs to no sequence, as ESC ? would.

    A cursor that blinks in a field is never quiet, so three seconds are enough in any case.
    """
    began = quiet = time.monotonic()
    while time.monotonic() - quiet < 1.0 and time.monotonic() - began < 3.0:
        before = len(desk.raw)
        if not desk.read():
            return
        if len(desk.raw) > before:
            quiet = time.monotonic()
