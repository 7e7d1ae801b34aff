"""The help of a screen, made from the bindings that work on it now."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from rich.cells import cell_len
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widget import Widget

from ob_buero_tui.tui.commands import COMMANDS, Command, Group, find_command
from ob_buero_tui.tui.palette import available, screen_key
from ob_buero_tui.tui.screens.dialogs.frame import Dialog
from ob_buero_tui.tui.widgets.drawing import Line, fit, wrap
from ob_buero_tui.tui.widgets.lines_view import LinesView

_SIGNS = (
    ("▌", "Farbe am Rand: Art des Vorgangs; daneben stehen ihre zwei Buchstaben"),
    ("!", "überfällig; bei Terminen: Konflikt; in der Prüfung: bitte ansehen"),
    ("w", "auf Wiedervorlage; das Datum daneben ist ihr Tag"),
    ("«", "vor der Zeit zurück: eine Antwort kam, oder der Termin hat sich geändert"),
    ("V?", "eine Vertretung ist angefragt oder gesucht, noch keine hat zugesagt"),
    ("»", "wichtig"),
    ("x", "markiert"),
    ("✓ i ?", "in Ordnung, Hinweis, offene Frage zum Abhaken"),
    ("░", "vorgemerkter Termin; ▌ ist bestätigt, ┆ ist Fahrt"),
)


def live_commands(screen: Screen[Any]) -> list[Command]:
    """The commands of a screen that work now, each once, in their order of display."""
    bound = [find_command(active.binding.id) for active in screen.active_bindings.values()]
    ids = {each.id for each in (*bound, *available(screen)) if each is not None}
    return [each for each in COMMANDS if each.id in ids]


def help_lines(commands: Sequence[Command], key: str, width: int) -> list[Line]:
    """The help as lines: groups of keys with label and sentence, then the signs.

    Args:
        commands: From `live_commands()`.
        key: Key of the screen, for its own labels.
        width: Cells.
    """
    lines: list[Line] = []
    for group in Group:
        members = [each for each in commands if each.group is group]
        if not members:
            continue
        lines += [*([()] if lines else []), ((group.value, "strong"),)]
        for each in members:
            # What moves is said by the sentence alone; elsewhere the label is what footer and palette say.
            text = each.help if group is Group.BEWEGEN else f"{each.label_on(key)} – {each.help_on(key)}"
            lines += _row(each.key_text() or "Strg+P", text, width)
    lines += [(), (("Zeichen", "strong"),)]
    for sign, meaning in _SIGNS:
        lines += _row(sign, meaning, width)
    return lines


def _row(key: str, text: str, width: int) -> list[Line]:
    column = max(cell_len(key), 16 if width >= 56 else 8)
    first, *rest = wrap(text, max(8, width - column - 3)) or [""]
    indent = " " * (column + 3)
    head: Line = ((" " + fit(key, column) + "  ", "accent"), (first, ""))
    return [head, *(((indent + part, ""),) for part in rest)]


class Help(Dialog[None]):
    """Shows the keys of the screen it was opened from.

    Args:
        screen: The screen to explain.
        title: Its name.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,f1,question_mark,enter", "close", show=False),
    ]
    DEFAULT_CSS = """
    Help {
        & > .dialog-box { width: 90; height: 100%; }
        & LinesView { height: 1fr; }
    }
    """

    def __init__(self, screen: Screen[Any], *, title: str) -> None:
        super().__init__(f"Hilfe · {title}", keys="j k Bild↓ Bild↑ blättern · Esc schließen")
        self._commands = live_commands(screen)
        self._key = screen_key(screen)
        self._view = LinesView(lambda width: help_lines(self._commands, self._key, width))

    def body(self) -> list[Widget]:
        """The text."""
        return [self._view]

    def on_mount(self) -> None:
        """Begin in the text, so that its keys scroll."""
        self._view.focus()

    def action_close(self) -> None:
        """Back to the screen."""
        self.dismiss(None)
