"""A year: twelve months side by side, each day with a sign for what gives it its character."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from textual.strip import Strip

from ob_buero_tui.rules.german import iso_week, month, short_range
from ob_buero_tui.rules.states import EventStatus
from ob_buero_tui.services.views import DayView
from ob_buero_tui.tui.safe import line
from ob_buero_tui.tui.widgets.date_sheet import WEEK, DateSheet
from ob_buero_tui.tui.widgets.drawing import Line, Run, fit

_MARGIN = 3
_CELL = 3
_LEAST = _MARGIN + WEEK * _CELL
"""Cells of a month: the number of the week, then two digits and a sign for each day."""
_ROWS = 8
"""Rows of a month: its name, the weekdays, six weeks."""
_CLOSE = 7
"""Rows of a month whose short name stands before the weekdays, so that a year fits a usual window."""
_WEEKS = 6
_NAMES = "Mo Di Mi Do Fr Sa So "


class YearGrid(DateSheet):
    """The days of one year; high windows name under each month what its signs mean."""

    leap_months: ClassVar[int] = 12
    legend: ClassVar[str] = "S Sitzung · W Wahl · F Feiertag oder geschlossen · × abwesend"
    nothing: ClassVar[str] = "Keine Sitzung an diesem Tag."

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._across = 3
        self._width = _LEAST + 1
        self._rows = _ROWS
        self._full = _ROWS
        """Rows of a month without the words below it."""
        self._margin = _MARGIN

    def belongs(self, day: date) -> bool:
        """Whether a day is of the year."""
        return day in self._on

    # Layout

    def lay_out(self) -> None:
        """Six, four, three or fewer months side by side, the rows below share the height."""
        size = self.scrollable_content_region
        self._across = next((n for n in (6, 4, 3, 2) if size.width // n > _LEAST), 1)
        if size.height >= 3 * (_ROWS + 4) and size.width // 4 > _LEAST:
            self._across = 4  # rather words under the months than six in a row
        self._width = max(_LEAST + 1, size.width // self._across)
        bands = 12 // self._across
        close = _CLOSE * bands <= size.height < _ROWS * bands and self._width > _LEAST + 1
        self._full, self._margin = (_CLOSE, _MARGIN + 1) if close else (_ROWS, _MARGIN)
        self._rows = max(self._full, size.height // bands)
        self.virtual_size = self.size.with_height(self._rows * (12 // self._across))

    def keep_visible(self) -> None:
        """Scroll to the month of the cursor where not all have room."""
        room, scroll = self.scrollable_content_region.height, self.scroll_offset.y
        top = (self._day.month - 1) // self._across * self._rows
        if top < scroll:
            self.scroll_to(y=top, animate=False, force=True)
        elif top + self._rows > scroll + room:
            full = self._full
            self.scroll_to(y=top + min(self._rows, full) - min(room, full), animate=False, force=True)
            if top + self._rows - room > 0:
                self.scroll_to(y=top + self._rows - room, animate=False, force=True)

    # Drawing

    def render_line(self, y: int) -> Strip:
        """One line of the months that stand side by side there."""
        width = self.scrollable_content_region.width
        place = y + self.scroll_offset.y
        band, row = divmod(place, self._rows)
        if not self._days or band * self._across >= 12:
            return self.strip((), width)
        strips = []
        for column in range(self._across):
            first = date(self._days[0].date.year, band * self._across + column + 1, 1)
            strips.append(self._month_line(first, row))
        return Strip.join(strips).adjust_cell_length(width)

    def _month_line(self, first: date, row: int) -> Strip:
        weeks = self._full - _WEEKS
        tone = "accent" if first.month == self._day.month else "strong"
        if row == weeks - 1:
            before = month(first)[:3] if weeks == 1 else ""
            return self.strip(((fit(before, self._margin), tone), (_NAMES, "quiet")), self._width)
        if row == 0:
            return self.strip(((f"   {month(first)}", tone),), self._width)
        if row < self._full:
            return self._week(first, row - weeks)
        words = self._words(first)
        at = row - self._full
        return self.strip(words[at] if at < min(len(words), self._rows - self._full - 1) else (), self._width)

    def _week(self, first: date, week: int) -> Strip:
        offset = first.weekday()
        days = [week * WEEK + n - offset for n in range(WEEK)]
        found = [self._on.get(_plus(first, n)) if n >= 0 else None for n in days]
        found = [day if day is not None and day.date.month == first.month else None for day in found]
        known = next((day for day in found if day is not None), None)
        number = f"{iso_week(known.date):2} " if known is not None else ""
        strips = [self.strip(((number, "quiet"),), self._margin)]
        strips += [self._cell(day) for day in found]
        return Strip.join(strips).adjust_cell_length(self._width, self.style_of())

    def _cell(self, day: DayView | None) -> Strip:
        if day is None:
            return self.strip((), _CELL)
        sign, tone = sign_of(day)
        today = self._now is not None and day.date == self._now.date()
        ghost = self._ghost is not None and self._ghost.start.date() <= day.date <= self._ghost.end.date()
        ground = "free" if day.free else "school" if day.school else ""
        if day.date == self._day:
            ground = "ghost" if ghost else "cursor"
        shade = "accent" if today else tone
        runs: list[Run] = [(f"{day.date.day:2}", shade), (sign, tone)]
        return Strip.join([self.strip(runs, _CELL, ground)])

    def _words(self, first: date) -> list[Line]:
        """What the signs of a month mean, by the day: „10. Stadtrat“, „21.–31.12. Weihnachtsferien“."""
        days = [day for day in self._days if day.date.month == first.month]
        spans: dict[str, list[date]] = {}
        found: list[tuple[date, str]] = []
        for day in days:
            for event in day.events:
                name = line(event.summary) + (" abgesagt" if event.status is EventStatus.CANCELLED else "")
                if event.meeting_id is not None or event.view != "full":
                    found.append((day.date, name))
                else:
                    spans.setdefault(name, []).append(day.date)
            for note in day.notes:
                spans.setdefault(line(note), []).append(day.date)
        found += [(dates[0], f"{short_range(dates[0], dates[-1])} {name}") for name, dates in spans.items()]
        texts = [
            text if text[:1].isdigit() else f"{on.day}.{on.month:02}. {text}" for on, text in sorted(found)
        ]
        return [((" " * _MARGIN + fit(text, self._width - _MARGIN - 1), "quiet"),) for text in texts]

    # Mouse

    def day_at(self, x: int, y: int) -> tuple[date, str] | None:
        """The day under the mouse."""
        band, row = divmod(y + self.scroll_offset.y, self._rows)
        column, cell = divmod(x, self._width)
        number, week = band * self._across + column + 1, row - self._full + _WEEKS
        if not self._days or column >= self._across or number > 12 or not 0 <= week < _WEEKS:
            return None
        first = date(self._days[0].date.year, number, 1)
        place = week * WEEK + (cell - self._margin) // _CELL - first.weekday()
        if cell < self._margin or (cell - self._margin) // _CELL >= WEEK or place < 0:
            return None
        day = _plus(first, place)
        return (day, "") if day.month == number and day in self._on else None


def _plus(first: date, days: int) -> date:
    return date.fromordinal(min(first.toordinal() + days, date.max.toordinal()))


def sign_of(day: DayView) -> Run:
    """The sign of a day and its tone: what matters most of what lies on it."""
    sessions = [event for event in day.events if event.meeting_id is not None]
    if day.election:
        return ("W", "warning")
    if any(event.status is not EventStatus.CANCELLED for event in sessions):
        return ("S", "accent")
    if any(event.away for event in day.events):
        return ("×", "warning")
    if day.free:
        return ("F", "success")
    return (" ", "quiet" if day.date.weekday() >= 5 else "")
