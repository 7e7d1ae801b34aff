"""One prefilled line that says, while one types, how it is understood; a digit chooses what is ambiguous."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Input, Static

from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.tui.safe import label, line
from ob_buero_tui.tui.screens.dialogs.drafting import Drafting
from ob_buero_tui.tui.widgets.asked_line import AskedLine, OneLine, Understood, shown

__all__ = ["NO_REASON", "OneLine", "PromptLine", "Understood", "as_typed", "not_empty"]

NO_REASON = "Eine Absage braucht einen Grund."


def as_typed(_text: str) -> Understood:
    """Takes every text as it is."""
    return Understood("")


def not_empty(why: str) -> Callable[[str], Understood]:
    """Takes every text but an empty one.

    Args:
        why: The sentence for an empty one.
    """
    return lambda text: Understood("") if text.strip() else Understood(why, ok=False)


class PromptLine(Drafting[str | None]):
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

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", "abbrechen"),
        Binding("ctrl+d", "discard", "verwerfen", priority=True),
    ]
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
        super().__init__(title, keys="")
        self._text = text
        self._understand = understand
        self._value = value
        self._max_length = max_length
        self._draft = self.keep_at(draft)
        self._kept = line(self._draft.get("text", ""))
        self._keys = self.name_keys("Enter übernehmen · Esc abbrechen")

    def name_keys(self, keys: str) -> str:
        """The keys of the dialog; one that comes with a draft says how to be rid of it."""
        return f"{keys} · Strg+D verwirft" if self._kept else keys

    @property
    def goes_on(self) -> bool:
        """Whether a draft is gone on with, so that the next letter is put behind it."""
        return bool(self._kept)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Without a draft Strg+D belongs to the line."""
        if action == "discard" and self._drafts_at is None:
            return False
        return super().check_action(action, parameters)

    def body(self) -> list[Widget]:
        """Sentence, line, and how it is understood."""
        above = [Static(label(self._text, multiline=True), classes="dialog-text")] if self._text else []
        # What somebody wrote is not replaced by the next letter; a proposal is.
        field = AskedLine(
            line(self._kept or self._value),
            understand=self._understand,
            max_length=self._max_length,
            select_on_focus=not self.goes_on,
        )
        return [*above, field, Static(id="understood")]

    def on_mount(self) -> None:
        """Begin in the line."""
        self.query_one(AskedLine).focus()
        self._read()

    @property
    def value(self) -> str:
        """What is typed now."""
        return self.query_one(AskedLine).value

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

    def on_asked_line_asking(self, event: AskedLine.Asking) -> None:
        """Say that a digit chooses now."""
        event.stop()
        self._read()

    def to_keep(self) -> dict[str, str]:
        """What is typed and was not proposed."""
        typed = self.value
        return {"text": typed} if typed.strip() and typed != line(self._value) else {}

    def _read(self) -> Understood:
        asked = self.query_one(AskedLine)
        below = self.query_one("#understood", Static)
        text, refused = shown(asked)
        below.update(label(text, multiline=True))
        below.set_class(refused, "-refused")
        return asked.answer
