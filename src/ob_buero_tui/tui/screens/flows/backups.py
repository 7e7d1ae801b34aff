"""What can be done with copies: make one now, try one out, go back to one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ob_buero_tui.services.backups.keeping import BY_HAND, keep_copy
from ob_buero_tui.services.backups.looking import CopyView, loss_of
from ob_buero_tui.services.backups.places import BackupPlace
from ob_buero_tui.services.backups.restoring import refuse_if_open
from ob_buero_tui.services.backups.trying import try_copy
from ob_buero_tui.tui.screens.dialogs.confirm import Confirm

if TYPE_CHECKING:
    from ob_buero_tui.tui.screens.base import DeskScreen

UNCOUNTED = "Was seit dieser Sicherung geschah, lässt sich nicht zählen."
STAYS = (
    "Das Programm schließt sich dafür kurz und öffnet sich wieder. Die jetzige Datenbank bleibt daneben"
    " liegen und wird vorher noch einmal gesichert."
)


async def copy_now(screen: DeskScreen, there: BackupPlace) -> bool:
    """Make a copy, whether or not something has changed; False where that failed."""
    kept = await screen.desk.act(
        lambda place: keep_copy(there, place.clock(), label=BY_HAND, forced=True), long=True
    )
    if kept is None:
        return False
    for sentence in kept.told:
        screen.notify(sentence, severity="warning", timeout=20)
    screen.notify("Gesichert und geprüft.")
    return True


async def try_out(screen: DeskScreen, view: CopyView, there: BackupPlace) -> None:
    """Bring the copy back into a folder of its own, compare, and say what came of it."""
    tried = await screen.desk.act(lambda place: try_copy(view.path, there, place.clock()), long=True)
    if tried is not None:
        screen.notify(tried.sentence, severity="warning" if tried.fault else "information", timeout=12)


async def go_back(screen: DeskScreen, view: CopyView, there: BackupPlace) -> None:
    """Ask, naming what would be lost, and end the app for it; what follows the app goes back."""
    desk = screen.desk
    refuse_if_open(there.path)
    loss = await desk.patiently(lambda _place: loss_of(view.path, view.contents, there), long=True)
    lost = UNCOUNTED if loss is None else loss.sentence
    question = Confirm(
        f"Zur Sicherung vom {view.name} zurückkehren?",
        text=f"{lost}\n\n{STAYS}",
        yes="zurückkehren",
        no="bleiben",
        enter_is_yes=False,
    )
    if await screen.app.push_screen_wait(question):
        desk.office.going_back.append(view.path)
        desk.exit(0)
