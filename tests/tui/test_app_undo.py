"""Repeating, batches, undo and redo, pressed as a clerk does."""

from __future__ import annotations

from app_kit import Desk, at_desk

from ob_buero_tui.office import Office
from ob_buero_tui.tui.screens.dialogs.accept import AcceptDialog
from ob_buero_tui.tui.screens.dialogs.choose import Choose
from ob_buero_tui.tui.screens.dialogs.confirm import Confirm


async def test_repeat_gives_the_same_answer_without_asking(office: Office, five: list[int]) -> None:
    async with at_desk(office) as desk:
        await desk.press(".")
        assert desk.toasts == []
        await desk.press("n")
        await desk.opened(Choose)
        await desk.press("2")
        await desk.closed()
        await desk.says("2026-0001: abgesagt")
        await desk.press(".")
        await desk.says("2026-0002: abgesagt")
        assert desk.app.screen is desk.inbox
        first, second = (desk.record(each).notes for each in five[:2])
        assert first == second
        assert desk.cursor == five[2]


async def test_repeating_an_acceptance_shows_its_dialog(office: Office, five: list[int]) -> None:
    async with at_desk(office) as desk:
        await desk.press("a")
        await desk.opened(AcceptDialog)
        await desk.press("enter")
        await desk.closed()
        await desk.says("2026-0001: angenommen")
        await desk.press(".")
        await desk.opened(AcceptDialog)
        assert "2026-0002 annehmen" in desk.text


async def mark_two(desk: Desk) -> None:
    """Mark the first two rows by Space and x."""
    await desk.press(" ", "x")


async def test_a_batch_is_one_step_to_undo(office: Office, five: list[int]) -> None:
    async with at_desk(office) as desk:
        await mark_two(desk)
        assert desk.inbox.list.marked == tuple(five[:2])
        await desk.press("n")
        await desk.opened(Choose)
        await desk.shows("2 Eingänge absagen")
        await desk.press("1")
        await desk.opened(Confirm)
        await desk.press("enter")
        await desk.closed()
        await desk.says("2 Eingänge: abgesagt")
        assert desk.ids == five[2:]
        assert desk.inbox.list.marked == ()
        await desk.press("u")
        await desk.says("Zurückgenommen")
        assert desk.ids == five
        await desk.press("U")
        await desk.says("Wiederhergestellt")
        assert desk.ids == five[2:]


async def test_a_batch_for_the_trash_is_asked_about_and_enter_means_no(
    office: Office, five: list[int]
) -> None:
    async with at_desk(office) as desk:
        await desk.press("*", "D")
        await desk.opened(Confirm)
        await desk.shows("5 Eingänge: 5 in den Papierkorb legen")
        await desk.press("enter")
        await desk.closed()
        assert desk.ids == five
        await desk.press("D")
        await desk.opened(Confirm)
        await desk.press("j")
        await desk.closed()
        await desk.until(lambda: desk.ids == [])
        await desk.press("u")
        await desk.until(lambda: desk.ids == five)


async def test_a_batch_is_accepted_after_one_preview(office: Office, five: list[int]) -> None:
    async with at_desk(office) as desk:
        await desk.press("*", "a")
        await desk.opened(Confirm)
        await desk.shows("5 Eingänge: 5 annehmen")
        await desk.shows("1 Termin,")
        await desk.shows("4 ohne Datum")
        await desk.press("enter")
        await desk.closed()
        await desk.says("5 Eingänge: angenommen, 1 Termin")
        await desk.press("u")
        await desk.until(lambda: desk.ids == five)


async def test_marks_are_taken_away_and_forms_need_one_record(office: Office, five: list[int]) -> None:
    async with at_desk(office) as desk:
        await desk.press("*", "b")
        await desk.says("nur einzeln")
        await desk.press("-")
        assert desk.inbox.list.marked == ()


async def test_undo_and_redo_with_another_step_between(office: Office, five: list[int]) -> None:
    async with at_desk(office) as desk:
        await desk.press("e")
        await desk.says("erledigt")
        await desk.press("!")
        await desk.says("2026-0002: wichtig")
        await desk.press("u")
        await desk.says("Zurückgenommen")
        assert not desk.record(five[1]).important
        assert desk.cursor == five[1]
        await desk.press("u")
        await desk.until(lambda: desk.ids == five)
        assert desk.cursor == five[0], "the cursor is on what came back"
        await desk.press("U", "U")
        await desk.until(lambda: desk.record(five[1]).important)
        assert desk.ids == five[1:]
        await desk.press("u")
        await desk.until(lambda: not desk.record(five[1]).important)
        await desk.press("D")
        await desk.says("Papierkorb")
        await desk.press("U")
        await desk.says("Es gibt nichts wiederherzustellen")
        assert not desk.record(five[1]).important


async def test_undo_by_ctrl_z_and_nothing_left(office: Office, five: list[int]) -> None:
    async with at_desk(office) as desk:
        for _ in five:
            await desk.press("ctrl+z")
        await desk.until(lambda: desk.ids == [])
        await desk.press("ctrl+z")
        await desk.says("Es gibt nichts zurückzunehmen")
        for _ in five:
            await desk.press("ctrl+y")
        await desk.until(lambda: desk.ids == five)
