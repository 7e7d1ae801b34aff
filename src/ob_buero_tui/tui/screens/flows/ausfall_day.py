"""To the Ausfall of a day, from the Kalender or any other screen."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, cast

from textual.events import Key

from ob_buero_tui.tui.commands import AUSFALL

if TYPE_CHECKING:
    from ob_buero_tui.tui.app import DeskApp
    from ob_buero_tui.tui.screens.ausfall import AusfallScreen


async def show_ausfall(desk: DeskApp, on: date) -> None:
    """Show the Ausfall of a day; where there is none, its line is asked for."""
    # What is typed right behind the key belongs into the line that is about to be asked for.
    desk.ahead.begin()
    await desk.show_screen(AUSFALL)
    screen = cast("AusfallScreen", desk.screen)
    # Behind what the screen itself does on arriving: a new one is composed first.
    screen.call_later(_begin, screen, on)


def _begin(screen: AusfallScreen, on: date) -> None:
    ahead = screen.desk.ahead
    try:
        screen.read(partial(screen.begin, on))
        if screen.absence.typing:
            ahead.give(screen)
    finally:
        if (left := ahead.end()) is not None:
            screen.app.post_message(Key(left.key, left.character))
