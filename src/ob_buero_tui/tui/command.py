"""What a command is, and how its keys are called on a German keyboard."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from textual.binding import Binding

EINGANG: Final = "eingang"
KALENDER: Final = "kalender"
SITZUNGEN: Final = "sitzungen"
TAGESORDNUNG: Final = "tagesordnung"
THEMEN: Final = "themen"
WIEDERVORLAGEN: Final = "wiedervorlagen"
PERSONEN: Final = "personen"
OB_VORLAGE: Final = "ob_vorlage"
AUSFALL: Final = "ausfall"
GREMIEN: Final = "gremien"
JAHRESPLAN: Final = "jahresplan"
VORLAGEN: Final = "vorlagen"
SICHERUNGEN: Final = "sicherungen"
AUSSONDERUNG: Final = "aussonderung"

_NAMES: Final = {
    "escape": "Esc",
    "enter": "Enter",
    "space": "Leertaste",
    "tab": "Tab",
    "pageup": "Bild↑",
    "pagedown": "Bild↓",
    "home": "Pos1",
    "end": "Ende",
    "delete": "Entf",
    "backspace": "Rücktaste",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "slash": "/",
    "question_mark": "?",
    "exclamation_mark": "!",
    "full_stop": ".",
    "asterisk": "*",
    "minus": "-",
    "plus": "+",
    "number_sign": "#",
    "less_than_sign": "<",
    "greater_than_sign": ">",
}
_MODIFIERS: Final = {"ctrl": "Strg", "shift": "Umschalt", "alt": "Alt"}


def key_name(key: str) -> str:
    """The German name of a key in Textual's spelling: `ctrl+p` is „Strg+P“, `pageup` „Bild↑“."""
    *modifiers, last = key.split("+")
    named = _NAMES.get(last, last)
    if len(last) > 1 and last[0] == "f" and last[1:].isdigit():
        named = last.upper()
    if not modifiers:
        return named
    return "+".join(
        [*(_MODIFIERS.get(part, part) for part in modifiers), named.upper() if len(named) == 1 else named]
    )


def printed(keys: tuple[str, ...]) -> str:
    """The one key that the footer shows for a command: its shortest name, so that more fit."""
    return min((key_name(key) for key in keys), key=len, default="")


class Group(StrEnum):
    """The groups in which help and palette show the commands, in this order."""

    VERBEN = "Vorgang"
    BEWEGEN = "Bewegen"
    MARKIEREN = "Markieren"
    BEREICHE = "Bereiche"
    DATUM = "Kalenderdatum"
    RAHMEN = "Programm"


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One thing a user can do.

    Args:
        id: Name of the action and of the binding.
        keys: Keys in Textual's spelling; empty when only the palette offers it.
        label: What footer and palette call it, German, short.
        help: One German sentence for help and palette.
        group: Where help lists it.
        scope: Keys of the screens that have it; empty means every screen.
        leads_to: Key of the screen it goes to, which does not offer it itself.
        show: 0 never in the footer, otherwise 1 (stays longest) to 9 (is dropped first).
        chord: Letter that runs it after the prefix key `g`.
        numbered: True when each key is a digit that the action gets as its argument.
        palette: False for what makes no sense without its key, such as moving the cursor.
        short: What the footer calls it where room is short; empty: its label.
        labels: Other labels on single screens, as pairs of screen key and label.
        helps: Other sentences on single screens, likewise.
    """

    id: str
    keys: tuple[str, ...] = ()
    label: str
    help: str
    group: Group
    scope: tuple[str, ...] = ()
    leads_to: str = ""
    show: int = 0
    chord: str = ""
    numbered: bool = False
    palette: bool = True
    short: str = ""
    labels: tuple[tuple[str, str], ...] = ()
    helps: tuple[tuple[str, str], ...] = ()

    def on(self, screen_key: str) -> bool:
        """Whether the screen of this key has the command."""
        return screen_key != self.leads_to if self.leads_to else not self.scope or screen_key in self.scope

    def label_on(self, screen_key: str) -> str:
        """The label on the screen of this key."""
        return dict(self.labels).get(screen_key, self.label)

    def short_of(self, label: str) -> str:
        """The shorter form of a label it has on a screen; a screen's own word has none."""
        return self.short if self.short and label == self.label else label

    def help_on(self, screen_key: str) -> str:
        """The sentence on the screen of this key."""
        return dict(self.helps).get(screen_key, self.help)

    def key_text(self) -> str:
        """All its keys as a German keyboard names them, for help and palette: „F2, g e“."""
        if self.numbered:
            return f"{self.keys[0]}–{self.keys[-1]}"
        names = [key_name(key) for key in self.keys]
        if self.chord:
            names.append(f"g {self.chord}")
        return ", ".join(names)

    def bindings(self, screen_key: str) -> list[Binding]:
        """Textual bindings of the command on one screen, one for each key."""
        label = self.label_on(screen_key)
        return [
            Binding(
                key,
                f"{self.id}({key})" if self.numbered else self.id,
                label,
                show=self.show > 0,
                key_display=printed(self.keys) if self.show else key_name(key),
                id=self.id if not self.numbered else f"{self.id}-{key}",
                tooltip="",
            )
            for key in self.keys
        ]
