"""A marked batch: one look at what is done and what is left out, one step, and the same again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app_kit import at_desk

from ob_buero_tui.office import Office
from ob_buero_tui.services.requests import inbox
from ob_buero_tui.tui.screens.dialogs.choose import Choose
from ob_buero_tui.tui.screens.dialogs.confirm import Confirm
from ob_buero_tui.tui.screens.dialogs.told import Told

Make = Callable[..., int]


async def test_the_possible_ones_are_declined_as_one_step(office: Office, make_request: Make) -> None:
    open_ones = [make_request(subject=f"Bitte {number}") for number in range(2)]
    closed = make_request(state="erledigt", closed=True)
    async with at_desk(office) as desk:
        desk.inbox.choose_split(inbox.ALL)
        await desk.press("asterisk", "n")
        await desk.opened(Choose)
        await desk.press("1")
        await desk.opened(Confirm)
        assert "3 Eingänge: 2 absagen; 1 nicht möglich" in desk.text
        assert f"{desk.record(closed).number} ist abgeschlossen." in desk.text
        await desk.press("enter")
        await desk.says("2 Eingänge: abgesagt")
        assert {desk.record(key).state_label for key in open_ones} == {"abgesagt"}

        await desk.press("u")
        await desk.says("Zurückgenommen")
        assert {desk.record(key).state_label for key in open_ones} == {"neu"}


async def test_a_batch_of_which_nothing_is_possible_says_why(office: Office, make_request: Make) -> None:
    for _ in range(2):
        make_request(state="erledigt", closed=True)
    async with at_desk(office) as desk:
        desk.inbox.choose_split(inbox.ALL)
        await desk.press("asterisk", "e")
        await desk.opened(Told)

        assert "2 Eingänge: 0 ablegen; 2 nicht möglich" in desk.text


async def test_the_point_repeats_after_a_batch_on_one_and_on_many(office: Office, make_request: Make) -> None:
    keys = [make_request(subject=f"Bitte {number}") for number in range(4)]
    async with at_desk(office) as desk:
        await desk.press("space", "space", "n")
        await desk.opened(Choose)
        await desk.press("1")
        await desk.opened(Confirm)
        await desk.press("enter")
        await desk.until(lambda: len(desk.ids) == 2)

        await desk.press("asterisk", "full_stop")
        await desk.opened(Confirm)
        await desk.press("enter")

        await desk.until(lambda: not desk.ids)
        assert {desk.record(key).state_label for key in keys} == {"abgesagt"}


async def test_a_note_for_many_asks_nothing_more_where_nothing_is_left_out(
    office: Office, make_request: Make
) -> None:
    keys = [make_request() for _ in range(2)]
    async with at_desk(office) as desk:
        await desk.press("asterisk", "exclamation_mark")
        await desk.says("2 Eingänge: wichtig")

        seen: Any = [desk.record(key).important for key in keys]
        assert all(seen)
