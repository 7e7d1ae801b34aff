"""Taking back a step chosen from the history of all steps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ob_buero_tui.services.history import recent_actions
from ob_buero_tui.services.undo import size_of_undo, undo_action
from ob_buero_tui.tui.screens.dialogs.confirm import Confirm
from ob_buero_tui.tui.screens.dialogs.history import History

if TYPE_CHECKING:
    from ob_buero_tui.services.views import HistoryLine
    from ob_buero_tui.tui.screens.base import DeskScreen


async def take_back(screen: DeskScreen) -> None:
    """Show the newest steps of all desks; the chosen one is taken back after a question; no leads back."""
    lines = await screen.desk.act(recent_actions, long=True)
    if lines is None:
        return
    line = await screen.app.push_screen_wait(History(lines))
    while line is not None and not await _agreed(screen, line):
        line = await screen.app.push_screen_wait(History(lines, line))
    if line is not None:
        key = line.action_id
        await screen.desk.revert(
            lambda place: undo_action(place, key), "Zurückgenommen", lambda place: size_of_undo(place, key)
        )


async def _agreed(screen: DeskScreen, line: HistoryLine) -> bool:
    others = line.desk != screen.place.desk.initials
    text = f"{line.text}."
    if others:
        text += f"\n\nDer Schritt stammt vom Arbeitsplatz {line.desk}. Sprechen Sie ihn vorher ab."
    return await screen.app.push_screen_wait(
        Confirm("Diesen Schritt zurücknehmen?", text=text, yes="zurücknehmen", enter_is_yes=not others)
    )
