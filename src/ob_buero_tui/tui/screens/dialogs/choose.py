"""A choice from a short list: a digit or letter picks, Enter confirms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Static

from ob_buero_tui.tui.safe import label
from ob_buero_tui.tui.screens.dialogs.frame import Dialog
from ob_buero_tui.tui.widgets.choice_list import Choice, ChoiceList

__all__ = ["Choice", "Choose"]


class Choose(Dialog[str | None]):
    """Returns the key of the chosen entry, or None.

    Args:
        title: What is asked.
        choices: The entries; without letters of their own the first nine get digits.
        current: Key of the entry to stand on, the one Enter takes.
        text: A sentence above the list.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "move(1)", show=False),
        Binding("up", "move(-1)", show=False),
        Binding("pagedown", "move(8)", show=False),
        Binding("pageup", "move(-8)", show=False),
        Binding("home", "move(-1000)", show=False),
        Binding("end", "move(1000)", show=False),
        Binding("enter", "take", "übernehmen"),
        Binding("escape", "cancel", "abbrechen"),
    ]
    DEFAULT_CSS = """
    Choose ChoiceList { max-height: 66vh; }
    """

    def __init__(
        self, title: str, choices: Sequence[Choice], *, current: str | None = None, text: str = ""
    ) -> None:
        super().__init__(title, keys="Ziffer oder Buchstabe wählt · Enter übernehmen · Esc abbrechen")
        self._text = text
        self._choices = _with_digits(choices)
        self._current = current
        self._list = ChoiceList(empty="Es gibt nichts zu wählen.")

    def body(self) -> list[Widget]:
        """Sentence and list."""
        above = [Static(label(self._text, multiline=True), classes="dialog-text")] if self._text else []
        return [*above, self._list]

    def on_mount(self) -> None:
        """Begin in the list."""
        self._list.show(self._choices, current=self._current)
        self._list.focus()

    def on_key(self, event: events.Key) -> None:
        """A letter of an entry picks it; j and k move when no entry has them."""
        letter = event.character or ""
        if (choice := self._list.by_letter(letter)) is not None:
            event.stop()
            self.dismiss(choice.key)
        elif letter in ("j", "k"):
            event.stop()
            self._list.move(1 if letter == "j" else -1)

    def on_choice_list_picked(self, message: ChoiceList.Picked) -> None:
        """A click picks."""
        message.stop()
        self.dismiss(message.choice.key)

    def action_move(self, entries: int) -> None:
        """Move the cursor."""
        self._list.move(entries)

    def action_take(self) -> None:
        """Return the entry under the cursor."""
        if (choice := self._list.current) is not None:
            self.dismiss(choice.key)

    def action_cancel(self) -> None:
        """Return nothing."""
        self.dismiss(None)


def _with_digits(choices: Sequence[Choice]) -> list[Choice]:
    if any(choice.letter for choice in choices):
        return list(choices)
    return [
        replace(choice, letter=str(place) if place < 10 else "")
        for place, choice in enumerate(choices, start=1)
    ]
