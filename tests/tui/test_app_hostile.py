"""Foreign text typed and pasted into reasons and notes: read, never obeyed; what is only shown is in
`test_hostile_everywhere`."""

from __future__ import annotations

from app_kit import Desk, at_desk
from textual import events
from widgets_kit import assert_harmless

from hostile_texts import EVERYTHING
from ob_buero_tui.office import Office
from ob_buero_tui.tui.screens.dialogs.choose import Choose
from ob_buero_tui.tui.screens.dialogs.note import NoteDialog
from ob_buero_tui.tui.screens.dialogs.prompt_line import OneLine, PromptLine


async def look(desk: Desk) -> None:
    """Everything on the screen is harmless."""
    await desk.quiet()
    assert_harmless(desk.app)


async def test_typed_and_pasted_into_reasons_and_notes(office: Office, five: list[int]) -> None:
    async with at_desk(office) as desk:
        await desk.press("n")
        dialog = await desk.opened(Choose)
        await desk.press(str(len(dialog._list.choices)))
        prompt = await desk.opened(PromptLine)
        prompt.query_one(OneLine).post_message(events.Paste(EVERYTHING))
        await desk.until(lambda: prompt.value)
        await look(desk)
        await desk.press("enter")
        await desk.closed()
        await desk.says("abgesagt")
        await look(desk)
        await desk.press("u")
        await desk.says("Zurückgenommen")
        await look(desk)
        await desk.press("c")
        note = await desk.opened(NoteDialog)
        note._area.post_message(events.Paste(EVERYTHING))
        await desk.until(lambda: note._area.text)
        await look(desk)
        await desk.press("ctrl+s")
        await desk.closed()
        await desk.says("Notiz gespeichert")
        await desk.press("enter", "l", "l", "l", "l")
        await look(desk)
        stored = "".join(desk.record(five[0]).notes)
        assert "\x1b" not in stored
        assert "\u202e" not in stored
