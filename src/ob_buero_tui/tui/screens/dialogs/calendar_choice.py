"""Which calendars are shown: a list to tick by digit or space."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Static

from ob_buero_tui.services.calendars.choosing import Choice as Calendar
from ob_buero_tui.tui.safe import label
from ob_buero_tui.tui.screens.dialogs.frame import Dialog
from ob_buero_tui.tui.widgets.choice_list import Choice, ChoiceList

SHOWN, HIDDEN = "✓", "–"


class CalendarChoice(Dialog[frozenset[str] | None]):
    """Returns the keys of what is to be hidden, or None.

    Args:
        calendars: What can be shown and whether it is.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "move(1)", show=False),
        Binding("up", "move(-1)", show=False),
        Binding("pagedown", "move(8)", show=False),
        Binding("pageup", "move(-8)", show=False),
        Binding("home", "move(-1000)", show=False),
        Binding("end", "move(1000)", show=False),
        Binding("space", "turn", "ein/aus"),
        Binding("asterisk", "all", "alle"),
        Binding("enter", "take", "übernehmen"),
        Binding("escape", "cancel", "abbrechen"),
    ]
    DEFAULT_CSS = """
    CalendarChoice ChoiceList { max-height: 60vh; }
    """

    def __init__(self, calendars: Sequence[Calendar]) -> None:
        keys = "Leertaste, Ziffer ein/aus · * alle · Enter übernehmen · Esc abbrechen"
        super().__init__("Kalender ein- und ausblenden", keys=keys)
        self._calendars = tuple(calendars)
        self._hidden = {one.key for one in calendars if not one.shown}
        self._list = ChoiceList()

    def body(self) -> list[Widget]:
        """Sentence and list."""
        told = "Ausgeblendetes zählt bei Konflikten weiter mit."
        return [Static(label(told), classes="dialog-text"), self._list]

    def on_mount(self) -> None:
        """Begin in the list."""
        self._show()
        self._list.focus()

    def on_key(self, event: events.Key) -> None:
        """A digit turns its line; j and k move."""
        letter = event.character or ""
        if (choice := self._list.by_letter(letter)) is not None:
            event.stop()
            self._turn(choice.key)
        elif letter in ("j", "k"):
            event.stop()
            self._list.move(1 if letter == "j" else -1)

    def on_choice_list_picked(self, message: ChoiceList.Picked) -> None:
        """A click turns."""
        message.stop()
        self._turn(message.choice.key)

    def action_move(self, entries: int) -> None:
        """Move the cursor."""
        self._list.move(entries)

    def action_turn(self) -> None:
        """Show or hide the line under the cursor."""
        if (choice := self._list.current) is not None:
            self._turn(choice.key)

    def action_all(self) -> None:
        """Show everything; when all is shown, hide all but the mayor's."""
        keys = {one.key for one in self._calendars}
        self._hidden = set() if self._hidden else keys - {self._calendars[0].key}
        self._show(self._list.current.key if self._list.current else None)

    def action_take(self) -> None:
        """Return what is to be hidden."""
        self.dismiss(frozenset(self._hidden))

    def action_cancel(self) -> None:
        """Change nothing."""
        self.dismiss(None)

    def _turn(self, key: str) -> None:
        self._hidden ^= {key}
        self._show(key)

    def _show(self, current: str | None = None) -> None:
        lines = [
            Choice(
                key=one.key,
                label=f"{HIDDEN if one.key in self._hidden else SHOWN} {one.label}",
                letter=str(place) if place < 10 else "",
                help=one.note,
            )
            for place, one in enumerate(self._calendars, start=1)
        ]
        self._list.show(lines, current=current)
