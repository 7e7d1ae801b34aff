"""Where everything of the day grid stands: the days shown, the cursor, hours, blocks, bars and columns."""

from __future__ import annotations

from datetime import date, datetime

from textual.geometry import Size

from ob_buero_tui.services.views import DayEvent, DayView
from ob_buero_tui.tui.widgets.calendar_sheet import CalendarSheet
from ob_buero_tui.tui.widgets.day_bars import Bar, bars
from ob_buero_tui.tui.widgets.day_layout import (
    Block,
    Lanes,
    blocks,
    hours_of,
    is_bar,
    lanes_shown,
    paper_of,
    touches,
)
from ob_buero_tui.tui.widgets.drawing import Line
from ob_buero_tui.tui.widgets.ghost import Ghost

_USUAL_START = 9 * 60


class DayPlan(CalendarSheet):
    """The state of the grid and its arithmetic; it draws nothing."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._days: tuple[DayView, ...] = ()
        self._now: datetime | None = None
        self._ghost: Ghost | None = None
        # The cursor: the column of its day, the minute on the clock, and the event there.
        self._column, self._minute, self._cursor = 0, _USUAL_START, ""
        self._blocks: list[list[Block]] = []
        self._bars: list[list[Bar]] = []
        self._grounds: list[str] = []
        self._slot, self._first_hour, self._rows = 30, 7, 1
        # What was worked out for the present days and size, so that a row does not do it again.
        self._texts: dict[tuple[str, int, int, int], list[Line]] = {}
        self._lanes: dict[tuple[int, int], Lanes] = {}

    # Arranging

    def _arrange(self) -> None:
        """Work out rows, blocks and bars anew: for other days, another size or a ghost."""
        self._texts.clear()
        self._lanes.clear()
        if not self._days:
            return
        self._bars = bars(self._days)
        self._grounds = [paper_of(day) for day in self._days]
        first, last = self._hours()
        room = self.scrollable_content_region.height - self._top_height()
        # A little to scroll is better than half of a high window left empty.
        self._slot = 15 if (last - first) * 4 <= room * 9 // 8 else 30
        self._first_hour = first
        self._rows = (last - first) * 60 // self._slot
        self._blocks = [
            blocks(day.events, day.date, first_hour=first, slot=self._slot, rows=self._rows)
            for day in self._days
        ]
        width = max(1, self.scrollable_content_region.width)
        self.virtual_size = Size(width, self._top_height() + self._rows)

    def _hours(self) -> tuple[int, int]:
        """First and last hour: those that the events of all days need, and the one under the cursor."""
        spans = [hours_of(day.events, day.date) for day in self._days]
        if self._ghost is not None:
            spans += [hours_of((self._ghost,), day.date) for day in self._days]
        first, last = min(first for first, _ in spans), max(last for _, last in spans)
        return min(first, self._minute // 60), max(last, self._minute // 60 + 1)

    def _row_of(self, minute: int) -> int:
        return (minute - self._first_hour * 60) // self._slot

    def _ground_of(self, column: int) -> str:
        """The paper of a day: one that is free, or on which the mayor is away, looks different."""
        return self._grounds[column] if column < len(self._grounds) else ""

    def _shown_day(self) -> date:
        return self._days[self._column].date if self._days else date.min

    # Columns

    def _label_width(self) -> int:
        return 6 if self.scrollable_content_region.width >= 30 else 3

    def _edges(self, first: int, end: int) -> tuple[int, int]:
        """Left and right cell of the columns from `first` to the one before `end`."""
        label = self._label_width()
        room = max(0, self.scrollable_content_region.width - label)
        count = max(1, len(self._days))
        return label + first * room // count, label + end * room // count

    def _lanes_of(self, column: int, block: Block) -> Lanes:
        key = (column, block.group)
        if key not in self._lanes:
            left, right = self._edges(column, column + 1)
            here = next((one for one in self._blocks[column] if one.event.id == self._cursor), None)
            wanted = here.lane if here is not None and here.group == block.group else 0
            self._lanes[key] = lanes_shown(block.lanes, right - left, wanted)
        return self._lanes[key]

    # The top

    def _heads(self) -> int:
        return 1 if len(self._days) > 1 else 0

    def _shown_bars(self) -> tuple[list[list[Bar]], int]:
        """The rows of bars that have room, a third of the height at most, and how many are left out."""
        limit = max(1, self.scrollable_content_region.height // 3 - self._heads())
        if len(self._bars) <= limit:
            return self._bars, 0
        here = next(
            (
                n
                for n, row in enumerate(self._bars)
                for bar in row
                if bar.event and self._is_cursor(bar.event)
            ),
            0,
        )
        start = max(0, here - limit + 2)
        shown = self._bars[start : start + limit - 1] or self._bars[here : here + 1]
        return shown, len(self._bars) - len(shown)

    def _is_cursor(self, event: DayEvent) -> bool:
        return event.id == self._cursor

    def _ghost_bar(self) -> tuple[int, int] | None:
        """The columns over which a ghost lies that stands above the hours."""
        if self._ghost is None or not is_bar(self._ghost):
            return None
        on = [column for column, day in enumerate(self._days) if touches(self._ghost, day.date)]
        return (on[0], on[-1] + 1) if on else None

    def _top_height(self) -> int:
        shown, left = self._shown_bars()
        return self._heads() + len(shown) + (left > 0) + (self._ghost_bar() is not None)

    def _is_ghosts(self, event: DayEvent) -> bool:
        """Whether an event is the one that the ghost stands for."""
        return self._ghost is not None and bool(self._ghost.id) and event.id == self._ghost.id
