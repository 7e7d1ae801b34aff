"""What a decision made and a later one takes back: appointments, tasks, promises of deputies."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, or_, select

from ob_buero_tui.rules.states import EventStatus
from ob_buero_tui.rules.visibility import View
from ob_buero_tui.services.calendars.pending import touched
from ob_buero_tui.services.requests.links import linked_events
from ob_buero_tui.services.work import Work
from ob_buero_tui.store.decisions import Inquiry
from ob_buero_tui.store.journal import Action, Change
from ob_buero_tui.store.requests import Request, RequestEvent
from ob_buero_tui.store.tasks import Task

RECEIPT_NOTICE = "eingangsbestaetigung"
"""The task of saying that something came in: pointless once the answer itself is due."""
PROMISING = ("accept", "deputy_promised")
"""Steps that make tasks without naming a decider, or did so in older years."""


def cancel_events(work: Work, row: Request, reason: str) -> None:
    """What was promised and is now turned down must not stay in the calendar.

    Left alone is what another request still needs, and what belongs to another desk.
    """
    for event in linked_events(work.session, row.id):
        foreign = work.place.sees(event.confidentiality, event.owner) is not View.FULL
        if not foreign and not needed_elsewhere(work, event.id, row.id):
            event.status, event.cancel_reason = EventStatus.CANCELLED.value, reason
            touched(work, event, event)


def needed_elsewhere(work: Work, event_id: int, request_id: int) -> bool:
    """Whether an appointment belongs to another request that still goes on."""
    others = (
        select(Request.id)
        .join(RequestEvent, RequestEvent.request_id == Request.id)
        .where(RequestEvent.event_id == event_id, Request.id != request_id)
        .where(Request.closed.is_(False), Request.trashed_at.is_(None))
    )
    return work.session.scalars(others.limit(1)).first() is not None


def drop_decided_tasks(work: Work, row: Request) -> int:
    """The tasks that a decision called for fall away where they are still open; returns how many."""
    decision = or_(Action.verb.in_(PROMISING), func.json_extract(Action.params, "$.decided").is_not(None))
    made = (
        select(Change.id)
        .join(Action, Action.id == Change.action_id)
        .where(Change.table_name == "task", Change.row_id == Task.id, Change.before.is_(None))
        .where(decision)
    )
    open_ones = select(Task).where(Task.request_id == row.id, Task.done_at.is_(None), made.exists())
    return drop_tasks(work, work.session.scalars(open_ones).all())


def drop_templates(work: Work, row: Request, *templates: str) -> int:
    """Open tasks of these templates fall away; returns how many."""
    found = select(Task).where(
        Task.request_id == row.id, Task.done_at.is_(None), Task.template.in_(templates)
    )
    return drop_tasks(work, work.session.scalars(found).all())


def drop_tasks(work: Work, tasks: Sequence[Task]) -> int:
    """Let tasks fall away; a question they remind of stays, without its reminder."""
    for task in tasks:
        for inquiry in work.session.scalars(select(Inquiry).where(Inquiry.task_id == task.id)):
            inquiry.task_id = None
        work.session.flush()
        work.session.delete(task)
    return len(tasks)
