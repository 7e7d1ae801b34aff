"""What stands above the hours of the day grid: the days by name, and the bars across them."""

from __future__ import annotations

from collections.abc import Sequence

from textual.strip import Strip

from ob_buero_tui.tui.widgets.day_bars import Bar
from ob_buero_tui.tui.widgets.day_plan import DayPlan
from ob_buero_tui.tui.widgets.day_text import bar_line, ghost_lines, ground, head, note_line
from ob_buero_tui.tui.widgets.drawing import Line

Piece = tuple[int, int, Line, str]
"""Left and right cell, what stands between them, and its ground."""


class DayTop(DayPlan):
    """Draws the lines above the hours."""

    def _top_line(self, y: int, width: int) -> Strip:
        """A line above the hours: heads, then the ghost without a time, then bars, then what is left out."""
        if y < self._heads():
            return self._head_line(width)
        y -= self._heads()
        if (over := self._ghost_bar()) is not None and self._ghost is not None:
            if y == 0:
                left, right = self._edges(*over)
                text = ghost_lines(self._ghost, right - left - 1, 1)[0]
                return self._pieces([(left, right, (*text,), "ghost")], width)
            y -= 1
        shown, left_out = self._shown_bars()
        if y >= len(shown):
            count = sum(bar.event is not None for row in self._bars for bar in row)
            count -= sum(bar.event is not None for row in shown for bar in row)
            return self._pieces([(0, width, ((f" +{count or left_out} ganztägig", "quiet"),), "")], width)
        return self._pieces([self._bar(bar) for bar in shown[y]], width)

    def _head_line(self, width: int) -> Strip:
        pieces: list[Piece] = []
        today = self._now.date() if self._now is not None else None
        for column, day in enumerate(self._days):
            left, right = self._edges(column, column + 1)
            text = head(day.date, right - left - 1, today=day.date == today)
            here = "cursor" if column == self._column else ""
            pieces.append((left, right, (text,), here))
        return self._pieces(pieces, width)

    def _bar(self, bar: Bar) -> Piece:
        left, right = self._edges(bar.first, bar.end)
        if len(self._days) == 1:
            left = 0
        if bar.event is None:
            return left, right, note_line(bar.note, right - left - 1, ruled=len(self._days) > 1), ""
        faint = self._is_ghosts(bar.event)
        text = bar_line(bar.event, right - left - 1, self._days[0].date, self._days[-1].date, faint=faint)
        behind = "cursor" if self._is_cursor(bar.event) else "" if faint else ground(bar.event)
        return left, right, text, behind

    def _pieces(self, pieces: Sequence[Piece], width: int) -> Strip:
        """Some lines side by side; the last cell of each stays paper, so that they keep apart."""
        strips: list[Strip] = []
        at = 0
        for left, right, runs, behind in pieces:
            strips.append(self.strip((), left - at))
            inner = right - left - (1 if right < width else 0)
            strips += [self.strip(runs, inner, behind), self.strip((), right - left - inner)]
            at = right
        return Strip.join([*strips, self.strip((), width - at)]).adjust_cell_length(width)
