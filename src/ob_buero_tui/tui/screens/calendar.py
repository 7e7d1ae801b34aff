"""Kalender: moving through days and appointments, and the verbs on the one under the cursor."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import ClassVar

from textual import on
from textual.binding import BindingType

from ob_buero_tui.services.requests.verbs import Done
from ob_buero_tui.services.views import DayEvent
from ob_buero_tui.tui.commands import KALENDER, bindings_for
from ob_buero_tui.tui.screens.asking import asking
from ob_buero_tui.tui.screens.calendar_paper import CalendarPaper
from ob_buero_tui.tui.screens.flows import events
from ob_buero_tui.tui.widgets.day_grid import DayGrid

Flow = Callable[["CalendarScreen", DayEvent], Awaitable[Done | None]]


class CalendarScreen(CalendarPaper):
    """One day of the mayor's calendar."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings_for(KALENDER)]

    @on(DayGrid.Opened, "#grid")
    async def _opened(self) -> None:
        await self.action_open()

    # Moving

    def action_move_down(self) -> None:
        """To the next appointment; from the panel, a line down."""
        if self.panel.has_focus:
            self.panel.scroll_down(animate=False)
        else:
            self.grid.step_event(1)

    def action_move_up(self) -> None:
        """To the appointment before."""
        if self.panel.has_focus:
            self.panel.scroll_up(animate=False)
        else:
            self.grid.step_event(-1)

    def action_move_left(self) -> None:
        """To the appointment beside it, or a day back."""
        if not self.grid.step(-1):
            self._shift(-1)

    def action_move_right(self) -> None:
        """To the appointment beside it, or a day on."""
        if not self.grid.step(1):
            self._shift(1)

    def action_first(self) -> None:
        """To the first appointment."""
        self.grid.first()

    def action_last(self) -> None:
        """To the last appointment."""
        self.grid.last()

    def action_page_down(self) -> None:
        """Scroll on."""
        self.grid.page(1)

    def action_page_up(self) -> None:
        """Scroll back."""
        self.grid.page(-1)

    def action_today(self) -> None:
        """To today."""
        self.show_day(self.place.today)

    def action_previous_week(self) -> None:
        """A week back."""
        self._shift(-7)

    def action_next_week(self) -> None:
        """A week on."""
        self._shift(7)

    def _shift(self, days: int) -> None:
        shown = self.date or self.place.today
        try:
            self.show_day(shown + timedelta(days=days))
        except OverflowError:
            self.notify("Weiter reicht der Kalender nicht.")

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
