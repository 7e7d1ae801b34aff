"""Call-backs on the Wiedervorlagen: counted by one key, closed with a result, the number copied."""

from __future__ import annotations

from app_kit import at_desk

from ob_buero_tui.office import Office
from ob_buero_tui.services.requests.creating import Captured, create_request
from ob_buero_tui.services.requests.record import record
from ob_buero_tui.tui.screens.dialogs.prompt_line import PromptLine
from ob_buero_tui.tui.screens.follow_ups import FollowUpScreen


async def test_a_call_back_from_the_first_attempt_to_its_result(office: Office) -> None:
    fields = {"rueckruf": "erbeten", "rueckruf_durch": "OB", "erreichbar": "ab 16 Uhr"}
    captured = Captured(
        kind="telefonnotiz",
        channel="Telefon",
        subject="Bus fährt nicht",
        name="Anna Beispiel",
        tel="0555 4711",
        fields=fields,
    )
    key = create_request(office.place, captured).ids[0]
    async with at_desk(office, size=(140, 36)) as desk:
        await desk.press("f5")
        screen = await desk.opened(FollowUpScreen)
        await desk.press("8")
        await desk.shows("Anna Beispiel · 0555 4711")
        await desk.shows("ab 16 Uhr")
        await desk.press("v")
        await desk.says("1 Versuch · u nimmt es zurück")
        await desk.press("y")
        await desk.says("0555 4711 kopiert.")
        assert desk.app.clipboard == "0555 4711"
        await desk.press("e")
        await desk.opened(PromptLine)
        await desk.type("kommt vorbei")
        await desk.press("enter")
        await desk.closed()
        await desk.until(lambda: not screen.list._ids)
        await desk.shows("Niemand wartet auf einen Rückruf.")
    assert ("Ergebnis", "kommt vorbei") in record(office.place, key).fields
