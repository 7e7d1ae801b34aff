"""The day on paper from the Kalender: a preview by p, a file by P, and what tomorrow lacks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from app_kit import at_desk

from ob_buero_tui.office import Office
from ob_buero_tui.services.work import transaction
from ob_buero_tui.store.calendar import Event
from ob_buero_tui.tui.screens.dialogs.choose import Choose
from ob_buero_tui.tui.screens.dialogs.prompt_line import PromptLine
from ob_buero_tui.tui.screens.dialogs.told import Told

Make = Callable[..., int]


@pytest.fixture
def tomorrow(make_event: Make) -> int:
    """A speech away from the house on Thursday, without a contact."""
    return make_event(
        summary="Richtfest Kita Nord",
        dtstart=datetime.fromisoformat("2026-11-26T09:30"),
        dtend=datetime.fromisoformat("2026-11-26T10:30"),
        location="Hafenstraße 3",
        travel_before_min=20,
        speech_min=5,
    )


async def test_p_shows_the_sheet_of_the_shown_day(office: Office, tomorrow: int) -> None:
    async with at_desk(office) as desk:
        await desk.press("f3", "l", "p")
        await desk.opened(Choose)
        await desk.press("enter")
        await desk.opened(Told)
        await desk.shows("Abfahrt 09:10 (20 Min.)")
        assert "09:30–10:30  Richtfest Kita Nord" in desk.text
        assert "Ort: Hafenstraße 3" in desk.text
        assert "KW 48" not in desk.text.partition("Tagesblatt")[2], "the day, not the week"
        await desk.press("escape")
        await desk.closed()


async def test_the_week_and_the_drives_are_on_their_digits(office: Office, tomorrow: int) -> None:
    async with at_desk(office, size=(80, 24)) as desk:
        for digit, wanted in (("2", "KW 48, 23.–29.11.2026"), ("3", "1 Fahrt")):
            await desk.press("f3", "l", "p")
            await desk.opened(Choose)
            await desk.shows("Wochenübersicht")
            await desk.press(digit)
            await desk.opened(Told)
            await desk.shows(wanted)
            assert ("Abfahrt 09:10" in desk.text) == (digit == "3")
            assert "Rede: 5 Min." not in desk.text, "no word of the speech on either"
            await desk.press("escape")
            await desk.closed()
            await desk.press("h")


async def test_big_p_writes_a_file_and_says_where(office: Office, tomorrow: int, tmp_path: Path) -> None:
    pytest.importorskip("typst")
    folder = tmp_path / "mappe"
    async with at_desk(office) as desk:
        await desk.press("f3", "l", "P")
        await desk.opened(Choose)
        await desk.press("1")
        prompt = await desk.opened(PromptLine)
        prompt.query_one("Input").value = str(folder)  # type: ignore[attr-defined]
        await desk.press("enter")
        await desk.says("Gedruckt nach")
    assert [path.name for path in folder.iterdir()] == ["tagesblatt-2026-11-26.pdf"]
    assert (folder / "tagesblatt-2026-11-26.pdf").read_bytes().startswith(b"%PDF")


async def test_the_look_ahead_names_what_is_missing(office: Office, tomorrow: int) -> None:
    async with at_desk(office) as desk:
        await desk.press("f3")
        desk.calendar.action_look_ahead()
        await desk.opened(Told)
        await desk.shows("Do 26.11.2026: es fehlt noch")
        await desk.shows("Richtfest Kita Nord: Kontakt vor Ort, Rede")
        await desk.press("escape")
        await desk.closed()
        with transaction(office.place, "test_fill") as work:
            row = work.session.get_one(Event, tomorrow)
            row.contact_name, row.speech_min = "Frau Beispiel", None
        desk.calendar.action_look_ahead()
        await desk.opened(Told)
        assert "Richtfest" not in desk.text.partition("Do 26.11.2026")[2]
