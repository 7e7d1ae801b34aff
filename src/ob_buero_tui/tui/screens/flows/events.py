"""What the verbs ask and do on an appointment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ob_buero_tui.rules.clean import clean
from ob_buero_tui.services.calendar import verbs
from ob_buero_tui.services.drafts import drop_draft
from ob_buero_tui.services.requests.verbs import Done
from ob_buero_tui.tui.screens.dialogs.confirm import Confirm
from ob_buero_tui.tui.screens.dialogs.note import NoteDialog
from ob_buero_tui.tui.screens.dialogs.prompt_line import NO_REASON, PromptLine, not_empty

if TYPE_CHECKING:
    from ob_buero_tui.services.views import DayEvent
    from ob_buero_tui.tui.screens.calendar import CalendarScreen


async def confirm(screen: CalendarScreen, event: DayEvent) -> Done | None:
    """Make it binding."""
    if not await _whole_series(screen, event, "bestätigen"):
        return None
    return await screen.desk.act(lambda place: verbs.confirm_event(place, [event.event_id]))


async def cancel(screen: CalendarScreen, event: DayEvent) -> Done | None:
    """Call it off; the reason is asked."""
    if not await _whole_series(screen, event, "absagen"):
        return None
    form = f"cancel:event:{event.event_id}"
    reason = await screen.app.push_screen_wait(
        PromptLine(
            f"„{clean(event.summary, limit=40)}“ absagen: Grund",
            understand=not_empty(NO_REASON),
            draft=(screen.place, form),
        )
    )
    if reason is None:
        return None
    done = await screen.desk.act(lambda place: verbs.cancel_event(place, [event.event_id], reason))
    if done is not None:
        drop_draft(screen.desk.patient, form)
    return done


async def note(screen: CalendarScreen, event: DayEvent) -> Done | None:
    """Add a remark; a draft is kept."""
    title, form = f"Notiz zu „{clean(event.summary, limit=40)}“", f"note:event:{event.event_id}"
    text = await screen.app.push_screen_wait(NoteDialog(screen.place, form, title))
    if text is None:
        return None
    done = await screen.desk.act(lambda place: verbs.note_event(place, [event.event_id], text))
    if done is not None:
        drop_draft(screen.desk.patient, form)
    return done


async def important(screen: CalendarScreen, event: DayEvent) -> Done | None:
    """Mark as important, or take the mark away."""
    return await screen.desk.act(lambda place: verbs.mark_event_important(place, [event.event_id]))


async def trash(screen: CalendarScreen, event: DayEvent) -> Done | None:
    """Into the trash."""
    if not await _whole_series(screen, event, "in den Papierkorb legen"):
        return None
    return await screen.desk.act(lambda place: verbs.trash_event(place, [event.event_id]))


async def _whole_series(screen: CalendarScreen, event: DayEvent, what: str) -> bool:
    """A verb on one date of a series concerns all of it for now; that is said before."""
    if "@" not in event.id:
        return True
    question = Confirm(
        f"Ganze Serie {what}?",
        text="Der Termin gehört zu einer Serie. Der Schritt gilt für alle ihre Termine; u nimmt ihn zurück.",
        enter_is_yes=False,
    )
    return await screen.app.push_screen_wait(question)
