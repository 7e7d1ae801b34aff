"""A change of one date of a series: only this one, this and the following, or the whole series."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import ClassVar, Final

from textual import events
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Static

from ob_buero_tui.rules.german import clock, short_date
from ob_buero_tui.services.calendar.scopes import LABELS, Affected, Scope
from ob_buero_tui.tui.safe import label
from ob_buero_tui.tui.screens.dialogs.frame import Dialog
from ob_buero_tui.tui.widgets.choice_list import Choice, ChoiceList

KEYS: Final[Mapping[Scope, str]] = {Scope.DIESER: "1", Scope.FOLGENDE: "5", Scope.SERIE: "9"}
"""None beside another one: a slip of the finger must not hit a whole series."""


class ScopeDialog(Dialog[Scope | None]):
    """Returns how far a change reaches, or None; which dates it hits stands below the choice.

    Args:
        title: What is about to be done.
        affected: Which dates a scope hits; read once for each.
        scopes: Those that make sense.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "move(1)", show=False),
        Binding("up,k", "move(-1)", show=False),
        Binding("enter", "take", "übernehmen"),
        Binding("escape", "cancel", "abbrechen"),
    ]
    DEFAULT_CSS = """
    ScopeDialog { & #dates { height: auto; min-height: 5; padding: 1 0 0 0; color: $quiet; } }
    """

    def __init__(
        self,
        title: str,
        affected: Callable[[Scope], Affected],
        scopes: tuple[Scope, ...] = tuple(Scope),
    ) -> None:
        super().__init__(title, keys="1 5 9 oder ↑↓ zeigt, was es trifft · Enter übernehmen · Esc abbrechen")
        self._affected = affected
        self._scopes = scopes
        self._read: dict[Scope, Affected] = {}
        self._list = ChoiceList()

    def body(self) -> list[Widget]:
        """The scopes, and the dates of the one under the bar."""
        return [self._list, Static(id="dates")]

    def on_mount(self) -> None:
        """Begin with the smallest."""
        self._list.show([Choice(key=one.value, label=LABELS[one], letter=KEYS[one]) for one in self._scopes])
        self._list.focus()
        self._show_dates()

    def on_key(self, event: events.Key) -> None:
        """A digit goes there and shows the dates; the same digit again, or Enter, takes it."""
        choice = self._list.by_letter(event.character or "")
        if choice is None:
            return
        event.stop()
        here = self._list.current
        if here is not None and here.key == choice.key:
            self.action_take()
        else:
            self._list.show(self._list.choices, current=choice.key)
            self._show_dates()

    def on_choice_list_picked(self, message: ChoiceList.Picked) -> None:
        """A click goes there; Enter takes it."""
        message.stop()
        self._show_dates()

    def action_move(self, by: int) -> None:
        """To another scope."""
        self._list.move(by)
        self._show_dates()

    def action_take(self) -> None:
        """Return the scope under the bar."""
        if self._list.current is not None:
            self.dismiss(Scope(self._list.current.key))

    def action_cancel(self) -> None:
        """Return nothing."""
        self.dismiss(None)

    def _show_dates(self) -> None:
        choice = self._list.current
        if choice is None:
            return
        scope = Scope(choice.key)
        if scope not in self._read:
            self._read[scope] = self._affected(scope)
        self.query_one("#dates", Static).update(label(_told(self._read[scope]), multiline=True))


def _told(hit: Affected) -> str:
    """How many dates are hit, and the first of them."""
    midnights = all((one.hour, one.minute) == (0, 0) for one in hit.first)
    dates = [short_date(one.date()) + ("" if midnights else f" {clock(one)}") for one in hit.first]
    if len(dates) < 2:
        return f"→ {hit.text}"
    more = " …" if hit.total is None or hit.total > len(dates) else ""
    return f"→ {hit.text}\n  {' · '.join(dates)}{more}"
