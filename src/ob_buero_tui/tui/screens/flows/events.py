"""What the verbs ask and do on an appointment; on one date of a series each asks how far it reaches."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.german import short_date
from ob_buero_tui.services.calendar import verbs
from ob_buero_tui.services.calendar.scopes import LABELS
from ob_buero_tui.services.drafts import drop_draft
from ob_buero_tui.services.follow_ups.verbs import tick_tasks
from ob_buero_tui.services.requests.verbs import Done
from ob_buero_tui.tui.screens.dialogs.choose import Choice, Choose
from ob_buero_tui.tui.screens.dialogs.note import NoteDialog
from ob_buero_tui.tui.screens.dialogs.prompt_line import NO_REASON, PromptLine, not_empty
from ob_buero_tui.tui.screens.flows.event_clashes import acted
from ob_buero_tui.tui.screens.flows.event_scopes import ask_scope

if TYPE_CHECKING:
    from ob_buero_tui.services.views import DayEvent, TaskView
    from ob_buero_tui.tui.screens.calendar_editing import CalendarEditing


async def confirm(screen: CalendarEditing, event: DayEvent) -> Done | None:
    """Make it binding."""
    from ob_buero_tui.services.calendar.date_verbs import confirm_dates

    scope = await ask_scope(screen.desk, event.id, f"{_named(event)} bestätigen")
    if scope is None:
        return None
    return await acted(
        screen.desk, lambda place, reason: confirm_dates(place, event.id, scope, reason), event.id
    )


async def cancel(screen: CalendarEditing, event: DayEvent) -> Done | None:
    """Call it off; the reason is asked."""
    from ob_buero_tui.services.calendar.date_verbs import cancel_dates

    scope = await ask_scope(screen.desk, event.id, f"{_named(event)} absagen")
    if scope is None:
        return None
    form = f"cancel:event:{event.id}"
    reason = await screen.app.push_screen_wait(
        PromptLine(
            f"{_named(event)} absagen: Grund",
            understand=not_empty(NO_REASON),
            draft=(screen.place, form),
        )
    )
    if reason is None:
        return None
    done = await screen.desk.act(lambda place: cancel_dates(place, event.id, scope, reason))
    if done is not None:
        drop_draft(screen.desk.patient, form)
    return done


async def note(screen: CalendarEditing, event: DayEvent) -> Done | None:
    """Add a remark; a draft is kept."""
    title, form = f"Notiz zu {_named(event)}", f"note:event:{event.event_id}"
    text = await screen.app.push_screen_wait(NoteDialog(screen.place, form, title))
    if text is None:
        return None
    done = await screen.desk.act(lambda place: verbs.note_event(place, [event.event_id], text))
    if done is not None:
        drop_draft(screen.desk.patient, form)
    return done


async def important(screen: CalendarEditing, event: DayEvent) -> Done | None:
    """Mark as important, or take the mark away."""
    if "@" not in event.id:
        return await screen.desk.act(lambda place: verbs.mark_event_important(place, [event.event_id]))
    from ob_buero_tui.services.calendar.changing import change_event
    from ob_buero_tui.services.calendar.forms import form_of

    form = form_of(screen.place, event.id)
    what = "nicht mehr wichtig" if form.important else "wichtig"
    scope = await ask_scope(screen.desk, event.id, f"{_named(event)}: {what}")
    if scope is None:
        return None
    turned = replace(form, important=not form.important)
    done = await acted(
        screen.desk, lambda place, reason: change_event(place, turned, scope, reason), event.id
    )
    return None if done is None else replace(done, text=f"{_named(event)}: {what} ({LABELS[scope]})")


async def trash(screen: CalendarEditing, event: DayEvent) -> Done | None:
    """Into the trash."""
    from ob_buero_tui.services.calendar.date_verbs import trash_dates

    scope = await ask_scope(screen.desk, event.id, f"{_named(event)} in den Papierkorb legen")
    if scope is None:
        return None
    return await screen.desk.act(lambda place: trash_dates(place, event.id, scope))


async def tick(screen: CalendarEditing, _event: DayEvent) -> Done | None:
    """Tick the task under the bar of the panel, or one that is chosen; a ticked one is opened again."""
    tasks = screen.record.tasks if screen.record is not None else ()
    here = screen.panel.chosen_task
    chosen = next((task for task in tasks if task.id == here), None)
    if chosen is None:
        chosen = await _choose_task(screen, tasks)
    if chosen is None:
        return None
    step = partial(tick_tasks, ids=[chosen.id], done=not chosen.done)
    done = await screen.desk.act(lambda place: step(place))
    # The cursor stays on the appointment.
    return Done(ids=(), text=done.text) if done is not None else None


async def _choose_task(screen: CalendarEditing, tasks: tuple[TaskView, ...]) -> TaskView | None:
    choices = [
        Choice(
            key=str(task.id),
            label=task.label,
            hint="✓ erledigt" if task.done else "! überfällig" if task.overdue else "",
            help=short_date(task.due_on) if task.due_on else "",
        )
        for task in tasks
    ]
    first = next((str(task.id) for task in tasks if not task.done), None)
    key = await screen.app.push_screen_wait(Choose("Was ist erledigt?", choices, current=first))
    return next((task for task in tasks if str(task.id) == key), None)


def _named(event: DayEvent) -> str:
    return f"„{clean(event.summary, limit=40)}“"
