"""The Vorgeschichte of a request: one line for each earlier one, and all of the one under the cursor."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.widget import Widget
from textual.widgets import Static

from ob_buero_tui.tui.safe import label
from ob_buero_tui.tui.screens.dialogs.choose import Choice, Choose


class Precedents(Choose):
    """Returns the key of the earlier request to go to, or None."""

    DEFAULT_CSS = """
    Precedents {
        & > .dialog-box { width: 110; }
        & ChoiceList { max-height: 50vh; }
        & #whole { height: auto; min-height: 3; padding: 1 1 0 1; color: $foreground; }
    }
    """

    def __init__(self, title: str, choices: Sequence[Choice]) -> None:
        super().__init__(title, choices, current=choices[0].key if choices else None)
        self._keys = "Ziffer oder Enter öffnet den Eingang · ↑↓ wählt · Esc schließen"
        self._whole = Static(id="whole")

    def body(self) -> list[Widget]:
        """The list, and below it the whole of one line."""
        return [*super().body(), self._whole]

    def on_mount(self) -> None:
        """The first one is told at once."""
        self.call_after_refresh(self._tell)

    def on_key(self, event: events.Key) -> None:  # noqa: ARG002 the list has moved by then
        """Tell the one that the cursor has come to."""
        self.call_after_refresh(self._tell)

    def action_move(self, entries: int) -> None:
        """Move the cursor."""
        super().action_move(entries)
        self._tell()

    def _tell(self) -> None:
        current = self._list.current
        self._whole.update(label(current.label if current else "", limit=1000))
