"""A pasted text becomes a request: told beforehand, refused with its reason, never lost."""

from __future__ import annotations

from app_kit import Desk, at_desk
from textual.widgets import TextArea

from ob_buero_tui.office import Office
from ob_buero_tui.services.requests.inbox import ALL, ids
from ob_buero_tui.services.requests.record import record
from ob_buero_tui.tui.screens.dialogs.paste import PasteDialog
from ob_buero_tui.tui.screens.frame_commands import FrameCommands

MAIL = """Von: Erika Beispiel <erika@verein.example.org>
Gesendet: Mittwoch, 18. November 2026 09:00
An: ob@stadt.example.org
Betreff: Bitte um ein Grußwort

wir bitten um ein Grußwort für unsere Festschrift.
"""


async def paste_box(desk: Desk) -> TextArea:
    """Open the box by its command."""
    screen = desk.app.desk_screen
    assert isinstance(screen, FrameCommands)
    await desk.press("ctrl+p")
    await desk.shows("Befehle")
    await desk.type("text einfügen")
    await desk.press("enter")
    return (await desk.opened(PasteDialog)).query_one(TextArea)


async def test_a_mail_is_told_while_it_stands_there_and_taken_in_from_any_screen(office: Office) -> None:
    async with at_desk(office) as desk:
        await desk.press("f3")
        await desk.quiet()
        area = await paste_box(desk)
        await desk.shows("Ein Brief braucht keine")
        area.insert(MAIL)
        await desk.shows("→ E-Mail von Erika Beispiel <erika@verein.example.org>")
        await desk.shows("vom Mi 18.11.2026 · Art: Grußwort (Vorschlag)")
        await desk.shows("Betreff: Bitte um ein Grußwort")
        await desk.press("ctrl+s")
        await desk.closed()
        await desk.says("aufgenommen · u nimmt es zurück")
        (key,) = ids(desk.app.patient, ALL)
        assert record(desk.app.patient, key).subject == "Bitte um ein Grußwort"
        await paste_box(desk)
        await desk.press("escape")


async def test_what_is_there_already_is_refused_and_the_text_stays(office: Office) -> None:
    async with at_desk(office) as desk:
        area = await paste_box(desk)
        await desk.press("ctrl+s")
        await desk.shows("! Der Text wurde nicht aufgenommen. Es steht nichts da.")
        area.insert(f"Message-ID: <1@x.example.org>\n{MAIL}")
        await desk.press("ctrl+s")
        await desk.closed()
        area = await paste_box(desk)
        assert area.text == "", "what was taken in is no draft"
        area.insert(f"Message-ID: <1@x.example.org>\n{MAIL}")
        await desk.press("ctrl+s")
        await desk.shows("! Der Text wurde nicht aufgenommen. Diese E-Mail ist schon da.")
        await desk.press("escape")
        await desk.closed()
        area = await paste_box(desk)
        assert area.text.endswith(MAIL)
        await desk.press("ctrl+d")
        assert area.text == ""
        area.insert("Sehr geehrte Damen und Herren,\ndie Laterne vor Haus 3 ist kaputt.")
        await desk.shows("→ Brief")
        await desk.shows("von heute · Art:")
        await desk.press("escape")
        await desk.closed()
