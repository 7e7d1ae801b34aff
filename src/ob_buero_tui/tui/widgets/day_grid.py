"""Days as a proportional grid of time: overlaps side by side, travel as part of the appointment."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from textual import events

from ob_buero_tui.services.views import DayEvent, DayView
from ob_buero_tui.tui.widgets.day_cursor import DayCursor
from ob_buero_tui.tui.widgets.day_layout import is_bar, rows_of, touches
from ob_buero_tui.tui.widgets.ghost import Ghost


class DayGrid(DayCursor):
    """One day, or several side by side; the screen moves the cursor."""

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
            days: The days with their events, in order.
            now: Local time for the line of the present; drawn only on its own day.
            cursor: Id of the event to stand on; otherwise the one before, the present or the first one.
            moment: The time to stand on, where several days are shown or the one is empty.
        """
        same = [day.date for day in self._days] == [day.date for day in days]
        before = self._cursor, self._column, self._minute
        self._days, self._now = tuple(days), now
        if not same or moment is not None:
            self._cursor, self._column = "", self._starting_column(moment)
        if moment is not None:
            self._minute = self._slotted(moment)
        self._arrange()
        with self.prevent(self.Selected):
            if cursor is None or not self.select(cursor):
                self._start(same, moment)
        if not same:
            self._scroll_to_start()
        self._keep_visible()
        self.refresh()
        if not same or before != (self._cursor, self._column, self._minute):
            self.post_message(self.Selected(self, self.current))

    def tick(self, now: datetime) -> None:
        """Move the line of the present."""
        self._now = now
        self.refresh()

    def preview(self, ghost: Ghost | None) -> None:
        """Draw an appointment over everything and scroll to it, or take it away."""
        self._ghost = ghost
        self._arrange()
        if ghost is None:
            self._keep_visible()
        else:
            for day in self._days:
                if touches(ghost, day.date) and not is_bar(ghost):
                    rows = rows_of(ghost, day.date, self._first_hour, self._slot, self._rows)
                    self._show_rows(rows[0], rows[3])
                    break
        self.refresh()

    @property
    def days(self) -> tuple[DayView, ...]:
        """The days with their events, as they were given."""
        return self._days

    # The cursor

    def _stand(self, column: int, minute: int, cursor: str) -> None:
        changed = (self._column, self._minute, self._cursor) != (column, minute, cursor)
        self._column, self._minute, self._cursor = column, minute, cursor
        if not changed:
            return
        self._lanes.clear()
        if not 0 <= self._row_of(minute) < self._rows:
            self._arrange()
        self._keep_visible()
        self.refresh()
        self.post_message(self.Selected(self, self.current))

    def _start(self, same: bool, moment: datetime | None) -> None:
        """Choose where to stand on days just given.

        A moment that is the present leads to what runs or comes next; so does a single day to its first.
        """
        starting = self._starting_event()
        if moment is None and same:
            if self.current is None:
                self._land(self._column, self._minute)
        elif starting is not None and (moment in (None, self._now) or (len(self._days) == 1 and not same)):
            self.select(starting.id)
        elif moment is not None:
            self._land(self._column, self._minute, near=not same)

    def _slotted(self, moment: datetime) -> int:
        """The minute of the slot in which a moment lies."""
        minute = moment.hour * 60 + moment.minute
        return minute - minute % self._slot

    def _starting_column(self, moment: datetime | None) -> int:
        dates = [day.date for day in self._days]
        for wanted in (moment, self._now):
            if wanted is not None and wanted.date() in dates:
                return dates.index(wanted.date())
        return 0

    def _starting_event(self) -> DayEvent | None:
        """The present or next one today, else the first one with a time."""
        here = self._here()
        timed = [event for event in here if not is_bar(event)]
        if self._now is not None and self._now.date() == self._shown_day():
            coming = next((event for event in timed if event.end > self._now), None)
            if coming is not None:
                return coming
        return next(iter(timed or here), None)

    # Layout

    def on_resize(self) -> None:
        """Choose the rows anew for another height."""
        self._arrange()
        self._keep_visible()

    def _scroll_to_start(self) -> None:
        """Begin at the present or the first event, with an hour of room above."""
        starts = [block.top for block in self._blocks[self._column]] if self._blocks else []
        if self._now is not None and self._now.date() == self._shown_day():
            starts = [self._row_of(self._now.hour * 60 + self._now.minute)]
        row = min(starts, default=self._row_of(self._minute))
        self.scroll_to(y=max(0, row - 60 // self._slot), animate=False, force=True)

    def _keep_visible(self) -> None:
        current = self.current
        if current is not None and is_bar(current):
            return
        block, row = self._block(), self._row_of(self._minute)
        if block is None:
            self._show_rows(row, row + 1)
        else:
            self._show_rows(block.top, block.bottom, block.start)

    def _show_rows(self, top: int, bottom: int, start: int | None = None) -> None:
        """Scroll as little as needed to show some rows, the first of them where not all have room."""
        room = max(1, self.scrollable_content_region.height - self._top_height())
        scroll = self.scroll_offset.y
        end = min(bottom, (top if start is None else start) + room)
        if top < scroll:
            self.scroll_to(y=top, animate=False, force=True)
        elif end > scroll + room:
            self.scroll_to(y=end - room, animate=False, force=True)

    # Mouse

    def on_click(self, event: events.Click) -> None:
        """A click selects what is under the mouse, a double click opens an appointment."""
        offset = event.get_content_offset(self)
        spot = None if offset is None else self._spot(offset.x, offset.y)
        if spot is None:
            return
        event.stop()
        self._stand(*spot)
        if event.chain == 2 and self.current is not None:
            self.post_message(self.Opened(self, self.current))

    def _spot(self, x: int, y: int) -> tuple[int, int, str] | None:
        """Column, minute and event under the mouse; None off the paper."""
        column = next((n for n in range(len(self._days)) if x < self._edges(n, n + 1)[1]), None)
        if column is None:
            return None
        top = self._top_height()
        if y < top:
            return self._spot_above(column, y)
        row = y - top + self.scroll_offset.y
        if row >= self._rows:
            return None
        minute = self._first_hour * 60 + row * self._slot
        left, _ = self._edges(column, column + 1)
        hidden = ""
        for block in self._blocks[column]:
            if block.top <= row < block.bottom:
                cells = self._lanes_of(column, block).cells(block.lane, block.span)
                if cells is None:
                    hidden = hidden or block.event.id
                elif cells[0] <= x - left < cells[1]:
                    return column, self._begin_of(block.event, column), block.event.id
        return column, minute, hidden

    def _spot_above(self, column: int, y: int) -> tuple[int, int, str] | None:
        """The bar under the mouse; a head leads to its day."""
        shown, _ = self._shown_bars()
        row = y - self._heads() - (self._ghost_bar() is not None)
        if not 0 <= row < len(shown):
            return (column, self._minute, "") if self._heads() and y == 0 else None
        found = (bar for bar in shown[row] if bar.first <= column < bar.end and bar.event is not None)
        bar = next(found, None)
        return None if bar is None or bar.event is None else (column, self._minute, bar.event.id)
