"""Moving about the Kalender: appointments, hours, days, weeks, and from one view to another."""

from __future__ import annotations

from contextlib import suppress

from ob_buero_tui.tui.screens.calendar_view import CalendarView
from ob_buero_tui.tui.widgets.calendar_views import VIEWS

HOUR = 60
WEEK = 7
WEEK_VIEW = "2"


class CalendarMoves(CalendarView):
    """The commands that move; `CalendarScreen` has them."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A digit needs a view, the weekend a week."""
        if action == "split":
            return not parameters or str(parameters[0]) in VIEWS
        return super().check_action(action, parameters)

    def action_split(self, digit: int) -> None:
        """The view of this digit; the same one again changes its width."""
        self.show_view(str(digit))

    def action_weekend(self) -> None:
        """The week with its weekend, or without."""
        if self.digit != WEEK_VIEW:
            self.show_view(WEEK_VIEW)
        self.show_view(WEEK_VIEW)

    def action_move_down(self) -> None:
        """To the next appointment or slot; from the panel, a line down."""
        if self.panel.has_focus:
            self.panel.scroll_down(animate=False)
        else:
            self.grid.step_event(1)

    def action_move_up(self) -> None:
        """To the appointment or slot before."""
        if self.panel.has_focus:
            self.panel.scroll_up(animate=False)
        else:
            self.grid.step_event(-1)

    def action_move_left(self) -> None:
        """To the appointment beside it, or a day back."""
        self._step(-1)

    def action_move_right(self) -> None:
        """To the appointment beside it, or a day on."""
        self._step(1)

    def action_hour_back(self) -> None:
        """An hour earlier."""
        self.grid.step_minutes(-HOUR)

    def action_hour_on(self) -> None:
        """An hour later."""
        self.grid.step_minutes(HOUR)

    def action_first(self) -> None:
        """To the first appointment of the day."""
        self.grid.first()

    def action_last(self) -> None:
        """To the last appointment of the day."""
        self.grid.last()

    def action_page_down(self) -> None:
        """A screenful later; in the panel, down."""
        if self.panel.has_focus:
            self.panel.scroll_page_down(animate=False)
        else:
            self.grid.page(1)

    def action_page_up(self) -> None:
        """A screenful earlier; in the panel, up."""
        if self.panel.has_focus:
            self.panel.scroll_page_up(animate=False)
        else:
            self.grid.page(-1)

    def action_today(self) -> None:
        """To what is now, or comes next today."""
        self.show_moment(self.place.now)

    def action_previous_week(self) -> None:
        """A week back."""
        self._step(-WEEK)

    def action_next_week(self) -> None:
        """A week on."""
        self._step(WEEK)

    def _step(self, days: int) -> None:
        """By days within what is shown, else to another page; the panel gives the cursor back."""
        self.arrive()
        if self.grid.step(days):
            return
        before = self.date
        with suppress(OverflowError):
            self.show_day(self.grid.beyond(days))
        if self.date == before:
            self.notify("Weiter reicht der Kalender nicht.")
