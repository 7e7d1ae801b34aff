"""Says what was done and stays until it is read."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widget import Widget
from textual.widgets import Static

from ob_buero_tui.tui.safe import label
from ob_buero_tui.tui.screens.dialogs.frame import Dialog

_LINES, _CELLS = 18, 70
"""A text of more lines than these, or longer than they hold, is not seen whole."""


class Told(Dialog[None]):
    """A text of some lines; Enter or Esc goes on.

    Args:
        text: Full sentences; may have several lines.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter,escape", "close", "schließen")]
    DEFAULT_CSS = """
    Told VerticalScroll { height: auto; max-height: 20; }
    Told Static { height: auto; }
    """

    def __init__(self, title: str, text: str) -> None:
        long = text.count("\n") >= _LINES or len(text) > _LINES * _CELLS
        super().__init__(title, keys="↑ ↓ blättern · Enter schließen" if long else "Enter schließen")
        self._text = text

    def body(self) -> list[Widget]:
        """The text."""
        return [VerticalScroll(Static(label(self._text, multiline=True, limit=20_000)))]

    def action_close(self) -> None:
        """Go on."""
        self.dismiss(None)
