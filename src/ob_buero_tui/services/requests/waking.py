"""What wakes a request before its day: an answer of its exchange, and what happens to its appointment.

Everything is part of the action that caused it, so taking that back puts the request to sleep again.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, or_, select

from ob_buero_tui.rules.states import EventStatus, RequestState
from ob_buero_tui.rules.waiting import WokenBy, before_event
from ob_buero_tui.services.requests.waiting import wake
from ob_buero_tui.services.work import Work
from ob_buero_tui.store.calendar import Event
from ob_buero_tui.store.journal import Change
from ob_buero_tui.store.requests import THREADED, Message, Request, RequestEvent

FOLLOWED = frozenset(("event", "request"))
"""Tables whose changes can concern a Wiedervorlage."""
IMPLAUSIBLE = timedelta(days=365)
"""A letter this much older than the one it answers has a wrong date."""
_AT_ONCE = 500
_STARTS, _STATUS, _TRASHED, _OWN_DATE = "starts_at", "status", "trashed_at", "event_start"


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """A letter that came in, as what waits for one sees it.

    Args:
        thread: Its exchange; may be empty.
        answers: Keys of requests whose sent answer it refers to.
        received: When it was sent or came in, aware.
        senders: Addresses it speaks for, in lower case.
        cited: Message-IDs of the letters it refers to.
        automatic: A machine wrote it; nobody answered.
        bounce: It reports that another letter did not arrive: that is worth a look, and no answer.
    """

    thread: str
    answers: Collection[int]
    received: datetime
    senders: Collection[str] = ()
    cited: Sequence[str] = ()
    automatic: bool = False
    bounce: bool = False


def wake_by_answer(work: Work, letter: Incoming, new: int) -> int:
    """Bring back what waits for a letter of this exchange, and answer what its sender was asked.

    A question is answered whatever day it is, but only by the address that was asked; every other letter of a
    person only wakes.

    Args:
        new: The request that the letter itself became.

    Returns:
        How many requests changed.
    """
    own = work.catalog.letterhead.email.lower()
    if letter.automatic or (own and own in letter.senders):
        return 0
    of_exchange: list[ColumnElement[bool]] = [Request.id.in_(letter.answers)] if letter.answers else []
    if letter.thread:
        of_exchange.append(and_(THREADED, Request.thread == letter.thread))
    if not of_exchange:
        return 0
    found = select(Request).where(or_(*of_exchange), _open(), Request.id != new).order_by(Request.id)
    rows = [row for row in work.session.scalars(found).all() if _came_after(work, letter, row)]
    return sum(_answered_by(work, letter, row, new) for row in rows)


def _answered_by(work: Work, letter: Incoming, row: Request, new: int) -> bool:
    """Answer and wake one request; whether it changed."""
    from ob_buero_tui.services.requests.inquiring import sender_answered

    until, wished = row.wiedervorlage_on, row.wiedervorlage_wakes
    sleeps = until > work.today if until is not None else row.state == RequestState.WARTET
    since = None if _is_implausible(letter, row) else work.place.local(letter.received).date()
    answered = 0 if letter.bounce else sender_answered(work, row.id, senders=letter.senders, since=since)
    wakes = wished and (sleeps or bool(answered))
    if wakes:
        wake(work, row, WokenBy.ANTWORT)
    if wakes or answered:
        work.refer("request", new)
    return wakes or bool(answered)


def _is_implausible(letter: Incoming, row: Request) -> bool:
    return letter.received < row.received_at - IMPLAUSIBLE


def _came_after(work: Work, letter: Incoming, row: Request) -> bool:
    """Whether a letter is younger than a request; where its clock was wrong, whether it refers to it."""
    if row.received_at < letter.received:
        return True
    if not _is_implausible(letter, row):
        return False
    own = select(Message.id).where(Message.request_id == row.id, Message.message_id.in_(letter.cited))
    return row.id in letter.answers or work.session.scalars(own.limit(1)).first() is not None


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
