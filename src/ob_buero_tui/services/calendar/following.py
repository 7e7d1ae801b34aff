"""What hangs on an appointment follows when it moves: preparation, the request's date, the deputy."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import select

from ob_buero_tui.rules.german import plural
from ob_buero_tui.services.calendar.forms import EventForm
from ob_buero_tui.services.calendar.preparing import move_preparation
from ob_buero_tui.services.work import Work
from ob_buero_tui.store.calendar import Event
from ob_buero_tui.store.requests import Request, RequestEvent


def follow_event(
    work: Work, event: Event, before: EventForm, after: EventForm, names: Collection[str]
) -> tuple[str, ...]:
    """Let tasks, requests and deputies follow a date that was changed.

    Args:
        event: The row that holds the date now.
        before, after: The date as it was and as it is.
        names: The fields that differ.

    Returns:
        What is told about it, German clauses.
    """
    if not {"start", "end", "location"} & set(names):
        return ()
    from ob_buero_tui.services.requests.following import follow_date

    work.session.flush()
    told = []
    if "start" in names and not event.rrule:
        moved = move_preparation(work, event)
        told += [plural(moved, "Aufgabe neu gerechnet", "Aufgaben neu gerechnet")] if moved else []
    for request in requests_at(work, event.id, before):
        told += follow_date(work, request, event, before, after)
    return tuple(dict.fromkeys(told))


def requests_at(work: Work, event_id: int, before: EventForm) -> Sequence[Request]:
    """The open requests of an appointment whose own date is just this one."""
    return work.session.scalars(
        select(Request)
        .join(RequestEvent, RequestEvent.request_id == Request.id)
        .where(RequestEvent.event_id == event_id, Request.trashed_at.is_(None))
        .where(Request.event_start == before.start.replace(fold=0), Request.closed.is_(False))
        .order_by(Request.id)
    ).all()
