"""The open tasks of a request, and the task of correcting what an action sent out."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.history import Params, sentence
from ob_buero_tui.services.views import TaskView
from ob_buero_tui.services.work import Work, use_case
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.journal import Action, ActionReference, Change
from ob_buero_tui.store.tasks import Task


def open_tasks(session: Session, request_id: int) -> Sequence[Task]:
    """A request's tasks that are still to be done, next one first."""
    return session.scalars(
        select(Task)
        .where(Task.request_id == request_id, Task.done_at.is_(None))
        .order_by(Task.due_on.is_(None), Task.due_on, Task.id)
    ).all()


def open_task_views(place: Workplace, request_ids: Sequence[int]) -> tuple[TaskView, ...]:
    """The open tasks of some requests as lines, next one first."""
    with place.reading() as session:
        return tuple(
            TaskView(id=row.id, label=row.label, due_on=row.due_on, due_text=row.due_text)
            for key in request_ids
            for row in open_tasks(session, key)
        )


@use_case("correct")
def plan_correction(work: Work, action_id: int) -> int:
    """Create the task of correcting what an action sent out; returns the task's key."""
    action = work.get(Action, action_id)
    if not action.left_house:
        raise Refusal("Dafür braucht es keine Richtigstellung.", "Der Schritt lässt sich mit u zurücknehmen.")
    changed = select(Change.row_id).where(Change.action_id == action_id, Change.table_name == "request")
    named = select(ActionReference.row_id).where(
        ActionReference.action_id == action_id, ActionReference.table_name == "request"
    )
    request_id = work.session.scalar(changed.union(named).limit(1))
    task = Task(
        label=clean(f"Richtigstellung: {action.left_house}", limit=200),
        template="richtigstellung",
        request_id=request_id,
        due_on=work.today,
        due_text="sofort",
        assigned_to=work.desk.initials,
    )
    work.session.add(task)
    work.session.flush()
    work.tell(table="task", ids=[task.id])
    work.refer("request", task.request_id)
    return task.id


@sentence("correct")
def _corrected(_params: Params) -> str:
    return "Aufgabe für eine Richtigstellung angelegt"
