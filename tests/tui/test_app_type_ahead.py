"""What is typed while a dialog is still opening belongs into its field, and to no verb below it."""

from __future__ import annotations

import pytest
from app_kit import at_desk
from textual import events
from textual.widgets import Input

from ob_buero_tui.office import Office
from ob_buero_tui.tui.screens.dialogs.confirm import Confirm
from ob_buero_tui.tui.screens.dialogs.event_line import EventLineDialog
from ob_buero_tui.tui.screens.dialogs.frame import Dialog
from ob_buero_tui.tui.screens.dialogs.search import Search
from ob_buero_tui.tui.type_ahead import LONGEST_SECONDS, TypeAhead


def letter(character: str, at: float) -> events.Key:
    event = events.Key(character, character)
    event.time = at
    return event


async def test_a_line_typed_right_after_its_key_is_whole(office: Office) -> None:
    async with at_desk(office) as desk:
        await desk.press("f3")
        desk.calendar.action_add_event()  # as the moment after the key does
        desk.burst("14-15 Uhr Spatenstich")
        dialog = await desk.opened(EventLineDialog)
        await desk.until(lambda: dialog.query_one(Input).value == "14-15 Uhr Spatenstich")
        await desk.press("escape")
        await desk.closed()


async def test_a_field_that_stands_but_has_not_got_the_first_letters_waits(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with at_desk(office) as desk:
        await desk.press("f3")
        monkeypatch.setattr(Dialog, "on_screen_resume", lambda _self: None)  # a machine that is busy just now
        desk.calendar.action_add_event()
        dialog = await desk.opened(EventLineDialog)
        assert dialog.focused is not None
        desk.app.ahead._kept += [events.Key("2", "2"), events.Key("8", "8")]  # typed before the field stood
        desk.burst(".3. Markt")
        await desk.quiet()
        dialog._give_typed()
        await desk.until(lambda: dialog.query_one(Input).value == "28.3. Markt")
        await desk.press("escape")
        await desk.closed()


async def test_digits_right_after_the_key_of_the_search_are_sought_and_choose_no_pile(
    office: Office, five: list[int]
) -> None:
    async with at_desk(office) as desk:
        pile = desk.inbox.split
        desk.send("/", "2", "0", "2", "6")
        search = await desk.opened(Search)
        await desk.until(lambda: search.query_one(Input).value == "2026")
        await desk.press("escape")
        await desk.closed()
        assert desk.inbox.split == pile


async def test_what_a_question_took_does_not_stand_in_the_next_field(office: Office) -> None:
    async with at_desk(office) as desk:
        desk.app.ahead.begin()
        question = Confirm("Ja?")
        desk.app.push_screen(question)
        await desk.opened(Confirm)
        await desk.press("j")
        await desk.closed()
        assert desk.app.ahead.end() is None


def test_letters_are_kept_only_while_a_flow_is_about_to_ask() -> None:
    ahead = TypeAhead()
    assert not ahead.takes(letter("a", 1.0))
    ahead.begin()
    assert ahead.takes(letter("b", 1.1))
    assert ahead.end() is not None
    assert not ahead.takes(letter("c", 1.2))


def test_text_for_a_field_that_never_came_is_no_row_of_verbs() -> None:
    ahead = TypeAhead()
    ahead.begin()
    assert ahead.takes(letter("n", 1.0))
    assert ahead.takes(letter("D", 1.1))
    assert ahead.end() is None


def test_a_flow_that_asks_nothing_for_long_gives_the_keys_back() -> None:
    ahead = TypeAhead()
    ahead.begin()
    assert ahead.takes(letter("j", 1.0))
    assert not ahead.takes(letter("j", 1.1 + LONGEST_SECONDS))
    assert not ahead.takes(letter("j", 1.2 + LONGEST_SECONDS))
