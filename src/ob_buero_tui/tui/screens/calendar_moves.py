"""Moving about the Kalender: appointments, hours, days, weeks, and from one view to another."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import date

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
            self._walk_on(1)

    def action_move_up(self) -> None:
        """To the appointment or slot before."""
        if self.panel.has_focus:
            self.panel.scroll_up(animate=False)
        else:
            self._walk_on(-1)

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
        """To the first appointment of the day; of a list, to the first of all."""
        self._to_end(self.page.begins if self.page is not None else None, self.grid.first)

    def action_last(self) -> None:
        """To the last appointment of the day; of a list, to the last of all."""
        self._to_end(self.page.ends if self.page is not None else None, self.grid.last)

    def action_page_down(self) -> None:
        """A screenful later; in the panel, down."""
        if self.panel.has_focus:
            self.panel.scroll_page_down(animate=False)
        else:
            self._page(1)

    def action_page_up(self) -> None:
        """A screenful earlier; in the panel, up."""
        if self.panel.has_focus:
            self.panel.scroll_page_up(animate=False)
        else:
            self._page(-1)

    def action_today(self) -> None:
        """To what is now, or comes next today."""
        self.show_moment(self.place.now)

    def action_previous_week(self) -> None:
        """A week back; in a month or year, one of them."""
        if not self._leap(-1):
            self._step(-WEEK)

    def action_next_week(self) -> None:
        """A week on; in a month or year, one of them."""
        if not self._leap(1):
            self._step(WEEK)

    def _walk_on(self, events: int) -> None:
        """To another appointment; where the view ends, what lies beyond is read first."""
        if self.grid.step_event(events):
            return
        self._turn(lambda: self.grid.onward(events))
        if self.grid.hours and self.grid.onward(events) is not None:
            self.grid.step_event(events)

    def _page(self, pages: int) -> None:
        """A screenful on, or the next month or year."""
        if self._leap(pages):
            return
        if self.grid.at_end(pages):
            self._turn(lambda: self.grid.onward(pages))
        self.grid.page(pages)

    def _to_end(self, on: date | None, go: Callable[[], bool]) -> None:
        if on is not None:
            self.show_day(on)
        go()

    def _leap(self, pages: int) -> bool:
        """By months or years where the view goes by them."""
        if self.grid.hours:
            return False
        self._turn(lambda: self.grid.leap(pages))
        return True

    def _turn(self, where: Callable[[], date | None]) -> None:
        """Read the page around another day; the cursor stays on its appointment if that has it."""
        try:
            target = where()
        except (OverflowError, ValueError):
            self.notify("Weiter reicht der Kalender nicht.")
            return
        if target is None:
            return
        current = self.grid.current
        if current is not None and self.grid.hours:
            self.show_date_of(self.grid.moment, current.id)
        else:
            self.show_day(target)

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
