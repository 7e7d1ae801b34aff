"""A question below a list too long for a box: it scrolls, j and n answer."""

from __future__ import annotations

from textual.containers import VerticalScroll
from textual.widget import Widget
from textual.widgets import Static

from ob_buero_tui.tui.safe import label
from ob_buero_tui.tui.screens.dialogs.confirm import Confirm


class ConfirmList(Confirm):
    """Like `Confirm`, with the text in a part that scrolls."""

    DEFAULT_CSS = """
    ConfirmList {
        & > .dialog-box { width: 100; }
        & VerticalScroll { height: auto; max-height: 60vh; }
        & VerticalScroll Static { height: auto; }
    }
    """

    def body(self) -> list[Widget]:
        """The list, which begins at its start."""
        return [VerticalScroll(Static(label(self._text, multiline=True, limit=20_000)))]
