"""Asks in one dialog for all facts that a text needs and the record lacks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Static

from ob_buero_tui.services.answers.views import Question
from ob_buero_tui.tui.safe import label
from ob_buero_tui.tui.screens.dialogs.frame import FIELD_BINDINGS, Dialog, after_typing
from ob_buero_tui.tui.screens.dialogs.prompt_line import OneLine

_EXAMPLES = {"datumzeit": "z. B. 21.12. 18 Uhr", "datum": "z. B. fr oder 21.12."}


class QuestionsDialog(Dialog[dict[str, str] | None]):
    """Returns what was typed by key, or None; Enter goes on when nothing is empty.

    Args:
        title: What the facts are for.
        text: What was not understood of what was typed before.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "take", "weiter", priority=True),
        Binding("escape", "cancel", "abbrechen"),
        *FIELD_BINDINGS,
    ]
    DEFAULT_CSS = """
    QuestionsDialog {
        & Horizontal { height: 1; }
        & .name { width: 24; color: $quiet; }
        & Input { width: 1fr; }
        & .refused { color: $error; height: auto; padding: 1 0 0 0; }
    }
    """

    def __init__(self, title: str, questions: Sequence[Question], *, text: str = "") -> None:
        super().__init__(title, keys="Enter weiter · Tab nächstes Feld · Esc abbrechen")
        self._questions = tuple(questions)
        self._text = text
        self._lines = {
            one.key: OneLine(one.value, placeholder=_EXAMPLES.get(one.type, ""), max_length=4000)
            for one in questions
        }
        self._told = Static(label(text, multiline=True), classes="refused")

    def body(self) -> list[Widget]:
        """One line for each fact."""
        rows: list[Widget] = [Static("Das fehlt noch für den Text:", classes="dialog-text")]
        for one in self._questions:
            rows.append(Horizontal(Static(label(one.label), classes="name"), self._lines[one.key]))
        return [*rows, self._told]

    def on_mount(self) -> None:
        """Begin in the first one that is empty."""
        empty = (line for line in self._lines.values() if not line.value)
        next(empty, next(iter(self._lines.values()))).focus()

    @after_typing
    def action_take(self) -> None:
        """Return all, or go to the first that is still empty."""
        for line in self._lines.values():
            if not line.value.strip():
                self._told.update("Bitte alle Felder ausfüllen.")
                self.set_focus(line)
                return
        self.dismiss({key: line.value for key, line in self._lines.items()})

    def action_cancel(self) -> None:
        """Return nothing."""
        self.dismiss(None)
