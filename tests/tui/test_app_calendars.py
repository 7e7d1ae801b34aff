"""Calendars at the desk: reread while the app runs, sent to Outlook by a key, shown and hidden."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from app_kit import Desk, at_desk
from calendar_kit import events_of, kalender
from test_app_drop_folder import palette

from calendars_kit import Outlook, touch, vevent
from calendars_kit import outlook as outlook
from ob_buero_tui.office import Office
from ob_buero_tui.services.calendars.observing import fill_observances
from ob_buero_tui.services.calendars.pending import pending_count
from ob_buero_tui.tui import calendar_watch
from ob_buero_tui.tui.screens.dialogs.calendar_choice import CalendarChoice
from ob_buero_tui.tui.screens.dialogs.choose import Choose
from ob_buero_tui.tui.screens.dialogs.confirm import Confirm
from office_fixtures import Clock

Make = Callable[..., int]
ON = "2026-12-01"


@pytest.fixture
def led(office: Office, outlook: Outlook) -> Office:
    """The office whose mayor's calendar Outlook leads."""
    return replace(office, place=replace(office.place, catalog=outlook.place.catalog))


async def rests(desk: Desk) -> None:
    """Wait until no look at the calendars is under way."""
    await desk.until(
        lambda: all(one.is_finished for one in desk.app.workers if one.group == calendar_watch.GROUP)
    )
    await desk.quiet()


async def test_what_outlook_writes_appears_while_the_app_runs(led: Office, outlook: Outlook) -> None:
    outlook.writes(vevent("1", summary="Empfang"))
    async with at_desk(led) as desk:
        await rests(desk)
        await kalender(desk, ON)
        await desk.shows("Empfang")
        outlook.writes(vevent("1", summary="Empfang"), vevent("2", summary="Presse"))
        await palette(desk, "kalender jetzt")
        await desk.says("1 Termin neu")
        await desk.shows("Presse")
        assert {one.summary for one in events_of(desk, ON)} == {"Empfang", "Presse"}
        await palette(desk, "kalender jetzt")
        await desk.says("nichts Neues")
        assert len(events_of(desk, ON)) == 2


async def test_our_change_is_counted_sent_by_a_key_and_seen(led: Office, outlook: Outlook) -> None:
    outlook.writes(vevent("1", summary="Empfang"))
    outlook.reread()
    touch(outlook.place, outlook.one("Empfang").id, {"location": "Ratssaal"})
    async with at_desk(led) as desk:
        await rests(desk)
        await kalender(desk, ON, "Empfang")
        await desk.shows("1 noch nicht in Outlook")
        await desk.press("O")
        await desk.says("Entwurf liegt im Ausgangskorb")
        assert len(list(desk.app.place.out_folder.glob("*.eml"))) == 1
        await desk.press("O")
        await desk.opened(Confirm)
        await desk.shows("Noch einen Entwurf schreiben?")
        await desk.press("enter")
        await desk.closed()
        assert len(list(desk.app.place.out_folder.glob("*.eml"))) == 1
        outlook.writes(vevent("1", summary="Empfang", LOCATION="Ratssaal", SEQUENCE="1"))
        await palette(desk, "kalender jetzt")
        await desk.says("von uns angekommen")
        await desk.until(lambda: "noch nicht in Outlook" not in desk.text)


async def test_without_a_calendar_of_outlook_o_says_who_sets_one(office: Office) -> None:
    async with at_desk(office) as desk:
        await kalender(desk)
        await desk.press("O")
        await desk.says("Kein Kalender wird von Outlook geführt")


async def test_all_that_waits_is_sent_from_a_list(led: Office, outlook: Outlook) -> None:
    outlook.writes(vevent("1", summary="Empfang"), vevent("2", summary="Presse"))
    outlook.reread()
    for title in ("Empfang", "Presse"):
        touch(outlook.place, outlook.one(title).id, {"location": "Ratssaal"})
    async with at_desk(led) as desk:
        await rests(desk)
        await kalender(desk, "2026-12-03")
        await desk.press("O")
        await desk.opened(Choose)
        await desk.shows("2 Entwürfe")
        await desk.press("1")
        await desk.says("2 Entwürfe liegen im Ausgangskorb")
        assert pending_count(desk.app.place) == 2


async def test_calendars_are_hidden_by_a_digit_and_stay_so(
    office: Office, clock: Clock, make_event: Make
) -> None:
    make_event(summary="Empfang")
    make_event(summary="Messe", calendar="bm1")
    async with at_desk(office) as desk:
        await kalender(desk, ON)
        await desk.shows("Messe")
        await desk.press("g", "l")
        await desk.opened(CalendarChoice)
        await desk.press("2", "enter")
        await desk.closed()
        await desk.shows("ohne 1. BM")
        assert [event.summary for event in events_of(desk, ON)] == ["Empfang"]
        await desk.press("g", "l", "asterisk", "enter")
        await desk.closed()
        await desk.shows("Messe")


async def test_feasts_stand_on_their_day_and_can_be_hidden(office: Office, tmp_path: Path) -> None:
    fill_observances(office.place)
    async with at_desk(office, size=(160, 40)) as desk:
        await kalender(desk, "2027-03-09")
        await desk.shows("Ramadanfest")
        await desk.press("g", "l")
        dialog = await desk.opened(CalendarChoice)
        await desk.press("end", "space", "enter")
        await desk.closed()
        await desk.until(lambda: "Ramadanfest" not in desk.text)
        assert dialog is not None


async def test_the_panel_says_how_far_our_change_has_got(led: Office, outlook: Outlook) -> None:
    outlook.writes(vevent("1", summary="Empfang"))
    outlook.reread()
    touch(outlook.place, outlook.one("Empfang").id, {"location": "Ratssaal"})
    async with at_desk(led) as desk:
        await rests(desk)
        await kalender(desk, ON, "Empfang")
        await desk.shows("Outlook")
        assert "noch nicht in Outlook" in desk.text.replace("1 noch nicht in Outlook", "")
