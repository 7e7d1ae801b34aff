"""The views of the calendar by their digit: which widget draws each, and what it is given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

from ob_buero_tui.services.calendar.day import day, week
from ob_buero_tui.services.views import DayView
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.tui.widgets.calendar_heads import day_heading, week_heading
from ob_buero_tui.tui.widgets.calendar_sheet import CalendarSheet
from ob_buero_tui.tui.widgets.day_grid import DayGrid
from ob_buero_tui.tui.widgets.week_grid import ALL_DAYS, WORKING_DAYS, WeekGrid


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What a view shows around a day: the days for `CalendarSheet.show`, and the words over them."""

    days: tuple[DayView, ...]
    heading: str


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


def _day(place: Workplace, on: date, _wide: bool) -> Page:
    view = day(place, on)
    return Page(days=(view,), heading=day_heading(view, place.today))


def _week(place: Workplace, on: date, wide: bool) -> Page:
    """Monday to Friday; with the weekend when that is wished, or when the day is part of it."""
    days = week(place, on)
    shown = ALL_DAYS if wide or on.weekday() >= WORKING_DAYS else WORKING_DAYS
    return Page(days=days[:shown], heading=week_heading(days, shown))


VIEWS: Final[dict[str, CalendarViewSpec]] = {
    "1": CalendarViewSpec(key="tag", label="Tag", make=DayGrid, read=_day),
    "2": CalendarViewSpec(key="woche", label="Woche", make=WeekGrid, read=_week, widens=True),
}
"""The views in the order of their digits; one that is not here has no digit."""
