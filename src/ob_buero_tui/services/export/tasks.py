"""Tasks as they leave the office: for the desks and deputies alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import or_, select

from ob_buero_tui.rules.visibility import Confidentiality, View
from ob_buero_tui.services.council.item_tasks import item_about, item_levels, with_items
from ob_buero_tui.services.export.wanted import Gathered, Wanted
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.calendar import Event
from ob_buero_tui.store.requests import Request
from ob_buero_tui.store.tasks import Task


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskOut:
    """One task; `number` is that of its request."""

    id: int
    label: str
    due_on: date | None = None
    due_time: time | None = None
    due_text: str = ""
    number: str = ""
    subject: str = ""
    assigned_to: str = ""
    done: bool = False
    done_at: datetime | None = None
    request_id: int | None = None
    event_id: int | None = None


def tasks_out(place: Workplace, wanted: Wanted) -> Gathered[TaskOut]:
    """All tasks, by their key; bounds count for the day they are due. None for press and public.

    A task is as confidential as what it belongs to; one whose record is only taken stays out altogether.
    """
    if wanted.outside:
        return Gathered(rows=())
    with place.reading() as session:
        rows = session.execute(
            with_items(
                select(Task.id, Task.label, Task.due_on, Task.due_time, Task.due_text, Task.assigned_to)
                .add_columns(Task.done_at, Task.request_id, Task.event_id)
                .add_columns(Request.number, Request.subject, Request.confidentiality.label("request_level"))
                .add_columns(Event.summary, Event.confidentiality.label("event_level"))
                .outerjoin(Request, Request.id == Task.request_id)
                .outerjoin(Event, Event.id == Task.event_id)
            )
            .where(or_(Request.id.is_(None), Request.trashed_at.is_(None)))
            .where(or_(Event.id.is_(None), Event.trashed_at.is_(None)))
            .order_by(Task.id)
        ).all()
    found, left_out = [], 0
    for row in rows:
        if not wanted.within(row.due_on):
            continue
        if (
            wanted.sees(Confidentiality.INTERN, row.request_level, row.event_level, *item_levels(row))
            is not View.FULL
        ):
            left_out += 1
            continue
        found.append(_task(place, row))
    return Gathered(rows=tuple(found), left_out=left_out)


def _task(place: Workplace, row: Any) -> TaskOut:
    same = ("id", "label", "due_on", "due_time", "due_text", "assigned_to", "request_id", "event_id")
    return TaskOut(
        number=row.number or "",
        subject=row.subject or row.summary or item_about(row),
        done=row.done_at is not None,
        done_at=place.local(row.done_at) if row.done_at is not None else None,
        **{name: getattr(row, name) for name in same},
    )
