"""The drop folder's list: what waits, what was refused, and what came in and may be taken back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType

from ob_buero_tui.tui.screens.dialogs.choose import Choice, Choose

IMPORT = "eingelesen-"
"""What the keys of imports begin with; the id of the step follows."""


class DropList(Choose):
    """Returns the key of the chosen entry, or None; `u` and `D` choose an import alone.

    Args:
        title: What it is.
        choices: The entries.
        current: Key of the entry to stand on.
        text: A sentence above the list.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("u", "take_back", show=False),
        Binding("D", "take_back", show=False),
    ]

    def __init__(self, title: str, choices: Sequence[Choice], *, current: str | None, text: str) -> None:
        super().__init__(title, choices, current=current, text=text)
        self._keys = "Ziffer oder Enter wählt · u diesen Import zurücknehmen · Esc schließen"

    def action_take_back(self) -> None:
        """Return the import under the cursor."""
        choice = self._list.current
        if choice is not None and choice.key.startswith(IMPORT):
            self.dismiss(choice.key)
        else:
            self.notify("Das ist nicht eingelesen; hier gibt es nichts zurückzunehmen.")
