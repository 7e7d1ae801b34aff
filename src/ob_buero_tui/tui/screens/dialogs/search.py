"""Search over everything while one types."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Static
from textual.worker import get_current_worker

from ob_buero_tui.rules.query import Mistake, parse_query
from ob_buero_tui.rules.query_hints import hint
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.requests.query import explained
from ob_buero_tui.services.search import Hit, search
from ob_buero_tui.services.workplace import WORKER_PATIENCE_MS, Workplace
from ob_buero_tui.tui.safe import label
from ob_buero_tui.tui.screens.dialogs.frame import Dialog, after_typing
from ob_buero_tui.tui.screens.dialogs.prompt_line import OneLine
from ob_buero_tui.tui.spoilt import told_empty
from ob_buero_tui.tui.widgets.choice_list import Choice, ChoiceList

LIMIT = 40
KEYS = "Enter öffnen · Strg+L als Stapel · Strg+S Stapel merken · Esc schließen"
AGAIN_SECONDS = 0.3
INVITATION = "Tippen Sie ein Wort; Wortanfänge genügen."
_NUMBER = 20
FROM_LETTERS = 2
"""One letter finds nearly everything and tells nothing."""
_TYPES = {
    "request": "Eingang",
    "event": "Termin",
    "task": "Aufgabe",
    "person": "Person",
    "organization": "Organisation",
    "meeting": "Sitzung",
    "paper": "Vorlage",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Pile:
    """All that a query finds, to be shown as a pile of the Eingang; kept under a name where wanted."""

    query: str
    keep: bool = False


class Search(Dialog[Hit | Pile | None]):
    """Returns the record to open, a query to show as a pile, or None.

    Args:
        opens: The types of records that have a screen.
    """

    class Found(Message):
        """The hits for what was typed, how it was understood, or what is wrong with it."""

        def __init__(self, typed: str, hits: Sequence[Hit], said: str, *, refused: bool = False) -> None:
            super().__init__()
            self.said = said
            self.refused = refused
            self.typed = typed
            self.hits = hits

    class Again(Message):
        """The database did not answer."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "move(1)", show=False),
        Binding("up", "move(-1)", show=False),
        Binding("pagedown", "move(8)", show=False),
        Binding("pageup", "move(-8)", show=False),
        Binding("ctrl+l", "show_pile(False)", show=False, priority=True),
        Binding("ctrl+s", "show_pile(True)", show=False, priority=True),
        Binding("escape", "cancel", show=False),
    ]
    DEFAULT_CSS = """
    Search {
        align: center top;
        & > .dialog-box { width: 100; margin: 1 0; }
        & #understood { height: auto; min-height: 1; padding: 0 1; color: $quiet; }
        & #understood.-refused { color: $error; }
        & ChoiceList { height: auto; max-height: 66vh; }
    }
    """

    def __init__(self, place: Workplace, opens: Collection[str]) -> None:
        super().__init__("Suche", keys=KEYS)
        self._patient = place.with_patience(WORKER_PATIENCE_MS)
        self._input = OneLine(placeholder="Name, Ort, Wort aus dem Brief, Nummer …", max_length=120)
        self._list = ChoiceList(empty=INVITATION)
        self._list.can_focus = False
        self._opens = opens
        self._hits: dict[str, Hit] = {}
        self._shown = ""
        self._open_soon = False
        self._below = Static(id="understood")

    def body(self) -> list[Widget]:
        """Line, how it is understood, and hits."""
        return [self._input, self._below, self._list]

    def on_mount(self) -> None:
        """Begin in the line."""
        self._input.focus()
        self._find("")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Search while one types."""
        event.stop()
        self._find(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Open the hit under the cursor, as soon as the hits are those of what is typed."""
        event.stop()
        self._open_soon = self._shown != event.value
        if not self._open_soon:
            self._open_current()

    def _open_current(self) -> None:
        if (choice := self._list.current) is not None:
            self._open(self._hits[choice.key])

    def on_choice_list_picked(self, message: ChoiceList.Picked) -> None:
        """A click opens."""
        message.stop()
        self._open(self._hits[message.choice.key])

    def action_move(self, entries: int) -> None:
        """Move the cursor."""
        self._list.move(entries)

    @after_typing
    def action_show_pile(self, keep: bool) -> None:
        """Return the query, to be shown as a pile of the Eingang, or kept as one."""
        try:
            query = parse_query(self._input.value)
            explained(self._patient, query)
        except Refusal as refusal:
            self._tell(str(refusal), refused=True)
            return
        if query.terms:
            self.dismiss(Pile(query=str(query), keep=keep))

    def _tell(self, text: str, *, refused: bool = False) -> None:
        """Say below the line how it is understood, what can stand there, or what is wrong."""
        # The sign says it without colour too.
        self._below.update(label(f"! {text}" if refused else text))
        self._below.set_class(refused, "-refused")

    def action_cancel(self) -> None:
        """Return nothing."""
        self.dismiss(None)

    def _open(self, hit: Hit) -> None:
        if hit.type in self._opens:
            self.dismiss(hit)
        else:
            self.notify("Dafür gibt es noch kein eigenes Bild.")

    def _find(self, typed: str) -> None:
        self._open_soon = False
        self._tell(hint(typed))
        if len(typed.strip()) < FROM_LETTERS:
            self.workers.cancel_group(self, "search")
            self._show(typed, ())
        else:
            self._look_up(typed)

    @work(thread=True, exclusive=True, group="search", exit_on_error=False)
    def _look_up(self, typed: str) -> None:
        """In a thread: a common word has thousands of hits; the newest question wins."""
        worker = get_current_worker()
        try:
            query = parse_query(typed)
            said = explained(self._patient, query) if query.keyed else ""
            hits = search(self._patient, typed, LIMIT)
        except Mistake as mistake:
            if not worker.is_cancelled:
                self.post_message(self.Found(typed, (), str(mistake), refused=True))
            return
        except Refusal:
            # Another desk holds the file for long: the hits stay, and the next look is soon.
            if not worker.is_cancelled:
                self.post_message(self.Again())
            return
        if not worker.is_cancelled:
            self.post_message(self.Found(typed, hits, said))

    def on_search_found(self, message: Found) -> None:
        """Show the hits, unless something else is typed by now."""
        if message.typed == self._input.value:
            self._show(message.typed, message.hits)
            # While a value is still to come, what can stand there helps more than that it is missing.
            if not (shown := hint(message.typed)) or not message.refused:
                self._tell(message.said or shown, refused=message.refused)

    def on_search_again(self) -> None:
        """Look once more in a moment."""
        self.set_timer(AGAIN_SECONDS, lambda: self._find(self._input.value))

    def _show(self, typed: str, hits: Sequence[Hit]) -> None:
        self._shown = typed
        self._hits = {f"{hit.type}-{hit.id}": hit for hit in hits}
        choices = [
            Choice(key=key, label=hit.title, hint=_TYPES.get(hit.type, hit.type), help=_beside(hit))
            for key, hit in self._hits.items()
        ]
        searched = len(typed.strip()) >= FROM_LETTERS
        found_none = told_empty(self._patient, "Nichts gefunden.")
        self._list.show(choices, empty=found_none if searched else INVITATION)
        if self._open_soon:
            self._open_soon = False
            self._open_current()


def _beside(hit: Hit) -> str:
    """What the excerpt says besides the title, which stands before it already."""
    rest = hit.snippet.removeprefix("… ")
    for _ in range(2):  # names stand twice where they are found: as title and as the first words
        if rest.startswith(hit.title):
            rest = rest[len(hit.title) :].lstrip(" ·,")
    if 0 <= (found := rest.find(hit.title)) <= _NUMBER:  # its number stands before it
        rest = rest[:found] + rest[found + len(hit.title) :].lstrip(" ·,")
    return rest if rest != hit.snippet.removeprefix("… ") else hit.snippet
