"""Saving an appointment that clashes: the conflicts are shown, and stand only with a reason."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.drafts import drop_draft

if TYPE_CHECKING:
    from ob_buero_tui.services.requests.verbs import Done
    from ob_buero_tui.services.workplace import Workplace
    from ob_buero_tui.tui.app import DeskApp

    Save = Callable[[Workplace, str], Done]
    """Saves with a reason for conflicts that may stand; empty where none was given."""


async def saved(desk: DeskApp, save: Save, about: str, *, long: bool = False) -> Done | None:
    """Save; where conflicts are in the way, ask for the reason and save again.

    Args:
        about: Names the draft of the reason: the key of the appointment.
        long: Whether to save in a thread from the start, as for a batch.

    Returns:
        None when somebody left at the conflicts; nothing is saved then.

    Raises:
        Refusal: it was refused for another cause.
    """
    from ob_buero_tui.services.calendar.clashing import Clashing
    from ob_buero_tui.tui.screens.dialogs.clashes import ClashDialog

    try:
        return await desk.patiently(lambda place: save(place, ""), long=long)
    except Clashing as found:
        sentences = [one.text for one in found.clashes]
    name = f"waive:event:{about}"
    title = "Konflikt" if len(sentences) == 1 else f"{len(sentences)} Konflikte"
    asked = ClashDialog(title, sentences, draft=(desk.place, name))
    reason = await desk.push_screen_wait(asked)
    if reason is None:
        return None
    done = await desk.patiently(lambda place: save(place, reason), long=long)
    drop_draft(desk.patient, name)
    return done


async def acted(desk: DeskApp, save: Save, about: str, *, long: bool = False) -> Done | None:
    """The same, and a refusal is shown."""
    try:
        return await saved(desk, save, about, long=long)
    except Refusal as refusal:
        desk.refuse(refusal)
        return None
