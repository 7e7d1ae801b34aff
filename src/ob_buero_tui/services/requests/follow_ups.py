"""Follow-up tasks: planned by the catalog, counted for one request, made with a step that calls for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time

from sqlalchemy import select

from ob_buero_tui.catalog.model import RequestKind, TaskSpec
from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.deadlines import Bases, Due, resolve
from ob_buero_tui.rules.workdays import WorkCalendar
from ob_buero_tui.services.requests.due import deadlines
from ob_buero_tui.services.requests.facts import request_bases
from ob_buero_tui.services.work import Work
from ob_buero_tui.store.requests import Request
from ob_buero_tui.store.tasks import Task

DECISION = "entscheidung"
"""The basis of what is counted from the day of the decision."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedTask:
    """A task to be made, with how its date was counted."""

    template: str
    label: str
    due_on: date | None
    due_time: time | None = None
    due_text: str = ""


def planned_tasks(
    kind: RequestKind | None, bases: Bases | None, calendar: WorkCalendar, outcome: str = ""
) -> tuple[PlannedTask, ...]:
    """The tasks the catalog wants, with their dates; none without a kind.

    Args:
        outcome: The outcome that calls for them; empty for those that arise on receipt.
    """
    if kind is None or bases is None:
        return ()
    specs = kind.tasks_for(bases.fields, outcome)
    dues = resolve(specs, bases, calendar, known=deadlines(kind, bases, calendar))
    return tuple(planned_task(spec, dues.get(spec.key)) for spec in specs)


def make_tasks(work: Work, request: Request, planned: Sequence[PlannedTask], event_id: int | None) -> None:
    """Make planned tasks; they go to whoever deals with the request."""
    for task in planned:
        work.session.add(
            Task(
                label=clean(task.label, limit=200),
                template=task.template,
                request_id=request.id,
                event_id=event_id,
                due_on=task.due_on,
                due_time=task.due_time,
                due_text=clean(task.due_text, limit=300),
                assigned_to=request.assigned_to,
            )
        )


def missing_tasks(
    work: Work, request: Request, planned: Sequence[PlannedTask], *, again: bool = False
) -> list[PlannedTask]:
    """What of the planned tasks the request does not have open yet: decided anew, nothing is there twice.

    Args:
        again: The occasion goes on under another decision: what was done for it counts, but not what
            follows a decision itself, such as the answer.
    """
    rows = work.session.scalars(select(Task).where(Task.request_id == request.id)).all()
    kind = work.catalog.kinds.get(request.kind or "")
    specs = kind.tasks if kind is not None else ()
    anew = {spec.key for spec in specs if spec.offset.basis == DECISION}
    made = {task.template for task in rows if task.done_at is None}
    if again:
        made |= {task.template for task in rows} - anew
    return [task for task in planned if task.template not in made]


def make_outcome_tasks(
    work: Work, request: Request, outcome: str, event_id: int | None = None, *, again: bool = False
) -> int:
    """Make what the kind asks for with an outcome and is not there already; returns how many."""
    kind = work.catalog.kinds.get(request.kind or "")
    if kind is None:
        return 0
    planned = planned_tasks(kind, request_bases(work.place, kind, request), work.calendar, outcome)
    wanted = missing_tasks(work, request, planned, again=again)
    make_tasks(work, request, wanted, event_id)
    return len(wanted)


def make_receipt_tasks(work: Work, request: Request) -> None:
    """Once a person has confirmed the kind, make what it asks for on receipt; nothing is made twice."""
    kind = work.catalog.kinds.get(request.kind or "")
    if kind is None or request.closed:
        return
    made = set(work.session.scalars(select(Task.template).where(Task.request_id == request.id)))
    planned = planned_tasks(kind, request_bases(work.place, kind, request), work.calendar)
    make_tasks(work, request, [task for task in planned if task.template not in made], None)


def planned_task(spec: TaskSpec, due: Due | None) -> PlannedTask:
    """A task of the catalog with its date, where that is known already."""
    if due is None:
        return PlannedTask(template=spec.key, label=spec.label, due_on=None, due_text="Termin noch offen")
    text = ", ".join(part for part in (due.text, due.moved) if part)
    return PlannedTask(template=spec.key, label=spec.label, due_on=due.on, due_time=due.at, due_text=text)
