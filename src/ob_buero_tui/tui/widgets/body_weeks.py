"""Bodies by weeks: a lane for each body, a column for each week, the day of the month where it sits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from ob_buero_tui.rules.german import iso_week, month
from ob_buero_tui.tui.commands import bindings_of
from ob_buero_tui.tui.safe import line
from ob_buero_tui.tui.widgets.drawing import Run, Toned, fit, wrap

HEAD = 2
"""Lines above the lanes: the months, the weeks."""
CELL = 3
"""Cells of a week: two digits and a sign."""
_NAME_MOST = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A session in a lane.

    Args:
        sign: One character behind the day that says the same as the tone.
    """

    id: int
    day: date
    sign: str = ""
    tone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """A body with its sessions by time."""

    name: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """A column.

    Args:
        monday: Its first day.
        ground: What lies behind it: "school" in the school holidays, "free", or nothing.
        sign: One character beside its number, such as F for the school holidays.
    """

    monday: date
    ground: str = ""
    sign: str = ""


class BodyWeeks(Toned, ScrollView, can_focus=True):
    """The grid; the cursor is the id of a mark, and follows from lane to lane what is nearest in time."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings_of("move_down", "move_up", "move_left", "move_right", "page_down", "page_up"),
        *bindings_of("first", "last", "open"),
    ]
    DEFAULT_CSS = """
    BodyWeeks { overflow-x: hidden; overflow-y: auto; scrollbar-size-vertical: 1; }
    """

    class Highlighted(Message):
        """The cursor has come to another mark."""

        def __init__(self, grid: BodyWeeks, mark_id: int | None) -> None:
            super().__init__()
            self.grid = grid
            self.mark_id = mark_id

        @property
        def control(self) -> BodyWeeks:
            """The grid, for `@on(…, "#selector")`."""
            return self.grid

    class Opened(Highlighted):
        """Enter or a double click on a mark."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._lanes: Sequence[Lane] = ()
        self._weeks: Sequence[Week] = ()
        self._empty = ""
        self._at: tuple[int, int] | None = None
        self._left = 0

    def show(self, lanes: Sequence[Lane], weeks: Sequence[Week], *, empty: str = "") -> None:
        """Show other lanes; the cursor stays on its mark where that is still there.

        Args:
            weeks: In their order, without a gap.
            empty: What to say where there is no lane.
        """
        before = self.cursor
        self._lanes, self._weeks, self._empty = lanes, weeks, empty
        self._at = None if before is None else self._find(before)
        if self._at is None:
            self._at = next(((row, 0) for row, lane in enumerate(lanes) if lane.marks), None)
        self._resized()
        if self.cursor != before:
            self.post_message(self.Highlighted(self, self.cursor))

    @property
    def cursor(self) -> int | None:
        """The id under the cursor."""
        mark = self._mark()
        return mark.id if mark is not None else None

    def select(self, id: int) -> bool:
        """Put the cursor on this id; False when no lane has it."""
        found = self._find(id)
        if found is not None:
            self._go(found)
        return found is not None

    # Moving

    def action_move_left(self) -> None:
        """The session before in this lane."""
        self._along(-1)

    def action_move_right(self) -> None:
        """The next session of this lane."""
        self._along(1)

    def action_move_down(self) -> None:
        """The next lane, where it is nearest in time."""
        self._across(1)

    def action_move_up(self) -> None:
        """The lane above."""
        self._across(-1)

    def action_page_down(self) -> None:
        """A screenful of lanes down."""
        self._across(max(1, self._room() - 1))

    def action_page_up(self) -> None:
        """A screenful of lanes up."""
        self._across(-max(1, self._room() - 1))

    def action_first(self) -> None:
        """The first session of this lane."""
        self._along(-len(self._weeks) * 7)

    def action_last(self) -> None:
        """The last session of this lane."""
        self._along(len(self._weeks) * 7)

    def action_open(self) -> None:
        """Open what is under the cursor."""
        if self.cursor is not None:
            self.post_message(self.Opened(self, self.cursor))

    def on_click(self, event: events.Click) -> None:
        """A click selects, a double click opens."""
        offset = event.get_content_offset(self)
        if offset is None or offset.y < HEAD:
            return
        row, week = (
            offset.y + self.scroll_offset.y - HEAD,
            self._left + (offset.x - self._names_width()) // CELL,
        )
        if row >= len(self._lanes) or offset.x < self._names_width() or week >= len(self._weeks):
            return
        event.stop()
        at = next((n for n, mark in enumerate(self._lanes[row].marks) if self._week_of(mark) == week), None)
        if at is not None:
            self._go((row, at))
            if event.chain == 2:
                self.action_open()

    def _along(self, by: int) -> None:
        if self._at is not None:
            row, at = self._at
            self._go((row, min(max(at + by, 0), len(self._lanes[row].marks) - 1)))

    def _across(self, by: int) -> None:
        mark = self._mark()
        if self._at is None or mark is None:
            return
        filled = [row for row, lane in enumerate(self._lanes) if lane.marks]
        place = min(max(filled.index(self._at[0]) + by, 0), len(filled) - 1)
        marks = self._lanes[filled[place]].marks
        self._go((filled[place], min(range(len(marks)), key=lambda n: abs(marks[n].day - mark.day))))

    def _go(self, at: tuple[int, int]) -> None:
        if at == self._at:
            return
        self._at = at
        self._keep_visible()
        self.refresh()
        self.post_message(self.Highlighted(self, self.cursor))

    def _find(self, id: int) -> tuple[int, int] | None:
        for row, lane in enumerate(self._lanes):
            for at, mark in enumerate(lane.marks):
                if mark.id == id:
                    return row, at
        return None

    def _mark(self) -> Mark | None:
        return None if self._at is None else self._lanes[self._at[0]].marks[self._at[1]]

    # Layout

    def on_resize(self) -> None:
        """Keep the cursor in sight when the room changes."""
        self._resized()

    def _resized(self) -> None:
        width = max(1, self.scrollable_content_region.width)
        self.virtual_size = Size(width, HEAD + len(self._lanes))
        self._keep_visible()
        self.refresh()

    def _keep_visible(self) -> None:
        shown = self._shown()
        self._left = max(0, min(self._left, len(self._weeks) - shown))
        mark = self._mark()
        if mark is None or self._at is None:
            return
        week = self._week_of(mark)
        if week < shown:
            self._left = 0  # the start of the year stays in sight as long as it can
        elif not self._left <= week < self._left + shown:
            self._left = max(0, min(week - shown // 2, len(self._weeks) - shown))
        # The head covers the first lines of what is scrolled to.
        self.scroll_to_region(Region(0, self._at[0], 1, HEAD + 1), animate=False, force=True)

    def _room(self) -> int:
        return max(1, self.scrollable_content_region.height - HEAD)

    def _names_width(self) -> int:
        """Cells of the names: as many as the weeks leave, at least a quarter where not all weeks fit."""
        longest = max((len(lane.name) for lane in self._lanes), default=0) + 2
        width = self.content_region.width - 1
        left = max(width - len(self._weeks) * CELL, width // 4)
        return max(1, min(longest, left, _NAME_MOST))

    def _shown(self) -> int:
        width = self.content_region.width - 1
        return max(1, min(len(self._weeks), (width - self._names_width()) // CELL))

    def _week_of(self, mark: Mark) -> int:
        return (mark.day - self._weeks[0].monday).days // 7 if self._weeks else 0

    # Drawing

    def render_line(self, y: int) -> Strip:
        """One line: the months, the weeks, or a lane."""
        width = self.scrollable_content_region.width
        if not self._lanes:
            lines = wrap(line(self._empty), max(1, width - 4))
            return self.strip((("  " + (lines[y - 1] if 0 < y <= len(lines) else ""), "quiet"),), width)
        if y == 0:
            return self.strip(((" " * self._names_width(), ""), *_months(self._columns())), width)
        if y == 1:
            return self._numbers(width)
        row = y + self.scroll_offset.y - HEAD
        return self._lane(row, width) if row < len(self._lanes) else self.strip((), width)

    def _columns(self) -> Sequence[Week]:
        return self._weeks[self._left : self._left + self._shown()]

    def _numbers(self, width: int) -> Strip:
        strips = [self.strip(((fit("  KW", self._names_width()), "quiet"),), self._names_width())]
        for week in self._columns():
            text = f"{iso_week(week.monday):2}{line(week.sign, limit=1) or ' '}"
            strips.append(self.strip(((text, "quiet"),), CELL, week.ground))
        return Strip.join(strips).adjust_cell_length(width, self.style_of())

    def _lane(self, row: int, width: int) -> Strip:
        lane, name = self._lanes[row], self._names_width()
        here = self._at is not None and self._at[0] == row
        bar = ("▌", "accent" if here else "bar")
        label = (fit(line(lane.name, limit=80), name - 2) + " ", "strong" if here else "")
        strips = [self.strip((bar, label), name)]
        found: dict[int, list[Mark]] = {}
        for mark in lane.marks:
            found.setdefault(self._week_of(mark), []).append(mark)
        for number, week in enumerate(self._columns(), start=self._left):
            strips.append(self._cell(found.get(number, ()), week))
        return Strip.join(strips).adjust_cell_length(width, self.style_of())

    def _cell(self, marks: Sequence[Mark], week: Week) -> Strip:
        if not marks:
            return self.strip(((" · ", "rule"),), CELL, week.ground)
        shown = next((mark for mark in marks if mark.id == self.cursor), marks[0])
        sign = line(shown.sign, limit=1) or ("+" if len(marks) > 1 else " ")
        ground = "cursor" if shown.id == self.cursor else week.ground
        return self.strip(((f"{shown.day.day:2}{sign}", shown.tone or "strong"),), CELL, ground)


def _months(weeks: Sequence[Week]) -> list[Run]:
    """The name of each month over its weeks, short where there is no room."""
    groups: list[tuple[date, int]] = []
    for week in weeks:
        # The week belongs to the month of its Thursday, as to its year (ISO 8601).
        day = (week.monday + timedelta(days=3)).replace(day=1)
        count = groups.pop()[1] if groups and groups[-1][0] == day else 0
        groups.append((day, count + 1))
    runs: list[Run] = []
    for day, count in groups:
        room = count * CELL
        name = month(day) if len(month(day)) < room else month(day)[: room - 1]
        runs.append((fit(name, room), "strong"))
    return runs
