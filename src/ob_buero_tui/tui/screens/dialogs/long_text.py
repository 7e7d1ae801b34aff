"""A text of several lines that is there already and is changed."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, ClassVar

from ob_buero_tui.rules.clean import clean
from ob_buero_tui.tui.screens.dialogs.frame import after_typing
from ob_buero_tui.tui.screens.dialogs.note import NoteDialog

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
    longest: ClassVar[int] = 200_000

    def __init__(self, place: Workplace, form: str, title: str, *, value: str) -> None:
        self._was = clean(value, multiline=True, limit=self.longest)
        super().__init__(place, form, title)
        fresh = not self._area.text
        if fresh:
            self._area.text = self._was
        self._began = _mark(self._was) if fresh else self._saved.get("began", "")

    @property
    def outdated(self) -> bool:
        """Whether what is typed began from another text than the one that was given."""
        return self._began != _mark(self._was)

    def to_keep(self) -> dict[str, str]:
        """What was changed, and which text it began from."""
        if self._area.text == self._was:
            return {}
        kept = super().to_keep()
        return {**kept, "began": self._began} if kept else {}

    @after_typing
    def action_save(self) -> None:
        """Return the text; an empty one takes away what stood there."""
        self.save_draft()
        self.dismiss(self._area.text)


def _mark(text: str) -> str:
    """A text in a few letters; of an empty one nothing, as in drafts that know no beginning."""
    return hashlib.sha256(text.encode()).hexdigest()[:16] if text else ""
