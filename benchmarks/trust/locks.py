"""Test 23: another process holds the lock for 3 s, for 30 s, and for ever; the app's loop goes on meanwhile.

A heart beats in the app's own loop. What its thread waits for the lock between two beats is how long the lock
stops the screen; the longest time between two beats is told as well, beside what the same keys cost without a
lock, but on a busy machine it says more about the machine.
"""

from __future__ import annotations

import argparse
import asyncio
import sqlite3
import sys
import tempfile
import threading
import time
from contextlib import closing
from pathlib import Path
from typing import Any

from benchmarks.trust.rows import Row

ROOT = Path(__file__).resolve().parents[2]
TYPED = "Frau Berger bittet um Rückruf."
STOPS = 0.1
"""Seconds by which a lock may stop the screen."""


def run(options: argparse.Namespace) -> list[Row]:
    """Hold the lock in each way; the small form leaves the 30 seconds out."""
    sys.path[:0] = [str(ROOT / "tests" / "tui"), str(ROOT / "tests")]
    held = (3.0, None) if options.small else (3.0, 30.0, None)
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "büro" / "buero.sqlite"
        return [asyncio.run(_row(database.with_name(f"{seconds}.sqlite"), seconds)) for seconds in held]


async def _row(database: Path, seconds: float | None) -> Row:
    from app_kit import at_desk

    from ob_buero_tui.config import Settings
    from ob_buero_tui.office import create_office, open_office
    from ob_buero_tui.services.requests import creating

    create_office(database, Settings())
    office = open_office(database, Settings(), account="petra.sander")
    for number in range(5):
        captured = creating.Captured(kind="grusswort", channel="Brief", subject=f"Sache {number}")
        creating.create_request(office.place, captured)
    began = time.perf_counter()
    async with at_desk(office) as desk:
        heart = Heart()
        heart.listen()
        beating = asyncio.create_task(heart.beat())
        for _ in range(2):  # the first time loads what the dialog needs
            heart.longest = 0.0
            await _note(desk, "Ohne Sperre.")
            await desk.closed()
            await _keys(desk)
        free, heart.longest = heart.longest, 0.0
        with closing(sqlite3.connect(database, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            asked = time.perf_counter()
            await _note(desk, TYPED)
            told = await _until_told(desk, asked, seconds)
            await _keys(desk)
            other.execute("ROLLBACK")
        beating.cancel()
        await desk.until(lambda: not desk.app.waiting)
        kept = _kept(office)
        await desk.press("!")
        alive = desk.app._exception is None
    office.close()
    goal = "saved by itself" if seconds is not None and seconds < 5 else "the sentence after 5 s"
    return Row(
        test="23",
        name=f"a lock held {'for ever' if seconds is None else f'{seconds:.0f} s'}",
        target=f"the screen stops ≤ {STOPS * 1000:.0f} ms; {goal}; the text is kept",
        reached=f"stopped {heart.stopped * 1000:.0f} ms (longest pause {heart.longest * 1000:.0f} ms, "
        f"without a lock {free * 1000:.0f} ms); {told}; {kept}",
        seconds=time.perf_counter() - began,
        ok=heart.stopped <= STOPS and alive and told != "nothing was said" and kept != "the text is lost",
    )


class Heart:
    """Beats in the loop, and remembers its longest pause and the longest wait for a lock in one."""

    def __init__(self) -> None:
        self.longest = self.stopped = self.waited = 0.0

    def listen(self) -> None:
        """Measure from now on how long transactions of this thread wait until they begin."""
        from ob_buero_tui.store import engine

        begin, screen = engine._begin, threading.get_ident()

        def begun(connection: Any) -> None:
            before = time.perf_counter()
            try:
                begin(connection)
            finally:
                if threading.get_ident() == screen:
                    self.waited += time.perf_counter() - before

        engine._begin = begun

    async def beat(self) -> None:
        """Beat until cancelled."""
        while True:
            before, self.waited = time.perf_counter(), 0.0
            await asyncio.sleep(0.001)
            self.longest = max(self.longest, time.perf_counter() - before)
            self.stopped = max(self.stopped, self.waited)


async def _keys(desk: Any) -> None:
    """What a clerk does meanwhile."""
    for key in ("j", "j", "k", "j", "k"):
        await desk.press(key)


async def _note(desk: Any, text: str) -> None:
    """Type a note and save it."""
    from ob_buero_tui.tui.screens.dialogs.note import NoteDialog

    await desk.press("c")
    dialog = await desk.opened(NoteDialog)
    dialog._area.insert(text)
    desk.send("ctrl+s")


def _kept(office: Any) -> str:
    """Where the text is once the lock is free."""
    from ob_buero_tui.services.drafts import load_draft, save_unsaved
    from ob_buero_tui.store.tasks import Note

    save_unsaved(office.place)
    with office.place.reading() as session:
        saved = [note.text for note in session.query(Note)]
    if TYPED in saved:
        return "the text is saved"
    drafts = [load_draft(office.place, f"note:request:{key}") for key in range(1, 6)]
    return "the text is a draft" if {"text": TYPED} in drafts else "the text is lost"


async def _until_told(desk: Any, asked: float, seconds: float | None) -> str:
    """What the app says while the lock is held, and when."""
    said = ""
    while time.perf_counter() - asked < (seconds or 8.0):
        await asyncio.sleep(0.05)
        if not said and any("noch nicht gespeichert" in toast for toast in desk.toasts):
            said = f"the sentence after {time.perf_counter() - asked:.1f} s"
    if said:
        return said
    return "waits for the other desk" if desk.app.waiting else "nothing was said"
