"""One prefilled line that says, while one types, how it is understood."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Input, Static

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.drafts import drop_draft, load_draft, save_draft
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.tui.safe import label, line
from ob_buero_tui.tui.screens.dialogs.frame import Dialog

DRAFT_SECONDS = 1.0
NO_REASON = "Eine Absage braucht einen Grund."
_PASTE_LIMIT = 20_000


@dataclass(frozen=True, slots=True)
class Understood:
    """How a typed text is read: its meaning in German, or why it cannot be taken."""

    text: str
    ok: bool = True


def as_typed(_text: str) -> Understood:
    """Takes every text as it is."""
    return Understood("")


def not_empty(why: str) -> Callable[[str], Understood]:
    """Takes every text but an empty one.

    Args:
        why: The sentence for an empty one.
    """
    return lambda text: Understood("") if text.strip() else Understood(why, ok=False)


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
        draft: Where what is typed is kept until it is done: the workplace and the draft's name. Whoever
            carries it out drops it.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "cancel", "abbrechen")]
    DEFAULT_CSS = """
    PromptLine {
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
        draft: tuple[Workplace, str] | None = None,
    ) -> None:
        super().__init__(title, keys="Enter übernehmen · Esc abbrechen")
        self._text = text
        self._understand = understand
        self._value = value
        self._max_length = max_length
        self._draft = draft
        self._kept = _kept(draft)

    def body(self) -> list[Widget]:
        """Sentence, line, and how it is understood."""
        above = [Static(label(self._text, multiline=True), classes="dialog-text")] if self._text else []
        # What somebody wrote is not replaced by the next letter; a proposal is.
        field = OneLine(
            value=line(self._kept or self._value), max_length=self._max_length, select_on_focus=not self._kept
        )
        return [*above, field, Static(id="understood")]

    def on_mount(self) -> None:
        """Begin in the line."""
        self.query_one(OneLine).focus()
        self._read()
        if self._draft is not None:
            self.set_interval(DRAFT_SECONDS, self.save_draft)

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
            self.save_draft()
            self.dismiss(self.value)

    def action_cancel(self) -> None:
        """Keep the draft and return nothing."""
        self.save_draft()
        self.dismiss(None)

    def save_draft(self) -> None:
        """Keep what is typed so far, where it is kept at all."""
        typed = self.value
        if self._draft is None or typed == self._kept:
            return
        place, name = self._draft
        if save_draft(place, name, {"text": typed}) if typed.strip() else drop_draft(place, name):
            self._kept = typed

    def _read(self) -> Understood:
        answer = self._understand(self.value)
        below = self.query_one("#understood", Static)
        # The sign says it without colour too.
        # Before anything is typed nothing was wrong.
        refused = not answer.ok and bool(self.value.strip())
        below.update(label(f"! {answer.text}" if refused else answer.text, multiline=True))
        below.set_class(refused, "-refused")
        return answer


def _kept(draft: tuple[Workplace, str] | None) -> str:
    """What was typed the last time; a database that does not answer now is no reason not to ask."""
    if draft is None:
        return ""
    try:
        return line((load_draft(*draft) or {}).get("text", ""))
    except Refusal:
        return ""
