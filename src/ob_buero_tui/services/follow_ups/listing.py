"""Tasks as a whole list for the commands, as an audience may see them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from ob_buero_tui.rules.visibility import Audience, View
from ob_buero_tui.services.council.item_tasks import item_about
from ob_buero_tui.services.follow_ups.rows import seen, with_records
from ob_buero_tui.services.follow_ups.selecting import done_tasks, open_tasks
from ob_buero_tui.services.follow_ups.views import ListedTask
from ob_buero_tui.services.requests.inbox import is_overdue
from ob_buero_tui.services.requests.listing import AT_ONCE, BUSY
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.tasks import Task


def task_list(
    place: Workplace, until: date | None = None, audience: Audience = Audience.INTERN, *, done: bool = False
) -> tuple[ListedTask, ...]:
    """The open tasks by date, what has no date last.

    What the audience may not read is told as taken and open, its date left out; not at all where the list
    would tell its date. To press and public no task is told.

    Args:
        until: Only what is due until this day.
        done: Also what is done, the newest first, behind the open ones.
    """
    with place.reading() as session:
        wanted = open_tasks(session, until)
        if done:
            wanted += done_tasks(session)
        return tuple(
            one
            for start in range(0, len(wanted), AT_ONCE)
            for one in _some(session, place, wanted[start : start + AT_ONCE], audience)
            if one.full or until is None
        )


def _some(
    session: Session, place: Workplace, wanted: Sequence[int], audience: Audience
) -> Iterator[ListedTask]:
    found = {row.id: row for row in session.execute(with_records(wanted))}
    for key in wanted:
        row = found[key]
        view = seen(place, row, audience)
        if view is View.FULL:
            yield _full(place, row)
        elif view is View.BELEGT:
            yield ListedTask(id=key, label=BUSY, number=row.number or "", full=False)


def _full(place: Workplace, row: Any) -> ListedTask:
    task: Task = row.Task
    done = task.done_at is not None
    return ListedTask(
        id=task.id,
        label=task.label,
        due_on=task.due_on,
        due_time=task.due_time,
        due_text=task.due_text,
        overdue=not done and is_overdue(task.due_on, task.due_time, place.now),
        number=row.number or "",
        subject=row.subject or row.summary or item_about(row),
        assigned_to=task.assigned_to,
        done=done,
    )
