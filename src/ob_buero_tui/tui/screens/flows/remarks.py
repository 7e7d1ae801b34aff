"""Small things on a record: a note, the mark of importance, a copied value."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.drafts import drop_draft
from ob_buero_tui.services.requests import verbs
from ob_buero_tui.services.requests.verbs import Done
from ob_buero_tui.tui.screens.dialogs.choose import Choice, Choose
from ob_buero_tui.tui.screens.dialogs.note import NoteDialog
from ob_buero_tui.tui.screens.flows.batch import Look

if TYPE_CHECKING:
    from ob_buero_tui.services.requests.text_modules import FilledModule
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
    look = Look(verb="note", doing="mit der Notiz versehen", always=False)
    done = await screen.carry_out(lambda place, ids: verbs.note(place, ids, text), batch, look)
    if done is not None:
        drop_draft(screen.desk.patient, form)
    return done


async def important(screen: InboxScreen, batch: Batch) -> Done | None:
    """Mark as important, or take the mark away; nothing is asked."""
    look = Look(verb="mark_important", doing="als wichtig kennzeichnen", always=False)
    return await screen.carry_out(verbs.mark_important, batch, look)


async def copy(screen: DeskScreen, view: RecordView) -> None:
    """Choose which value or filled text module to copy into the terminal's clipboard."""
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
    modules = _modules(screen, view)
    values |= {module.key: module.text for module in modules}
    choices += [
        Choice(key=each.key, label=f"Text: {each.label}", hint=_opening(each.text)) for each in modules
    ]
    chosen = await screen.app.push_screen_wait(Choose("Was soll kopiert werden?", choices))
    if chosen is not None:
        label = next((module.label for module in modules if module.key == chosen), chosen)
        screen.app.copy_to_clipboard(clean(values[chosen], multiline=True, limit=100_000))
        gaps = " Was in [Klammern] steht, fehlt noch." if label != chosen and "[" in values[chosen] else ""
        screen.notify(f"{clean(label)} kopiert.{gaps}")


def _modules(screen: DeskScreen, view: RecordView) -> Sequence[FilledModule]:
    """The text modules of the record; none where this desk may not read it, or cannot just now."""
    from ob_buero_tui.services.requests.text_modules import filled_modules

    try:
        return filled_modules(screen.place, view.id)
    except Refusal:
        return ()


def _opening(text: str) -> str:
    """How a text begins after its salutation."""
    return clean(" ".join(text.partition("\n\n")[2].split()), limit=40)
