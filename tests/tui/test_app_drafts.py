"""What somebody typed stays: after Esc under another desk's lock, and in every line of words."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import datetime

import pytest
from app_kit import Desk, at_desk
from textual.widgets import Input

from ob_buero_tui.office import Office
from ob_buero_tui.services.requests.record import record
from ob_buero_tui.services.requests.voting import set_votum
from ob_buero_tui.services.work import transaction
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.requests import Request
from ob_buero_tui.tui.screens.dialogs.capture import CaptureDialog
from ob_buero_tui.tui.screens.dialogs.choose import Choose
from ob_buero_tui.tui.screens.dialogs.decided import ChooseAndDecide
from ob_buero_tui.tui.screens.dialogs.defer import DeferDialog
from ob_buero_tui.tui.screens.dialogs.edit import EditDialog
from ob_buero_tui.tui.screens.dialogs.inquiry import InquiryDialog
from ob_buero_tui.tui.screens.dialogs.note import NoteDialog
from ob_buero_tui.tui.screens.dialogs.votum import VotumDialog

START = datetime.fromisoformat("2026-12-11T11:00")
TYPED = "Zehnminutenarbeit"


@pytest.fixture
def invited(make_request: Callable[..., int]) -> int:
    """An invitation."""
    return make_request(subject="Richtfest", kind="einladung", event_start=START)


async def _again(desk: Desk, key: str, kind: type) -> object:
    await desk.press(key)
    if kind is InquiryDialog:
        await desk.opened(Choose)
        await desk.press("enter")
    return await desk.opened(kind)


@pytest.mark.parametrize(
    ("key", "kind"), [("c", NoteDialog), ("r", InquiryDialog), ("b", EditDialog), ("T", CaptureDialog)]
)
async def test_esc_under_a_lock_waits_and_keeps_the_text(
    office: Office, invited: int, key: str, kind: type
) -> None:
    async with at_desk(office) as desk:
        dialog = await _again(desk, key, kind)
        with closing(sqlite3.connect(office.path, isolation_level=None, timeout=5)) as other:
            other.execute("BEGIN IMMEDIATE")
            await desk.type(TYPED)
            await desk.press("escape")
            assert desk.app.screen is dialog
            other.execute("ROLLBACK")
        await desk.closed()
        await _again(desk, key, kind)
        assert TYPED in desk.text


async def test_where_one_may_only_read_one_is_told_before_the_text_is_lost(
    office: Office, invited: int
) -> None:
    reader = replace(office, place=replace(office.place, read_only=True))
    async with at_desk(reader) as desk:
        dialog = NoteDialog(reader.place, "note:1", "Notiz")
        desk.app.push_screen(dialog)
        await desk.opened(NoteDialog)
        await desk.type(TYPED)
        await desk.press("escape")
        await desk.says("lässt sich nicht aufheben")
        assert desk.app.screen is dialog
        await desk.press("escape")
        await desk.closed()


async def test_a_proposed_question_that_nobody_touched_is_no_draft(
    office: Office, place: Workplace, make_request: Callable[..., int]
) -> None:
    key = make_request(subject="Gruß", kind="grusswort")
    async with at_desk(office) as desk:
        dialog = await _again(desk, "r", InquiryDialog)
        assert isinstance(dialog, InquiryDialog)
        before = dialog._area.text
        await desk.press("escape")
        await desk.closed()
        with transaction(place, "t") as work:
            request = work.get(Request, key)
            request.fields = {one.key: "5" for one in place.catalog.kinds["grusswort"].fields}
        dialog = await _again(desk, "r", InquiryDialog)
        assert isinstance(dialog, InquiryDialog)
        assert dialog._area.text != before
        await desk.type(TYPED)
        dialog._due.focus()
        await desk.press("home", "shift+end")
        await desk.type("18.12.2026")
        await desk.press("escape")
        await desk.closed()
        dialog = await _again(desk, "r", InquiryDialog)
        assert isinstance(dialog, InquiryDialog)
        assert TYPED in dialog._area.text
        assert dialog._due.value == "18.12.2026"
        await desk.press("ctrl+d")
        await desk.closed()
        dialog = await _again(desk, "r", InquiryDialog)
        assert isinstance(dialog, InquiryDialog)
        assert TYPED not in dialog._area.text


@pytest.mark.parametrize(
    ("keys", "kind", "line"),
    [
        (("n", "tab"), ChooseAndDecide, "#remark"),
        (("w", "tab"), DeferDialog, "#step"),
        (("o", "1"), VotumDialog, "#why"),
    ],
)
async def test_a_line_of_words_comes_back_after_esc(
    office: Office, invited: int, keys: tuple[str, ...], kind: type, line: str
) -> None:
    async with at_desk(office) as desk:
        await desk.press(keys[0])
        await desk.opened(kind)
        await desk.press(*keys[1:])
        await desk.type(TYPED)
        await desk.press("escape")
        await desk.closed()
        await desk.press(keys[0])
        dialog = await desk.opened(kind)
        assert dialog.query_one(line, Input).value == TYPED
        await desk.press("escape")
        await desk.closed()


async def test_enter_in_the_dialog_of_the_votum_changes_nothing(
    office: Office, place: Workplace, invited: int
) -> None:
    set_votum(place, [invited], "absage", "wegen der Terminlage")
    before = record(place, invited).votum
    async with at_desk(office) as desk:
        await desk.app.desk_screen.run_action("vote")  # type: ignore[union-attr]
        await desk.opened(VotumDialog)
        await desk.press("enter")
        await desk.closed()
    assert record(place, invited).votum == before
