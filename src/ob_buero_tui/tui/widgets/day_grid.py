"""One day as a proportional grid of time: overlaps side by side, travel as part of the event."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from rich.segment import Segment
from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from ob_buero_tui.rules.german import clock
from ob_buero_tui.services.views import DayEvent, DayView
from ob_buero_tui.tui.safe import line
from ob_buero_tui.tui.widgets.day_layout import Block, blocks, hours_of, minute_of
from ob_buero_tui.tui.widgets.day_text import bar, block_lines, ground, travel_text
from ob_buero_tui.tui.widgets.drawing import Line, Run, Toned, fit


class DayGrid(Toned, ScrollView, can_focus=True):
    """The grid of one day; the cursor is an event. The screen moves it through the methods below."""

    DEFAULT_CSS = """
    DayGrid { overflow-x: hidden; overflow-y: auto; scrollbar-size-vertical: 1; }
    """

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

    def __init__(self, *, show_hours: bool = True, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._show_hours = show_hours
        self._day: DayView | None = None
        self._now: datetime | None = None
        self._wanted_hours: tuple[int, int] | None = None
        self._cursor: str | None = None
        self._blocks: list[Block] = []
        self._slot, self._first_hour, self._rows = 30, 7, 1

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

    def _ordered(self) -> list[DayEvent]:
        events = self._day.events if self._day else ()
        return sorted(events, key=lambda event: (not event.all_day, event.start, event.lane, event.id))

    def _starting_event(self) -> str | None:
        ordered = self._ordered()
        if self._now is not None and self._day is not None and self._now.date() == self._day.date:
            coming = (event for event in ordered if not event.all_day and event.end > self._now)
            if (event := next(coming, None)) is not None:
                return event.id
        timed = [event for event in ordered if not event.all_day] or ordered
        return timed[0].id if timed else None

    def _arrange(self) -> None:
        if self._day is None:
            return
        first, last = self._wanted_hours or hours_of(self._day.events, self._day.date)
        room = self.scrollable_content_region.height - len(self._top())
        self._slot = 15 if (last - first) * 4 <= room else 30
        self._first_hour = first
        self._rows = (last - first) * 60 // self._slot
        self._blocks = blocks(
            self._day.events, self._day.date, first_hour=first, slot=self._slot, rows=self._rows
        )
        width = max(1, self.scrollable_content_region.width)
        self.virtual_size = Size(width, len(self._top()) + self._rows)

    def on_resize(self) -> None:
        """Choose the rows anew for another height."""
        self._arrange()
        self._keep_visible()

    def _row_of(self, moment: datetime) -> int:
        day = self._day.date if self._day else moment.date()
        return (minute_of(moment, day) - self._first_hour * 60) // self._slot

    def _scroll_to_start(self) -> None:
        """Begin at the present or the first event, with an hour of room above."""
        starts = [block.top for block in self._blocks]
        if self._now is not None and self._day is not None and self._now.date() == self._day.date:
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

    # Drawing

    def _top(self) -> list[tuple[DayEvent | None, Line]]:
        """What stays above the grid: names of the day, then all-day events, a third of the height at most."""
        if self._day is None:
            return []
        width = max(1, self.scrollable_content_region.width)
        notes: list[tuple[DayEvent | None, Line]] = [
            (None, ((f" {line(note)}", "warning"),)) for note in self._day.notes
        ]
        whole = [event for event in self._ordered() if event.all_day]
        limit = max(1, self.scrollable_content_region.height // 3 - len(notes))
        here = next((place for place, event in enumerate(whole) if event.id == self._cursor), 0)
        start = max(0, here - limit + 1)
        shown = whole[start : start + limit]
        left = len(whole) - len(shown)
        rows: list[tuple[DayEvent | None, Line]] = []
        for event in shown:
            more = f"  (+{left} ganztägig)" if left and event is shown[-1] else ""
            text = block_lines(event, max(1, width - 2 - len(more)), 1, 60)[0]
            rows.append((event, (bar(event), *text, (more, "quiet"))))
        return notes + rows

    def render_line(self, y: int) -> Strip:
        """A line of the top or a row of the grid."""
        width = self.scrollable_content_region.width
        if self._day is None:
            return self.strip((), width)
        top = self._top()
        if y < len(top):
            event, runs = top[y]
            behind = "" if event is None else "cursor" if event.id == self._cursor else ground(event)
            return self.strip(runs, width, behind)
        row = y - len(top) + self.scroll_offset.y
        if row >= self._rows:
            return self.strip((), width)
        label = self._label_width(width)
        return Strip.join([self._hour(row, label), self._row(row, width - label)]).adjust_cell_length(width)

    def _label_width(self, width: int) -> int:
        if not self._show_hours:
            return 0
        return 6 if width >= 30 else 3

    def _is_now(self, row: int) -> bool:
        return (
            self._now is not None
            and self._day is not None
            and self._now.date() == self._day.date
            and self._row_of(self._now) == row
        )

    def _hour(self, row: int, width: int) -> Strip:
        minutes = self._first_hour * 60 + row * self._slot
        text, tone = "", "quiet"
        if self._is_now(row) and self._now is not None:
            text, tone = clock(self._now), "accent"
        elif minutes % 60 == 0:
            text = f"{minutes // 60:02}:00"
        return self.strip(((fit(text[: max(0, width - 1)], width), tone),), width)

    def _row(self, row: int, width: int) -> Strip:
        """One row of the grid: blocks in their lanes, and the empty paper between them."""
        here = sorted(
            (block for block in self._blocks if block.top <= row < block.bottom), key=lambda block: block.lane
        )
        segments: list[Segment] = []
        at = 0
        for block in here:
            left, right = block.lane * width // block.lanes, (block.lane + 1) * width // block.lanes
            segments.extend(self._paper(row, left - at))
            segments.extend(self._cell(block, row, right - left))
            at = max(at, right)
        segments.extend(self._paper(row, width - at))
        return Strip(segments).adjust_cell_length(max(0, width), self.style_of())

    def _paper(self, row: int, width: int) -> Sequence[Segment]:
        if width <= 0:
            return ()
        if self._is_now(row):
            return (Segment("─" * width, self.style_of("accent")),)
        on_hour = (row * self._slot) % 60 == 0
        return (Segment(("┈" if on_hour else " ") * width, self.style_of("", "rule")),)

    def _cell(self, block: Block, row: int, width: int) -> Sequence[Segment]:
        """The part of a block in one row; its last cell stays paper, so that neighbours keep apart."""
        inner = width - 1 if width > 3 else width
        event = block.event
        behind = "cursor" if event.id == self._cursor else ""
        if block.start <= row < block.end:
            lines = block_lines(event, max(1, inner - 2), block.end - block.start, self._slot)
            text = lines[row - block.start] if row - block.start < len(lines) else ()
            runs: list[Run] = [bar(event), *text]
            behind = behind or ground(event)
        else:
            before = row < block.start
            minutes = event.travel_before_min if before else event.travel_after_min
            opening = row == (block.top if before else block.end)
            runs = [(travel_text(minutes, inner) if opening else "┆", "quiet")]
            behind = ""
        gap = [Segment(" " * (width - inner), self.style_of())] if width > inner else []
        return [*self.strip(runs, inner, behind), *gap]

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

    def _at(self, x: int, y: int) -> DayEvent | None:
        top = self._top()
        if y < len(top):
            return top[y][0]
        row = y - len(top) + self.scroll_offset.y
        width = self.scrollable_content_region.width
        label = self._label_width(width)
        for block in self._blocks:
            left = label + block.lane * (width - label) // block.lanes
            right = label + (block.lane + 1) * (width - label) // block.lanes
            if block.top <= row < block.bottom and left <= x < right:
                return block.event
        return None
