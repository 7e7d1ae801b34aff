"""One prefilled line that says, while one types, how it is understood."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Input, Static

from ob_buero_tui.tui.safe import label, line
from ob_buero_tui.tui.screens.dialogs.frame import Dialog

_PASTE_LIMIT = 20_000


@dataclass(frozen=True, slots=True)
class Understood:
    """How a typed text is read: its meaning in German, or why it cannot be taken."""

    text: str
    ok: bool = True


def as_typed(_text: str) -> Understood:
    """Takes every text as it is."""
    return Understood("")


class OneLine(Input):
    """An input that keeps every line of a paste, joined by spaces, instead of the first one only."""

    def _on_paste(self, event: events.Paste) -> None:
        event.prevent_default()
        event.stop()
        if event.text:
            start, end = sorted(self.selection)
            self.replace(line(" ".join(event.text[:_PASTE_LIMIT].split())), start, end)


class PromptLine(Dialog[str | None]):
    """Asks for one line; Enter returns it when it is understood, Esc returns None.

    Args:
        title: What is asked.
        value: The prefilled text; it is selected, so that typing replaces it.
        understand: Says for each text how it is read; must be quick, it runs on every key.
        text: A sentence above the line.
        max_length: Characters that can be typed.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "cancel", "abbrechen")]
    DEFAULT_CSS = """
    PromptLine {
        & Input {
            border: none;
            height: 1;
            padding: 0 1;
            background: $panel;
            color: $strong;
            &:focus { border: none; background: $panel; }
        }
        & #understood { height: auto; min-height: 1; padding: 0 1; color: $quiet; }
        & #understood.-refused { color: $error; }
    }
    """

    def __init__(
        self,
        title: str,
        *,
        value: str = "",
        understand: Callable[[str], Understood] = as_typed,
        text: str = "",
        max_length: int = 500,
    ) -> None:
        super().__init__(title, keys="Enter übernehmen · Esc abbrechen")
        self._text = text
        self._understand = understand
        self._value = value
        self._max_length = max_length

    def body(self) -> list[Widget]:
        """Sentence, line, and how it is understood."""
        above = [Static(label(self._text, multiline=True), classes="dialog-text")] if self._text else []
        field = OneLine(value=line(self._value), max_length=self._max_length, select_on_focus=True)
        return [*above, field, Static(id="understood")]

    def on_mount(self) -> None:
        """Begin in the line."""
        self.query_one(OneLine).focus()
        self._read()

    @property
    def value(self) -> str:
        """What is typed now."""
        return self.query_one(OneLine).value

    def on_input_changed(self, event: Input.Changed) -> None:
        """Say how the text is understood now."""
        event.stop()
        self._read()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Return the text, unless it is not understood."""
        event.stop()
        if self._read().ok:
            self.dismiss(self.value)

    def action_cancel(self) -> None:
        """Return nothing."""
        self.dismiss(None)

    def _read(self) -> Understood:
        answer = self._understand(self.value)
        below = self.query_one("#understood", Static)
        # The sign says it without colour too.
        below.update(label(answer.text if answer.ok else f"! {answer.text}", multiline=True))
        below.set_class(not answer.ok, "-refused")
        return answer
