"""The Votum in one small dialog: a digit picks it, a line says why."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Input, Static

from ob_buero_tui.services.requests.voting import TEXT_LIMIT, VOTES
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.tui.safe import label, line
from ob_buero_tui.tui.screens.dialogs.drafting import Drafting
from ob_buero_tui.tui.screens.dialogs.prompt_line import OneLine
from ob_buero_tui.tui.widgets.choice_list import Choice, ChoiceList

NONE = "ohne"


class VotumDialog(Drafting[tuple[str, str] | None]):
    """Returns the key of a Votum (or "") and its words, or None.

    Args:
        title: What it is about.
        votum: The present one.
        text: Its present words.
        text_above: A sentence above the choice.
        draft: Where the words are kept until whoever carries it out drops them.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "move(1)", show=False),
        Binding("up", "move(-1)", show=False),
        Binding("tab,shift+tab", "switch", show=False, priority=True),
        Binding("enter", "take", "übernehmen"),
        Binding("escape", "cancel", "abbrechen"),
    ]
    DEFAULT_CSS = """
    VotumDialog #why { margin: 1 0 0 0; }
    """

    def __init__(
        self,
        title: str,
        *,
        votum: str = "",
        text: str = "",
        text_above: str = "",
        draft: tuple[Workplace, str] | None = None,
    ) -> None:
        super().__init__(title, keys="Ziffer wählt · Tab Begründung · Enter übernehmen · Esc abbrechen")
        self._above = text_above
        self._choices = [
            Choice(key=key, label=word, letter=str(place))
            for place, (key, word) in enumerate([*VOTES.items(), (NONE, "ohne Votum")], start=1)
        ]
        self._votum = votum or NONE
        self._list = ChoiceList()
        self._before = line(text)
        self._why = OneLine(
            line(self.keep_at(draft).get("text", text)),
            placeholder="Begründung, darf fehlen",
            max_length=TEXT_LIMIT,
            id="why",
        )

    def body(self) -> list[Widget]:
        """Sentence, choice, and the line for the words."""
        above = [Static(label(self._above, multiline=True), classes="dialog-text")] if self._above else []
        return [*above, self._list, self._why]

    def on_mount(self) -> None:
        """Begin in the choice."""
        self._list.show(self._choices, current=self._votum)
        self._list.focus()

    def on_key(self, event: events.Key) -> None:
        """A digit picks and goes on to the words; j and k move."""
        if self._why.has_focus:
            return
        letter = event.character or ""
        if (choice := self._list.by_letter(letter)) is not None:
            event.stop()
            self._list.show(self._choices, current=choice.key)
            self.set_focus(self._why)
        elif letter in ("j", "k"):
            event.stop()
            self._list.move(1 if letter == "j" else -1)

    def on_choice_list_picked(self, message: ChoiceList.Picked) -> None:
        """A click picks and goes on to the words."""
        message.stop()
        self._list.show(self._choices, current=message.choice.key)
        self._why.focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter in the line."""
        event.stop()
        self.action_take()

    def action_move(self, entries: int) -> None:
        """Move the cursor of the choice, also from the line."""
        self._list.move(entries)

    def action_switch(self) -> None:
        """Between choice and words."""
        self.set_focus(self._list if self.focused is self._why else self._why)

    def action_take(self) -> None:
        """Return both."""
        current = self._list.current
        votum = current.key if current is not None else NONE
        self.save_draft()
        self.dismiss(("" if votum == NONE else votum, self._why.value.strip()))

    def to_keep(self) -> dict[str, str]:
        """The words, where they are new."""
        typed = self._why.value
        return {"text": typed} if typed.strip() and typed != self._before else {}
