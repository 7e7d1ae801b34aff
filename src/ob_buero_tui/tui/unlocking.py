"""The screen before the desk: asks for the password of an encrypted database, as often as it takes."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import Screen
from textual.widgets import Checkbox, Static

from ob_buero_tui.config import ThemeName
from ob_buero_tui.rules import limits
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.tui import keyboard
from ob_buero_tui.tui.ending import OrderlyEnd
from ob_buero_tui.tui.safe import label
from ob_buero_tui.tui.theme import DARK, LIGHT, THEMES, variable_defaults
from ob_buero_tui.tui.widgets.asked_line import OneLine
from ob_buero_tui.tui.widgets.cut_paste import tell_cut
from ob_buero_tui.tui.widgets.too_small import HORIZONTAL_BREAKPOINTS, VERTICAL_BREAKPOINTS, TooSmall

Try = Callable[[str], None]
"""Tries a password; raises a `Refusal` when it does not fit."""

TRYING = "Das Kennwort wird geprüft …"
KEYS = "Enter öffnet · Esc beendet"


class SecretLine(OneLine):
    """A line that shows a dot for each character; a pasted password keeps its blanks."""

    def _on_paste(self, event: events.Paste) -> None:
        event.prevent_default()
        event.stop()
        if event.text:
            self.value = event.text.splitlines()[0][: limits.PASSWORD_TYPED]
            tell_cut(self, len(self.value), len(event.text.rstrip("\r\n")))


class UnlockScreen(Screen[None]):
    """One field, what came of the last try, and the keys."""

    DEFAULT_CSS = """
    UnlockScreen {
        align: center middle;
        & > #box {
            width: 70;
            max-width: 100%;
            height: auto;
            max-height: 100%;
            padding: 0 1;
            border: solid $line-focus;
            border-title-color: $strong;
            border-title-style: bold;
        }
        & Static { height: auto; width: 100%; }
        & #told { color: $error; padding: 1 0 0 0; }
        & #keys { color: $quiet; padding: 1 0 0 0; }
        & Checkbox { border: none; background: $background; padding: 0; margin: 1 0 0 0; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab,down", "app.focus_next", show=False, priority=True),
        Binding("shift+tab,up", "app.focus_previous", show=False, priority=True),
        Binding("escape,ctrl+q,ctrl+c", "leave", show=False, priority=True),
    ]

    def __init__(self, path: Path, *, try_password: Try, can_keep: bool) -> None:
        super().__init__()
        self._path = path
        self._try = try_password
        self._can_keep = can_keep
        self._trying = False

    def compose(self) -> ComposeResult:
        """The box with the field; the offer to keep the password only where the system has a keyring."""
        with Vertical(id="box") as box:
            box.border_title = "Kennwort"
            yield Static(label(f"Die Datenbank „{self._path.name}“ ist verschlüsselt."))
            yield SecretLine(
                password=True, placeholder="Kennwort", id="password", max_length=limits.PASSWORD_TYPED
            )
            if self._can_keep:
                yield Checkbox("im Schlüsselbund dieses Kontos merken", id="keep")
            yield Static(id="told")
            yield Static(label(KEYS), id="keys")
        yield TooSmall()

    def on_mount(self) -> None:
        """Nothing is said before the first try."""
        self.query_one("#told", Static).display = False
        self.set_focus(self.query_one(SecretLine))

    def on_input_submitted(self, event: SecretLine.Submitted) -> None:
        """Try what was typed; a second Enter waits until the first is answered."""
        if event.value and not self._trying:
            self._trying = True
            self.run_worker(self._answer(event.value), exit_on_error=True)

    async def _answer(self, password: str) -> None:
        field = self.query_one(SecretLine)
        self._tell(TRYING)
        try:
            # Deriving the key takes tenths of a second on purpose.
            await asyncio.to_thread(self._try, password)
        except Refusal as refusal:
            field.value = ""
            self._tell(str(refusal))
            self.set_focus(field)
        else:
            self.app.exit((password, self._can_keep and self.query_one("#keep", Checkbox).value))
        finally:
            self._trying = False

    def _tell(self, text: str) -> None:
        told = self.query_one("#told", Static)
        told.display = True
        told.update(label(text))

    def action_leave(self) -> None:
        """Open nothing."""
        self.app.exit(None)


class UnlockApp(OrderlyEnd, inherit_bindings=False):
    """Ends with the password and whether to keep it, or with nothing.

    Args:
        path: The encrypted database.
        try_password: Tries a password.
        can_keep: Whether the system has a keyring that may keep it.
        dark: Which of the two looks.
    """

    CSS_PATH = "app.tcss"
    TITLE = "OB-Büro"
    ENABLE_COMMAND_PALETTE = False
    HORIZONTAL_BREAKPOINTS = HORIZONTAL_BREAKPOINTS
    VERTICAL_BREAKPOINTS = VERTICAL_BREAKPOINTS

    def __init__(self, path: Path, *, try_password: Try, can_keep: bool = False, dark: bool = False) -> None:
        super().__init__()
        self._asked = UnlockScreen(path, try_password=try_password, can_keep=can_keep)
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = DARK if dark else LIGHT

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our own colour names, so that stylesheets are parsed before a theme is set."""
        return variable_defaults()

    def get_default_screen(self) -> Screen[Any]:
        """The one screen."""
        return self._asked

    def on_mount(self) -> None:
        """A closed window ends it in order."""
        self._follow_signals()

    def refuse(self, refusal: Refusal) -> None:
        """Show a refusal."""
        self.notify(str(refusal), severity="warning", timeout=12)


def ask_password(
    path: Path, try_password: Try, *, can_keep: bool, theme: ThemeName
) -> tuple[str, bool] | None:
    """Ask for the password of a database until one fits.

    Returns:
        The password and whether the keyring is to keep it; None when somebody left.
    """
    keyboard.install()
    app = UnlockApp(path, try_password=try_password, can_keep=can_keep, dark=theme is ThemeName.DUNKEL)
    found: Any = app.run()
    if app.crashed:
        sys.stderr.write("OB-Büro musste sich beenden. Die Datenbank ist unverändert.\n")
    return found if isinstance(found, tuple) else None
