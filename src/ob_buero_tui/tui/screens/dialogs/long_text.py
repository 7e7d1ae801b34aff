"""A text of several lines that is there already and is changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ob_buero_tui.rules.clean import clean
from ob_buero_tui.tui.screens.dialogs.frame import after_typing
from ob_buero_tui.tui.screens.dialogs.note import LIMIT, NoteDialog

if TYPE_CHECKING:
    from ob_buero_tui.services.workplace import Workplace


class LongText(NoteDialog):
    """Returns the changed text, which may be empty, or None; what was typed stays as a draft.

    Args:
        form: The draft's name.
        title: What the text is.
        value: The text as it stands.
    """

    DEFAULT_CSS = """
    LongText TextArea { height: 12; }
    """

    def __init__(self, place: Workplace, form: str, title: str, *, value: str) -> None:
        self._was = clean(value, multiline=True, limit=LIMIT)
        super().__init__(place, form, title)
        if not self._area.text:
            self._area.text = self._was

    def to_keep(self) -> dict[str, str]:
        """What was changed."""
        return {} if self._area.text == self._was else super().to_keep()

    @after_typing
    def action_save(self) -> None:
        """Return the text; an empty one takes away what stood there."""
        self.save_draft()
        self.dismiss(self._area.text)
