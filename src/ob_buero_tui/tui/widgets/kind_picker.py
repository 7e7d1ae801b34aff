"""The kind of a request, picked by its letter."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip

from ob_buero_tui.catalog.model import RequestKind
from ob_buero_tui.tui.safe import line
from ob_buero_tui.tui.widgets.drawing import Line, Toned, line_width

NO_KIND = ("", "0", "keine Art")
FOLDED = "  · Umschalt+Tab ändert die Art"
_LOW = 30
"""Rows below which the kinds give way to the form."""
_UNFOLDING = 0.4
"""Seconds in which a click may be the one that brought the focus."""


class KindPicker(Toned, can_focus=True):
    """„s Schirmherrschaft  g Grußwort …“: a letter picks, the arrows move, the present one is marked.

    Args:
        kinds: The kinds that are offered.
        current: Key of the present kind, empty for none.
    """

    DEFAULT_CSS = """
    KindPicker { width: 1fr; height: auto; }
    KindPicker > .ground--cursor { background: $cursor-row; }
    """

    class Picked(Message):
        """Another kind was picked."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    class Chosen(Message):
        """A letter was pressed: the kind is decided, the present one too."""

    def __init__(self, kinds: Sequence[RequestKind], current: str, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._entries = [(kind.key, kind.picker_key, kind.label) for kind in kinds] + [NO_KIND]
        self._fresh = False
        self.current = current if any(key == current for key, _, _ in self._entries) else ""

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """As many lines as the kinds need at this width; one while it is folded."""
        return max(1, len(self._lines(width)))

    @property
    def _folded(self) -> bool:
        """Whether only the present kind is shown: in a low window, while one types elsewhere."""
        return not self.has_focus and self.app.size.height < _LOW

    def _lines(self, width: int) -> list[list[tuple[str, Line]]]:
        if self._folded:
            name = next((name for key, _, name in self._entries if key == self.current), "")
            return [[(self.current, ((f"● {line(name)}", "strong"), (FOLDED, "quiet")))]]
        lines: list[list[tuple[str, Line]]] = [[]]
        used = 0
        for key, letter, name in self._entries:
            mark = "●" if key == self.current else " "
            runs: Line = ((f"{mark}", "accent"), (f"{letter} ", "accent"), (f"{line(name)} ", ""))
            size = line_width(runs)
            if lines[-1] and used + size > width:
                lines.append([])
                used = 0
            lines[-1].append((key, runs))
            used += size
        return lines

    def render_line(self, y: int) -> Strip:
        """One of the lines."""
        width = self.size.width
        lines = self._lines(width)
        strips = [
            self.strip(runs, line_width(runs), "cursor" if self.has_focus and key == self.current else "")
            for key, runs in (lines[y] if y < len(lines) else [])
        ]
        return Strip.join(strips).adjust_cell_length(width, self.style_of())

    def on_key(self, event: events.Key) -> None:
        """A letter picks; the arrows go through the kinds."""
        letters = {letter: key for key, letter, _ in self._entries}
        keys = [key for key, _, _ in self._entries]
        if event.key in ("left", "right"):
            step = 1 if event.key == "right" else -1
            self._pick(keys[(keys.index(self.current) + step) % len(keys)])
        elif event.character in letters:
            self._pick(letters[event.character])
            self.post_message(self.Chosen())
        else:
            return
        event.stop()
        event.prevent_default()

    def on_click(self, event: events.Click) -> None:
        """A click picks the kind under the mouse."""
        offset = event.get_content_offset(self)
        if offset is None or self._fresh:  # the click that unfolds it picks nothing
            return
        at = 0
        for key, runs in self._lines(self.size.width)[offset.y]:
            size = line_width(runs)
            if at <= offset.x < at + size:
                self._pick(key)
            at += size

    def on_focus(self) -> None:
        """Show the cursor, and all kinds."""
        self._fresh = self.app.size.height < _LOW
        self.set_timer(_UNFOLDING, self._unfolded)
        self.refresh(layout=True)

    def on_blur(self) -> None:
        """Hide it; where there is little room only the present kind stays."""
        self.refresh(layout=True)

    def _unfolded(self) -> None:
        self._fresh = False

    def _pick(self, key: str) -> None:
        if key != self.current:
            self.current = key
            self.refresh(layout=True)
            self.post_message(self.Picked(key))
