"""What wakes a request before its day: an answer of its exchange, and what happens to its appointment.

Everything is part of the action that caused it, so taking that back puts the request to sleep again.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_, select

from ob_buero_tui.rules.states import EventStatus, RequestState
from ob_buero_tui.rules.waiting import WokenBy, before_event
from ob_buero_tui.services.requests.waiting import wake
from ob_buero_tui.services.work import Work
from ob_buero_tui.store.calendar import Event
from ob_buero_tui.store.journal import Change
from ob_buero_tui.store.requests import THREADED, Request, RequestEvent

FOLLOWED = frozenset(("event", "request"))
"""Tables whose changes can concern a Wiedervorlage."""
_AT_ONCE = 500
_STARTS, _STATUS, _TRASHED, _OWN_DATE = "starts_at", "status", "trashed_at", "event_start"


def wake_by_answer(work: Work, thread: str, answers: Collection[int], received: datetime, new: int) -> int:
    """Bring back what waits for a letter of this exchange; returns how many.

    Args:
        thread: The exchange of the letter that came in; may be empty.
        answers: Keys of requests whose sent answer the letter refers to.
        received: When the letter was sent or came in, aware; one from before the request wakes nothing.
        new: The request that the letter itself became.
    """
    of_exchange: list[ColumnElement[bool]] = [Request.id.in_(answers)] if answers else []
    if thread:
        of_exchange.append(and_(THREADED, Request.thread == thread))
    if not of_exchange:
        return 0
    waits = or_(
        Request.wiedervorlage_on > work.today,
        and_(Request.state == RequestState.WARTET.value, Request.wiedervorlage_on.is_(None)),
    )
    found = select(Request.id).where(
        or_(*of_exchange), _open(), waits, Request.wiedervorlage_wakes.is_(True),
        Request.id != new, Request.received_at < received,
    )  # fmt: skip
    keys = work.session.connection().execute(found.order_by(Request.id)).scalars().all()
    if keys:
        from ob_buero_tui.services.requests.inquiring import sender_answered
    for key in keys:
        sender_answered(work, key)
        wake(work, work.get(Request, key), WokenBy.ANTWORT)
        work.refer("request", new)
    return len(keys)


def follow(work: Work) -> None:
    """After a use case: count bound Wiedervorlagen anew and wake what its appointment wakes."""
    work.session.flush()
    if work.fresh_rows or not FOLLOWED & work.recorder.touched.keys():
        return
    changes = list(_updates(work))
    moved = [key for table, key, after in changes if table == "event" and _STARTS in after]
    gone = [key for table, key, after in changes if table == "event" and _is_gone(after)]
    own = [key for table, key, after in changes if table == "request" and _OWN_DATE in after]
    handled = frozenset(work.recorder.touched.get("request", ()))
    for row in _bound_to(work, moved, own):
        _count_anew(work, row)
    for row in _waiting_for(work, [*moved, *gone], gone):
        if row.id not in handled:
            wake(work, row, WokenBy.TERMIN)


def _updates(work: Work) -> Iterable[tuple[str, int, dict[str, object]]]:
    """The changes of this action: table, key, and the columns that changed."""
    rows = work.session.connection().execute(
        select(Change.table_name, Change.row_id, Change.after).where(
            Change.action_id == work.action_id,
            Change.table_name.in_(FOLLOWED),
            Change.operation == "update",
        )
    )
    for table, key, after in rows:
        yield table, key, json.loads(after) if isinstance(after, str) else dict(after or {})


def _is_gone(after: dict[str, object]) -> bool:
    """Whether an appointment was called off or put into the trash."""
    return after.get(_STATUS) == EventStatus.CANCELLED.value or after.get(_TRASHED) is not None


def _bound_to(work: Work, events: Sequence[int], own: Sequence[int]) -> Iterable[Request]:
    """Requests bound to these appointments, or to their own date that changed."""
    yield from _rows(work, events, Request.wiedervorlage_event_id, Request.wiedervorlage_days.is_not(None))
    unbound = and_(Request.wiedervorlage_event_id.is_(None), Request.wiedervorlage_days.is_not(None))
    yield from _rows(work, own, Request.id, unbound)


def _waiting_for(work: Work, changed: Sequence[int], gone: Sequence[int]) -> Iterable[Request]:
    """Requests that sleep until a typed day while their appointment changes, or lose their appointment."""
    wakes = Request.wiedervorlage_wakes.is_(True)
    yield from _rows(work, gone, Request.wiedervorlage_event_id, wakes)
    for piece in _pieces(changed):
        linked = select(RequestEvent.request_id).where(RequestEvent.event_id.in_(piece))
        keys = list(work.session.connection().execute(linked).scalars())
        yield from _rows(work, keys, Request.id, and_(wakes, Request.wiedervorlage_event_id.is_(None)))


def _rows(work: Work, keys: Sequence[int], column: object, condition: ColumnElement[bool]) -> list[Request]:
    """The sleeping open requests with one of these keys in a column."""
    found: dict[int, Request] = {}
    for piece in _pieces(keys):
        chosen = select(Request).where(
            column.in_(piece),  # type: ignore[attr-defined]
            condition,
            _open(),
            Request.wiedervorlage_on > work.today,
        )
        found |= {row.id: row for row in work.session.scalars(chosen)}
    return list(found.values())


def _pieces(keys: Sequence[int]) -> Iterable[Sequence[int]]:
    wanted = list(dict.fromkeys(keys))
    return (wanted[start : start + _AT_ONCE] for start in range(0, len(wanted), _AT_ONCE))


def _open() -> ColumnElement[bool]:
    return and_(Request.closed.is_(False), Request.trashed_at.is_(None))


def _count_anew(work: Work, row: Request) -> None:
    """The day of a bound Wiedervorlage after its appointment moved; what would have been is today."""
    days = row.wiedervorlage_days
    event = work.session.get(Event, row.wiedervorlage_event_id) if row.wiedervorlage_event_id else None
    if event is not None:
        start = work.place.local(event.starts_at).date()
    elif row.event_start is not None:
        start = row.event_start.date()
    else:
        wake(work, row, WokenBy.TERMIN)
        return
    until = before_event(start, days or 0, work.calendar).day
    if until <= work.today:
        wake(work, row, WokenBy.TERMIN)
    elif until != row.wiedervorlage_on:
        row.wiedervorlage_on = until
        work.tell(recounted=[*work.params.get("recounted", []), row.id])
