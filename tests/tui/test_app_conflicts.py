"""Conflicts in the Kalender: walked through by < and >, given a reason by B; free times by F."""

# ruff: noqa: DTZ001 wall times are naive by design

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import pytest
from app_kit import Desk, at_desk
from calendar_kit import events_of, kalender

from ob_buero_tui.office import Office
from ob_buero_tui.tui.screens.dialogs.choose import Choose
from ob_buero_tui.tui.screens.dialogs.clashes import ClashDialog
from ob_buero_tui.tui.screens.dialogs.confirm import Confirm
from ob_buero_tui.tui.screens.dialogs.event_line import EventLineDialog
from ob_buero_tui.tui.screens.dialogs.prompt_line import PromptLine

Make = Callable[..., int]


def at(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute)


@pytest.fixture
def two(make_event: Make) -> None:
    """A conflict on 1 December and one on 10 December."""
    for day in (1, 10):
        make_event(summary=f"Empfang {day}", dtstart=at(12, day, 9), dtend=at(12, day, 10))
        make_event(summary=f"Richtfest {day}", dtstart=at(12, day, 9, 30), dtend=at(12, day, 11))


def current(desk: Desk) -> str:
    found = desk.calendar.grid.current
    return found.summary if found is not None else ""


async def test_one_walks_through_the_conflicts(office: Office, two: None) -> None:
    async with at_desk(office, size=(120, 36)) as desk:
        await kalender(desk)
        await desk.press(">")
        await desk.until(lambda: current(desk) == "Empfang 1")
        assert desk.calendar.date == date(2026, 12, 1)
        await desk.shows("! Konflikt 1 von 2")
        await desk.press(">")
        await desk.until(lambda: current(desk) == "Empfang 10")
        await desk.shows("! Konflikt 2 von 2")
        await desk.press(">")
        await desk.says("Kein weiterer Konflikt bis Di 23.02.2027.")
        assert current(desk) == "Empfang 10"
        await desk.press("<")
        await desk.until(lambda: current(desk) == "Empfang 1")
        await desk.press("<")
        await desk.says("Kein früherer Konflikt seit Mi 25.11.2026.")
        await desk.press("j")
        await desk.until(lambda: current(desk) == "Richtfest 1")
        await desk.press("<")
        await desk.until(lambda: current(desk) == "Empfang 1")


async def test_a_reason_is_given_and_taken_back(office: Office, two: None) -> None:
    async with at_desk(office, size=(120, 36)) as desk:
        await kalender(desk, "2026-12-01", "Richtfest 1")
        await desk.press("B")
        await desk.opened(ClashDialog)
        await desk.shows("! Überschneidung mit „Empfang 1“ 09:00–10:00")
        await desk.type("OB geht früher")
        await desk.press("enter")
        await desk.closed()
        await desk.says("1 Konflikt begründet: OB geht früher")
        assert all(not one.conflicts for one in events_of(desk, "2026-12-01"))
        await desk.shows("begründet: OB geht")
        await desk.press("u")
        await desk.says("Zurückgenommen")
        assert all(one.conflicts for one in events_of(desk, "2026-12-01"))
        await desk.press("U", "B")
        await desk.opened(Confirm)
        await desk.press("j")
        await desk.closed()
        await desk.says("1 Konflikt wieder offen")
        assert all(one.conflicts for one in events_of(desk, "2026-12-01"))


async def test_free_times_are_picked_and_begun(office: Office, two: None) -> None:
    async with at_desk(office, size=(80, 24)) as desk:
        await kalender(desk)
        await desk.press("F")
        await desk.opened(PromptLine)
        await desk.type("45 Minuten, 1.12., vormittags, mit 1. BM und Raum Ratssaal, 15 Minuten Fahrt")
        await desk.shows("je 15 Min. Fahrt")
        await desk.press("enter")
        await desk.opened(Choose)
        await desk.shows("Di  1.12. 08:00–08:45")
        await desk.press("escape")
        await desk.opened(PromptLine)
        await desk.press("end")
        await desk.type(", ab 8 Uhr")
        await desk.press("enter")
        await desk.opened(Choose)
        await desk.press("enter")
        await desk.opened(EventLineDialog)
        await desk.type("Rücksprache")
        await desk.shows("mit 1. BM · Raum Ratssaal")
        await desk.press("enter")
        await desk.closed()
        await desk.until(lambda: len(events_of(desk, "2026-12-01")) == 3)
        made = events_of(desk, "2026-12-01")[0]
        assert (made.summary, made.start, made.end) == ("Rücksprache", at(12, 1, 8), at(12, 1, 8, 45))
        assert (made.travel_before_min, made.conflicts) == (15, ())
