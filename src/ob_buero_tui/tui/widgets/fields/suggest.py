"""A line that offers the names the office knows while one types; what is typed stays allowed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from textual import events
from textual.message import Message

from ob_buero_tui.services.suggesting import Suggestion
from ob_buero_tui.tui.safe import line
from ob_buero_tui.tui.widgets.choice_list import Choice, ChoiceList
from ob_buero_tui.tui.widgets.fields.text import TYPED_LIMIT, LineField

Suggest: TypeAlias = Callable[[str], Sequence[Suggestion]]
"""Gives the known names for what is typed; must be quick, it runs on every key."""


class SuggestField(LineField):
    """A line with its list below: the arrows go into the list, Enter or Tab takes what they stand on.

    Args:
        name: The field in the form.
        value: Its text.
        suggest: Where the names come from.
        new: What is said of a name that is not known.
    """

    class Taken(Message):
        """A known name was taken."""

        def __init__(self, control: SuggestField, suggestion: Suggestion) -> None:
            super().__init__()
            self.field = control
            self.suggestion = suggestion

    def __init__(self, name: str, value: str, *, suggest: Suggest, new: str) -> None:
        super().__init__(name, value, short=False)
        self._suggest = suggest
        self._new = new
        self._found: Sequence[Suggestion] = ()
        self._at = -1
        self._known = value.strip()
        self.offers = ChoiceList()
        self.offers.can_focus = False

    @property
    def is_open(self) -> bool:
        """Whether names are offered."""
        return bool(self._found)

    @property
    def told(self) -> str:
        """What is to be said of the text: that the name is new."""
        text = self.typed
        if not text or text == self._known or self._found:
            return ""
        return self._new

    @property
    def typed(self) -> str:
        """What is completed: the text of the field."""
        return self.value.strip()

    def completed(self, name: str) -> str:
        """The text of the field with a name taken."""
        return name

    def look(self) -> None:
        """Offer what fits the text as it is now."""
        text = self.typed
        found = self._suggest(text) if text and text != self._known else ()
        exact = [one for one in found if one.name.casefold() == text.casefold()]
        if exact and len(found) == 1:
            self._known, found = text, ()
        self._show(found)

    def take(self) -> bool:
        """Take the name one stands on; False where one stands on none."""
        if not 0 <= self._at < len(self._found):
            return False
        chosen = self._found[self._at]
        self._known = chosen.name.strip()
        self._show(())
        self.value = line(self.completed(chosen.name), limit=TYPED_LIMIT)
        self.cursor_position = len(self.value)
        self.post_message(self.Taken(self, chosen))
        return True

    def close_list(self) -> bool:
        """Offer nothing until the text changes; False when nothing was offered."""
        was_open = self.is_open
        self._show(())
        return was_open

    def step(self, by: int) -> None:
        """Move in the list; above its first entry one is in the line again."""
        self._at = min(max(self._at + by, -1), len(self._found) - 1)
        self._draw()

    def on_blur(self, _event: events.Blur) -> None:
        """Nothing is offered where nobody types."""
        self._show(())

    def _show(self, found: Sequence[Suggestion]) -> None:
        if not found and not self._found:
            return
        self._found, self._at = tuple(found), -1
        self._draw()

    def _draw(self) -> None:
        current = str(self._at) if self._at >= 0 else None
        # An entry of its own for „nothing chosen“, so that the bar stands on no name at first.
        typed = Choice(key="", label=f"„{self.typed}“ wie getippt") if self._found else None
        names = [
            Choice(key=str(place), label=one.name, help=one.detail) for place, one in enumerate(self._found)
        ]
        self.offers.show([typed, *names] if typed is not None else [], current=current)
        self.offers.set_class(bool(self._found), "-open")
        if self._found:
            self.call_after_refresh(self.offers.scroll_visible, animate=False)
