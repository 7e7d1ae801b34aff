"""What can be done with copies: make one now, try one out, go back to one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.german import join, plural
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.backups.keeping import BEFORE_RESTORE, BY_HAND, keep_copy
from ob_buero_tui.services.backups.looking import CopyView, Loss, loss_of
from ob_buero_tui.services.backups.places import BackupPlace
from ob_buero_tui.services.backups.restoring import refuse_if_open
from ob_buero_tui.services.backups.trying import try_copy
from ob_buero_tui.store.backup.labels import LABELS
from ob_buero_tui.tui.screens.dialogs.confirm import Confirm

if TYPE_CHECKING:
    from pathlib import Path

    from ob_buero_tui.tui.screens.base import DeskScreen

BEFORE_RETURN = LABELS[BEFORE_RESTORE]
UNCOUNTED = "Was seit dieser Sicherung geschah, lässt sich nicht zählen."
STAYS = (
    "Das Programm schließt sich dafür kurz und öffnet sich wieder. Die jetzige Datenbank bleibt daneben"
    " liegen und wird vorher noch einmal gesichert."
)


async def copy_now(screen: DeskScreen, there: BackupPlace) -> Path | None:
    """Make a copy, whether or not something has changed; None where that failed."""
    kept = await screen.desk.act(
        lambda place: keep_copy(there, place.clock(), label=BY_HAND, forced=True), long=True
    )
    if kept is None:
        return None
    for sentence in kept.told:
        screen.notify(sentence, severity="warning", timeout=20)
    screen.notify("Gesichert und geprüft.")
    return kept.copy


async def try_out(screen: DeskScreen, view: CopyView, there: BackupPlace) -> None:
    """Bring the copy back into a folder of its own, compare, and say what came of it."""
    tried = await screen.desk.act(lambda place: try_copy(view.path, there, place.clock()), long=True)
    if tried is not None:
        kind = "Sicherung" if view.kept_until is None else "ersetzte Datenbank"
        told = tried.said_of(f"Die {kind} vom {view.name}")
        screen.notify(told, severity="warning" if tried.fault else "information", timeout=12)


def lost_by(view: CopyView, loss: Loss | None) -> str:
    """What going back gives and takes; the state of before another return is what that one took."""
    given_up = view.label == BEFORE_RETURN or view.kept_until is not None
    if loss is not None and (loss.related or not given_up):
        return loss.sentence
    if not given_up or view.contents is None:
        return UNCOUNTED
    known = view.contents
    there = [
        plural(known.requests, "Eingang", "Eingänge"),
        plural(known.events, "Termin", "Termine"),
        plural(known.people, "Person", "Personen"),
    ]
    return (
        f"Das ist der Stand von vor der Rückkehr am {view.name}: {join(there)}. Er kommt ganz zurück."
        " Verloren geht, was nach jener Rückkehr eingegeben wurde."
    )


def _refuse_sealed(copy: Path) -> None:
    """Refuse a copy that only the key file opens, for which a command asks."""
    if copy.suffix == ".age":
        raise Refusal(
            "Zu dieser Sicherung geht es hier nicht zurück.",
            "Sie ist verschlüsselt; dazu gehört die Schlüsseldatei.",
            "Beenden Sie das Programm; im Terminal öffnet sie"
            f" „ob-buero restore {clean(str(copy))} --schluessel DATEI“.",
        )


async def go_back(screen: DeskScreen, view: CopyView, there: BackupPlace) -> None:
    """Ask, naming what would be lost, and end the app for it; what follows the app goes back."""
    desk = screen.desk
    _refuse_sealed(view.path)
    refuse_if_open(there.path)
    loss = await desk.patiently(lambda _place: loss_of(view.path, view.contents, there), long=True)
    lost = lost_by(view, loss)
    kind = "Sicherung" if view.kept_until is None else "ersetzten Datenbank"
    question = Confirm(
        f"Zur {kind} vom {view.name} zurückkehren?",
        text=f"{lost}\n\n{STAYS}",
        yes="zurückkehren",
        no="bleiben",
        enter_is_yes=False,
    )
    if await screen.app.push_screen_wait(question):
        desk.office.going_back.append(view.path)
        desk.exit(0)
