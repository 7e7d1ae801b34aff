"""What may go wrong at a desk: a busy or read-only database, pasted words, tiny windows, faults."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from app_kit import at_desk
from sqlalchemy import Connection, event
from textual import events
from textual.dom import NoScreen
from textual.widgets import Input, TextArea
from textual.worker import WorkerFailed

from ob_buero_tui.office import Office
from ob_buero_tui.services.drafts import load_draft
from ob_buero_tui.services.requests import verbs
from ob_buero_tui.services.workplace import PATIENCE_MS, Workplace
from ob_buero_tui.tui.app import DeskApp
from ob_buero_tui.tui.keys import BurstGuard
from ob_buero_tui.tui.screens.backups import BackupScreen
from ob_buero_tui.tui.screens.calendar import CalendarScreen
from ob_buero_tui.tui.screens.dialogs.defer import DeferDialog
from ob_buero_tui.tui.screens.dialogs.edit import EditDialog
from ob_buero_tui.tui.screens.dialogs.note import NoteDialog
from ob_buero_tui.tui.screens.dialogs.search import Search
from ob_buero_tui.tui.screens.inbox import InboxScreen


@contextmanager
def locked(database: Path, how: str = "IMMEDIATE") -> Iterator[sqlite3.Connection]:
    """Another desk's connection that holds the lock."""
    with closing(sqlite3.connect(database, isolation_level=None, timeout=0)) as other:
        other.execute(f"BEGIN {how}")
        yield other


def patience_on_screen(office: Office) -> set[int]:
    """The milliseconds that transactions of this thread, which draws the screen, are ready to wait."""
    screen, found = threading.get_ident(), set[int]()

    def begun(connection: Connection) -> None:
        if threading.get_ident() == screen:
            found.add(int(connection.get_execution_options().get("patience", PATIENCE_MS)))

    event.listen(office.place.engine, "begin", begun, insert=True)
    return found


async def test_a_verb_waits_for_the_other_desk_without_stopping(
    office: Office, database: Path, five: list[int]
) -> None:
    async with at_desk(office) as desk:
        with locked(database) as other:
            waited = patience_on_screen(office)
            await desk.press("j", "k", "e")
            await desk.until(lambda: desk.app.waiting)
            await desk.shows("Ein anderer Arbeitsplatz speichert gerade")
            assert waited == {PATIENCE_MS}, "waiting for the lock would stop the screen"
            assert 2 * PATIENCE_MS < 100, "a step and a draft in a row would be felt"
            await desk.press("D", "!", "n", "u", "f6", "g", "p", "/", "ü")
            assert desk.app.screen is desk.inbox, "no other verb begins meanwhile"
            (told,) = desk.toasts
            assert told.startswith("„D“ wurde nicht ausgeführt. Es läuft noch ein Schritt."), "said once"
            await desk.press("j", "j")
            assert desk.cursor == five[2], "moving goes on"
            other.execute("ROLLBACK")
        await desk.says("2026-0001: erledigt")
        assert desk.ids == five[1:]
        assert desk.record(five[2]).state_label == "neu"
        assert "Ein anderer Arbeitsplatz" not in desk.text


async def test_what_stays_busy_is_said_to_be_not_saved(
    office: Office, database: Path, five: list[int]
) -> None:
    async with at_desk(office) as desk:
        desk.app.patient = desk.app.patient.with_patience(50)
        with locked(database):
            for key in ("e", "u", "U"):
                desk.app.clear_notifications()
                await desk.press(key)
                await desk.says("Das wurde noch nicht gespeichert.")
            await desk.until(lambda: not desk.app.waiting)
        assert desk.ids == five


async def test_a_note_that_was_not_saved_is_still_there(
    office: Office, database: Path, five: list[int]
) -> None:
    async with at_desk(office) as desk:
        desk.app.patient = desk.app.patient.with_patience(50)
        await desk.press("c")
        dialog = await desk.opened(NoteDialog)
        await desk.type("wichtige Notiz")
        dialog.save_draft()
        with locked(database):
            await desk.press("ctrl+s")
            await desk.closed()
            await desk.says("noch nicht gespeichert")
        await desk.press("c")
        dialog = await desk.opened(NoteDialog)
        assert dialog._area.text == "wichtige Notiz"


async def test_a_file_held_for_itself_keeps_the_picture_and_catches_up(
    office: Office, database: Path, five: list[int], other_place: Workplace
) -> None:
    async with at_desk(office) as desk:
        verbs.assign(other_place, five[1:2], "KL")
        with locked(database, "EXCLUSIVE") as other:
            for key in (*"j231k", "tab", "escape", *"cawzbD", "f3", "l", "enter", "f2"):
                await desk.press(key)
            desk.app._tick()
            desk.app.data_changed()
            await desk.press("/")
            await desk.opened(Search)
            await desk.type("tsv")
            other.execute("ROLLBACK")
        await desk.shows("100 Jahre TSV")
        await desk.press("escape")
        await desk.opened(InboxScreen)
        await desk.until(lambda: desk.ids == five)
        await desk.press("g", "g", "j")
        panel = desk.inbox.panel
        await desk.until(lambda: panel.record is not None and panel.record.assigned_to == "KL")


async def test_a_start_while_the_file_is_held_shows_the_list_later(
    office: Office, database: Path, five: list[int]
) -> None:
    with locked(database, "EXCLUSIVE") as other:
        async with at_desk(office, prepared=False) as desk:
            assert desk.ids == []
            other.execute("ROLLBACK")
            await desk.until(lambda: desk.ids == five)
            await desk.shows("100 Jahre TSV")


async def test_reading_only_hides_the_verbs_and_says_why(
    office: Office, five: list[int], database: Path, open_desk: Callable[[str], Office]
) -> None:
    office.close()
    os.chmod(database, 0o400)
    os.chmod(database.parent, 0o500)
    try:
        read_only = open_desk("petra.sander")
        if not read_only.place.read_only:  # root may write everywhere
            read_only = replace(
                read_only,
                place=replace(read_only.place, read_only=True),
                notices=("Die Datenbank ist nur zum Lesen geöffnet: …",),
            )
        async with at_desk(read_only) as desk:
            await desk.says("nur zum Lesen geöffnet")
            await desk.shows("nur Lesen")
            assert "a annehmen" not in desk.text
            for verb in "anwzcebD!u.U":
                await desk.press(verb)
            assert desk.app.screen is desk.inbox
            await desk.press("tab", "down", " ", "escape")
            await desk.press("j", "/")
            await desk.opened(Search)
            await desk.type("hafen")
            await desk.press("enter")
            await desk.closed()
            assert desk.cursor == five[4]
            assert all(len(desk.record(each).history) == 1 for each in five)
    finally:
        os.chmod(database.parent, 0o700)
        os.chmod(database, 0o600)


async def test_a_burst_of_letters_fires_no_verb(office: Office, five: list[int]) -> None:
    async with at_desk(office, hold_seconds=0.03) as desk:
        for text in ("Danke", "nnnn", "die", "eD", "Ida!", "gee", "we", "gbR"):
            desk.inbox.gate.guard = BurstGuard()
            desk.burst(text)
            done: list[bool] = []
            desk.app.set_timer(0.1, lambda done=done: done.append(True))
            await desk.until(lambda done=done: done)
            assert desk.app.screen is desk.inbox, text
            assert desk.ids == five, text
            assert desk.toasts == [], text
        assert not any(desk.record(each).important for each in five)


async def test_ctrl_q_close_behind_a_verb_quits_without_it(office: Office, five: list[int]) -> None:
    async with at_desk(office, hold_seconds=0.03) as desk:
        desk.burst("e")
        desk._send("ctrl+q")
        await desk.until(lambda: desk.app._exit)
        assert desk.record(five[0]).state_label == "neu"


async def test_a_typed_verb_fires_after_its_moment(office: Office, five: list[int]) -> None:
    async with at_desk(office, hold_seconds=0.03) as desk:
        await desk.press("e")
        await desk.says("2026-0001: erledigt")
        assert desk.ids == five[1:]


@pytest.mark.usefixtures("five")
async def test_a_fast_hand_reaches_a_screen_whose_letter_is_a_verb_here(office: Office) -> None:
    async with at_desk(office, hold_seconds=0.03) as desk:
        assert desk.inbox.active_bindings["b"].binding.id == "edit"
        desk.burst("gb")
        await desk.opened(BackupScreen)


async def test_a_paste_into_the_list_fires_nothing(office: Office, five: list[int]) -> None:
    async with at_desk(office) as desk:
        for text in ("Danke", "e", "D\re\n", "n" * 10_000):
            event = events.Paste(text)
            event.set_sender(desk.app)
            desk.app.post_message(event)
            await desk.quiet()
        # An ESC inside a paste ends it early; the rest arrives as keys.
        desk.burst("De!")
        await desk.quiet()
        assert desk.app.screen is desk.inbox
        assert desk.ids == five
        assert desk.toasts == []


async def test_a_paste_into_fields_is_kept_whole(office: Office, five: list[int]) -> None:
    async with at_desk(office) as desk:
        await desk.press("w")
        dialog = await desk.opened(DeferDialog)
        field = dialog.query_one("#until", Input)
        desk.app.post_message(events.Paste("24.\r\n12.\x1b[31m"))
        await desk.until(lambda: field.value != "+3t")
        assert "\x1b" not in field.value
        assert field.value.startswith("24. 12.")


SIZES = ((20, 5), (200, 60), (1, 1), (120, 36))


async def test_every_size_keeps_what_is_typed(office: Office, five: list[int]) -> None:
    async with at_desk(office) as desk:
        for opener in "cba":
            await desk.press(opener)
            await desk.until(lambda: desk.app.screen is not desk.inbox)
            screen = desk.app.screen
            fields = isinstance(desk.app.focused, Input | TextArea)
            if fields:
                await desk.type("Text 1")
            for width, height in SIZES:
                await desk.pilot.resize_terminal(width, height)
                await desk.quiet()
                if width < 40 or height < 10:
                    await desk.press("enter", "ctrl+s")
                    assert desk.app.screen is screen, "what nobody sees is not done"
            if fields:
                assert "Text 1" in desk.text
            await desk.press("escape")
            await desk.closed()
        assert desk.ids == five


async def test_every_screen_at_every_size(office: Office, five: list[int]) -> None:
    async with at_desk(office) as desk:
        for key, kind in (("f3", CalendarScreen), ("f2", InboxScreen)):
            await desk.press(key)
            await desk.opened(kind)
            for width, height in SIZES:
                await desk.pilot.resize_terminal(width, height)
                await desk.press("tab", "j", "l", "k", "escape")
                if width < 40 or height < 10:
                    await desk.press("e", "D", "a", "!")
                    assert desk.app.screen is desk.app.desk_screen
            await desk.press(key)
        assert desk.ids == five


async def test_a_large_split_is_read_beside_the_screen(
    office: Office, five: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ob_buero_tui.tui.screens.list_view.MANY", 2)
    async with at_desk(office) as desk:
        await desk.until(lambda: desk.ids == five)
        await desk.press("9")
        await desk.until(lambda: sorted(desk.ids) == five and "Alle" in str(desk.inbox.list.border_title))
        await desk.app.open_record("request", five[3])
        await desk.until(lambda: desk.cursor == five[3])


async def test_a_narrow_window_shows_list_and_record_in_turn(office: Office, five: list[int]) -> None:
    async with at_desk(office, size=(80, 24)) as desk:
        assert "Prüfung" not in desk.text
        await desk.press("enter")
        await desk.shows("Prüfung")
        await desk.press("e")
        await desk.says("2026-0001: erledigt")
        await desk.shows("2026-0002 · Grußwort")
        await desk.press("escape")
        await desk.shows("Richtfest Grundschule")
        assert desk.inbox.list.has_focus


def test_a_flow_that_ends_after_the_screens_is_no_fault(office: Office) -> None:
    app = DeskApp(office)
    assert not app.is_running
    app._handle_exception(WorkerFailed(NoScreen("node has no screen")))
    assert not app.crashed
    assert app._exception is None
    app._handle_exception(WorkerFailed(ValueError("anything else")))
    assert app.crashed


async def test_leaving_saves_what_is_typed(office: Office, place: Workplace, five: list[int]) -> None:
    async with at_desk(office) as desk:
        await desk.press("b")
        await desk.opened(EditDialog)
        await desk.press("end")
        await desk.type(" ist")
        desk.app._leave()
        await desk.until(lambda: not desk.app.is_running or desk.app._exit)
    assert desk.app.return_value == 0
    begun = {"subject": "100 Jahre TSV ist", "vorher:subject": "100 Jahre TSV", "version": "1"}
    assert load_draft(place, f"request:{five[0]}") == begun
