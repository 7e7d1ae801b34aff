"""What the check after the first paint finds: damage is told with the way back, a repair is offered."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from textual.message import Message

from ob_buero_tui.rules.refusals import Refusal

if TYPE_CHECKING:
    from ob_buero_tui.tui.app import DeskApp

LOG = logging.getLogger(__name__)
QUESTION = "Neu aufbauen, was aus den Datensätzen gerechnet ist?"
TEXT = (
    "Suche, Terminübersicht und Nummernregister werden neu aufgebaut. Kein Eingang, kein Termin und keine"
    " Person wird dabei geändert. Vorher entsteht eine Sicherung. Andere Arbeitsplätze warten so lange mit"
    " dem Speichern."
)


class RepairDue(Message):
    """Something derived does not fit the records, or a value in one is unreadable: then a human mends it."""

    def __init__(self, faults: tuple[str, ...], *, mendable: bool = True) -> None:
        super().__init__()
        self.faults = faults
        self.mendable = mendable

    @property
    def sentence(self) -> str:
        """What is wrong, and what mends it."""
        more = " …" if len(self.faults) > 1 else ""
        if not self.mendable:
            return f"{self.faults[0]}{more} „ob-buero check“ nennt alles dieser Art."
        mends = "Mit Strg+P und „Reparieren“ wird es neu aufgebaut; vorher wird gesichert."
        return f"{self.faults[0]}{more} {mends}"


def damage_of(app: DeskApp) -> str:
    """In a thread: what the full check of the file finds, as a sentence with the way back; "" for nothing.

    The next opening looks at every page again, so that nobody goes on working on a damaged file unseen.
    """
    from ob_buero_tui.services.checking import check_database
    from ob_buero_tui.store import unclean
    from ob_buero_tui.store.way_back import CopyPlaces

    # The file alone: checking the search index locks every desk out for seconds, see `ob-buero check`.
    report = check_database(app.office.path, None)
    there = app.place.backups
    if report.sound or there is None:
        return " ".join(report.lines)
    unclean.suspect(app.office.path, there.file_mode)
    places = CopyPlaces(path=app.office.path, folders=there.folders, now=app.place.clock())
    return (
        f"{report.problems[0]} {places.way_back().sentence} Beenden Sie OB-Büro an allen Plätzen mit Strg+Q"
        " und öffnen Sie es neu: Dann lässt sich wählen, wie es weitergeht."
    )


def look_for_faults(app: DeskApp) -> None:
    """In a thread: tell the app when something derived does not fit the records."""
    from ob_buero_tui.services.repairing import faults
    from ob_buero_tui.services.spoilt import unreadable

    if app.place.read_only:
        return
    try:
        found = faults(app.patient)
        derived, records = unreadable(app.patient)
    except Refusal as refusal:
        LOG.warning("the derived tables were not looked at", exc_info=refusal)
        return
    if found or derived:
        app.post_message(RepairDue((*found, *derived)))
    if records:
        app.post_message(RepairDue(records, mendable=False))


async def ask_and_repair(app: DeskApp) -> None:
    """Ask once, repair in a thread, and say what was done and what is left."""
    from ob_buero_tui.services.repairing import repair
    from ob_buero_tui.tui.screens.dialogs.confirm import Confirm

    there = app.place.backups
    if there is None or app.waiting:
        return
    question = Confirm(QUESTION, text=TEXT, yes="neu aufbauen", no="lassen", enter_is_yes=False)
    if not await app.push_screen_wait(question):
        return
    done = await app.act(lambda place: repair(place, there.path, there.folder, there.file_mode), long=True)
    if done is not None:
        app.notify(" ".join(done.lines), title="Repariert", timeout=30)
        app.data_changed()
