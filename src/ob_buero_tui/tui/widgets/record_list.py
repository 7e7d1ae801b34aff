"""The list of records: only the visible rows exist, the cursor is an id.

The list holds the ordered ids of a split and asks for rows when it draws them, so a hundred thousand
records cost no more than a screenful.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, ClassVar, TypeAlias

from textual import events
from textual.binding import BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from ob_buero_tui.tui.commands import bindings_of
from ob_buero_tui.tui.safe import line
from ob_buero_tui.tui.widgets.drawing import Run, Toned, wrap
from ob_buero_tui.tui.widgets.record_columns import draw_request
from ob_buero_tui.tui.widgets.record_rows import Fetch, RowCache

Draw: TypeAlias = Callable[[Any, int, bool, date | None], Sequence[Run]]
"""Draws a row: the row, the cells there are, whether it is marked, and today."""


class RecordList(Toned, ScrollView, can_focus=True):
    """A list of records drawn by line; of requests unless `draw` says otherwise."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings_of("move_down", "move_up", "page_down", "page_up", "first", "last", "open")
    ]
    DEFAULT_CSS = """
    RecordList { overflow-x: hidden; overflow-y: auto; scrollbar-size-vertical: 1; }
    """

    class Highlighted(Message):
        """The cursor stands on another record, or on none."""

        def __init__(self, record_list: RecordList, id: int | None) -> None:
            super().__init__()
            self.record_list = record_list
            self.id = id

        @property
        def control(self) -> RecordList:
            """The list, for `@on(…, "#selector")`."""
            return self.record_list

    class Opened(Highlighted):
        """Enter or a double click on a record."""

    class MarksChanged(Message):
        """The set of marked records has changed."""

        def __init__(self, record_list: RecordList, ids: tuple[int, ...]) -> None:
            super().__init__()
            self.record_list = record_list
            self.ids = ids

    def __init__(
        self, draw: Draw = draw_request, *, id: str | None = None, classes: str | None = None
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._draw = draw
        self._ids: Sequence[int] = ()
        self._rows = RowCache()
        self._index: int | None = None
        self._marked: set[int] = set()
        self._today: date | None = None
        self._empty = ""

    # What a screen gives and asks

    def show(
        self,
        ids: Sequence[int],
        fetch: Fetch,
        *,
        cursor: int | None = None,
        today: date | None = None,
        empty: str = "",
    ) -> None:
        """Show these records.

        Args:
            ids: Ordered ids; the list keeps the sequence and does not copy it.
            fetch: Gets the rows that are drawn.
            cursor: The id to stand on. Otherwise the cursor keeps its id, or else its place.
            today: Due dates far from it are shown with their year.
            empty: What to say when there are none: what to do next.
        """
        wanted = self.cursor if cursor is None else cursor
        before = self.cursor
        place = self._index or 0
        self._ids, self._today, self._empty = ids, today, empty
        self._rows = RowCache(ids, fetch)
        if self._marked:
            self._marked &= set(ids)
        self._index = self._place_of(wanted, place)
        self._resized()
        self._keep_visible()
        self.refresh()
        if self.cursor != before:
            self.post_message(self.Highlighted(self, self.cursor))

    @property
    def ids(self) -> Sequence[int]:
        """All ids in their order."""
        return self._ids

    @property
    def cursor(self) -> int | None:
        """The id under the cursor, None in an empty list."""
        return None if self._index is None else self._ids[self._index]

    def select(self, id: int) -> bool:
        """Put the cursor on this id; False when the list does not have it."""
        try:
            self._go(self._ids.index(id))
        except ValueError:
            return False
        return True

    def move(self, rows: int) -> bool:
        """Move the cursor by rows, stopping at the ends; False when it stands already there."""
        if self._index is None:
            return False
        target = min(max(self._index + rows, 0), len(self._ids) - 1)
        moved = target != self._index
        self._go(target)
        return moved

    def following(self) -> int | None:
        """The id after the cursor; None at the end, where the cursor stays or moves up by itself."""
        if self._index is None or self._index + 1 >= len(self._ids):
            return None
        return self._ids[self._index + 1]

    def preceding(self) -> int | None:
        """The id before the cursor; None at the top, where the cursor stays."""
        return self._ids[self._index - 1] if self._index else None

    # Marks

    @property
    def marked(self) -> tuple[int, ...]:
        """The marked ids in the order of the list."""
        if not self._marked:
            return ()
        return tuple(id for id in self._ids if id in self._marked)

    def toggle_mark(self) -> None:
        """Mark or unmark the record under the cursor and move on."""
        if (id := self.cursor) is None:
            return
        self._marked ^= {id}
        self.move(1)
        self._marks_changed()

    def mark_all(self) -> None:
        """Mark every record of the list."""
        self._marked = set(self._ids)
        self._marks_changed()

    def unmark_all(self) -> None:
        """Take every mark away."""
        self._marked = set()
        self._marks_changed()

    def _marks_changed(self) -> None:
        self.refresh()
        self.post_message(self.MarksChanged(self, self.marked))

    def action_move_down(self) -> None:
        """One row down."""
        self.move(1)

    def action_move_up(self) -> None:
        """One row up."""
        self.move(-1)

    def action_page_down(self) -> None:
        """One screenful down."""
        self.move(max(1, self._height() - 1))

    def action_page_up(self) -> None:
        """One screenful up."""
        self.move(-max(1, self._height() - 1))

    def action_first(self) -> None:
        """To the first row."""
        self.move(-len(self._ids))

    def action_last(self) -> None:
        """To the last row."""
        self.move(len(self._ids))

    def action_open(self) -> None:
        """Open the record under the cursor."""
        if self.cursor is not None:
            self.post_message(self.Opened(self, self.cursor))

    def on_click(self, event: events.Click) -> None:
        """A click selects, a double click opens."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        index = offset.y + self.scroll_offset.y
        if index < len(self._ids):
            event.stop()
            self._go(index)
            if event.chain == 2:
                self.action_open()

    # Drawing

    def render_line(self, y: int) -> Strip:
        """One row of the list, or the sentence of the empty list."""
        width = self.scrollable_content_region.width
        # One cell is kept for the scrollbar, so that its coming and going never moves a column.
        drawn = max(1, self.content_region.width - 1)
        if not self._ids:
            return self._empty_line(y, width)
        index = y + self.scroll_offset.y
        if index >= len(self._ids):
            return self.strip((), width)
        id = self._ids[index]
        marked = id in self._marked
        ground = "cursor" if index == self._index else "marked" if marked else ""
        row = self._rows.row(index, self.scroll_offset.y, self._height())
        if row is None:
            return self.strip((("   nicht mehr vorhanden", "quiet"),), width, ground)
        return self.strip(self._draw(row, drawn, marked, self._today), width, ground)

    def _empty_line(self, y: int, width: int) -> Strip:
        lines = wrap(line(self._empty), max(1, width - 4))
        place = y - 1
        text = lines[place] if 0 <= place < len(lines) else ""
        return self.strip((("  " + text, "quiet"),), width)

    def _height(self) -> int:
        return max(1, self.scrollable_content_region.height)

    def _resized(self) -> None:
        self.virtual_size = Size(max(1, self.scrollable_content_region.width), len(self._ids))

    def on_resize(self) -> None:
        """Keep the cursor in sight when the room changes."""
        self._resized()
        self._keep_visible()

    def _place_of(self, id: int | None, otherwise: int) -> int | None:
        if not self._ids:
            return None
        if id is not None:
            try:
                return self._ids.index(id)
            except ValueError:
                pass
        return min(otherwise, len(self._ids) - 1)

    def _go(self, index: int) -> None:
        before, self._index = self._index, index
        if before == index:
            return
        self._keep_visible()
        for place in (before, index):
            if place is not None:
                self.refresh_line(place)
        self.post_message(self.Highlighted(self, self.cursor))

    def _keep_visible(self) -> None:
        if self._index is not None:
            self.scroll_to_region(Region(0, self._index, 1, 1), animate=False, force=True)
