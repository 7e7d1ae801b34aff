"""A disk that is full, a folder that is gone: it is said, the app lives, and goes on when it is back."""

from __future__ import annotations

import resource
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from app_kit import Desk, at_desk

from ob_buero_tui.office import Office
from ob_buero_tui.store.tasks import Note
from ob_buero_tui.tui.screens.dialogs.note import NoteDialog

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no limits of a process there")


@contextmanager
def full_disk() -> Iterator[None]:
    """Nothing of this process reaches the disk, not even a journal."""
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, before)


@contextmanager
def gone(folder: Path) -> Iterator[None]:
    """The folder is not there, as with a drive that was pulled."""
    away = folder.rename(folder.with_name("weg"))
    try:
        yield
    finally:
        away.rename(folder)


def notes(office: Office) -> list[str]:
    with office.place.reading() as session:
        return [row.text for row in session.query(Note).order_by(Note.id)]


async def refused(desk: Desk, *words: str) -> None:
    """The note is refused with these words, and what was typed comes back with the next one."""
    await desk.press("ctrl+s")
    await desk.until(lambda: any(all(word in toast for word in words) for toast in desk.toasts))
    await desk.until(lambda: desk.app.screen is desk.inbox)
    desk.app.clear_notifications()


async def test_a_full_disk_and_a_lost_folder_are_said_and_survived(
    office: Office, database: Path, five: list[int]
) -> None:
    text = ("Frau Berger bittet um Rückruf. " * 120).strip()
    async with at_desk(office) as desk:
        await desk.press("c")
        dialog = await desk.opened(NoteDialog)
        with full_disk():
            dialog._area.insert(text)
            await refused(desk, "nicht gespeichert", "voll")
            await desk.press("c")
            dialog = await desk.opened(NoteDialog)
            assert dialog._area.text == text, "neither the note nor its draft was taken"
        with gone(database.parent):
            await refused(desk, "nicht gespeichert", "nicht erreichbar")
        assert notes(office) == []
        await desk.press("c")
        await desk.opened(NoteDialog)
        await desk.press("ctrl+s")
        await desk.until(lambda: desk.app.screen is desk.inbox)
        assert notes(office) == [text]
        assert not office.place.unsaved
        with gone(database.parent):
            office.place.engine.dispose()  # what is open would go on reading
            for key in ("j", "f3", "f2", "e", "u", "f1", "escape", "/", "escape"):
                await desk.press(key)
                assert desk.app._exception is None, key
            assert any("nicht erreichbar" in toast for toast in desk.toasts)
            for _ in range(3):
                await desk.press("escape")
        await desk.app.show_screen("eingang")
        await desk.until(lambda: desk.app.screen is desk.inbox)
        await desk.press("k", "u")
        await desk.until(lambda: notes(office) == [])
