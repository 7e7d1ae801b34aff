"""What the tests of the Kalender share: going there, days of appointments, what stands in the database."""

from __future__ import annotations

from datetime import date, datetime

from app_kit import Desk

from ob_buero_tui.services.calendar.day import day
from ob_buero_tui.services.calendar.forms import EventForm, form_of
from ob_buero_tui.services.views import DayEvent

MOMENT = datetime.fromisoformat


async def kalender(desk: Desk, on: str = "", title: str = "") -> None:
    """Go to the Kalender, to a day, and onto an appointment there."""
    await desk.press("f3")
    await desk.until(
        lambda: desk.app.desk_screen is not None and desk.app.desk_screen.title_text == "Kalender"
    )
    await desk.quiet()
    if on:
        desk.calendar.show_day(date.fromisoformat(on))
        await desk.quiet()
    if title:
        found = next(one for one in events_of(desk, on) if one.summary == title)
        assert desk.calendar.grid.select(found.id)
        await desk.quiet()


def events_of(desk: Desk, on: str) -> list[DayEvent]:
    """The appointments of a day as the database has them."""
    return list(day(desk.app.patient, date.fromisoformat(on)).events)


def times(desk: Desk, on: str) -> list[tuple[str, str]]:
    """Title and times of the appointments of a day: („Jour fixe“, „09:00–10:00“)."""
    return [(one.summary, f"{one.start:%H:%M}–{one.end:%H:%M}") for one in events_of(desk, on)]


def form(desk: Desk, key: str) -> EventForm:
    """Everything stored about a date."""
    return form_of(desk.app.patient, key)
