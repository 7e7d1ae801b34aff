"""A short list to choose from, by cursor, digit, letter or mouse."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from ob_buero_tui.tui.safe import line
from ob_buero_tui.tui.widgets.drawing import Run, Toned, fit

_NAME = 26
"""Cells up to which names of entries make a column."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One entry.

    Args:
        key: What the choice returns.
        label: What it says.
        letter: The key that picks it at once; empty for none.
        hint: Quiet words at the right, for instance a key or a count.
        help: Quiet words behind the label, where there is room.
    """

    key: str
    label: str
    letter: str = ""
    hint: str = ""
    help: str = ""


class ChoiceList(Toned, ScrollView, can_focus=True, inherit_bindings=False):
    """Entries drawn by line; the screen around it moves the cursor and takes the keys.

    It has no keys of its own: a scrolling view's arrows would take a long list away from under its cursor.
    """

    DEFAULT_CSS = """
    ChoiceList { height: auto; overflow-x: hidden; overflow-y: auto; scrollbar-size-vertical: 1; }
    ChoiceList > .ground--cursor { background: $cursor-row; }
    ChoiceList:nocolor > .ground--cursor { text-style: reverse; }
    """

    class Picked(Message):
        """An entry was clicked."""

        def __init__(self, choice: Choice) -> None:
            super().__init__()
            self.choice = choice

    def __init__(self, *, empty: str = "Nichts gefunden.", id: str | None = None) -> None:
        super().__init__(id=id)
        self._choices: tuple[Choice, ...] = ()
        self._index = 0
        self._empty = empty

    def show(self, choices: Sequence[Choice], *, current: str | None = None, empty: str = "") -> None:
        """Show these entries; the cursor goes to the named one or the first.

        Args:
            empty: What to say from now on when there are none.
        """
        self._choices = tuple(choices)
        self._empty = empty or self._empty
        self._index = next((place for place, each in enumerate(choices) if each.key == current), 0)
        self.virtual_size = Size(max(1, self.size.width), max(1, len(self._choices)))
        self.refresh(layout=True)
        self._keep_visible()

    @property
    def current(self) -> Choice | None:
        """The entry under the cursor."""
        return self._choices[self._index] if self._choices else None

    @property
    def choices(self) -> tuple[Choice, ...]:
        """All entries."""
        return self._choices

    def move(self, entries: int) -> None:
        """Move the cursor, stopping at the ends."""
        self._index = min(max(self._index + entries, 0), max(0, len(self._choices) - 1))
        self._keep_visible()
        self.refresh()

    def by_letter(self, letter: str) -> Choice | None:
        """The entry that a digit or letter picks."""
        return next((each for each in self._choices if letter and each.letter == letter), None)

    def _keep_visible(self) -> None:
        self.scroll_to_region(Region(0, self._index, 1, 1), animate=False, force=True)

    def render_line(self, y: int) -> Strip:
        """One entry."""
        width = self.scrollable_content_region.width
        place = y + self.scroll_offset.y
        if not self._choices:
            return self.strip(((f" {line(self._empty)}" if place == 0 else "", "quiet"),), width)
        if place >= len(self._choices):
            return self.strip((), width)
        ground = "cursor" if place == self._index else ""
        return self.strip(self._runs(self._choices[place], width), width, ground)

    def _runs(self, choice: Choice, width: int) -> list[Run]:
        letters = any(each.letter for each in self._choices)
        lead = f" {line(choice.letter, limit=2) or ' '}  " if letters else " "
        hint = line(choice.hint, limit=80)
        room = max(1, width - cell_len(lead) - (cell_len(hint) + 2 if hint else 1))
        name, more = line(choice.label), line(choice.help)
        runs: list[Run] = [(lead, "accent")]
        if more:
            name += " " * (self._column - cell_len(name))
        if more and cell_len(name) + 6 < room:
            runs += [(name, ""), ("  ", ""), (fit(more, room - cell_len(name) - 2), "quiet")]
        else:
            runs.append((fit(name, room), ""))
        if hint:
            runs.append((f" {hint} ", "quiet"))
        return runs

    @property
    def _column(self) -> int:
        """Cells of the names, so that what stands beside them begins in one column; 0 for long ones."""
        longest = max((cell_len(line(each.label)) for each in self._choices), default=0)
        return longest if longest <= _NAME else 0

    def on_click(self, event: events.Click) -> None:
        """A click picks the entry under the mouse."""
        offset = event.get_content_offset(self)
        place = -1 if offset is None else offset.y + self.scroll_offset.y
        if 0 <= place < len(self._choices):
            event.stop()
            self._index = place
            self.refresh()
            self.post_message(self.Picked(self._choices[place]))
