"""A question that is answered with yes or no."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Static

from ob_buero_tui.tui.safe import label
from ob_buero_tui.tui.screens.dialogs.frame import Dialog


class Confirm(Dialog[bool]):
    """Returns True for j, False for n and Esc; Enter takes the answer that does no harm.

    Args:
        question: The question.
        text: What happens, in full sentences; may have several lines.
        yes: What j does, one or two words.
        no: What n does.
        enter_is_yes: True only where yes is harmless or can be undone.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "take_default", show=False),
        Binding("escape", "answer(False)", show=False),
    ]

    def __init__(
        self,
        question: str,
        *,
        text: str = "",
        yes: str = "ja",
        no: str = "nein",
        enter_is_yes: bool = True,
    ) -> None:
        enter = yes if enter_is_yes else no
        super().__init__(question, keys=f"j {yes} · n {no} · Enter {enter} · Esc {no}")
        self._text = text
        self._enter_is_yes = enter_is_yes

    def body(self) -> list[Widget]:
        """What happens."""
        return [Static(label(self._text, multiline=True))] if self._text else []

    def on_key(self, event: events.Key) -> None:
        """j or n answers."""
        if event.character in ("j", "J", "n", "N"):
            event.stop()
            self.dismiss(event.character in "jJ")

    def action_take_default(self) -> None:
        """Enter."""
        self.dismiss(self._enter_is_yes)

    def action_answer(self, yes: bool) -> None:
        """Esc."""
        self.dismiss(yes)
