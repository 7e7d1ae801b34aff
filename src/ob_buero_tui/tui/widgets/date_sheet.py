"""What views without hours share: the cursor stands on a day, and on one of its appointments if asked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import ClassVar

from textual import events

from ob_buero_tui.services.views import DayEvent, DayView
from ob_buero_tui.tui.widgets.calendar_sheet import CalendarSheet
from ob_buero_tui.tui.widgets.ghost import Ghost

WEEK = 7


def months_on(day: date, months: int) -> date:
    """The same day so many months later, or the last day of a shorter month.

    Raises:
        ValueError: the calendar ends before.
    """
    count = day.year * 12 + day.month - 1 + months
    first = date(count // 12, count % 12 + 1, 1)
    following = (first + timedelta(days=31)).replace(day=1)
    return min(
        first.replace(day=min(day.day, 28)) + timedelta(days=max(0, day.day - 28)), following - timedelta(1)
    )


class DateSheet(CalendarSheet):
    """The base of month and year: days beside days, each with a line or less for what lies on it."""

    hours: ClassVar[bool] = False
    leap_months: ClassVar[int] = 1
    """How many months H and L go, and the screenfuls."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._days: tuple[DayView, ...] = ()
        self._on: dict[date, DayView] = {}
        self._day = date.min
        self._cursor = ""
        self._now: datetime | None = None
        self._ghost: Ghost | None = None
        self._left: date | None = None
        """The day of the cursor while an appointment on its way leads it about."""

    def show(
        self,
        days: Sequence[DayView],
        *,
        now: datetime | None = None,
        cursor: str | None = None,
        moment: datetime | None = None,
    ) -> None:
        """Show some days; the cursor stays on its day where that is among them.

        Args:
            days: The days with their events, in order.
            now: Local time, for the mark of today.
            cursor: Id of the event to stand on.
            moment: Otherwise the day to stand on.
        """
        before = self._day, self._cursor
        self._days, self._now = tuple(days), now
        self._on = {day.date: day for day in days}
        for wanted in (
            moment and moment.date(),
            self._day,
            now and now.date(),
            days[0].date if days else None,
        ):
            if wanted in self._on:
                self._day = wanted or self._day
                break
        self.lay_out()
        with self.prevent(self.Selected):
            if cursor is None or not self.select(cursor):
                self._stand(self._day, self._cursor if self._has(self._cursor) else "")
        self.keep_visible()
        self.refresh()
        if before != (self._day, self._cursor):
            self.post_message(self.Selected(self, self.current))

    def tick(self, now: datetime) -> None:
        """Move the mark of today."""
        self._now = now
        self.refresh()

    def preview(self, ghost: Ghost | None) -> None:
        """Draw an appointment on its days, or take it away."""
        self._ghost = ghost
        if ghost is None:
            self._day = self._left if self._left in self._on else self._day
            self._left = None
        elif ghost.start.date() in self._on:
            self._left = self._left or self._day
            self._day = ghost.start.date()
        self.lay_out()
        self.keep_visible()
        self.refresh()

    @property
    def days(self) -> tuple[DayView, ...]:
        """The days with their events, as they were given."""
        return self._days

    @property
    def moment(self) -> datetime:
        """Midnight of the day under the cursor."""
        return datetime.combine(self._day, time.min)

    @property
    def current(self) -> DayEvent | None:
        """The appointment that was walked to on the day under the cursor."""
        return next((event for event in self.here() if event.id == self._cursor), None)

    def here(self) -> tuple[DayEvent, ...]:
        """The appointments of the day under the cursor."""
        day = self._on.get(self._day)
        return day.events if day is not None else ()

    def select(self, id: str) -> bool:
        """Put the cursor on an appointment, of its own day first; False when none of the days has it."""
        days = [self._day, *(day.date for day in self._days)]
        for day in days:
            if day in self._on and any(event.id == id for event in self._on[day].events):
                self._stand(day, id)
                return True
        return False

    def step(self, days: int) -> bool:
        """To another day of the same month or year."""
        try:
            target = self._day + timedelta(days=days)
        except OverflowError:
            return False
        if target not in self._on or not self.belongs(target):
            return False
        self._stand(target, "")
        return True

    def step_event(self, events: int) -> bool:
        """A week down or up: days stand below one another."""
        return self.step(WEEK * events)

    def onward(self, events: int) -> date | None:
        """The day a week on, on the page beside this one."""
        return self._day + timedelta(days=WEEK * events)

    def leap(self, pages: int) -> date | None:
        """The same day of another month or year."""
        return months_on(self._day, self.leap_months * pages)

    def step_minutes(self, minutes: int) -> bool:
        """To the next or previous appointment of the day; before the first one stands the day itself."""
        ids = ["", *(event.id for event in self.here())]
        place = ids.index(self._cursor) if self._cursor in ids else 0
        target = min(max(place + (1 if minutes > 0 else -1), 0), len(ids) - 1)
        self._stand(self._day, ids[target])
        return target != place

    def first(self) -> bool:
        """To the first day of the month or year."""
        return self._to_end([day.date for day in self._days if self.belongs(day.date)][:1])

    def last(self) -> bool:
        """To its last day."""
        return self._to_end([day.date for day in self._days if self.belongs(day.date)][-1:])

    def page(self, pages: int) -> None:
        """Screenfuls are pages of their own: the screen turns them by `leap`."""

    # What a view of its own says

    def belongs(self, day: date) -> bool:
        """Whether a day is of the month or year that is shown, not of the one beside it."""
        raise NotImplementedError

    def lay_out(self) -> None:
        """Lay out anew."""

    def keep_visible(self) -> None:
        """Scroll to the cursor."""

    def day_at(self, x: int, y: int) -> tuple[date, str] | None:
        """The day under the mouse and the appointment there; None off the paper."""
        raise NotImplementedError

    # The cursor

    def _has(self, id: str) -> bool:
        return any(event.id == id for event in self.here())

    def _to_end(self, found: Sequence[date]) -> bool:
        if not found or found[0] == self._day:
            return False
        self._stand(found[0], "")
        return True

    def _stand(self, day: date, cursor: str) -> None:
        changed = (self._day, self._cursor) != (day, cursor)
        self._day, self._cursor = day, cursor
        if changed:
            self.keep_visible()
            self.refresh()
            self.post_message(self.Selected(self, self.current))

    # Mouse and size

    def on_resize(self) -> None:
        """Lay out anew for another size."""
        self.lay_out()
        self.keep_visible()
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        """A click goes to the day under the mouse, or to its appointment; a double click opens it."""
        offset = event.get_content_offset(self)
        spot = None if offset is None else self.day_at(offset.x, offset.y)
        if spot is None:
            return
        event.stop()
        self._stand(*spot)
        if event.chain == 2:
            self.post_message(self.Opened(self, self.current))
