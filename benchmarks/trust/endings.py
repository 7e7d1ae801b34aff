"""Test 21 on a real pseudo-terminal: what ends the app.

A note is typed and not saved; then a signal comes, the window closes, the parent dies, or the process is
killed. Counted is what of the note is back at the next start.
"""

from __future__ import annotations

import argparse
import os
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
QUIT = "\x11"


def run(options: argparse.Namespace) -> list[Row]:
    """End the app in each way."""
    sys.path[:0] = [str(ROOT / "tests" / "terminal"), str(ROOT / "tests")]
    rounds = 1 if options.small else 3
    with tempfile.TemporaryDirectory() as folder:
        os.environ["HOME"] = folder
        database = Path(folder) / "büro" / "buero.sqlite"
        furnish(database)
        return [_endings(database, rounds)]


def furnish(database: Path) -> None:
    """An office with one request."""
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
    forget(database)
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


def forget(database: Path) -> None:
    """Remove drafts and what a killed app left."""
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
