"""The views of the calendar by their digit: which widget draws each, and what it is given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

from ob_buero_tui.rules.german import date_range, iso_week, plural
from ob_buero_tui.rules.german import month as month_name
from ob_buero_tui.services.calendar.agenda import agenda
from ob_buero_tui.services.calendar.day import day, week
from ob_buero_tui.services.calendar.month import month
from ob_buero_tui.services.calendar.year import year
from ob_buero_tui.services.views import DayView
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.tui.widgets.agenda_list import AgendaList
from ob_buero_tui.tui.widgets.calendar_heads import day_heading, week_heading
from ob_buero_tui.tui.widgets.calendar_sheet import CalendarSheet
from ob_buero_tui.tui.widgets.day_grid import DayGrid
from ob_buero_tui.tui.widgets.month_grid import MonthGrid
from ob_buero_tui.tui.widgets.week_grid import ALL_DAYS, WORKING_DAYS, WeekGrid
from ob_buero_tui.tui.widgets.year_grid import YearGrid


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What a view shows around a day: the days for `CalendarSheet.show`, and the words over them."""

    days: tuple[DayView, ...]
    heading: str
    begins: date | None = None
    ends: date | None = None
    """Where the whole calendar begins and ends, for a view that holds only a stretch of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarViewSpec:
    """One view.

    Args:
        key: Its name in the program, also its CSS class on the screen (`-tag`).
        label: What it is called.
        make: Makes its widget, once.
        read: Reads what the widget shows around a day; the flag is the view's second width (Mo-So for a
            week), which its digit pressed again switches.
        widens: Whether it has a second width.
    """

    key: str
    label: str
    make: Callable[[], CalendarSheet]
    read: Callable[[Workplace, date, bool], Page]
    widens: bool = False
    name: Callable[[date], str] = lambda day: f"KW {iso_week(day)}"
    """What the title line says of the day under the cursor."""


def _day(place: Workplace, on: date, _wide: bool) -> Page:
    view = day(place, on)
    return Page(days=(view,), heading=day_heading(view, place.today))


def _week(place: Workplace, on: date, wide: bool) -> Page:
    """Monday to Friday; with the weekend when that is wished, or when the day is part of it."""
    days = week(place, on)
    shown = ALL_DAYS if wide or on.weekday() >= WORKING_DAYS else WORKING_DAYS
    return Page(days=days[:shown], heading=week_heading(days, shown))


def _month(place: Workplace, on: date, _wide: bool) -> Page:
    return Page(days=month(place, on), heading=f"{month_name(on)} {on.year}")


def _agenda(place: Workplace, on: date, _wide: bool) -> Page:
    found = agenda(place, on)
    heading = f"Termine {date_range(found.first, found.last)}"
    if not any(day.events for day in found.days):
        heading += " · kein Termin"
    return Page(days=found.days, heading=heading, begins=found.begins, ends=found.ends)


def _year(place: Workplace, on: date, _wide: bool) -> Page:
    days = year(place, on)
    sessions = sum(event.meeting_id is not None for day in days for event in day.events)
    told = plural(sessions, "Sitzung", "Sitzungen") if sessions else "keine Sitzung"
    return Page(days=days, heading=f"{on.year} · {told}")


def _month_and_year(on: date) -> str:
    return f"{month_name(on)} {on.year}"


VIEWS: Final[dict[str, CalendarViewSpec]] = {
    "1": CalendarViewSpec(key="tag", label="Tag", make=DayGrid, read=_day),
    "2": CalendarViewSpec(key="woche", label="Woche", make=WeekGrid, read=_week, widens=True),
    "3": CalendarViewSpec(key="monat", label="Monat", make=MonthGrid, read=_month, name=_month_and_year),
    "4": CalendarViewSpec(key="liste", label="Liste", make=AgendaList, read=_agenda, name=_month_and_year),
    "5": CalendarViewSpec(key="jahr", label="Jahr", make=YearGrid, read=_year, name=lambda on: str(on.year)),
}
"""The views in the order of their digits; one that is not here has no digit."""
