"""The days of a year on which the office is closed by its own rules."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from ob_buero_tui.catalog.model import ClosedDayRule


def closed_days(rules: Iterable[ClosedDayRule], year: int) -> dict[date, str]:
    """Return the closed days of a year with their names, in order.

    Args:
        rules: Fixed dates and days counted from Easter Sunday; 29.2. is left out in other years.
        year: 1583 to 4099, the years for which Easter is defined.
    """
    found: dict[date, str] = {}
    for rule in rules:
        if rule.easter is not None:
            from dateutil.easter import easter  # needed by few files only

            found.setdefault(easter(year) + timedelta(days=rule.easter), rule.label)
        elif (rule.month, rule.day) != (2, 29) or _is_leap(year):
            found.setdefault(date(year, rule.month, rule.day), rule.label)
    return dict(sorted(found.items()))


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
