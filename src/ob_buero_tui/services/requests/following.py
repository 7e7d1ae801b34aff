"""A request follows its appointment when the calendar moves it: date, tasks, and the deputy's promise."""

from __future__ import annotations

from ob_buero_tui.rules.german import plural
from ob_buero_tui.rules.states import EventStatus
from ob_buero_tui.services.calendar.forms import EventForm
from ob_buero_tui.services.requests.deputations import ASK_TASK, answer_until, standing
from ob_buero_tui.services.requests.moving import recount_tasks
from ob_buero_tui.services.requests.recounting import recount
from ob_buero_tui.services.requests.taking_back import drop_templates
from ob_buero_tui.services.work import Work
from ob_buero_tui.store.calendar import Event
from ob_buero_tui.store.decisions import DeputyAnswer
from ob_buero_tui.store.requests import Request
from ob_buero_tui.store.tasks import Task


def follow_date(work: Work, request: Request, event: Event, before: EventForm, after: EventForm) -> list[str]:
    """Give a request the new date and place of its appointment; its state stays what was decided.

    Tasks that were done for the old date and are promised to somebody are open again, as when the requester
    moves it. A deputy who was asked or has promised is to be asked again.

    Returns:
        What is told about it, German clauses.
    """
    work.refer("request", request.id)
    if request.event_place == before.location:
        request.event_place = after.location
    moved = (before.start, before.end) != (after.start, after.end)
    request.event_start, request.event_end = after.start.replace(fold=0), after.end.replace(fold=0)
    if not moved or before.start == after.start:
        return []
    told = [f"{request.number} folgt"]
    again = recount_tasks(work, request)
    told += [f"{plural(again, 'Aufgabe', 'Aufgaben')} wieder offen"] if again else []
    if _ask_again(work, request, event, after):
        told.append("Vertretung neu fragen")
    recount(work, request)
    return told


def _ask_again(work: Work, request: Request, event: Event, after: EventForm) -> bool:
    """What a deputy was asked or has promised was for the old date; tells whether anybody was."""
    found = standing(work.session, request.id)
    if found is None:
        return False
    found.answer, found.answered_on = DeputyAnswer.ANGEFRAGT.value, None
    found.asked_on, found.asked_by = work.today, work.desk.initials
    found.stands_on = after.start.date()
    if found.event_id == event.id and event.status == EventStatus.CONFIRMED:
        event.status = EventStatus.TENTATIVE.value
    drop_templates(work, request, ASK_TASK)
    who = work.catalog.calendar_short(found.calendar)
    work.session.add(
        Task(
            label=f"Antwort von {who} zur Vertretung am neuen Termin",
            template=ASK_TASK,
            request_id=request.id,
            event_id=found.event_id,
            due_on=answer_until(work, found.stands_on),
            assigned_to=request.assigned_to or work.desk.initials,
        )
    )
    return True
