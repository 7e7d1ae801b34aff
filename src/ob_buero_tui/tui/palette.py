"""The command palette: every command that can be run now, found by its German words."""

from __future__ import annotations

from typing import Any, ClassVar

from textual.binding import Binding, BindingType
from textual.dom import DOMNode
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input

from ob_buero_tui.rules.folding import fold_document, query_words
from ob_buero_tui.tui.commands import Command, command, commands_for
from ob_buero_tui.tui.screens.dialogs.frame import Dialog
from ob_buero_tui.tui.screens.dialogs.prompt_line import OneLine
from ob_buero_tui.tui.widgets.choice_list import Choice, ChoiceList


def screen_key(screen: Screen[Any]) -> str:
    """The key under which commands know a screen: its `screen_key`, empty for dialogs."""
    return str(getattr(screen, "screen_key", ""))


def available(screen: Screen[Any]) -> list[Command]:
    """The commands the palette offers on a screen.

    A command is offered when screen or app has its action and `check_action` there allows it; the
    footer asks the same method.
    """
    return [each for each in commands_for(screen_key(screen)) if each.palette and _allowed(screen, each)]


def _allowed(screen: Screen[Any], each: Command) -> bool:
    node: DOMNode
    for node in (screen, screen.app):
        if hasattr(node, f"action_{each.id}"):
            return node.check_action(each.id, ()) is True
    return False


def search(commands: list[Command], query: str, key: str = "") -> list[Command]:
    """The commands in which each word of the query occurs, best first.

    Args:
        commands: What can be run.
        query: What was typed.
        key: Key of the screen, for its own labels.
    """
    words = query_words(query)
    if not words:
        return commands
    scored = [(_score(each, words, key), place, each) for place, each in enumerate(commands)]
    return [each for score, _, each in sorted(scored, key=lambda found: found[:2]) if score < _NO_MATCH]


_NO_MATCH = 9


def _score(each: Command, words: tuple[str, ...], key: str) -> int:
    name = fold_document(each.label_on(key))
    everything = f"{name} {fold_document(each.help)} {fold_document(each.group.value)}"
    if not all(word in everything for word in words):
        return _NO_MATCH
    if name.startswith(words[0]):
        return 0
    if any(part.startswith(words[0]) for part in name.split()):
        return 1
    return 2 if words[0] in name else 3


class Palette(Dialog[Command | None]):
    """Returns the chosen command, or None; who opened it runs the command.

    Args:
        commands: From `available()`.
        key: Key of the screen, for its own labels.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "move(1)", show=False),
        Binding("up", "move(-1)", show=False),
        Binding("pagedown", "move(8)", show=False),
        Binding("pageup", "move(-8)", show=False),
        Binding("escape", "cancel", show=False),
    ]
    DEFAULT_CSS = """
    Palette {
        align: center top;
        & > .dialog-box { margin: 1 0; height: 90%; }
        & Input { margin: 0 0 1 0; }
        & ChoiceList { height: 1fr; }
    }
    """

    def __init__(self, commands: list[Command], *, key: str = "") -> None:
        super().__init__("Befehle", keys="↑ ↓ bewegen · Enter ausführen · Esc schließen")
        self._commands = commands
        self._key = key
        self._list = ChoiceList(empty="Kein Befehl heißt so.")
        self._list.can_focus = False

    def body(self) -> list[Widget]:
        """Search line and list."""
        return [OneLine(placeholder="Befehl suchen …", max_length=80), self._list]

    def on_mount(self) -> None:
        """Begin in the search line with everything shown."""
        self.query_one(Input).focus()
        self._find("")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Search while one types."""
        event.stop()
        self._find(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take the entry under the cursor."""
        event.stop()
        if (choice := self._list.current) is not None:
            self.dismiss(command(choice.key))

    def on_choice_list_picked(self, message: ChoiceList.Picked) -> None:
        """A click takes the entry."""
        message.stop()
        self.dismiss(command(message.choice.key))

    def action_move(self, entries: int) -> None:
        """Move the cursor."""
        self._list.move(entries)

    def action_cancel(self) -> None:
        """Return nothing."""
        self.dismiss(None)

    def _find(self, query: str) -> None:
        found = search(self._commands, query, self._key)
        self._list.show(
            [
                Choice(
                    key=each.id,
                    label=each.label_on(self._key),
                    hint=each.key_text(),
                    help=each.help_on(self._key),
                )
                for each in found
            ]
        )
