"""Tests 21 and 22 on a real pseudo-terminal: what ends the app, and bytes that are no text.

A note is typed and not saved; then a signal comes, the window closes, the parent dies, or the process is
killed. Counted is what of the note is back at the next start.
"""

from __future__ import annotations

import argparse
import os
import random
import shlex
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.trust.rows import Row

ROOT = Path(__file__).resolve().parents[2]
TYPED = "Frau Berger bittet um Rueckruf wegen des Grusswortes. " * 6
NOISE = 64 * 1024
X10 = b"\x1b[M" + bytes((32, 32 + 200, 32 + 20))
"""A mouse report of the old kind beyond column 95: two bytes of it are no UTF-8."""
QUIT, ESCAPE = "\x11", "\x1b"


def run(options: argparse.Namespace) -> list[Row]:
    """End the app in each way, and feed it each byte."""
    sys.path[:0] = [str(ROOT / "tests" / "terminal"), str(ROOT / "tests")]
    rounds = 1 if options.small else 3
    with tempfile.TemporaryDirectory() as folder:
        os.environ["HOME"] = folder
        database = Path(folder) / "büro" / "buero.sqlite"
        _furnish(database)
        return [_endings(database, rounds), _bytes(database, rounds)]


def _furnish(database: Path) -> None:
    from ob_buero_tui.config import Settings
    from ob_buero_tui.office import create_office, open_office
    from ob_buero_tui.services.requests import creating

    create_office(database, Settings())
    office = open_office(database, Settings(), account="petra.sander")
    captured = creating.Captured(kind="grusswort", channel=creating.CHANNELS[0], subject="Sache 1")
    creating.create_request(office.place, captured)
    office.close()


def _endings(database: Path, rounds: int) -> Row:
    began, shares, wrong = time.perf_counter(), [], []
    for name, end in ENDINGS.items():
        for _ in range(rounds):
            kept, fault = _kept_after(database, end)
            shares.append(kept)
            wrong += [f"{name}: {fault}"] if fault else []
            wrong += [f"{name}: {kept:.0%} of the text"] if kept < 0.99 else []
    return Row(
        test="21",
        name=f"{', '.join(ENDINGS)} while typing, {rounds} times each",
        target="≥ 99 % of the typed text back at the next start; no marker, no journal, terminal reset",
        reached="; ".join((f"{min(shares):.1%} at worst, {len(wrong)} wrong", *wrong[:4])),
        seconds=time.perf_counter() - began,
        ok=not wrong,
    )


def _kept_after(database: Path, end: Callable[[Any], object]) -> tuple[float, str]:
    """The share of the typed text that is back, and what else is wrong."""
    from pty_kit import LEFT_ALTERNATE, Terminal

    desk = Terminal(database)
    if end is _parent_dies:
        _put_below_a_shell(desk, database)
    desk.shows("Sache 1")
    desk.send("c")
    desk.shows("Notiz zu")
    desk.send("\x1b[1;5H")  # nothing is lost by a key that means nothing
    desk.send(TYPED)
    desk.shows("Grusswortes")
    desk.until(lambda: _draft(database) != "" or end is not _killed)
    end(desk)
    deadline = time.monotonic() + 20
    while _alive_markers(database) and time.monotonic() < deadline:
        if not desk.child.closed:
            desk.read()
        time.sleep(0.05)
    kept = sum(a == b for a, b in zip(_draft(database), TYPED.rstrip(), strict=False)) / len(TYPED.rstrip())
    left = sorted(item.name for item in database.parent.iterdir() if item.name.endswith("-journal"))
    fault = f"left behind: {left}" if left else ""
    if end in (_terminated, _interrupted) and LEFT_ALTERNATE not in desk.raw:
        fault = "the terminal was not reset"
    if not desk.child.closed:
        desk.child.close(force=True)
    _forget(database)
    return min(kept, 1.0), fault


def _put_below_a_shell(desk: Any, database: Path) -> None:
    """Start the app once more, as the child of a shell that holds the terminal."""
    import pexpect
    from pty_kit import LAUNCHER, PATIENCE, _environment

    desk.shows("Sache 1")
    desk.send(QUIT)
    desk.ended()
    command = shlex.join([sys.executable, str(LAUNCHER), str(database), "none", "petra.sander"])
    desk.child = pexpect.spawn(
        "/bin/sh",
        ["-c", f"{command}; true"],
        env={**_environment(), "TERM": "xterm-256color", "LANG": "C.UTF-8"},
        dimensions=(36, 120),
        timeout=PATIENCE,
    )
    desk.child.delaybeforesend = None
    desk.child.ptyproc.delayafterclose = 0.01


def _terminated(desk: Any) -> None:
    os.kill(desk.child.pid, signal.SIGTERM)


def _hung_up(desk: Any) -> None:
    os.kill(desk.child.pid, signal.SIGHUP)


def _interrupted(desk: Any) -> None:
    os.kill(desk.child.pid, signal.SIGINT)


def _closed(desk: Any) -> None:
    desk.close_window()


def _parent_dies(desk: Any) -> None:
    os.kill(desk.child.pid, signal.SIGKILL)


def _killed(desk: Any) -> None:
    time.sleep(2.0)  # a draft is at most so old
    os.kill(desk.child.pid, signal.SIGKILL)


ENDINGS: dict[str, Callable[[Any], object]] = {
    "SIGTERM": _terminated,
    "SIGHUP": _hung_up,
    "SIGINT": _interrupted,
    "closed window": _closed,
    "dead parent": _parent_dies,
    "kill -9": _killed,
}


def _draft(database: Path) -> str:
    from ob_buero_tui.store.connecting import connect

    connection = connect(database, "ro")
    try:
        query = "SELECT json_extract(\"values\", '$.text') FROM draft"
        return str((connection.execute(query).fetchone() or ("",))[0])
    finally:
        connection.close()


def _forget(database: Path) -> None:
    from ob_buero_tui.store.connecting import connect

    connection = connect(database, "rw")
    connection.execute("DELETE FROM draft")
    connection.commit()
    connection.close()
    for marker in database.parent.glob("*.offen-*"):
        marker.unlink()


def _alive_markers(database: Path) -> bool:
    """Whether a process of this machine still has the office open."""
    for marker in database.parent.glob("*.offen-*"):
        try:
            os.kill(int(marker.name.rpartition("-")[2]), 0)
        except ProcessLookupError:
            continue
        state = Path(f"/proc/{marker.name.rpartition('-')[2]}/stat").read_text(encoding="utf-8")
        if state.rpartition(")")[2].split()[0] != "Z":
            return True
    return False


def _settle(desk: Any) -> None:
    """Read until nothing comes for a second: what follows is a key of its own again."""
    quiet = time.monotonic()
    while time.monotonic() - quiet < 1.0:
        before = len(desk.raw)
        if not desk.read():
            return
        if len(desk.raw) > before:
            quiet = time.monotonic()


def _bytes(database: Path, rounds: int) -> Row:
    from pty_kit import Terminal

    began, wrong, fed = time.perf_counter(), [], 0
    chance = random.Random(20261125)
    for number in range(rounds):
        desk = Terminal(database)
        desk.shows("Sache 1")
        each = [bytes([byte]) for byte in range(0x80, 0x100)]
        cut = [letter.encode()[:-1] for letter in "ä€😀"]
        noise = bytes(chance.choices([*range(0x80, 0x100), *b" .,;0"], k=NOISE))
        for data in (*each, X10, *cut, noise):
            desk.send(data)
            desk.read()
            fed += len(data)
        _settle(desk)
        desk.send(ESCAPE)
        _settle(desk)
        desk.send("?")
        try:
            desk.shows("Hilfe · Eingang")
        except AssertionError as error:
            wrong.append(f"round {number}: {str(error)[:100]}")
        desk.send(ESCAPE)
        _settle(desk)
        desk.send(QUIT)
        if desk.ended() != 0:
            wrong.append(f"round {number}: it ended with a fault")
        _forget(database)
    return Row(
        test="22",
        name="bytes 0x80-0xFF, X10 mouse, cut UTF-8, 64 kB of noise into the list",
        target="0 crashes; the next key works",
        reached="; ".join((f"{fed} bytes, {len(wrong)} wrong", *wrong[:3])),
        seconds=time.perf_counter() - began,
        ok=not wrong,
    )
