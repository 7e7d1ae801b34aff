"""The views of the calendar by their digit: which widget draws each, and what it is given."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from ob_buero_tui.services.calendar.day import day
from ob_buero_tui.services.views import DayView
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.tui.widgets.calendar_sheet import CalendarSheet
from ob_buero_tui.tui.widgets.day_grid import DayGrid


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
    read: Callable[[Workplace, date, bool], Sequence[DayView]]
    widens: bool = False


def _one_day(place: Workplace, on: date, _wide: bool) -> Sequence[DayView]:
    return (day(place, on),)


VIEWS: Final[dict[str, CalendarViewSpec]] = {
    "1": CalendarViewSpec(key="tag", label="Tag", make=DayGrid, read=_one_day),
}
"""The views in the order of their digits; one that is not here has no digit."""
