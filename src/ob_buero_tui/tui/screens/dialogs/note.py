"""A remark of several lines; what was typed survives Esc, a crash and a closed window."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import TextArea

from ob_buero_tui.rules import limits
from ob_buero_tui.rules.clean import clean
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.tui.screens.dialogs.drafting import Drafting
from ob_buero_tui.tui.screens.dialogs.frame import after_typing
from ob_buero_tui.tui.widgets.cut_paste import tell_cut

DRAFT_SECONDS = 1.0
LIMIT = limits.NOTE_TYPED


class NoteArea(TextArea):
    """A text of several lines that takes no control characters from the clipboard."""

    most: ClassVar[int] = LIMIT
    """Characters that one paste brings."""

    def on_unmount(self) -> None:
        """Let the app forget this field: Textual's own watches the app's colours for as long as that runs."""
        watching = getattr(self.app, "__watchers", {}).get("theme", [])
        watching[:] = [each for each in watching if each[0] is not self]

    async def _on_paste(self, event: events.Paste) -> None:
        event.prevent_default()
        event.stop()
        start, end = sorted(self.selection)
        text = clean(event.text, multiline=True, limit=self.most)
        self.move_cursor(self.replace(text, start, end, maintain_selection_offset=False).end_location)
        given = len(event.text.replace("\r\n", "\n"))
        tell_cut(self, min(given, self.most), given)


class NoteDialog(Drafting[str | None]):
    """Returns the text, or None; then it stays as a draft.

    Args:
        form: The draft's name.
        title: What the note is on.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "speichern", priority=True),
        Binding("escape", "cancel", "abbrechen", priority=True),
    ]
    DEFAULT_CSS = """
    NoteDialog TextArea { height: 8; }
    """

    longest: ClassVar[int] = LIMIT
    """Characters of a draft that come back."""

    def __init__(self, place: Workplace, form: str, title: str) -> None:
        super().__init__(title, keys="Strg+S speichern · Esc schließen, der Text bleibt als Entwurf")
        draft = self.keep_as(place, form)
        self._area = NoteArea(
            clean(draft.get("text", ""), multiline=True, limit=self.longest), show_line_numbers=False
        )

    def body(self) -> list[Widget]:
        """The text."""
        return [self._area]

    def on_mount(self) -> None:
        """Begin in the text."""
        self._area.focus()
        self._area.move_cursor(self._area.document.end)

    def to_keep(self) -> dict[str, str]:
        """The text."""
        return {"text": self._area.text} if self._area.text.strip() else {}

    @after_typing
    def action_save(self) -> None:
        """Return the text; the draft stays until the note is in the database."""
        text = clean(self._area.text, multiline=True, limit=LIMIT).strip()
        if not text:
            self.notify("Die Notiz ist leer. Schreiben Sie etwas, oder Esc.", severity="warning")
            return
        self.save_draft()
        self.dismiss(text)
