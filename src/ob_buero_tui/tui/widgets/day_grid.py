"""One day as a proportional grid of time: overlaps side by side, travel as part of the event."""

from __future__ import annotations

from datetime import date, datetime

from textual import events
from textual.message import Message

from ob_buero_tui.services.views import DayEvent, DayView
from ob_buero_tui.tui.widgets.day_canvas import DayCanvas


class DayGrid(DayCanvas, can_focus=True):
    """The grid of one day; the cursor is an event. The screen moves it through the methods below."""

    class Selected(Message):
        """The cursor stands on another event, or on none."""

        def __init__(self, grid: DayGrid, event: DayEvent | None) -> None:
            super().__init__()
            self.grid = grid
            self.event = event

        @property
        def control(self) -> DayGrid:
            """The grid, for `@on(…, "#selector")`."""
            return self.grid

    class Opened(Selected):
        """A double click on an event."""

    # What a screen gives and asks

    def show(
        self,
        day: DayView,
        *,
        now: datetime | None = None,
        cursor: str | None = None,
        hours: tuple[int, int] | None = None,
    ) -> None:
        """Show a day; shown again with the same date it keeps cursor and scroll place.

        Args:
            day: The day with its events.
            now: Local time for the line of the present; drawn only on its own day.
            cursor: Id of the event to stand on; otherwise the one before, the present or the first one.
            hours: First and last hour, for days side by side; otherwise what the events need.
        """
        same = self._day is not None and self._day.date == day.date
        before = self._cursor
        self._day, self._now, self._wanted_hours = day, now, hours
        ids = [event.id for event in self._ordered()]
        if cursor in ids:
            self._cursor = cursor
        elif not (same and self._cursor in ids):
            self._cursor = self._starting_event()
        self._arrange()
        if not same:
            self._scroll_to_start()
        self._keep_visible()
        self.refresh()
        if self._cursor != before or not same:
            self.post_message(self.Selected(self, self.current))

    def tick(self, now: datetime) -> None:
        """Move the line of the present."""
        self._now = now
        self.refresh()

    @property
    def view(self) -> DayView | None:
        """The day with its events, as it was given."""
        return self._day

    @property
    def date(self) -> date | None:
        """The day that is shown."""
        return None if self._day is None else self._day.date

    @property
    def current(self) -> DayEvent | None:
        """The event under the cursor."""
        return next((event for event in self._ordered() if event.id == self._cursor), None)

    def select(self, id: str) -> bool:
        """Put the cursor on an event; False when the day does not have it."""
        if all(event.id != id for event in self._ordered()):
            return False
        if id != self._cursor:
            self._cursor = id
            self._keep_visible()
            self.refresh()
            self.post_message(self.Selected(self, self.current))
        return True

    def move(self, events: int) -> bool:
        """Go on by events in the order of time; False at the ends."""
        ordered = [event.id for event in self._ordered()]
        if self._cursor not in ordered:
            return False
        here = ordered.index(self._cursor)
        target = min(max(here + events, 0), len(ordered) - 1)
        return target != here and self.select(ordered[target])

    def sideways(self, lanes: int) -> bool:
        """Go to the event beside the current one at the same time; False when there is none."""
        here = next((block for block in self._blocks if block.event.id == self._cursor), None)
        if here is None:
            return False
        beside = [
            block
            for block in self._blocks
            if block.top < here.bottom and here.top < block.bottom and (block.lane - here.lane) * lanes > 0
        ]
        if not beside:
            return False
        return self.select(min(beside, key=lambda block: abs(block.lane - here.lane)).event.id)

    def first(self) -> bool:
        """To the first event."""
        return self.move(-len(self._ordered()))

    def last(self) -> bool:
        """To the last event."""
        return self.move(len(self._ordered()))

    def page(self, pages: int) -> None:
        """Scroll by screenfuls; the cursor stays."""
        step = max(1, self.scrollable_content_region.height - len(self._top()) - 1)
        self.scroll_to(y=self.scroll_offset.y + pages * step, animate=False, force=True)

    # Layout

    def _starting_event(self) -> str | None:
        ordered = self._ordered()
        if self._now is not None and self._on_its_day():
            coming = (event for event in ordered if not event.all_day and event.end > self._now)
            if (event := next(coming, None)) is not None:
                return event.id
        timed = [event for event in ordered if not event.all_day] or ordered
        return timed[0].id if timed else None

    def on_resize(self) -> None:
        """Choose the rows anew for another height."""
        self._arrange()
        self._keep_visible()

    def _scroll_to_start(self) -> None:
        """Begin at the present or the first event, with an hour of room above."""
        starts = [block.top for block in self._blocks]
        if self._now is not None and self._on_its_day():
            starts = [self._row_of(self._now)]
        row = min(starts, default=120 // self._slot)
        self.scroll_to(y=max(0, row - 60 // self._slot), animate=False, force=True)

    def _keep_visible(self) -> None:
        block = next((block for block in self._blocks if block.event.id == self._cursor), None)
        if block is None:
            return
        top = len(self._top())
        room = max(1, self.scrollable_content_region.height - top)
        scroll = self.scroll_offset.y
        if block.top < scroll:
            self.scroll_to(y=block.top, animate=False, force=True)
        elif min(block.bottom, block.start + room) > scroll + room:
            self.scroll_to(y=min(block.bottom, block.start + room) - room, animate=False, force=True)

    # Mouse

    def on_click(self, event: events.Click) -> None:
        """A click selects the event under the mouse, a double click opens it."""
        offset = event.get_content_offset(self)
        found = None if offset is None else self._at(offset.x, offset.y)
        if found is not None:
            event.stop()
            self.select(found.id)
            if event.chain == 2:
                self.post_message(self.Opened(self, found))
