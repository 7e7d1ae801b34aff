"""A field for a day, with or without a time: below it the full date stands while one types."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, Static

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.when import Ambiguous, When, written
from ob_buero_tui.tui.safe import label
from ob_buero_tui.tui.widgets.asked_line import AskedLine, Meaning, Understood, shown


def understood_day(
    read: Callable[[str], When], examples: str = "", *, blank: bool = False
) -> Callable[[str], Understood]:
    """How a line of a day is understood, made from what reads it.

    Args:
        read: Reads the text; raises `Ambiguous` or another refusal.
        examples: Stands below while nothing is typed.
        blank: Whether the line may stay empty.
    """

    def understand(typed: str) -> Understood:
        if not typed.strip():
            return Understood(examples, ok=blank)
        try:
            found = read(typed)
        except Ambiguous as asked:
            options = tuple(Meaning(text=written(one), label=one.text) for one in asked.choices)
            return Understood(f"{asked.what} {asked.why}".strip(), ok=False, options=options)
        except Refusal as refusal:
            return Understood(str(refusal), ok=False)
        return Understood(f"→ {found.text}", stepped=lambda days: _moved(found, days))

    return understand


class DateInput(Vertical):
    """A line for a day and, below it, how it is understood.

    What can mean several days is asked: Enter, then the digit; the chosen one stands written out in the line.
    A dialog whose own Enter comes first calls `ask` before it takes the value. ↑ ↓ (in forms with Shift) move
    by a day, Page up and down by a week. Its line sends `Input.Changed` as any other.

    Args:
        read: Reads the text: `lambda text: parse_when(text, place.now, calendar)` or one of its kin.
        value: The text at the start.
        examples: Stands below while nothing is typed.
        blank: Whether it may stay empty.
        id: Of the line itself, by which a form collects its values; the field is called `<id>-field`.
    """

    DEFAULT_CSS = """
    DateInput {
        height: auto;
        width: 1fr;
        & > Static { height: auto; color: $quiet; }
        & > Static.-refused { color: $error; }
    }
    """

    def __init__(
        self,
        read: Callable[[str], When],
        value: str = "",
        *,
        placeholder: str = "",
        examples: str = "",
        blank: bool = True,
        select_on_focus: bool = True,
        id: str | None = None,
    ) -> None:
        super().__init__(id=f"{id}-field" if id else None)
        self._read = read
        self._below = Static()
        self.line = AskedLine(
            value,
            understand=understood_day(read, examples, blank=blank),
            placeholder=placeholder,
            select_on_focus=select_on_focus,
            id=id,
        )
        self._show()

    def compose(self) -> ComposeResult:
        """The line and what it means."""
        yield self.line
        yield self._below

    @property
    def value(self) -> str:
        """What is typed."""
        return self.line.value

    @value.setter
    def value(self, text: str) -> None:
        self.line.value = text

    @property
    def when(self) -> When | None:
        """The day that is understood; None while there is none."""
        try:
            return self._read(self.line.value) if self.line.value.strip() else None
        except Refusal:
            return None

    def ask(self) -> bool:
        """Let a digit choose where the text is ambiguous; return whether there is something to choose."""
        if not self.line.answer.options:
            return False
        self.line.focus()
        return self.line.ask()

    def focus(self, scroll_visible: bool = True) -> DateInput:
        """Go to the line."""
        self.line.focus(scroll_visible)
        return self

    def on_input_changed(self, _event: Input.Changed) -> None:
        """Say how the text is understood now; the form hears of it too."""
        self._show()

    def on_asked_line_asking(self, event: AskedLine.Asking) -> None:
        """Say that a digit chooses now."""
        event.stop()
        self._show()

    def _show(self) -> None:
        text, refused = shown(self.line)
        self._below.update(label(text, multiline=True))
        self._below.set_class(refused, "-refused")
        self._below.display = bool(text)


def _moved(found: When, days: int) -> str:
    try:
        return written(replace(found, day=found.day + timedelta(days=days)))
    except OverflowError:
        return written(found)
