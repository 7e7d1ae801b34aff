"""P in the Eingang: what is closed goes to the E-Akte as a folder, what is open is refused and why."""

from __future__ import annotations

from app_kit import at_desk

from ob_buero_tui.office import Office
from ob_buero_tui.services.export.case_folder import default_folder
from ob_buero_tui.services.requests.closing import finish
from ob_buero_tui.tui.screens.dialogs.prompt_line import PromptLine
from ob_buero_tui.tui.screens.dialogs.told import Told
from ob_buero_tui.tui.screens.disposal import DisposalScreen


async def test_what_is_closed_is_filed_and_what_is_open_is_named(office: Office, five: list[int]) -> None:
    finish(office.place, five[:2], drop_tasks=True)
    akte = default_folder(office.place)
    async with at_desk(office) as desk:
        await desk.press("P")
        await desk.says("noch nicht abgeschlossen")
        assert not akte.exists()

        await desk.press("9")
        await desk.until(lambda: set(five) <= set(desk.ids))
        await desk.press("asterisk", "P")
        await desk.opened(PromptLine)
        await desk.shows("2 Eingänge für die E-Akte")
        await desk.shows("2026-0003 bleibt: Der Eingang ist noch nicht")
        await desk.press("enter")
        await desk.until(lambda: len(list(akte.glob("2026-*"))) == 2)
        await desk.closed()
        await desk.says("2 Vorgänge für die E-Akte ausgegeben")
        assert desk.inbox.list.marked == ()

        await desk.press("g", "x")
        await desk.opened(DisposalScreen)
        await desk.press("5")
        await desk.shows("Übernahme vermerken")
        await desk.press("n")
        await desk.says("gilt nicht mehr als ausgegeben")
        await desk.press("a")
        await desk.says("von der E-Akte übernommen. Im Ausgangskorb liegt noch e-akte/2026-000")
        await desk.shows("Kein Vorgang wartet")
        assert sorted(desk.record(key).history[-1].text[:6] for key in five[:2]) == ["nicht ", "von de"]
        await desk.press("f2")
        await desk.opened(type(desk.inbox))

        await desk.press("asterisk", "minus")
        finish_line = desk.record(five[0]).history[-2].text
        assert finish_line == "für die E-Akte ausgegeben"
        for verb in ("von der", "nicht von der"):  # both notes are taken back, the giving out is not
            await desk.press("u")
            await desk.says(f": {verb} E-Akte übernommen")
        await desk.press("u")
        await desk.until(lambda: desk.app.screen is not desk.inbox)
        await desk.shows("E-Akte")
        assert not isinstance(desk.app.screen, Told)
