"""The tasks that prepare for an appointment: planned by its kind, made with its confirmation."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Final

from sqlalchemy import select

from ob_buero_tui.catalog.model import Catalog, RequestKind
from ob_buero_tui.catalog.representation import COUNCIL
from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.deadlines import Bases, resolve
from ob_buero_tui.rules.german import short_date
from ob_buero_tui.rules.workdays import WorkCalendar
from ob_buero_tui.services.follow_ups.by_hand import by_hand
from ob_buero_tui.services.requests.follow_ups import PlannedTask, planned_task
from ob_buero_tui.services.work import Work
from ob_buero_tui.store.calendar import Event
from ob_buero_tui.store.requests import Request, RequestEvent
from ob_buero_tui.store.tables import JOURNALED
from ob_buero_tui.store.tasks import Task

LATE: Final = "war schon vorbei: heute"
"""What the text of a date says that lay in the past when it was counted."""


def preparation(
    catalog: Catalog, kind: str, start: datetime, calendar: WorkCalendar, without: Collection[str] = ()
) -> tuple[PlannedTask, ...]:
    """The tasks of a kind of event with their dates, next one first.

    Args:
        start: When the appointment begins, local wall time.
        without: Keys and labels of tasks that somebody else has taken care of.
    """
    found = catalog.event_kinds.get(kind)
    specs = [] if found is None else [one for one in found.tasks if not {one.key, one.label} & {*without}]
    dues = resolve(specs, Bases(received=start, event_start=start), calendar)
    planned = [planned_task(spec, dues.get(spec.key)) for spec in specs]
    return tuple(sorted(planned, key=lambda task: (task.due_on is None, task.due_on)))


def make_preparation(work: Work, event: Event) -> int:
    """Make the tasks that prepare for an appointment and are not there yet; returns how many.

    A series has none, as its dates are many; nor has what is over, or a session of the council.
    """
    start = work.place.local(event.starts_at)
    if event.rrule or event.rdates or event.calendar == COUNCIL or start.date() < work.today:
        return 0
    requests = _requests(work, event.id)
    made = set(work.session.scalars(select(Task.template).where(Task.event_id == event.id)))
    planned = preparation(
        work.catalog, event.kind or "", start, work.calendar, made | _names_of_requests(work, requests)
    )
    first = requests[0] if requests else None
    for task in (_not_over(one, work.today) for one in planned):
        work.session.add(
            Task(
                label=clean(task.label, limit=200),
                template=task.template,
                event_id=event.id,
                due_on=task.due_on,
                due_time=task.due_time,
                due_text=clean(task.due_text, limit=300),
                assigned_to=first.assigned_to if first is not None else work.desk.initials,
            )
        )
    return len(planned)


def move_preparation(work: Work, event: Event) -> int:
    """Count the open preparation tasks of an appointment anew after it was moved; returns how many moved.

    What the office has put off by hand stays, and a note on the appointment says so.
    """
    names = _names_of_requests(work, _requests(work, event.id))
    start = work.place.local(event.starts_at)
    planned = {
        task.template: task
        for task in preparation(work.catalog, event.kind or "", start, work.calendar, names)
    }
    moved, left = 0, []
    tasks = select(Task).where(Task.event_id == event.id, Task.done_at.is_(None)).order_by(Task.id)
    for task in work.session.scalars(tasks):
        wanted = planned.get(task.template)
        if wanted is None or (task.due_on, task.due_time) == (wanted.due_on, wanted.due_time):
            continue
        if LATE in task.due_text and task.due_text.startswith(wanted.due_text):
            continue  # late from the beginning, and its count is the same
        if by_hand(task.due_text):
            left.append(task)
            continue
        wanted = _not_over(wanted, work.today)
        task.due_on, task.due_time = wanted.due_on, wanted.due_time
        task.due_text = clean(wanted.due_text, limit=300)
        moved += 1
    _note_left(work, event, left)
    return moved


def _not_over(task: PlannedTask, today: date) -> PlannedTask:
    """Nothing that is only asked for now is overdue: what should have been done before is due today."""
    if task.due_on is None or task.due_on >= today:
        return task
    text = f"{task.due_text}, {LATE}"
    return replace(task, due_on=today, due_time=None, due_text=text)


def _note_left(work: Work, event: Event, tasks: Sequence[Task]) -> None:
    if not tasks:
        return
    told = [f"„{task.label}“ ({short_date(task.due_on)})" if task.due_on else task.label for task in tasks]
    text = f"Der Termin wurde verlegt. Von Hand verschoben und so geblieben: {', '.join(told)}. Bitte prüfen."
    row = {"request_id": None, "event_id": event.id, "text": text}
    written = {"written_by": work.desk.initials, "written_at": work.at}
    work.insert_rows(JOURNALED["note"], [row | written])


def _requests(work: Work, event_id: int) -> Sequence[Request]:
    return work.session.scalars(
        select(Request)
        .join(RequestEvent, RequestEvent.request_id == Request.id)
        .where(RequestEvent.event_id == event_id)
        .order_by(Request.id)
    ).all()


def _names_of_requests(work: Work, requests: Sequence[Request]) -> set[str]:
    """What the kinds of requests decide on themselves, made or left out by their conditions."""
    kinds = (work.catalog.kinds.get(request.kind or "") for request in requests)
    return {name for kind in kinds if kind is not None for name in task_names(kind)}


def task_names(kind: RequestKind) -> set[str]:
    """Keys and labels of the tasks of a kind of request: another task of either is the same."""
    return {name for task in kind.tasks for name in (task.key, task.label)}
