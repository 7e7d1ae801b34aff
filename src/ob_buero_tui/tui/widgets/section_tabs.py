"""The tab row of a request: „Angaben │ Nachricht │ Anhänge 2 │ Aufgaben │ Verlauf“."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len, set_cell_size
from textual import events
from textual.message import Message
from textual.strip import Strip

from ob_buero_tui.tui.safe import line
from ob_buero_tui.tui.widgets.drawing import Toned

_FITS = ((1, 40), (0, 40), (0, 8), (0, 7), (0, 6), (0, 5), (0, 4), (0, 3))
"""Blanks around a name and cells for it, from roomy to tight."""


class SectionTabs(Toned):
    """Tabs in one line; names shorten together when the line is narrow."""

    DEFAULT_CSS = """
    SectionTabs { height: 1; }
    """

    class Chosen(Message):
        """A tab was clicked; `place` counts from 0."""

        def __init__(self, tabs: SectionTabs, place: int) -> None:
            super().__init__()
            self.tabs = tabs
            self.place = place

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._labels: tuple[str, ...] = ()
        self._current = 0
        self._spots: list[tuple[int, int, int]] = []

    def show(self, labels: Sequence[str], current: int) -> None:
        """Show these tabs with one as the current one."""
        self._labels, self._current = tuple(line(label) for label in labels), current
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """The row for the present width."""
        width = self.size.width
        self._spots = []
        if y or not self._labels:
            return self.strip((), width)
        pad, limit = next((fit for fit in _FITS if self._needed(*fit) <= width), _FITS[-1])
        strips, at = [], 0
        for place in range(len(self._labels)):
            text = " " * pad + self._shortened(place, limit) + " " * pad
            if place:
                strips.append(self.strip((("│", "bar"),), 1))
                at += 1
            current = place == self._current
            tone = "" if current else "quiet"
            strips.append(self.strip(((text, tone),), cell_len(text), "picked" if current else ""))
            self._spots.append((at, at + cell_len(text), place))
            at += cell_len(text)
        return Strip.join(strips).adjust_cell_length(width, self.style_of())

    def _shortened(self, place: int, limit: int) -> str:
        """A label cut to `limit` cells before its count; the current one stays whole."""
        name, _, count = self._labels[place].partition(" ")
        if place != self._current and cell_len(name) > limit:
            name = set_cell_size(name, limit - 1) + "."
        return f"{name} {count}" if count else name

    def _needed(self, pad: int, limit: int) -> int:
        shortened = (self._shortened(place, limit) for place in range(len(self._labels)))
        return sum(cell_len(text) + 2 * pad + 1 for text in shortened) - 1

    def on_click(self, event: events.Click) -> None:
        """Choose the tab under the mouse."""
        offset = event.get_content_offset(self)
        for start, end, place in self._spots:
            if offset is not None and start <= offset.x < end:
                event.stop()
                self.post_message(self.Chosen(self, place))
