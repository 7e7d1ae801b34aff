"""To the Ausfall of a day, from the Kalender or any other screen."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, cast

from ob_buero_tui.tui.commands import AUSFALL

if TYPE_CHECKING:
    from ob_buero_tui.tui.app import DeskApp
    from ob_buero_tui.tui.screens.ausfall import AusfallScreen


async def show_ausfall(desk: DeskApp, on: date) -> None:
    """Show the Ausfall of a day; where there is none, its line is asked for."""
    await desk.show_screen(AUSFALL)
    screen = cast("AusfallScreen", desk.screen)
    # Behind what the screen itself does on arriving: a new one is composed first.
    screen.call_later(screen.read, partial(screen.begin, on))
