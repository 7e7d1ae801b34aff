"""A dialog whose keys move the cursor of one list, and which says more about the entry under it."""

from __future__ import annotations

from typing import ClassVar, TypeVar

from textual.binding import Binding, BindingType

from ob_buero_tui.tui.screens.dialogs.frame import Dialog
from ob_buero_tui.tui.widgets.choice_list import ChoiceList

R = TypeVar("R")


class ListedDialog(Dialog[R]):
    """Moves the cursor of its list.

    Args:
        title: Heading of the box.
        keys: The line of keys at its foot.
        empty: What the list says where there is nothing.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "move(1)", show=False),
        Binding("up,k", "move(-1)", show=False),
        Binding("pagedown", "move(8)", show=False),
        Binding("pageup", "move(-8)", show=False),
        Binding("home", "move(-100000)", show=False),
        Binding("end,G", "move(100000)", show=False),
    ]

    def __init__(self, title: str, *, keys: str, empty: str = "Nichts gefunden.") -> None:
        super().__init__(title, keys=keys)
        self._list = ChoiceList(empty=empty)

    def say_more(self) -> None:
        """Say more about the entry under the cursor, where the dialog does."""

    def on_choice_list_picked(self, message: ChoiceList.Picked) -> None:
        """A click goes there."""
        message.stop()
        self.say_more()

    def action_move(self, entries: int) -> None:
        """Move the cursor."""
        self._list.move(entries)
        self.say_more()
