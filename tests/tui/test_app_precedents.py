"""Enter on the Vorgeschichte lists what was before, and leads there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from app_kit import at_desk

from ob_buero_tui.office import Office
from ob_buero_tui.tui.screens.dialogs.precedents import Precedents
from ob_buero_tui.tui.widgets.finding_list import FindingList

Make = Callable[..., int]


async def test_enter_on_the_vorgeschichte_leads_to_an_earlier_request(
    office: Office, make_request: Make
) -> None:
    old = datetime(2016, 2, 3, 9, tzinfo=UTC)
    for year, number in ((2016, 11), (2015, 10)):
        make_request(
            subject=f"{number}. Benefizlauf Kinderhospiz",
            received_at=old.replace(year=year),
            state="abgesagt",
            reason="Terminkonflikt mit einer langen Begründung, die in keine Zeile passt",
            closed=True,
        )
    key = make_request(subject="12. Benefizlauf Kinderhospiz", kind="schirmherrschaft")
    async with at_desk(office) as desk:
        await desk.until(lambda: desk.cursor == key)
        await desk.press("tab")
        findings = desk.inbox.panel.query_one(FindingList)
        await desk.until(lambda: findings.has_focus and findings.current)
        await desk.press("end")
        while findings.current is not None and findings.current.rule != "vorgeschichte":
            assert findings.move(-1)
        await desk.press("enter")
        dialog = await desk.opened(Precedents)
        await desk.shows("die in keine Ze")  # the end of its words, wherever the line is broken
        assert "Mi 3.02.2016" in desk.text
        await desk.press("down")
        assert dialog.is_current
        await desk.press("enter")
        await desk.closed()
        await desk.until(lambda: desk.record(desk.cursor or key).number == "2026-0002")
