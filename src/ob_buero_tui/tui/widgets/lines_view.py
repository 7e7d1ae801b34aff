"""A scrolling text made of toned lines: the body of the panels and of the help."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar, TypeAlias

from textual.binding import BindingType
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from ob_buero_tui.tui.commands import bindings_of
from ob_buero_tui.tui.widgets.drawing import Line, Toned

Build: TypeAlias = Callable[[int], Sequence[Line]]
"""Makes the lines for a width in cells."""


def _nothing(_width: int) -> Sequence[Line]:
    return ()


class LinesView(Toned, ScrollView, can_focus=True):
    """Lines that a builder makes for the present width; made again only when the width changes."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings_of("move_down", "move_up", "page_down", "page_up", "first", "last")
    ]
    DEFAULT_CSS = """
    LinesView { overflow-x: hidden; overflow-y: auto; scrollbar-size-vertical: 1; }
    """

    def __init__(self, build: Build = _nothing, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._build = build
        self._lines: Sequence[Line] = ()
        self._built_for = -1

    def show(self, build: Build, *, keep_place: bool = False) -> None:
        """Show other lines; from their start unless the place is kept."""
        self._build = build
        self._built_for = -1
        self._rebuild()
        if not keep_place:
            self.scroll_to(y=0, animate=False, force=True)
        self.refresh()

    @property
    def line_count(self) -> int:
        """How many lines there are at the present width."""
        return len(self._lines)

    def on_resize(self) -> None:
        """Make the lines again for another width."""
        self._rebuild()

    def render_line(self, y: int) -> Strip:
        """One line."""
        width = self.scrollable_content_region.width
        place = y + self.scroll_offset.y
        return self.strip(self._lines[place] if place < len(self._lines) else (), width)

    def action_move_down(self) -> None:
        """One line down."""
        self._scroll_by(1)

    def action_move_up(self) -> None:
        """One line up."""
        self._scroll_by(-1)

    def action_page_down(self) -> None:
        """One screenful down."""
        self._scroll_by(max(1, self.scrollable_content_region.height - 1))

    def action_page_up(self) -> None:
        """One screenful up."""
        self._scroll_by(-max(1, self.scrollable_content_region.height - 1))

    def action_first(self) -> None:
        """To the start."""
        self.scroll_to(y=0, animate=False, force=True)

    def action_last(self) -> None:
        """To the end."""
        self.scroll_to(y=len(self._lines), animate=False, force=True)

    def _scroll_by(self, lines: int) -> None:
        self.scroll_to(y=self.scroll_offset.y + lines, animate=False, force=True)

    def _rebuild(self) -> None:
        # One cell is kept for the scrollbar, so that its coming and going never wraps the text anew.
        width = max(1, self.content_region.width - 1)
        if width != self._built_for:
            self._built_for = width
            self._lines = self._build(width)
        self.virtual_size = Size(width, len(self._lines))
