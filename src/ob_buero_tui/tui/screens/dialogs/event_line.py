"""A new appointment in one line: Enter saves it, Tab opens the form with what was understood so far."""

from __future__ import annotations

from typing import ClassVar, Final

from textual.binding import Binding, BindingType

from ob_buero_tui.rules.event_line import EXAMPLES
from ob_buero_tui.services.calendar.line_reading import LineReader
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.tui.screens.dialogs.frame import after_typing
from ob_buero_tui.tui.screens.dialogs.prompt_line import PromptLine
from ob_buero_tui.tui.widgets.asked_line import Meaning, Understood

DRAFT: Final = "add:event"


class EventLineDialog(PromptLine):
    """Returns the line, or None; `more` says that the form is wanted.

    Args:
        place: The desk; it keeps the draft.
        title: Which time the cursor stands on.
        reader: Reads the line.
        about: What the appointment is begun for; a draft that was typed for something else comes marked,
            so that typing replaces it.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", "abbrechen"),
        Binding("tab", "more", "mehr …", priority=True),
    ]
    DEFAULT_CSS = """
    EventLineDialog { & > .dialog-box { width: 92; } & #understood { min-height: 3; } }
    """

    def __init__(self, place: Workplace, title: str, reader: LineReader, about: str = "") -> None:
        self._reader, self._about = reader, about
        super().__init__(title, understand=self._understand_line, max_length=300, draft=(place, DRAFT))
        self._keys = self.name_keys("Enter speichert · Tab mehr … · Esc abbrechen")
        self.more = False

    @property
    def goes_on(self) -> bool:
        """Only a draft of the same time is gone on with."""
        return bool(self._kept) and self._draft.get("about", "") == self._about

    def to_keep(self) -> dict[str, str]:
        """What is typed, and what for."""
        kept = super().to_keep()
        return {**kept, "about": self._about} if kept else {}

    @after_typing
    def action_more(self) -> None:
        """Open the form with what was understood."""
        self.more = True
        self.save_draft()
        self.dismiss(self.value)

    def _understand_line(self, typed: str) -> Understood:
        read = self._reader.read(typed)
        if read.choices:
            options = tuple(Meaning(text=one.text, label=one.label) for one in read.choices)
            return Understood(read.told, ok=False, options=options)
        if read.form is None:
            return Understood(read.told or EXAMPLES, ok=False)
        return Understood(read.told)
