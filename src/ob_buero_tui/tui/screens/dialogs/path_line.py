"""Asks for a path: typed, completed by Tab, or chosen from what is offered below."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Input, Static

from ob_buero_tui.rules.clean import clean
from ob_buero_tui.services.paths import Completion, complete, typed_path
from ob_buero_tui.tui.looking import Looking
from ob_buero_tui.tui.safe import label
from ob_buero_tui.tui.screens.dialogs.frame import Dialog
from ob_buero_tui.tui.screens.dialogs.prompt_line import OneLine
from ob_buero_tui.tui.widgets.choice_list import Choice, ChoiceList


class PathLine(Dialog[Path | None]):
    """Returns an existing file or folder, or None.

    Args:
        title: What is asked.
        text: A sentence above the line.
        value: The path it begins with.
        base: Where a path without a beginning starts.
        folders_only: Whether a folder is wanted.
        offers: Files offered while nothing is typed: path, name to show, quiet words.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "complete", "ergänzen", priority=True),
        Binding("down", "move(1)", show=False, priority=True),
        Binding("up", "move(-1)", show=False, priority=True),
        Binding("pagedown", "move(8)", show=False, priority=True),
        Binding("pageup", "move(-8)", show=False, priority=True),
        Binding("escape", "cancel", "abbrechen"),
    ]
    DEFAULT_CSS = """
    PathLine {
        & > .dialog-box { width: 96; }
        & #said { height: auto; min-height: 1; padding: 0 1; color: $quiet; }
        & #said.-refused { color: $error; }
        & ChoiceList { height: auto; max-height: 10; }
    }
    """

    def __init__(
        self,
        title: str,
        *,
        text: str = "",
        value: str = "",
        base: Path,
        folders_only: bool = False,
        offers: Sequence[tuple[Path, str, str]] = (),
    ) -> None:
        super().__init__(title, keys="Tab ergänzt · ↓↑ wählt · Enter übernehmen · Esc abbrechen")
        self._text, self._value, self._base = text, value, base
        self._folders_only = folders_only
        self._offers = {
            str(path): Choice(key=str(path), label=name, hint=hint) for path, name, hint in offers
        }
        self._paths: dict[str, str] = {}
        """What a chosen entry puts into the line; the line itself holds no control characters."""
        self._real: dict[str, Path] = {}
        self._list = ChoiceList(empty="")
        self._chosen = False
        self._found: Completion | None = None
        """What the typed path may go on with; None until the look into its folder is through."""
        self._tab_waits = False
        self._asked: Path | None = None
        """What Enter chose, until it is known to be there; whoever types on chose something else."""
        self._names = Looking[tuple[str, Completion]](partial(self.call_later, self._show_names))
        self._there = Looking[tuple[Path, bool]](partial(self.call_later, self._answer))

    def body(self) -> list[Widget]:
        """Sentence, line, what is wrong with it, and what it may go on with."""
        above = [Static(label(self._text, multiline=True), classes="dialog-text")] if self._text else []
        field = OneLine(value=clean(self._value), max_length=2000, select_on_focus=False)
        return [*above, field, Static(id="said"), self._list]

    def on_mount(self) -> None:
        """Begin in the line."""
        self._list.can_focus = False
        self.query_one(OneLine).focus()
        self._offer()

    def on_unmount(self) -> None:
        """What a drive still answers is not told any more."""
        self._names.end()
        self._there.end()

    @property
    def value(self) -> str:
        """What is typed now."""
        return self.query_one(OneLine).value

    def on_input_changed(self, event: Input.Changed) -> None:
        """Offer what the path may go on with."""
        event.stop()
        self._chosen, self._found, self._tab_waits = False, None, False
        self._asked = None
        self._say("")
        self._offer()

    def _offer(self) -> None:
        typed = self.value
        if not typed.strip() and self._offers:
            self._list.show(list(self._offers.values()))
            return
        self._look(typed)

    def _look(self, typed: str) -> None:
        """In a thread: a folder may lie on a drive that takes its time, and typing does not wait for it."""
        self._names.ask(lambda: (typed, complete(typed, self._base, folders_only=self._folders_only)))

    def _show_names(self, answer: tuple[str, Completion]) -> None:
        typed, found = answer
        if not self.is_mounted or typed != self.value:
            return  # somebody typed on, and another look is under way
        at = max(typed.rfind("/"), typed.rfind("\\")) + 1
        self._real = {name: typed_path(typed[:at], self._base) / name for name in found.matches}
        self._list.show([Choice(key=name, label=name) for name in found.matches])
        self._found, self._chosen = found, False
        if self._tab_waits:
            self.action_complete()

    def action_complete(self) -> None:
        """Go on as far as all names agree; where they do not, to the first of them."""
        typed, found = self.value, self._found
        self._tab_waits = found is None
        if found is None:
            if not typed.strip() and self._offers:
                self._look(typed)  # nobody has looked yet: what is offered stood there
            return
        if found.text != typed:
            self._put(found.text)
        elif self._list.current is not None and typed.strip():
            self._take_current()

    def action_move(self, entries: int) -> None:
        """Move in the list; Enter then takes its entry."""
        if self._chosen:
            self._list.move(entries)
        self._chosen = bool(self._list.choices)
        self._say("Enter nimmt den markierten Eintrag." if self._chosen else "")

    def on_choice_list_picked(self, message: ChoiceList.Picked) -> None:
        """A click takes an entry."""
        message.stop()
        self._take_current()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Return the path, unless it is not there."""
        event.stop()
        if self._chosen or (not self.value.strip() and self._offers):
            self._take_current()
            return
        self._return(typed_path(self.value, self._base))

    def _take_current(self) -> None:
        choice = self._list.current
        if choice is None:
            return
        if choice.key in self._offers:
            self._return(Path(choice.key))
            return
        path = self._real[choice.key]
        at = max(self.value.rfind("/"), self.value.rfind("\\")) + 1
        if choice.key.endswith("/"):
            self._put(self.value[:at] + choice.key)
        else:
            self._return(path)

    def _return(self, path: Path) -> None:
        self._asked = path
        self._say("wird gesucht …")
        self._there.ask(lambda: (path, self._is_there(path)))

    def _answer(self, answer: tuple[Path, bool]) -> None:
        path, there = answer
        if not self.is_mounted or path != self._asked:
            return
        if there:
            self.dismiss(path)
            return
        what = "Diesen Ordner" if self._folders_only else "Diese Datei"
        self._say(f"! {what} gibt es nicht: {path}", refused=True)

    def _is_there(self, path: Path) -> bool:
        try:
            return path.is_dir() if self._folders_only else path.exists()
        except (OSError, ValueError):
            return False

    def _put(self, text: str) -> None:
        field = self.query_one(OneLine)
        field.value = clean(text, limit=2000)
        field.cursor_position = len(field.value)

    def _say(self, text: str, *, refused: bool = False) -> None:
        said = self.query_one("#said", Static)
        said.update(label(text))
        said.set_class(refused, "-refused")

    def action_cancel(self) -> None:
        """Return nothing."""
        self.dismiss(None)
