"""A line that knows how its text is understood; after Enter a digit chooses what is ambiguous."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.message import Message
from textual.widgets import Input

from ob_buero_tui.rules import limits
from ob_buero_tui.rules.clean import clean
from ob_buero_tui.tui.safe import line
from ob_buero_tui.tui.widgets.cut_paste import tell_cut

_PASTE_LIMIT = limits.LINE_PASTED
_STEPS = {"up": 1, "shift+up": 1, "down": -1, "shift+down": -1, "pageup": 7, "pagedown": -7}
"""Days by which a key moves an understood day."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """One meaning of an ambiguous text.

    Args:
        text: What the line holds once it is chosen.
        label: How it is offered.
    """

    text: str
    label: str


@dataclass(frozen=True, slots=True)
class Understood:
    """How a typed text is read: its meaning in German, or why it cannot be taken.

    Args:
        options: What it can mean, where that must be asked; `ok` is false then.
        stepped: The text for a day so many days later; None where the arrows mean nothing.
    """

    text: str
    ok: bool = True
    options: tuple[Meaning, ...] = ()
    stepped: Callable[[int], str] | None = None


class OneLine(Input):
    """An input that keeps every line of a paste, joined by spaces, instead of the first one only.

    Whatever it is given as its value is cleaned first: an escape sequence of a letter never reaches the
    terminal.
    """

    def validate_value(self, value: str) -> str:
        """Take no control characters, whoever sets the value."""
        return clean(value, limit=max(len(value), 1))

    def _on_paste(self, event: events.Paste) -> None:
        event.prevent_default()
        event.stop()
        if event.text:
            start, end = sorted(self.selection)
            whole = " ".join(event.text[:_PASTE_LIMIT].split())
            room = _PASTE_LIMIT
            if self.max_length:
                room = max(0, min(room, self.max_length - len(self.value) + end - start))
            # Textual drops the whole of a text that is too long, and says nothing.
            self.replace(line(whole[:room], limit=_PASTE_LIMIT), start, end)
            tell_cut(self, min(len(whole), room), len(whole) + len(event.text[_PASTE_LIMIT:]))


class AskedLine(OneLine):
    """An input whose text is understood on every key.

    Enter on an ambiguous text makes the digits choose; the chosen meaning then stands in the line, in full.
    The arrows move an understood day by one, Page up and down by seven.

    Args:
        understand: Says for each text how it is read; must be quick, it runs on every key.
    """

    always_told: ClassVar[bool] = False
    """Whether a form says how it is understood also while nobody has changed it."""

    class Asking(Message):
        """The line begins or ends to wait for a digit."""

    def __init__(
        self,
        value: str = "",
        *,
        understand: Callable[[str], Understood],
        placeholder: str = "",
        max_length: int = limits.LINE_TYPED,
        select_on_focus: bool = True,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(
            value,
            placeholder=placeholder,
            max_length=max_length,
            select_on_focus=select_on_focus,
            id=id,
            classes=classes,
        )
        self._understand = understand
        self._asking = False

    @property
    def answer(self) -> Understood:
        """How the present text is understood."""
        return self._understand(self.value)

    @property
    def asking(self) -> bool:
        """Whether a digit chooses now."""
        return self._asking and bool(self.answer.options)

    def ask(self) -> bool:
        """Let a digit choose what an ambiguous text means; return whether there is something to choose."""
        options = self.answer.options
        if len(options) == 1:
            self.take(0)
        self._wait(len(options) > 1)
        return bool(options)

    def take(self, place: int) -> None:
        """Write out one of the meanings, the first being 0; nothing happens where there is no such one."""
        options = self.answer.options
        if place < len(options):
            self._write(options[place].text)

    def _wait(self, asking: bool) -> None:
        if asking != self._asking:
            self._asking = asking
            self.post_message(self.Asking())

    def _write(self, text: str) -> None:
        self._wait(False)
        self.value = line(text)
        self.cursor_position = len(self.value)

    async def _on_key(self, event: events.Key) -> None:
        taken = self._take_key(event.key, event.character or "")
        if taken:
            event.prevent_default()
            event.stop()

    def _take_key(self, key: str, character: str) -> bool:
        """Do what the key means beside typing; return whether it meant that."""
        if key == "enter":
            return not self.asking and self.ask()
        if self.asking and character.isascii() and character.isdigit() and character != "0":
            self.take(int(character) - 1)
            return True
        if key in _STEPS and (stepped := self.answer.stepped) is not None:
            self._write(stepped(_STEPS[key]))
            return True
        self._wait(False)
        return False


def shown(line_of: AskedLine) -> tuple[str, bool]:
    """What stands below a line, and whether it says that the text cannot be taken."""
    answer = line_of.answer
    if answer.options:
        end = "Ziffer wählt." if line_of.asking else "Enter, dann die Ziffer."
        numbered = [f"  {place} {one.label}" for place, one in enumerate(answer.options, start=1)]
        return "\n".join(
            [f"? {answer.text}", *numbered, end if len(numbered) > 1 else "Enter übernimmt es."]
        ), False
    # Before anything is typed nothing was wrong; the sign says it without colour too.
    refused = not answer.ok and bool(line_of.value.strip())
    return (f"! {answer.text}" if refused else answer.text), refused
