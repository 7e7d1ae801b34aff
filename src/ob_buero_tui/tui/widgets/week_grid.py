"""A week side by side: Monday to Friday, or with its weekend."""

from __future__ import annotations

from datetime import date, timedelta

from ob_buero_tui.tui.widgets.day_grid import DayGrid

WORKING_DAYS, ALL_DAYS = 5, 7


class WeekGrid(DayGrid):
    """The day grid with the days of a week."""

    def beyond(self, days: int) -> date:
        """The day to turn to; from Friday to Monday where the weekend is not shown."""
        target = super().beyond(days)
        if len(self.days) == WORKING_DAYS and abs(days) == 1 and target.weekday() >= WORKING_DAYS:
            return target + timedelta(days=7 - target.weekday() if days > 0 else 4 - target.weekday())
        return target
