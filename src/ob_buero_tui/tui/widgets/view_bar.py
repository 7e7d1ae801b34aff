"""The views of the calendar by their digits, in one line: „1 Tag  2 Woche  3 Monat …“."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from textual import events
from textual.message import Message
from textual.strip import Strip

from ob_buero_tui.tui.widgets.drawing import Toned


class ViewBar(Toned):
    """What can be shown, and what is; a click chooses as the digit does."""

    DEFAULT_CSS = """
    ViewBar { height: 1; }
    """

    class Chosen(Message):
        """A view was clicked."""

        def __init__(self, digit: str) -> None:
            super().__init__()
            self.digit = digit

    def __init__(self, views: Sequence[tuple[str, str]], current: str, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._views, self._current = tuple(views), current

    def show(self, current: str) -> None:
        """Mark another view as the one that is shown."""
        self._current = current
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """The line, cut where it is too narrow."""
        strips = []
        for digit, name in self._views if y == 0 else ():
            picked = digit == self._current
            runs = [(f" {digit} ", "accent" if picked else "quiet"), (f"{name} ", "strong" if picked else "")]
            strips.append(self.strip(runs, _width(digit, name), "picked" if picked else ""))
        return Strip.join(strips).adjust_cell_length(self.size.width, self.style_of())

    def on_click(self, event: events.Click) -> None:
        """Choose the view under the mouse."""
        offset = event.get_content_offset(self)
        end = 0
        for digit, name in self._views:
            end += _width(digit, name)
            if offset is not None and offset.x < end:
                event.stop()
                self.post_message(self.Chosen(digit))
                return


def _width(digit: str, name: str) -> int:
    return cell_len(f" {digit} {name} ")
