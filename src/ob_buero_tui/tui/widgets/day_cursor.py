"""Moving about the day grid: from appointment to appointment, in time, to the lane and the day beside."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from ob_buero_tui.services.views import DayEvent
from ob_buero_tui.tui.widgets.day_canvas import DayCanvas
from ob_buero_tui.tui.widgets.day_layout import DAY_MINUTES, Block, is_bar, minute_of

_NEAR = 60
"""From an appointment one comes to another of the day beside that is at most so many minutes away."""


class DayCursor(DayCanvas):
    """The cursor: a time of a day, and the appointment there if there is one."""

    @property
    def moment(self) -> datetime:
        """Naive local time under the cursor: the beginning of an appointment that was walked to."""
        return datetime.combine(self._shown_day(), time.min) + timedelta(minutes=self._minute)

    @property
    def current(self) -> DayEvent | None:
        """The appointment under the cursor."""
        return next((event for event in self._here() if event.id == self._cursor), None)

    def select(self, id: str) -> bool:
        """Put the cursor on an appointment, of its own day first; False when none of the days has it."""
        columns = [self._column, *(column for column in range(len(self._days)) if column != self._column)]
        for column in columns:
            event = next((event for event in self._events(column) if event.id == id), None)
            if event is not None:
                self._stand(column, self._begin_of(event, column), id)
                return True
        return False

    def step(self, days: int) -> bool:
        """To the lane beside, else to another day shown: to what is there at about this time."""
        here = self._block()
        if abs(days) == 1 and here is not None:
            beside = [
                block
                for block in self._blocks[self._column]
                if block.top < here.bottom and here.top < block.bottom and (block.lane - here.lane) * days > 0
            ]
            if beside:
                return self.select(min(beside, key=lambda block: abs(block.lane - here.lane)).event.id)
        column = self._column + days
        if not 0 <= column < len(self._days):
            return False
        current = self.current
        if current is not None and any(event.id == current.id for event in self._events(column)):
            self._stand(column, self._begin_of(current, column), current.id)
        else:
            self._land(column, self._minute, near=current is not None)
        return True

    def step_event(self, events: int) -> bool:
        """To the next appointment of the day; from an empty stretch, to the next slot."""
        ids = [event.id for event in self._here()]
        if self._cursor not in ids:
            return self.step_minutes(self._slot if events > 0 else -self._slot)
        here = ids.index(self._cursor)
        target = min(max(here + events, 0), len(ids) - 1)
        return target != here and self.select(ids[target])

    def step_minutes(self, minutes: int) -> bool:
        """Earlier or later on the same day; False at its ends."""
        current = self.current
        minute = min(max(self._minute + minutes, 0), DAY_MINUTES - self._slot)
        if minute == self._minute and not (current is not None and is_bar(current)):
            return False
        self._land(self._column, minute)
        return True

    def first(self) -> bool:
        """To the first appointment of the day."""
        return self._to_end(0)

    def last(self) -> bool:
        """To the last appointment of the day."""
        return self._to_end(-1)

    def page(self, pages: int) -> None:
        """Earlier or later by a screenful."""
        room = max(1, self.scrollable_content_region.height - self._top_height() - 1)
        self.step_minutes(pages * room * self._slot)

    # What is where

    def _events(self, column: int) -> list[DayEvent]:
        """The events of a day in the order in which one walks: what stands above the hours first."""
        if not 0 <= column < len(self._days):
            return []
        rows = {bar.event.id: bar.row for row in self._bars for bar in row if bar.event is not None}
        places = {block.event.id: (block.start, block.lane) for block in self._blocks[column]}
        return sorted(
            self._days[column].events,
            key=lambda event: (
                not is_bar(event),
                rows.get(event.id, 0),
                places.get(event.id, (0, 0)),
                event.id,
            ),
        )

    def _here(self) -> list[DayEvent]:
        return self._events(self._column)

    def _block(self) -> Block | None:
        """The block under the cursor."""
        found = self._blocks[self._column] if self._column < len(self._blocks) else []
        return next((block for block in found if block.event.id == self._cursor), None)

    def _begin_of(self, event: DayEvent, column: int) -> int:
        """The minute to stand on with an event; with one without a time the minute stays."""
        return self._minute if is_bar(event) else minute_of(event.start, self._days[column].date)

    # Going there

    def _to_end(self, place: int) -> bool:
        here = self._here()
        return bool(here) and here[place].id != self._cursor and self.select(here[place].id)

    def _land(self, column: int, minute: int, *, near: bool = False) -> None:
        """To a time of a day: on the appointment there, or near it, or on the empty paper."""
        row = self._row_of(minute)
        found = [block for block in self._blocks[column] if block.top <= row < block.bottom]
        if near and not found:
            close = [block for block in self._blocks[column] if self._apart(block, row) * self._slot <= _NEAR]
            found = sorted(close, key=lambda block: self._apart(block, row))[:1]
            minute = self._begin_of(found[0].event, column) if found else minute
        best = min(
            found,
            key=lambda block: (
                block.event.id != self._cursor,
                not block.start <= row < block.end,
                block.lane,
            ),
            default=None,
        )
        self._stand(column, minute, best.event.id if best is not None else "")

    @staticmethod
    def _apart(block: Block, row: int) -> int:
        return max(block.top - row, row - block.bottom + 1, 0)

    def _stand(self, column: int, minute: int, cursor: str) -> None:
        """Put the cursor down."""
        raise NotImplementedError
