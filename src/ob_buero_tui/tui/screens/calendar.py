"""Kalender: moving through days and appointments, and the verbs on the one under the cursor."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import ClassVar

from textual import on
from textual.binding import BindingType

from ob_buero_tui.services.requests.verbs import Done
from ob_buero_tui.services.views import DayEvent
from ob_buero_tui.tui.commands import KALENDER, bindings_for
from ob_buero_tui.tui.screens.asking import asking
from ob_buero_tui.tui.screens.calendar_moves import CalendarMoves
from ob_buero_tui.tui.screens.calendar_paper import CalendarPaper
from ob_buero_tui.tui.screens.flows import events
from ob_buero_tui.tui.widgets.calendar_sheet import CalendarSheet

Flow = Callable[["CalendarScreen", DayEvent], Awaitable[Done | None]]


class CalendarScreen(CalendarMoves, CalendarPaper):
    """One day of the mayor's calendar."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings_for(KALENDER)]

    @on(CalendarSheet.Opened, ".sheet")
    async def _opened(self) -> None:
        await self.action_open()

    async def action_open(self) -> None:
        """To the request or session behind the appointment, or to its panel."""
        current = self.grid.current
        if current is None:
            return
        if self.panel.has_focus and (behind := self.behind()) is not None:
            await self.desk.open_record(*behind)
            return
        self.add_class("-reading")
        self.panel.focus()

    async def action_back(self) -> None:
        """Back to the grid, and from there to the Eingang."""
        if self.panel.has_focus or self.has_class("-reading"):
            self.arrive()
        else:
            await self.action_show_inbox()

    def action_next_pane(self) -> None:
        """Grid and panel take turns."""
        if self.panel.has_focus:
            self.arrive()
        else:
            self.add_class("-reading")
            self.panel.focus()

    action_previous_pane = action_next_pane

    # Verbs

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Verbs need an appointment that is shown in full."""
        current = self.grid.current
        if action in _VERBS and (current is None or current.view != "full"):
            return False
        return super().check_action(action, parameters)

    @asking("verb")
    async def run_flow(self, flow: Flow) -> None:
        """Ask what a verb needs, do it, and say so."""
        current = self.grid.current
        if current is None:
            return
        done = await flow(self, current)
        if done is None:
            return
        self.app.clear_notifications()
        self.notify(f"{done.text} · u nimmt es zurück")
        self.desk.data_changed((("event", current.event_id),))

    def action_accept(self) -> None:
        """Confirm the appointment."""
        self.run_flow(events.confirm)

    def action_decline(self) -> None:
        """Call it off, with a reason."""
        self.run_flow(events.cancel)

    def action_note(self) -> None:
        """Add a remark."""
        self.run_flow(events.note)

    def action_important(self) -> None:
        """Mark as important, or not."""
        self.run_flow(events.important)

    def action_trash(self) -> None:
        """Into the trash."""
        self.run_flow(events.trash)


_VERBS = frozenset(("accept", "decline", "note", "important", "trash"))
