"""What cannot be taken back, because it left the house: the correction is offered as a task."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.tasks import plan_correction
from ob_buero_tui.services.undo import Erased, LeftHouse, remember_named
from ob_buero_tui.tui.screens.dialogs.confirm import Confirm

if TYPE_CHECKING:
    from ob_buero_tui.tui.app import DeskApp


def offer_correction(app: DeskApp, refusal: Refusal) -> None:
    """Show a refusal; for what left the house ask whether to plan its correction."""
    if not isinstance(refusal, LeftHouse):
        app.refuse(refusal)
        return
    app.run_worker(_ask(app, refusal), group="dialog", exclusive=True)


async def _ask(app: DeskApp, refusal: LeftHouse) -> None:
    if isinstance(refusal, Erased):
        app.refuse(refusal)
    elif await app.push_screen_wait(
        Confirm("Das lässt sich nicht zurücknehmen", text=str(refusal), yes="Aufgabe anlegen", no="lassen")
    ):
        task = await app.act(lambda place: plan_correction(place, refusal.action_id))
        if task is not None:
            app.notify("Aufgabe für die Richtigstellung angelegt.")
            app.data_changed()
    await app.act(lambda place: remember_named(place, refusal.action_id))
