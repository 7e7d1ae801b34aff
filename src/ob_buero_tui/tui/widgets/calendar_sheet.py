"""What every view of the calendar is: a sheet with a cursor on an appointment or on a time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import ClassVar

from textual.message import Message
from textual.scroll_view import ScrollView

from ob_buero_tui.services.views import DayEvent, DayView
from ob_buero_tui.tui.widgets.drawing import Toned
from ob_buero_tui.tui.widgets.ghost import Ghost


class CalendarSheet(Toned, ScrollView, can_focus=True, inherit_bindings=False):
    """The base of day, week and their like; the screen moves the cursor through the methods below.

    Each method that moves says whether something moved; the screen then turns the page where it did not.
    """

    hours: ClassVar[bool] = True
    """Whether the cursor stands on a time; without hours it stands on a day, and Enter opens that."""
    legend: ClassVar[str] = ""
    """What the signs mean, for the foot of the frame."""
    nothing: ClassVar[str] = "Kein Termin an diesem Tag."
    """What the panel says of an empty day."""
    DEFAULT_CSS = """
    CalendarSheet { overflow-x: hidden; overflow-y: auto; scrollbar-size-vertical: 1; }
    """

    class Selected(Message):
        """The cursor stands on another appointment, or on none."""

        def __init__(self, sheet: CalendarSheet, event: DayEvent | None) -> None:
            super().__init__()
            self.sheet = sheet
            self.event = event

        @property
        def control(self) -> CalendarSheet:
            """The sheet, for `@on(…, "#selector")`."""
            return self.sheet

    class Opened(Selected):
        """A double click on an appointment."""

    def show(
        self,
        days: Sequence[DayView],
        *,
        now: datetime | None = None,
        cursor: str | None = None,
        moment: datetime | None = None,
    ) -> None:
        """Show some days; the same days shown again keep cursor and scroll place.

        Args:
            days: What the view's own `read` gave.
            now: Local time, for the mark of the present.
            cursor: Id of the appointment to stand on.
            moment: Otherwise the time to stand on; its day is one of `days`.
        """
        raise NotImplementedError

    @property
    def days(self) -> tuple[DayView, ...]:
        """What is shown."""
        raise NotImplementedError

    @property
    def moment(self) -> datetime:
        """Naive local time under the cursor; midnight in a view without hours."""
        raise NotImplementedError

    @property
    def current(self) -> DayEvent | None:
        """The appointment under the cursor."""
        raise NotImplementedError

    def tick(self, now: datetime) -> None:
        """Move the mark of the present."""
        raise NotImplementedError

    def preview(self, ghost: Ghost | None) -> None:
        """Draw an appointment over everything and scroll to it, or take it away."""
        raise NotImplementedError

    def select(self, id: str) -> bool:
        """Put the cursor on an appointment; False when it is not shown."""
        raise NotImplementedError

    def step(self, days: int) -> bool:
        """Go to the lane beside (by one), else to another day that is shown."""
        raise NotImplementedError

    def step_event(self, events: int) -> bool:
        """Go to the next or previous appointment; from an empty stretch, to the next slot."""
        raise NotImplementedError

    def step_minutes(self, minutes: int) -> bool:
        """Go on in time within the day."""
        raise NotImplementedError

    def first(self) -> bool:
        """To the first appointment."""
        raise NotImplementedError

    def last(self) -> bool:
        """To the last appointment."""
        raise NotImplementedError

    def page(self, pages: int) -> None:
        """By screenfuls."""
        raise NotImplementedError

    def onward(self, events: int) -> date | None:  # noqa: ARG002 views that end at their edge say so
        """The day to turn to where `step_event` finds no more; None where it stays there."""
        return None

    def leap(self, pages: int) -> date | None:  # noqa: ARG002 views of hours go by weeks
        """The day to turn to by H and L, and by screenfuls; None for a week, and a scroll.

        Raises:
            ValueError, OverflowError: the calendar ends there.
        """
        return None

    def at_end(self, events: int) -> bool:  # noqa: ARG002 most views hold all of their page
        """Whether more has to be read before a screenful on."""
        return False

    def beyond(self, days: int) -> date:
        """The day to turn to where `step` of so many days does not reach.

        Raises:
            OverflowError: the calendar ends there.
        """
        return self.moment.date() + timedelta(days=days)
