"""Small things on a record: a note, the mark of importance, a copied value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ob_buero_tui.rules.clean import clean
from ob_buero_tui.services.drafts import drop_draft
from ob_buero_tui.services.requests import verbs
from ob_buero_tui.services.requests.verbs import Done
from ob_buero_tui.tui.screens.dialogs.choose import Choice, Choose
from ob_buero_tui.tui.screens.dialogs.note import NoteDialog

if TYPE_CHECKING:
    from ob_buero_tui.services.views import RecordView
    from ob_buero_tui.tui.screens.base import DeskScreen
    from ob_buero_tui.tui.screens.flows.batch import Batch
    from ob_buero_tui.tui.screens.inbox import InboxScreen


async def note(screen: InboxScreen, batch: Batch) -> Done | None:
    """Ask for the remark; what was typed and not saved is kept as a draft."""
    form = f"note:request:{batch.ids[0]}"
    text = await screen.app.push_screen_wait(NoteDialog(screen.place, form, f"Notiz zu {batch.name}"))
    if text is None:
        return None
    done = await screen.carry_out(lambda place, ids: verbs.note(place, ids, text), batch)
    if done is not None:
        drop_draft(screen.desk.patient, form)
    return done


async def important(screen: InboxScreen, batch: Batch) -> Done | None:
    """Mark as important, or take the mark away; nothing is asked."""
    return await screen.desk.act(lambda place: verbs.mark_important(place, batch.ids))


async def copy(screen: DeskScreen, view: RecordView) -> None:
    """Choose which value to copy into the terminal's clipboard."""
    values = {
        "Nummer": view.number,
        "Betreff": view.subject,
        "Person": view.requester,
        "Organisation": view.organization,
        "Kontakt": view.contact,
        "Ort": view.event_place,
        "Nachricht": view.body,
    }
    choices = [
        Choice(key=name, label=name, hint=clean(value, limit=40)) for name, value in values.items() if value
    ]
    chosen = await screen.app.push_screen_wait(Choose("Was soll kopiert werden?", choices))
    if chosen is not None:
        screen.app.copy_to_clipboard(clean(values[chosen], multiline=True, limit=100_000))
        screen.notify(f"{chosen} kopiert.")
