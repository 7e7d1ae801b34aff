"""What hangs on a date that is called off, thrown away or confirmed: deputies end, the rest is named."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, or_, select

from ob_buero_tui.rules.german import join, plural
from ob_buero_tui.services.calendar.beside import Beside, beside
from ob_buero_tui.services.calendar.linked_requests import requests_of
from ob_buero_tui.services.calendar.one_date import OneDate
from ob_buero_tui.services.calendar.standing_in import drop_asking, end_entry, of_event, take_back
from ob_buero_tui.services.work import Work
from ob_buero_tui.store.calendar import Event, EventOverride
from ob_buero_tui.store.decisions import Deputation
from ob_buero_tui.store.requests import Request
from ob_buero_tui.store.tasks import Task


def deputies_beside(work: Work, event: Event, date: EventOverride | None) -> tuple[Beside, ...]:
    """The deputies' entries that a step on an appointment reaches.

    Args:
        date: The one date of the series that is meant; None for all of it.
    """
    found = beside(work.session, work.place.zone, event)
    return tuple(one for one in found if date is None or one.row is date)


def end_deputies(work: Work, others: Sequence[Beside], reason: str) -> tuple[str, ...]:
    """Deputies need not come: their entries end; returns who is to be told, German clauses."""
    for one in others:
        end_entry(work, one.entry, reason)
        _end(work, one.deputation, one.entry.id)
    return _tell(work, [one.deputation for one in others])


def let_go(work: Work, found: OneDate, event: Event, *, whole: bool) -> tuple[str, ...]:
    """What becomes of deputy, request and tasks where an appointment does not take place.

    The deputy who was asked for it is let go with the task of waiting for the answer. What was promised to
    a requester is for a person to decide: the request and its open tasks are named.

    Args:
        event: The row that was called off or thrown away.
        whole: Whether all of it was, not just one date of a series.

    Returns:
        What is told about it, German clauses.
    """
    told: tuple[str, ...] = ()
    row = of_event(work.session, event.id) if whole else None
    if row is not None and row.request_id is None:
        _end(work, row, event.id)
        told += _tell(work, [row])
    work.session.flush()
    requests = list(requests_of(work.session, work.place, [event.id]).get(event.id, ()))
    if not whole:
        day = found.starts.replace(fold=0)
        requests = [one for one in requests if one.event_start == day]
    requests = [one for one in requests if not one.closed]
    for one in requests:
        told += (f"{one.number} ist noch nicht abgesagt",)
    return told + _open_tasks(work, event if whole else None, requests)


def _end(work: Work, row: Deputation, entry_id: int) -> None:
    take_back(work, row)
    drop_asking(work, entry_id)


def _tell(work: Work, rows: Sequence[Deputation]) -> tuple[str, ...]:
    names = list(dict.fromkeys(work.catalog.calendar_short(row.calendar) for row in rows))
    return (f"{join(names)} Bescheid geben",) if names else ()


def _open_tasks(work: Work, event: Event | None, requests: Sequence[Request]) -> tuple[str, ...]:
    of_requests = Task.request_id.in_([one.id for one in requests])
    about = or_(of_requests, Task.event_id == event.id) if event is not None else of_requests
    count = select(func.count()).select_from(Task).where(about, Task.done_at.is_(None))
    tasks = work.session.scalar(count) or 0
    return (f"{plural(tasks, 'Aufgabe', 'Aufgaben')} noch offen",) if tasks else ()
