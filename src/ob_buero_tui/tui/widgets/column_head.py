"""The names of a list's columns, in one line above it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.strip import Strip

from ob_buero_tui.tui.widgets.drawing import Run, Toned


class ColumnHead(Toned):
    """One line that stands where the list's rows stand.

    Args:
        draw: Makes the line for the cells that a row of the list has.
    """

    DEFAULT_CSS = """
    ColumnHead { height: 1; }
    """

    def __init__(self, draw: Callable[[int], Sequence[Run]]) -> None:
        super().__init__()
        self._draw = draw

    def render_line(self, y: int) -> Strip:  # noqa: ARG002
        """The line."""
        width = self.content_region.width
        # The list below keeps a cell for its scrollbar.
        return self.strip(self._draw(max(1, width - 1)), width)
