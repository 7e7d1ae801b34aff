"""The Vorgeschichte of a request as a list to choose from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ob_buero_tui.tui.screens.dialogs.choose import Choice
from ob_buero_tui.tui.screens.dialogs.precedents import Precedents

if TYPE_CHECKING:
    from ob_buero_tui.services.views import RecordView
    from ob_buero_tui.tui.screens.base import DeskScreen


async def choose_precedent(screen: DeskScreen, view: RecordView) -> int | None:
    """Show all earlier requests, newest first; returns the key of the one to go to."""
    if not view.precedents:
        return None
    choices = [Choice(key=str(key), label=text) for key, text in view.precedents]
    chosen = await screen.app.push_screen_wait(Precedents(f"Vorgeschichte von {view.number}", choices))
    return int(chosen) if chosen is not None else None
