"""The tab row of a request: „Angaben │ Nachricht │ Anhänge 2 │ Aufgaben │ Verlauf“."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from textual import events
from textual.message import Message
from textual.strip import Strip

from ob_buero_tui.tui.safe import line
from ob_buero_tui.tui.widgets.drawing import Toned, fit


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
        limit = next((limit for limit in (40, 9, 7, 5, 3) if self._needed(limit) <= width), 2)
        strips, at = [], 0
        for place, label in enumerate(self._labels):
            text = f" {self._shortened(label, limit)} "
            if place:
                strips.append(self.strip((("│", "bar"),), 1))
                at += 1
            current = place == self._current
            tone = "" if current else "quiet"
            strips.append(self.strip(((text, tone),), cell_len(text), "picked" if current else ""))
            self._spots.append((at, at + cell_len(text), place))
            at += cell_len(text)
        return Strip.join(strips).adjust_cell_length(width, self.style_of())

    def _shortened(self, label: str, limit: int) -> str:
        name, _, count = label.partition(" ")
        name = fit(name, limit).rstrip() if cell_len(name) > limit else name
        return f"{name} {count}" if count else name

    def _needed(self, limit: int) -> int:
        return sum(cell_len(self._shortened(label, limit)) + 3 for label in self._labels) - 1

    def on_click(self, event: events.Click) -> None:
        """Choose the tab under the mouse."""
        offset = event.get_content_offset(self)
        for start, end, place in self._spots:
            if offset is not None and start <= offset.x < end:
                event.stop()
                self.post_message(self.Chosen(self, place))
