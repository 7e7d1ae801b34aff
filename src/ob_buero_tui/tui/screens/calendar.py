"""Kalender: moving through days and appointments; the verbs come from its mixins."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.binding import BindingType

from ob_buero_tui.tui.commands import KALENDER, bindings_for
from ob_buero_tui.tui.screens.base import NOTHING_OPEN
from ob_buero_tui.tui.screens.calendar_conflicts import CalendarConflicts
from ob_buero_tui.tui.screens.calendar_deputy import CalendarDeputy
from ob_buero_tui.tui.screens.calendar_feeds import CalendarFeeds
from ob_buero_tui.tui.screens.calendar_moves import CalendarMoves
from ob_buero_tui.tui.screens.calendar_paper import CalendarPaper
from ob_buero_tui.tui.screens.calendar_view import FIRST_VIEW
from ob_buero_tui.tui.widgets.calendar_sheet import CalendarSheet


class CalendarScreen(CalendarDeputy, CalendarConflicts, CalendarMoves, CalendarPaper, CalendarFeeds):
    """One day of the mayor's calendar."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings_for(KALENDER)]

    @on(CalendarSheet.Opened, ".sheet")
    async def _opened(self) -> None:
        await self.action_open()

    async def action_open(self) -> None:
        """To the request or session behind the appointment, or to its panel."""
        current = self.grid.current
        if current is None:
            if not self.grid.hours:
                self.show_view(FIRST_VIEW)
            return
        if self.panel.has_focus and (behind := self.behind()) is not None:
            await self.desk.open_record(*behind)
            return
        self.add_class("-reading")
        self.panel.focus()

    async def action_back(self) -> None:
        """Back to the grid; there it ends, for in the Eingang the next key would mean a request."""
        if self.panel.has_focus or self.has_class("-reading"):
            self.arrive()
        else:
            self.notify(NOTHING_OPEN, timeout=3)

    def action_next_pane(self) -> None:
        """Grid and panel take turns."""
        if self.panel.has_focus:
            self.arrive()
        else:
            self.add_class("-reading")
            self.panel.focus()

    action_previous_pane = action_next_pane
