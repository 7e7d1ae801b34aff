"""No command ends the app: not while another desk holds the file, not where one may only read."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from app_kit import Desk, at_desk

from ob_buero_tui.office import Office
from ob_buero_tui.services.work import transaction
from ob_buero_tui.store.requests import Message
from ob_buero_tui.tui.commands import EINGANG, KALENDER, OB_VORLAGE, SICHERUNGEN, WIEDERVORLAGEN, commands_for
from ob_buero_tui.tui.places import SCREENS
from ob_buero_tui.tui.screens.base import DeskScreen
from ob_buero_tui.tui.screens.dialogs.deputy import DeputyDialog

LEAVES = {"quit"}
OF_EINGANG = sorted(each.id for each in commands_for(EINGANG) if each.id not in LEAVES and not each.numbered)
START = datetime.fromisoformat("2026-12-11T11:00")
KEYS = {WIEDERVORLAGEN: "f5", OB_VORLAGE: "f7"}


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Another desk commits, for as long as the block lasts."""
    with closing(sqlite3.connect(path, isolation_level=None, timeout=5)) as other:
        other.execute("BEGIN EXCLUSIVE")
        try:
            yield
        finally:
            other.execute("ROLLBACK")


@pytest.fixture
def invited(make_request: Callable[..., int], office: Office) -> int:
    """An invitation that came by e-mail."""
    key = make_request(subject="Richtfest", kind="einladung", event_start=START)
    with transaction(office.place, "t") as work:
        message = Message(
            request_id=key,
            sender_name="Erika Beispiel",
            sender_address="erika@tsv.example.org",
            subject="Richtfest",
            body="Wir laden ein.",
        )
        work.session.add(message)
    return key


def _asking(desk: Desk) -> bool:
    """Whether a command is still on its way to what it asks."""
    return any(each.group in ("dialog", "verb") and not each.is_finished for each in desk.app.workers)


async def _walk(desk: Desk, path: Path, action: str) -> None:
    """One command under the lock, then out of whatever it has opened."""
    screen = desk.app.desk_screen
    assert screen is not None
    with locked(path):
        await screen.run_action(action)
        await desk.quiet()
        assert desk.app._exception is None, action
    # What waited for the lock opens its dialog now, or ends.
    await desk.until(lambda: not isinstance(desk.app.screen, DeskScreen) or not _asking(desk))
    for _ in range(6):
        if desk.app.screen is screen:
            break
        await desk.press("escape")
    assert desk.app._exception is None, action


@pytest.mark.parametrize("part", range(4))
async def test_no_command_of_the_eingang_fails_under_a_lock(office: Office, invited: int, part: int) -> None:
    async with at_desk(office) as desk:
        for action in OF_EINGANG[part::4]:
            await desk.app.show_screen(EINGANG)
            await desk.until(lambda: desk.app.screen is desk.app.desk_screen)
            await _walk(desk, office.path, action)


@pytest.mark.parametrize("key", KEYS)
async def test_no_command_of_other_lists_fails_under_a_lock(office: Office, invited: int, key: str) -> None:
    ids = [each.id for each in commands_for(key) if each.scope and key in each.scope and not each.numbered]
    async with at_desk(office) as desk:
        for action in ids:
            await desk.app.show_screen(key)
            await desk.until(lambda: desk.app.screen is desk.app.desk_screen)
            await _walk(desk, office.path, action)


async def test_a_raised_two_is_no_digit(office: Office, invited: int) -> None:
    async with at_desk(office) as desk:
        await desk.press("v")
        await desk.opened(DeputyDialog)
        await desk.press("²", "٣", "①")
        assert isinstance(desk.app.screen, DeputyDialog)


async def test_a_desk_that_may_only_read_is_told_so(office: Office, invited: int) -> None:
    reader = replace(office, place=replace(office.place, read_only=True))
    async with at_desk(reader, size=(80, 24)) as desk:
        desk.inbox.title_line.rename("Eingang mit allem, was heute noch zu tun ist")  # leaves little room
        assert "nur Lesen" in desk.inbox.title_line.render_line(0).text
        for key in ("a", "n", "v", "r", "w", "o", "t", "b", "z", "D", "+"):
            await desk.press(key)
            assert isinstance(desk.app.screen, DeskScreen), key
            assert len(desk.toasts) == 1, key
            assert "nur zum Lesen geöffnet" in desk.toasts[0]
            desk.app.clear_notifications()
        await desk.press("A")
        assert desk.toasts == ["Dieser Eingang hat keine Anhänge."]


async def test_a_damaged_office_says_so_and_how_to_go_on(office: Office, invited: int) -> None:
    reader = replace(office, place=replace(office.place, read_only=True, damaged=True))
    async with at_desk(reader, size=(80, 24)) as desk:
        await desk.press("!")
        (told,) = desk.toasts
        assert "beschädigt" in told
        assert "letzte Sicherung" in told
        assert "Schreibrecht" not in told
        assert "beschädigt, nur Lesen" in desk.inbox.title_line.render_line(0).text
        for key in sorted(set(SCREENS) - {EINGANG, SICHERUNGEN}):
            await desk.app.show_screen(key)
            await desk.until(lambda: desk.app.screen is desk.app.desk_screen)
            await desk.shows("kein lesbarer Termin" if key == KALENDER else "in der beschädigten Datei")
            assert not re.search(r"\d [A-Z]\S+ 0\b", desk.text), (
                f"{key}: a count of 0 would say that nothing is due"
            )
