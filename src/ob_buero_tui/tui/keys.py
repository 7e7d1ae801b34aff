"""What stands between the keyboard and the verbs: the prefix key `g`, and bursts that no hand typed.

Everything here is pure: keys and monotonic times go in, a decision comes out. A screen asks `KeyGate`
in its `on_key` and stops the event unless the answer is `PASS`.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Final

from rich.cells import cell_len
from textual.widget import Widget
from textual.widgets import Input

from ob_buero_tui.tui.command import Command

BURST_KEYS: Final = 3
"""So many printable keys within `BURST_SECONDS` may still be a hand on the keyboard."""
BURST_SECONDS: Final = 0.060
QUIET_SECONDS: Final = 0.250
"""After a burst or a paste nothing counts until the keyboard was quiet for so long."""

_HELD: Final = frozenset(("j", "k", "h", "l", "down", "up", "left", "right"))


def is_field(widget: Widget | None) -> bool:
    """Whether a widget takes typed text, so that no verb and no undo may fire while it has the focus."""
    # By its name: importing a text area, which no screen begins with, would cost the start a tenth.
    return isinstance(widget, Input) or any(kind.__name__ == "TextArea" for kind in type(widget).__mro__)


class BurstGuard:
    """Tells typed keys from pasted ones by their speed."""

    def __init__(self) -> None:
        self._recent: deque[float] = deque(maxlen=BURST_KEYS)
        self._last_key = ""
        self._quiet_from: float | None = None

    def allows(self, key: str, at: float) -> bool:
        """Whether a printable key (or Enter) may act.

        A held movement key repeats as fast as the keyboard likes and is no burst.

        Args:
            key: The key in Textual's spelling.
            at: Monotonic time in seconds.
        """
        if self._quiet_from is not None:
            if at - self._quiet_from < QUIET_SECONDS:
                self._quiet_from = at
                return False
            self._quiet_from = None
            self._recent.clear()
        held = key in _HELD and key == self._last_key
        self._last_key = key
        if held:
            return True
        if len(self._recent) == BURST_KEYS and at - self._recent[0] <= BURST_SECONDS:
            self._quiet_from = at
            return False
        self._recent.append(at)
        return True

    def pasted(self, at: float) -> None:
        """Note a paste: an ESC inside it ends the paste early and the rest arrives as keys."""
        self._quiet_from = at


_PLAIN: Final = {"choose_calendars": "Auswahl", "show_ausfall": "Ausfall"}
"""Names for the line of the prefix key where the label is a whole sentence."""
_BRIEF: Final = {
    **_PLAIN,
    "show_follow_ups": "WV",
    "show_vorlage": "OB",
    "show_topics": "Themen",
    "show_year_plan": "Jahr",
    "first": "oben",
}
"""Names where that line has little room."""
_TERSE: Final = {
    **_BRIEF,
    "show_inbox": "Eing.",
    "show_calendar": "Kal.",
    "show_meetings": "Sitz.",
    "show_people": "Pers.",
}
"""Names where all letters would not fit otherwise."""
_LEAST: Final = {
    **_TERSE,
    "choose_calendars": "Ausw",
    "show_agenda": "TO",
    "show_backups": "Sich",
    "show_bodies": "Grem",
    "show_disposal": "Auss",
    "show_papers": "Vorl",
    "show_topics": "Them",
    "show_numbers": "Zahl",
}
"""Names in a terminal of 80 columns, and where even the terse ones would cost a letter."""
_STAYS: Final = "go_date"
"""What that line names in the narrowest terminal too."""


class Prefix:
    """The chooser behind the prefix key: after `g` one letter runs a command, anything else cancels."""

    def __init__(self, chords: Mapping[str, Command]) -> None:
        self._chords = dict(chords)
        self.waiting = False

    def start(self) -> None:
        """Wait for the letter."""
        self.waiting = True

    def cancel(self) -> None:
        """Wait no longer."""
        self.waiting = False

    def take(self, key: str) -> Command | None:
        """The command of the letter, or None; either way the waiting ends."""
        self.waiting = False
        return self._chords.get(key)

    def hint(self, width: int = 1000) -> str:
        """The line that shows what may follow: „g …  e Eingang  k Kalender  d Datum  g Anfang“.

        Args:
            width: Cells there are; where they are few, names are shorter and some are missing.
        """
        tables: tuple[Mapping[str, str], ...] = ({}, _PLAIN, _BRIEF, _TERSE, _LEAST)
        whole, full, short, terse, least = (self._named(names) for names in tables)
        tried = (
            *((whole, "  ", "  Esc abbrechen"), (full, "  ", "  Esc abbrechen"), (full, "  ", "")),
            *((short, "  ", ""), (short, " ", ""), (terse, " ", ""), (least, " ", "")),
        )
        for names, blanks, end in tried:
            if cell_len(text := f"g …{blanks}{blanks.join(names)}{end}") <= width:
                return text
        # What has a key of its own besides goes first, the last one before the others.
        order = sorted(range(len(least)), key=self._worth)
        while (
            cell_len(text := f"g … {' '.join(least[at] for at in sorted(order))}") > width and len(order) > 1
        ):
            order.pop()
        return text

    def _worth(self, at: int) -> tuple[bool, bool, int]:
        """Where the letter at a place stands in the order in which they are given up, the last one first."""
        each = list(self._chords.values())[at]
        return bool(each.keys), each.id != _STAYS, at

    def _named(self, names: Mapping[str, str]) -> list[str]:
        """Each letter with its name, or with another one from a table."""
        return [
            f"{letter} {names.get(each.id, each.label.rstrip(' …'))}" for letter, each in self._chords.items()
        ]


class Verdict(Enum):
    """What becomes of a key."""

    PASS = "pass"  # noqa: S105 - no password
    SWALLOW = "swallow"
    RUN = "run"


@dataclass(frozen=True, slots=True)
class Decision:
    """The verdict on a key, and the command to run when it ended a chord."""

    verdict: Verdict
    command: Command | None = None


_PASS: Final = Decision(Verdict.PASS)
_SWALLOW: Final = Decision(Verdict.SWALLOW)


class KeyGate:
    """The burst guard and the prefix key of one screen together."""

    def __init__(self, chords: Mapping[str, Command]) -> None:
        self.guard = BurstGuard()
        self.prefix = Prefix(chords)

    def decide(self, key: str, *, printable: bool, at: float, in_field: bool) -> Decision:
        """What a screen does with a key.

        Args:
            key: The key in Textual's spelling.
            printable: Whether it types a character.
            at: Monotonic time in seconds, `event.time`.
            in_field: Whether a text field has the focus; then every key is its own.
        """
        if in_field:
            return _PASS
        if (printable or key == "enter") and not self.guard.allows(key, at):
            self.prefix.cancel()
            return _SWALLOW
        if not self.prefix.waiting:
            return _PASS
        if not printable and key != "escape":
            # An arrow or F-key says what is wanted; the chooser steps aside.
            self.prefix.cancel()
            return _PASS
        found = self.prefix.take(key)
        return Decision(Verdict.RUN, found) if found else _SWALLOW
