"""A month: weeks as rows with their number, days as cells with as many appointments as have room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from textual.strip import Strip

from ob_buero_tui.rules.german import WEEKDAYS, clock, iso_week
from ob_buero_tui.rules.states import EventStatus
from ob_buero_tui.services.views import DayEvent, DayView
from ob_buero_tui.tui.safe import line
from ob_buero_tui.tui.widgets.date_sheet import WEEK, DateSheet
from ob_buero_tui.tui.widgets.day_bars import Bar, bars
from ob_buero_tui.tui.widgets.day_layout import is_bar, touches
from ob_buero_tui.tui.widgets.day_text import bar_line, edge, ghost_lines, title
from ob_buero_tui.tui.widgets.drawing import Line, Run, fit

_MARGIN = 3
"""Cells of the number of the week."""
_LONGEST = 11
"""Cells from which the weekdays are written out, all of them or none."""
_LEAST = 2
"""Rows of a week at least: the number of the day, and one line."""
_GHOST = 22
"""Cells from which an appointment on its way says its times too."""
_TIMED = 14
"""Cells of a day from which the time stands before a title."""


@dataclass(frozen=True, slots=True)
class _Cell:
    """A line of a day, and the appointment that it names."""

    runs: Line
    event: str = ""
    ground: str = ""


class MonthGrid(DateSheet):
    """The weeks of one month; days of the months beside it stand quiet."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._bars: list[list[list[Bar]]] = []
        self._tops: list[int] = []
        self._heights: list[int] = []

    def belongs(self, day: date) -> bool:
        """Whether a day is of the month itself; the second Monday always is."""
        return len(self._days) > WEEK and day.month == self._days[WEEK].date.month

    # Layout

    def lay_out(self) -> None:
        """Share the height among the weeks; what is over goes to the first ones."""
        weeks = [self._days[at : at + WEEK] for at in range(0, len(self._days), WEEK)]
        self._bars = [[row for row in bars(week) if row[0].event is not None] for week in weeks]
        room = max(0, self.scrollable_content_region.height - 1)
        count = max(1, len(weeks))
        self._heights = [max(_LEAST, room // count + (n < room % count)) for n in range(len(weeks))]
        self._tops = [sum(self._heights[:n]) for n in range(len(weeks))]
        self.virtual_size = self.size.with_height(1 + sum(self._heights))

    def keep_visible(self) -> None:
        """Scroll to the week of the cursor, in a window too low for all."""
        week = self._week_of(self._day)
        if week is None:
            return
        room, scroll = self.scrollable_content_region.height - 1, self.scroll_offset.y
        top, bottom = self._tops[week], self._tops[week] + self._heights[week]
        if top < scroll or bottom > scroll + room:
            self.scroll_to(y=top if top < scroll else bottom - room, animate=False, force=True)

    def _week_of(self, day: date) -> int | None:
        if not self._days or not self._days[0].date <= day <= self._days[-1].date:
            return None
        return (day - self._days[0].date).days // WEEK

    def _edges(self, column: int) -> tuple[int, int]:
        """Left and right cell of a day; what is over is shared from the left."""
        width = max(WEEK, self.scrollable_content_region.width - _MARGIN)
        return _MARGIN + width * column // WEEK, _MARGIN + width * (column + 1) // WEEK

    # Drawing

    def render_line(self, y: int) -> Strip:
        """One line: the names of the weekdays, then a row of a week."""
        width = self.scrollable_content_region.width
        if y == 0:
            return self._names(width)
        row = y - 1 + self.scroll_offset.y
        week = next((n for n, top in enumerate(self._tops) if top <= row < top + self._heights[n]), None)
        return self.strip((), width) if week is None else self._week_line(week, row - self._tops[week], width)

    def _names(self, width: int) -> Strip:
        strips = [self.strip((("KW", "quiet"),), _MARGIN)]
        for column, name in enumerate(WEEKDAYS):
            left, right = self._edges(column)
            shown = name if self._edges(0)[1] - _MARGIN > _LONGEST else name[:2]
            strips.append(self.strip(((shown, "quiet"),), right - left))
        return Strip.join(strips).adjust_cell_length(width)

    def _week_line(self, week: int, row: int, width: int) -> Strip:
        days = self._days[week * WEEK : (week + 1) * WEEK]
        number = f"{iso_week(days[0].date):2}" if row == 0 else ""
        strips = [self.strip(((number, "quiet"),), _MARGIN)]
        column = 0
        while column < WEEK:
            bar = self._bar_at(week, row, column)
            end = bar.end if bar is not None else column + 1
            left, right = self._edges(column)[0], self._edges(end - 1)[1]
            day = days[column]
            if bar is not None and bar.event is not None:
                runs = bar_line(bar.event, right - left - 1, days[0].date, days[-1].date)
                chosen = bar.event.id == self._cursor
                here = any(days[n].date == self._day for n in range(column, end))
                ground = "cursor" if here and chosen else "busy"
                strips += [self.strip(runs, right - left - 1, ground), self.strip((), 1, self._paper(day))]
            else:
                cell = self._cell(week, row, day, right - left - 1)
                behind = cell.ground or self._paper(day)
                strips += [
                    self.strip(cell.runs, right - left - 1, behind),
                    self.strip((), 1, self._paper(day)),
                ]
            column = end
        return Strip.join(strips).adjust_cell_length(width)

    def _paper(self, day: DayView) -> str:
        if day.date == self._day:
            return "cursor"
        return "free" if day.free else "school" if day.school else ""

    def _bar_at(self, week: int, row: int, column: int) -> Bar | None:
        """The bar that begins here; rows below the last one that has room show none."""
        at = row - 1
        if not 0 <= at < min(len(self._bars[week]), self._heights[week] - 1):
            return None
        return next((bar for bar in self._bars[week][at] if bar.first == column), None)

    def _cell(self, week: int, row: int, day: DayView, width: int) -> _Cell:
        lines = self._lines(week, day, width)
        return lines[row] if row < len(lines) else _Cell(())

    def _lines(self, week: int, day: DayView, width: int) -> list[_Cell]:
        """All lines of a day, as many as its week has rows; what is left out is counted beside its number."""
        room = self._heights[week] - 1
        column = day.date.weekday()
        over = [row for row in self._bars[week] if any(bar.first <= column < bar.end for bar in row)]
        last = max((n for n, row in enumerate(self._bars[week]) if row in over), default=-1) + 1
        timed = [event for event in day.events if not is_bar(event)]
        lines = [_Cell(())] * min(last, room)
        if self._ghost is not None and touches(self._ghost, day.date):
            narrow = replace(self._ghost, all_day=self._ghost.all_day or width < _GHOST)
            lines.append(_Cell(ghost_lines(narrow, width - 1, 1)[0], ground="ghost"))
        free = max(0, room - len(lines))
        first = self._first_shown(timed, free)
        lines += [self._event(event, width) for event in timed[first : first + free]]
        bars_hidden = sum(
            any(bar.first <= column < bar.end for bar in row) for row in self._bars[week][room:]
        )
        hidden = len(timed) - min(len(timed), free) + bars_hidden
        return [self._head(day, width, hidden), *lines]

    def _first_shown(self, timed: Sequence[DayEvent], room: int) -> int:
        """Where to begin, so that the appointment under the cursor is among those shown."""
        place = next((n for n, event in enumerate(timed) if event.id == self._cursor), 0)
        return max(0, place - room + 1) if self._day_has(timed) else 0

    def _day_has(self, timed: Sequence[DayEvent]) -> bool:
        return bool(timed) and any(event.id == timed[0].id for event in self.here())

    def _head(self, day: DayView, width: int, hidden: int) -> _Cell:
        """„25 heute Bußtag   +3“."""
        today = self._now is not None and day.date == self._now.date()
        tone = "accent" if today else "strong" if self.belongs(day.date) else "quiet"
        words = [*(["heute"] if today else []), *(line(note) for note in day.notes)]
        if any(event.away for event in day.events):
            words.append("abwesend")
        more = f" +{hidden}" if hidden else ""
        named: list[Run] = [(f"{day.date.day:2} ", tone)]
        named.append((fit(" · ".join(words), max(0, width - 3 - len(more))), "quiet"))
        return _Cell((*named, (more, "strong")))

    def _event(self, event: DayEvent, width: int) -> _Cell:
        """„▌! 09:00 Jour fixe“."""
        runs: list[Run] = edge(event)
        faint = self._ghost is not None and self._ghost.id == event.id
        if event.conflicts:
            runs.append(("!", "error"))
        cancelled = event.status is EventStatus.CANCELLED
        if width >= _TIMED:
            runs.append((f"{clock(event.start)} ", "quiet"))
        runs.append((title(event), "struck" if cancelled else "quiet" if faint else ""))
        chosen = event.id == self._cursor and self._day_has([event])
        return _Cell(tuple(runs), event=event.id, ground="picked" if chosen else "")

    # Mouse

    def day_at(self, x: int, y: int) -> tuple[date, str] | None:
        """The day under the mouse, and the appointment in that line."""
        row = y - 1 + self.scroll_offset.y
        week = next((n for n, top in enumerate(self._tops) if top <= row < top + self._heights[n]), None)
        column = next((n for n in range(WEEK) if self._edges(n)[0] <= x < self._edges(n)[1]), None)
        if week is None or column is None or y == 0:
            return None
        day = self._days[week * WEEK + column]
        at = row - self._tops[week]
        if 0 < at <= len(self._bars[week]):
            found = (bar for bar in self._bars[week][at - 1] if bar.first <= column < bar.end)
            bar = next(found, None)
            if bar is not None and bar.event is not None:
                return day.date, bar.event.id
        left, right = self._edges(column)
        return day.date, self._cell(week, at, day, right - left - 1).event
