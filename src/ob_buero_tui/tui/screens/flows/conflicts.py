"""A conflict that stands already gets its reason, or loses it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.german import plural
from ob_buero_tui.services.calendar.clash_texts import excused_text
from ob_buero_tui.services.calendar.waiving import clashes_on, unwaive, waive
from ob_buero_tui.services.drafts import drop_draft
from ob_buero_tui.tui.screens.dialogs.clashes import ClashDialog
from ob_buero_tui.tui.screens.dialogs.confirm import Confirm

if TYPE_CHECKING:
    from ob_buero_tui.services.requests.verbs import Done
    from ob_buero_tui.services.views import DayEvent
    from ob_buero_tui.tui.screens.calendar_editing import CalendarEditing


async def waive_or_not(screen: CalendarEditing, event: DayEvent) -> Done | None:
    """Ask for the reason why open conflicts stand; where none is open, whether the reasons are taken back."""
    on, key = event.start.date(), event.id
    found = clashes_on(screen.place, key, on)
    standing = tuple(dict.fromkeys(clash.text for clash in found if clash.excuse is None))
    if standing:
        name = f"waive:event:{key}"
        title = f"{plural(len(standing), 'Konflikt', 'Konflikte')} von „{clean(event.summary, limit=40)}“"
        dialog = ClashDialog(title, standing, draft=(screen.desk.place, name))
        reason = await screen.app.push_screen_wait(dialog)
        if reason is None:
            return None
        done = await screen.desk.act(lambda place: waive(place, key, on, reason))
        if done is not None:
            drop_draft(screen.desk.patient, name)
        return done
    excused = dict.fromkeys(
        excused_text(screen.place, clash.text, clash.excuse) for clash in found if clash.excuse is not None
    )
    if not excused:
        screen.notify("Dieser Termin hat keinen Konflikt.")
        return None
    question = Confirm(
        "Begründung zurücknehmen?",
        text="\n".join(excused),
        yes="zurücknehmen",
        no="bleibt",
        enter_is_yes=False,
    )
    if not await screen.app.push_screen_wait(question):
        return None
    return await screen.desk.act(lambda place: unwaive(place, key, on))
