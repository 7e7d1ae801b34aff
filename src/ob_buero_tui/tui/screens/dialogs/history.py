"""The steps of all desks, newest first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.widget import Widget

from ob_buero_tui.rules import german
from ob_buero_tui.services.views import HistoryLine
from ob_buero_tui.tui.screens.dialogs.frame import Dialog
from ob_buero_tui.tui.widgets.choice_list import Choice, ChoiceList


class History(Dialog[HistoryLine | None]):
    """Returns the step to take back, or None.

    Args:
        lines: The steps, newest first.
        current: The step where the cursor begins.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "move(1)", show=False),
        Binding("up", "move(-1)", show=False),
        Binding("pagedown", "move(8)", show=False),
        Binding("pageup", "move(-8)", show=False),
        Binding("home", "move(-1000)", show=False),
        Binding("end", "move(1000)", show=False),
        Binding("enter", "take", show=False),
        Binding("escape", "cancel", show=False),
    ]
    DEFAULT_CSS = """
    History {
        & > .dialog-box { width: 110; }
        & ChoiceList { max-height: 20; }
    }
    """

    def __init__(self, lines: Sequence[HistoryLine], current: HistoryLine | None = None) -> None:
        super().__init__(
            "Verlauf aller Schritte", keys="↑ ↓ bewegen · Enter Schritt zurücknehmen · Esc schließen"
        )
        self._lines = {str(place): line for place, line in enumerate(lines)}
        self._current = next((key for key, line in self._lines.items() if line == current), None)
        self._list = ChoiceList(empty="Noch hat niemand etwas getan.")

    def body(self) -> list[Widget]:
        """The list."""
        return [self._list]

    def on_mount(self) -> None:
        """Begin at the newest step, or at the one that was asked about."""
        self._list.show(
            [
                Choice(
                    key=key,
                    label=f"{_when(line)}  {line.desk}  {line.done_first}",
                    hint="zurückgenommen" if line.undone else "",
                )
                for key, line in self._lines.items()
            ],
            current=self._current,
        )
        self._list.focus()

    def on_key(self, event: events.Key) -> None:
        """j and k move too."""
        if event.character in ("j", "k"):
            event.stop()
            self._list.move(1 if event.character == "j" else -1)

    def on_choice_list_picked(self, message: ChoiceList.Picked) -> None:
        """A click picks."""
        message.stop()
        self.action_take()

    def action_move(self, entries: int) -> None:
        """Move the cursor."""
        self._list.move(entries)

    def action_take(self) -> None:
        """Return the step under the cursor, if it can be taken back."""
        choice = self._list.current
        line = self._lines[choice.key] if choice is not None else None
        if line is None:
            return
        if line.undone:
            self.notify("Dieser Schritt ist schon zurückgenommen.")
        elif not line.action_id:
            self.notify("Das ist selbst ein Zurücknehmen; U auf dem Bild stellt wieder her.")
        else:
            self.dismiss(line)

    def action_cancel(self) -> None:
        """Return nothing."""
        self.dismiss(None)


def _when(line: HistoryLine) -> str:
    return f"{german.short_date(line.at.date())} {german.clock(line.at)}"
