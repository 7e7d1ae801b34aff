"""A record's own data: the form, the confidentiality, the questions ticked by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ob_buero_tui.rules.checks import Finding, Level
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.visibility import Confidentiality, label
from ob_buero_tui.services.requests import editing
from ob_buero_tui.services.requests.verbs import Done
from ob_buero_tui.tui.screens.dialogs.choose import Choice, Choose
from ob_buero_tui.tui.screens.dialogs.confirm import Confirm
from ob_buero_tui.tui.screens.dialogs.edit import EditDialog

if TYPE_CHECKING:
    from ob_buero_tui.tui.screens.flows.batch import Batch
    from ob_buero_tui.tui.screens.inbox import InboxScreen

_MEANING = {
    Confidentiality.OEFFENTLICH: "darf nach Freigabe veröffentlicht werden",
    Confidentiality.INTERN: "Büro und Dezernat",
    Confidentiality.VERTRAULICH: "bleibt aus jeder Ausgabe heraus",
    Confidentiality.PERSOENLICH: "nur an diesem Platz zu lesen, sonst „belegt“",
}


async def edit(screen: InboxScreen, batch: Batch) -> Done | None:
    """Open the form; on a conflict show both values per field and keep what was typed."""
    request_id = screen.list.cursor
    if request_id is None or batch.many:
        if batch.many:
            screen.notify("Angaben lassen sich nur einzeln bearbeiten. Heben Sie mit - die Markierung auf.")
        return None
    try:
        form = editing.form(screen.place, request_id)
    except Refusal as refusal:
        screen.desk.refuse(refusal)
        return None
    return await screen.app.push_screen_wait(EditDialog(screen.desk, form))


async def confidentiality(screen: InboxScreen, batch: Batch) -> Done | None:
    """Choose the level; what is linked becomes at least as strict."""
    view = screen.current_record()
    choices = [Choice(key=level.value, label=label(level), hint=_MEANING[level]) for level in Confidentiality]
    current = view.confidentiality.value if view is not None else None
    chosen = await screen.app.push_screen_wait(
        Choose(f"Wie vertraulich ist {batch.name}?", choices, current=current)
    )
    if chosen is None:
        return None
    level = Confidentiality(chosen)
    if level is Confidentiality.OEFFENTLICH and not await screen.app.push_screen_wait(
        Confirm(
            f"{batch.name} öffentlich machen?",
            text="Öffentliches kann in Presse- und Bürgerlisten erscheinen.",
            enter_is_yes=False,
        )
    ):
        return None
    return await screen.carry_out(lambda place, ids: editing.classify(place, list(ids), level), batch)


def next_answer(finding: Finding) -> bool | None:
    """What Space makes of a question: open becomes yes, yes becomes no, no becomes open again."""
    return {Level.OPEN: True, Level.OK: False}.get(finding.level)
