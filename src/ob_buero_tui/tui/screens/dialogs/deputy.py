"""Choosing a deputy: both chains, each one's conflicts and how often each stood in; a digit asks."""

from __future__ import annotations

from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from ob_buero_tui.rules import german
from ob_buero_tui.services.requests.decision import Decision
from ob_buero_tui.services.requests.proposing_deputies import ChainView, DeputyChoice, DeputyProposal
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.tui.safe import label, line
from ob_buero_tui.tui.screens.dialogs.decided import DECIDER_KEY, DeciderLine
from ob_buero_tui.tui.screens.dialogs.frame import Dialog

_WIDE = 44
Chosen = tuple[str, str]
"""The keys of a chain and of a calendar."""


class DeputyDialog(Dialog[Chosen | None]):
    """Returns chain and calendar of the deputy to ask, or None.

    Args:
        proposal: Both chains with what is in each one's way.
        votum: What the office advises, or empty.
        decided: Whether it is asked who decided; for what no request is behind, nobody is named.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        DECIDER_KEY,
        Binding("down,j", "move(1)", show=False),
        Binding("up,k", "move(-1)", show=False),
        Binding("enter", "take", "anfragen"),
        Binding("escape", "cancel", "abbrechen"),
    ]
    DEFAULT_CSS = """
    DeputyDialog {
        & > .dialog-box { width: 90; }
        & #deputies { height: auto; max-height: 66vh; }
        & #deputies Static, & .when { height: auto; }
        & .chain { color: $quiet; padding: 1 0 0 0; }
        & .-cursor { background: $cursor-row; }
        & .conflict { color: $error; }
        & .free { color: $quiet; }
    }
    """

    def __init__(
        self, place: Workplace, proposal: DeputyProposal, *, votum: str = "", decided: bool = True
    ) -> None:
        super().__init__(
            f"{proposal.number}: wer vertritt?",
            keys="Ziffer fragt an · Enter fragt die markierte an · Esc abbrechen",
        )
        self._proposal = proposal
        self._entries = [(chain, one) for chain in proposal.chains for one in chain.deputies]
        self._index = _first(self._entries)
        self._names: list[Static] = []
        self._decided = decided
        self.decider_line = DeciderLine(place, votum)

    def body(self) -> list[Widget]:
        """When it is, the chains, and who decided."""
        lines: list[Widget] = []
        number = 0
        for chain in self._proposal.chains:
            lines.append(Static(label(chain.label), classes="chain"))
            for one in chain.deputies:
                number += 1
                name = Static(Content.assemble(_name_line(number, one, self._proposal.year)))
                self._names.append(name)
                lines += [name, *self._below(one)]
        empty = Static("In representation.toml steht keine Vertretung.")
        return [
            Static(label(_when(self._proposal)), classes="when"),
            VerticalScroll(*(lines or [empty]), id="deputies", can_focus=False),
            *([Static(""), self.decider_line] if self._decided else []),
        ]

    def on_mount(self) -> None:
        """Stand on the first who has time."""
        self._mark()

    @property
    def decision(self) -> Decision:
        """Who decided, as the dialog was left."""
        return self.decider_line.decision

    def on_key(self, event: events.Key) -> None:
        """A digit asks this deputy."""
        digit = event.character or ""
        if digit.isascii() and digit.isdigit() and 0 < int(digit) <= len(self._entries):
            event.stop()
            self._choose(int(digit) - 1)

    def action_move(self, entries: int) -> None:
        """Move the cursor, stopping at the ends."""
        if self._entries:
            self._index = min(max(self._index + entries, 0), len(self._entries) - 1)
            self._mark()

    def action_take(self) -> None:
        """Ask the deputy under the cursor."""
        if self._entries:
            self._choose(self._index)

    def action_next_decider(self) -> None:
        """F9."""
        if self._decided:
            self.decider_line.advance()

    def action_cancel(self) -> None:
        """Return nothing."""
        self.dismiss(None)

    def _choose(self, index: int) -> None:
        chain, one = self._entries[index]
        self.dismiss((chain.key, one.calendar))

    def _mark(self) -> None:
        for place, name in enumerate(self._names):
            name.set_class(place == self._index, "-cursor")
        if self._names:
            self._names[self._index].scroll_visible(animate=False)

    def _below(self, one: DeputyChoice) -> list[Static]:
        if one.conflicts:
            return [Static(label(f"    ! {text}"), classes="conflict") for text in one.conflicts]
        if self._proposal.event is None:
            return []
        return [Static("    ✓ keine Überschneidung im Kalender", classes="free")]


def _first(entries: list[tuple[ChainView, DeputyChoice]]) -> int:
    """The first deputy who has time and has not said no; else the first."""
    free = (place for place, (_, one) in enumerate(entries) if not one.conflicts and not one.said)
    return next(free, 0)


def _when(proposal: DeputyProposal) -> str:
    event = proposal.event
    if event is None:
        return "Ohne Datum: Konflikte lassen sich noch nicht sagen, ein Termin entsteht nicht."
    span = f"{german.clock(event.start)}–{german.clock(event.end)}"
    travel = f", Fahrt je {german.duration(event.travel_before_min)}" if event.travel_before_min else ""
    return f"{german.long_date(event.start.date())} {span}{travel}"


def _name_line(number: int, one: DeputyChoice, year: int) -> Content:
    times = f"{year}: {one.stood}× vertreten"
    asked = f", {one.asked} angefragt" if one.asked else ""
    said = f" · {one.said}" if one.said else ""
    name = one.label + " " * max(1, _WIDE - cell_len(one.label))
    return Content.assemble((f" {number}  ", "bold $accent"), line(f"{name}{times}{asked}{said}", limit=300))
