"""Letters typed while a dialog is still opening: they belong into its field, and never to the verbs below."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from textual import events

from ob_buero_tui.rules import limits
from ob_buero_tui.tui.keys import is_field

if TYPE_CHECKING:
    from textual.screen import Screen
    from textual.widget import Widget

LONGEST_SECONDS: Final = limits.KEYS_AHEAD_SECONDS
"""After so long without a dialog the keys mean the screen again."""
_MOST: Final = limits.KEYS_AHEAD


class TypeAhead:
    """What a flow that was begun by a key has not been able to take yet.

    A flow begins, asks in a dialog, and ends; between the key and the dialog's first focus the letters are
    kept here. They go into the dialog only where a text field has the focus: a list would choose by them.
    """

    def __init__(self) -> None:
        self._flows = 0
        self._kept: list[events.Key] = []

    def begin(self) -> None:
        """A flow was begun."""
        self._flows += 1

    def end(self) -> events.Key | None:
        """A flow is over; one single key that came meanwhile and found no dialog is given back."""
        self._flows = max(0, self._flows - 1)
        if self._flows:
            return None
        kept, self._kept = self._kept, []
        # More than one was text for a field that never came: as verbs they would do anything.
        return kept[0] if len(kept) == 1 else None

    def takes(self, event: events.Key) -> bool:
        """Keep a letter if a flow is about to ask; whoever gets True stops the event."""
        if not self._flows or not event.is_printable:
            return False
        late = self._kept and event.time - self._kept[0].time > LONGEST_SECONDS
        if late or len(self._kept) >= _MOST:
            # No dialog came, or its flow was ended before it began: the keys mean the screen again.
            self._flows = 0
            self._kept.clear()
            return False
        self._kept.append(event)
        return True

    @property
    def holds(self) -> bool:
        """Whether letters wait for a field."""
        return bool(self._kept)

    def give(self, screen: Screen[Any]) -> None:
        """The dialog stands: its field gets what was typed for it, before anything that is typed now."""
        kept, self._kept = self._kept, []
        focused: Widget | None = screen.focused
        if focused is None or not is_field(focused):
            return
        for event in kept:
            focused.post_message(events.Key(event.key, event.character))
