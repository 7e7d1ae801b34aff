"""The paper of the day grid: hours, blocks in their lanes, travel, and the line of the present."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from rich.segment import Segment
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from ob_buero_tui.rules.german import clock
from ob_buero_tui.services.views import DayEvent, DayView
from ob_buero_tui.tui.safe import line
from ob_buero_tui.tui.widgets.day_layout import Block, blocks, hours_of, minute_of
from ob_buero_tui.tui.widgets.day_text import block_lines, edge, ground, travel_text
from ob_buero_tui.tui.widgets.drawing import Line, Run, Toned, fit


class DayCanvas(Toned, ScrollView):
    """Draws one day row by row; `DayGrid` adds cursor, messages and mouse.

    Args:
        show_hours: False for the further days of a week that share one column of hours.
    """

    DEFAULT_CSS = """
    DayCanvas { overflow-x: hidden; overflow-y: auto; scrollbar-size-vertical: 1; }
    """

    def __init__(self, *, show_hours: bool = True, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._show_hours = show_hours
        self._day: DayView | None = None
        self._now: datetime | None = None
        self._wanted_hours: tuple[int, int] | None = None
        self._cursor: str | None = None
        self._blocks: list[Block] = []
        self._slot, self._first_hour, self._rows = 30, 7, 1
        # What was worked out for the present day and size, so that a row does not do it again.
        self._texts: dict[tuple[str, int, int], list[Line]] = {}
        self._top_known: tuple[object, list[tuple[DayEvent | None, Line]]] | None = None

    def _ordered(self) -> list[DayEvent]:
        events = self._day.events if self._day else ()
        return sorted(events, key=lambda event: (not event.all_day, event.start, event.lane, event.id))

    def _arrange(self) -> None:
        self._texts.clear()
        self._top_known = None
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

    def _row_of(self, moment: datetime) -> int:
        day = self._day.date if self._day else moment.date()
        return (minute_of(moment, day) - self._first_hour * 60) // self._slot

    def _on_its_day(self) -> bool:
        return self._now is not None and self._day is not None and self._now.date() == self._day.date

    def _top(self) -> list[tuple[DayEvent | None, Line]]:
        """The lines above the grid, worked out once for day, cursor and size."""
        key = (id(self._day), self._cursor, self.scrollable_content_region.size)
        if self._top_known is None or self._top_known[0] != key:
            self._top_known = (key, self._top_lines())
        return self._top_known[1]

    def _top_lines(self) -> list[tuple[DayEvent | None, Line]]:
        """What stays above the grid: names of the day, then all-day events, a third of the height at most."""
        if self._day is None:
            return []
        width = max(1, self.scrollable_content_region.width)
        notes: list[tuple[DayEvent | None, Line]] = [
            (None, ((f" {line(note)}", "strong"),)) for note in self._day.notes
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
            rows.append((event, (*edge(event), *text, (more, "quiet"))))
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
        return self._on_its_day() and self._now is not None and self._row_of(self._now) == row

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

    def _text_of(self, block: Block, width: int) -> list[Line]:
        key = (block.event.id, width, block.end - block.start)
        if key not in self._texts:
            self._texts[key] = block_lines(block.event, width, block.end - block.start, self._slot)
        return self._texts[key]

    def _cell(self, block: Block, row: int, width: int) -> Sequence[Segment]:
        """The part of a block in one row; its last cell stays paper, so that neighbours keep apart."""
        inner = width - 1 if width > 3 else width
        event = block.event
        behind = "cursor" if event.id == self._cursor else ""
        if block.start <= row < block.end:
            lines = self._text_of(block, max(1, inner - 2))
            text = lines[row - block.start] if row - block.start < len(lines) else ()
            runs: list[Run] = [*edge(event), *text]
            behind = behind or ground(event)
        else:
            before = row < block.start
            minutes = event.travel_before_min if before else event.travel_after_min
            opening = row == (block.top if before else block.end)
            runs = [(travel_text(minutes, inner) if opening else "┆", "quiet")]
            behind = ""
        gap = [Segment(" " * (width - inner), self.style_of())] if width > inner else []
        return [*self.strip(runs, inner, behind), *gap]

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
