"""The rounds of a year: as many spans as asked for, with as many days of school as each other."""

from __future__ import annotations

from datetime import date, timedelta

from ob_buero_tui.rules.workdays import WorkCalendar
from ob_buero_tui.rules.year_plan import Round

_LAST_DAY = 20
"""The last day of December on which a round may end."""


def rounds_of(year: int, count: int, cal: WorkCalendar) -> tuple[Round, ...]:
    """Return the rounds of a year, between and around the school holidays.

    They follow each other without overlap; none begins or ends on a day without school.

    Args:
        count: How many; fewer where the year has fewer days.
        cal: Holidays, closed days and school holidays.
    """
    first = date(year, 1, 1)
    days = [first + timedelta(days=number) for number in range((date(year, 12, _LAST_DAY) - first).days + 1)]
    usable = [day for day in days if cal.is_open(day) and cal.school_holidays(day) is None]
    count = max(1, min(count, len(usable)))
    found = []
    for number in range(count):
        mine = usable[len(usable) * number // count : len(usable) * (number + 1) // count]
        if mine:
            found.append(Round(number=number + 1, first=mine[0], last=mine[-1]))
    return tuple(found)
