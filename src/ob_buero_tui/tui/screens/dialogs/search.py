"""Search over everything while one types."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Input

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.search import Hit, search
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.tui.screens.dialogs.frame import Dialog
from ob_buero_tui.tui.screens.dialogs.prompt_line import OneLine
from ob_buero_tui.tui.widgets.choice_list import Choice, ChoiceList

LIMIT = 40
AGAIN_SECONDS = 0.3
_TYPES = {
    "request": "Eingang",
    "event": "Termin",
    "task": "Aufgabe",
    "person": "Person",
    "organization": "Organisation",
}
_OPENS = frozenset(("request", "event"))


class Search(Dialog[Hit | None]):
    """Returns the record to open, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "move(1)", show=False),
        Binding("up", "move(-1)", show=False),
        Binding("pagedown", "move(8)", show=False),
        Binding("pageup", "move(-8)", show=False),
        Binding("escape", "cancel", show=False),
    ]
    DEFAULT_CSS = """
    Search {
        align: center top;
        & > .dialog-box { width: 100; margin: 1 0; }
        & Input {
            border: none; height: 1; padding: 0 1; margin: 0 0 1 0; background: $panel; color: $strong;
            &:focus { border: none; background: $panel; }
        }
        & ChoiceList { height: auto; max-height: 18; }
    }
    """

    def __init__(self, place: Workplace) -> None:
        super().__init__("Suche", keys="↑ ↓ bewegen · Enter öffnen · Esc schließen")
        self._place = place
        self._input = OneLine(placeholder="Name, Ort, Wort aus dem Brief, Nummer …", max_length=120)
        self._list = ChoiceList(empty="Tippen Sie ein Wort; Wortanfänge genügen.")
        self._list.can_focus = False
        self._hits: dict[str, Hit] = {}

    def body(self) -> list[Widget]:
        """Line and hits."""
        return [self._input, self._list]

    def on_mount(self) -> None:
        """Begin in the line."""
        self._input.focus()
        self._find("")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Search while one types."""
        event.stop()
        self._find(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Open the hit under the cursor."""
        event.stop()
        if (choice := self._list.current) is not None:
            self._open(self._hits[choice.key])

    def on_choice_list_picked(self, message: ChoiceList.Picked) -> None:
        """A click opens."""
        message.stop()
        self._open(self._hits[message.choice.key])

    def action_move(self, entries: int) -> None:
        """Move the cursor."""
        self._list.move(entries)

    def action_cancel(self) -> None:
        """Return nothing."""
        self.dismiss(None)

    def _open(self, hit: Hit) -> None:
        if hit.type in _OPENS:
            self.dismiss(hit)
        else:
            self.notify("Dafür gibt es noch kein eigenes Bild.")

    def _find(self, typed: str) -> None:
        try:
            hits = search(self._place, typed, LIMIT)
        except Refusal:
            # Another desk holds the file just now: the hits stay, and the next look is soon.
            self.set_timer(AGAIN_SECONDS, lambda: self._find(self._input.value))
            return
        self._hits = {f"{hit.type}-{hit.id}": hit for hit in hits}
        choices = [
            Choice(key=key, label=hit.title, hint=_TYPES.get(hit.type, hit.type), help=hit.snippet)
            for key, hit in self._hits.items()
        ]
        self._list.show(choices)
