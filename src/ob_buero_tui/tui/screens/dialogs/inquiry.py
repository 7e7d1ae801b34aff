"""A Rückfrage in one dialog: the question, prefilled with what is missing, and until when."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Input, Static

from ob_buero_tui.rules.clean import clean
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.tui.safe import label, line
from ob_buero_tui.tui.screens.dialogs.drafting import Drafting
from ob_buero_tui.tui.screens.dialogs.frame import after_typing
from ob_buero_tui.tui.screens.dialogs.note import LIMIT, NoteArea
from ob_buero_tui.tui.widgets.asked_line import AskedLine, Understood, shown


class InquiryDialog(Drafting[tuple[str, str] | None]):
    """Returns the question and the typed day, or None; what was typed stays as a draft.

    Args:
        form: The draft's name.
        question: The question as it is proposed.
        due: The day as it is proposed, in words that are understood.
        understand: Says how the typed day is read.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "fragen", priority=True),
        Binding("tab", "app.focus_next", show=False, priority=True),
        Binding("shift+tab", "app.focus_previous", show=False, priority=True),
        Binding("escape", "cancel", "abbrechen", priority=True),
        Binding("ctrl+d", "discard", "verwerfen", priority=True),
    ]
    DEFAULT_CSS = """
    InquiryDialog TextArea { height: 7; margin: 0 0 1 0; }
    InquiryDialog Horizontal { height: 1; }
    InquiryDialog .name { width: 14; color: $quiet; }
    InquiryDialog AskedLine { width: 1fr; }
    InquiryDialog #understood { height: auto; padding: 0 0 0 14; color: $quiet; }
    InquiryDialog #understood.-refused { color: $error; }
    """

    def __init__(
        self,
        place: Workplace,
        form: str,
        title: str,
        *,
        question: str,
        due: date,
        understand: Callable[[str], Understood],
    ) -> None:
        super().__init__(title, keys="Strg+S fragen · Tab zum Tag · Esc zu, der Text bleibt · Strg+D weg")
        # A proposal that nobody touched is no draft: the next time it would be of yesterday.
        self._proposed = {
            "text": clean(question, multiline=True, limit=LIMIT),
            "due": f"{due:%d.%m.%Y}",
        }
        typed = self._proposed | self.keep_as(place, form)
        text = clean(typed["text"], multiline=True, limit=LIMIT)
        self._area = NoteArea(text, show_line_numbers=False)
        self._due = AskedLine(line(typed["due"]), understand=understand, id="due")

    def body(self) -> list[Widget]:
        """Question and day."""
        return [
            self._area,
            Horizontal(Static("Antwort bis", classes="name"), self._due),
            Static(id="understood"),
        ]

    def on_mount(self) -> None:
        """Begin at the end of the question."""
        self._area.focus()
        self._area.move_cursor(self._area.document.end)
        self._read()

    def to_keep(self) -> dict[str, str]:
        """Question and day, as far as they were changed."""
        typed = {"text": self._area.text, "due": self._due.value}
        return {name: text for name, text in typed.items() if text != self._proposed[name] and text.strip()}

    def on_input_changed(self, event: Input.Changed) -> None:
        """Say how the day is understood now."""
        event.stop()
        self._read()

    def on_asked_line_asking(self, event: AskedLine.Asking) -> None:
        """An ambiguous day waits for a digit, or no longer."""
        event.stop()
        self._read()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter in the line of the day asks."""
        event.stop()
        self.action_save()

    @after_typing
    def action_save(self) -> None:
        """Return both, unless one of them cannot be taken."""
        if not self._area.text.strip():
            self.notify("Die Rückfrage ist leer. Schreiben Sie etwas, oder Esc.", severity="warning")
        elif self._read().ok:
            self.save_draft()
            self.dismiss((self._area.text, self._due.value))

    def _read(self) -> Understood:
        text, refused = shown(self._due)
        below = self.query_one("#understood", Static)
        below.update(label(text, multiline=True))
        below.set_class(refused, "-refused")
        return self._due.answer
