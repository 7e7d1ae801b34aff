"""The paper of the day grid: hours, days side by side, blocks in their lanes, and the line of the present."""

from __future__ import annotations

from collections.abc import Sequence

from rich.segment import Segment
from textual.strip import Strip

from ob_buero_tui.rules.german import clock
from ob_buero_tui.tui.widgets.day_layout import Block, is_bar, rows_of, touches
from ob_buero_tui.tui.widgets.day_text import block_lines, edge, ghost_lines, ground, travel_text
from ob_buero_tui.tui.widgets.day_top import DayTop
from ob_buero_tui.tui.widgets.drawing import Line, Run, fit

_NO_GAP = 3
"""A lane of so few cells uses them all."""
_OVERLAID = 12
"""Where a day is wider than this, a ghost leaves the left of it to what it lies over."""


class DayCanvas(DayTop):
    """Draws days side by side row by row; `DayGrid` adds cursor, messages and mouse."""

    # The rows

    def render_line(self, y: int) -> Strip:
        """A line of the top or a row of the grid."""
        width = self.scrollable_content_region.width
        if not self._days:
            return self.strip((), width)
        top = self._top_height()
        if y < top:
            return self._top_line(y, width)
        row = y - top + self.scroll_offset.y
        if row >= self._rows:
            return self.strip((), width)
        columns = [self._row(row, column) for column in range(len(self._days))]
        return Strip.join([self._hour(row), *columns]).adjust_cell_length(width)

    def _is_now(self, row: int, column: int | None = None) -> bool:
        """Whether the present is in this row, of a column or of any."""
        now = self._now
        days = self._days if column is None else self._days[column : column + 1]
        if now is None or all(day.date != now.date() for day in days):
            return False
        return row == self._row_of(now.hour * 60 + now.minute)

    def _hour(self, row: int) -> Strip:
        width = self._label_width()
        minutes = self._first_hour * 60 + row * self._slot
        text, tone = "", "quiet"
        if self._is_now(row) and self._now is not None:
            text, tone = clock(self._now), "accent"
        elif row == self._row_of(self._minute) and not self._cursor:
            text, tone = self._moment_text(), "strong"
        elif minutes % 60 == 0:
            text = f"{minutes // 60:02}:00"
        return self.strip(((fit(text[: max(0, width - 1)], width), tone),), width)

    def _row(self, row: int, column: int) -> Strip:
        """One row of a day: blocks in their lanes, the empty paper between them, and a ghost over all."""
        left, right = self._edges(column, column + 1)
        width = right - left
        strip = Strip(self._blocks_and_paper(row, column, width))
        over = self._ghost_row(row, column, width)
        if over is not None:
            strip = Strip.join([strip.crop(0, width - over.cell_length), over])
        strip = strip.adjust_cell_length(max(0, width), self.style_of())
        if column + 1 == len(self._days) or width <= _NO_GAP:
            return strip
        edge_of_day = Segment("│", self.style_of("rule", self._ground_of(column)))
        return Strip.join([strip.crop(0, width - 1), Strip([edge_of_day])])

    def _blocks_and_paper(self, row: int, column: int, width: int) -> list[Segment]:
        placed: list[tuple[int, int, Block]] = []
        hidden: list[Block] = []
        for block in self._blocks[column]:
            if not block.top <= row < block.bottom:
                continue
            cells = self._lanes_of(column, block).cells(block.lane, block.span)
            if cells is None:
                hidden.append(block)
            else:
                placed.append((*cells, block))
        segments: list[Segment] = []
        at = 0
        for begin, end, block in sorted(placed, key=lambda one: one[0]):
            segments.extend(self._paper(row, column, begin - at))
            segments.extend(self._cell(block, row, column, end - begin))
            at = end
        if hidden:
            more = self._lanes_of(column, hidden[0]).width
            segments.extend(self._paper(row, column, more - at))
            begins = row == int(self.scroll_offset.y) or any(block.top == row for block in hidden)
            count = fit(f"+{len(hidden)}" if begins else "", width - more)
            segments.append(Segment(count, self.style_of("strong", self._ground_of(column))))
            at = width
        segments.extend(self._paper(row, column, width - at))
        return segments

    def _paper(self, row: int, column: int, width: int) -> Sequence[Segment]:
        if width <= 0:
            return ()
        here = column == self._column and not self._cursor and row == self._row_of(self._minute)
        if here:
            inner = width - 1 if width > _NO_GAP else width
            text = self.strip(((fit(f"+ {self._moment_text()}", inner), "strong"),), inner, "cursor")
            return [*text, *self._bare(width - inner, column)]
        behind = self._ground_of(column)
        if self._is_now(row, column):
            return (Segment("─" * width, self.style_of("accent", behind)),)
        on_hour = (row * self._slot) % 60 == 0
        return (Segment(("┈" if on_hour else " ") * width, self.style_of("rule", behind)),)

    def _moment_text(self) -> str:
        return f"{self._minute // 60:02}:{self._minute % 60:02}"

    def _bare(self, width: int, column: int) -> Sequence[Segment]:
        return (Segment(" " * width, self.style_of("", self._ground_of(column))),) if width > 0 else ()

    def _lines_of(self, block: Block, width: int) -> tuple[int, list[Line]]:
        """The row from which on a block is in sight, and its text from there."""
        first = min(max(block.start, int(self.scroll_offset.y)), block.end - 1)
        key = (block.event.id, width, block.end - first, self._slot)
        if key not in self._texts:
            self._texts[key] = block_lines(block.event, width, block.end - first, self._slot)
        return first, self._texts[key]

    def _cell(self, block: Block, row: int, column: int, width: int) -> Sequence[Segment]:
        """The part of a block in one row; its last cell stays paper, so that neighbours keep apart."""
        inner = width - 1 if width > _NO_GAP else width
        event = block.event
        behind = "cursor" if self._is_cursor(event) else ""
        if block.start <= row < block.end:
            first, lines = self._lines_of(block, max(1, inner - 2))
            text = lines[row - first] if 0 <= row - first < len(lines) else ()
            runs: list[Run] = [*edge(event), *text]
            behind = behind or ground(event)
        else:
            before = row < block.start
            minutes = event.travel_before_min if before else event.travel_after_min
            opening = row == (block.top if before else block.end)
            runs = [(travel_text(minutes, inner) if opening else "┆", "quiet")]
            behind = self._ground_of(column)
        if self._is_ghosts(event):
            runs, behind = [(text, "quiet") for text, _ in runs], self._ground_of(column)
        return [*self.strip(runs, inner, behind), *self._bare(width - inner, column)]

    def _ghost_row(self, row: int, column: int, width: int) -> Strip | None:
        """The part of the ghost in one row of a day, None where it is not; what it lies over looks out."""
        ghost, day = self._ghost, self._days[column].date
        if ghost is None or is_bar(ghost) or not touches(ghost, day):
            return None
        top, start, end, bottom = rows_of(ghost, day, self._first_hour, self._slot, self._rows)
        if not top <= row < bottom:
            return None
        others = (block for block in self._blocks[column] if not self._is_ghosts(block.event))
        under = any(block.top < bottom and top < block.bottom for block in others)
        inner = width - (width // 3 if under and width > _OVERLAID else 0) - 1
        if start <= row < end:
            first = min(max(start, int(self.scroll_offset.y)), end - 1)
            lines = ghost_lines(ghost, max(1, inner - 2), end - first)
            runs = lines[row - first] if row - first < len(lines) else (("┃", "accent"),)
            strip = self.strip(runs, inner, "ghost")
        else:
            minutes = ghost.travel_before_min if row < start else ghost.travel_after_min
            opening = row in (top, end)
            strip = self.strip(((travel_text(minutes, inner) if opening else "┆", "quiet"),), inner)
        return Strip([*strip, *self._bare(1, column)])
