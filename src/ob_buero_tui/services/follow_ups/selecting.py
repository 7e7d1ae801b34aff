"""Which tasks and requests a split of the Wiedervorlagen has, in its order; counts and keys, no rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from ob_buero_tui.rules.zones import to_utc
from ob_buero_tui.services.follow_ups.calls import call_count, call_ids
from ob_buero_tui.services.follow_ups.steps import Steps, step_ids
from ob_buero_tui.services.requests import inbox
from ob_buero_tui.services.views import SplitView
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.calendar import Event
from ob_buero_tui.store.requests import Request
from ob_buero_tui.store.tasks import Task

TODAY, WEEK, ALL, DONE = "heute", "woche", "alle", "erledigt"
WAITING, ANSWERS, STEPS, CALLS = "wiedervorlagen", "antworten", "sitzungen", "rueckrufe"
LABELS = {
    TODAY: "Heute",
    WEEK: "Diese Woche",
    ALL: "Alle Aufgaben",
    WAITING: "Wiedervorlagen",
    ANSWERS: "Antworten",
    STEPS: "Sitzungen",
    DONE: "Erledigt",
    CALLS: "Rückrufe",
}
"""The splits in the order of their digits."""
REQUESTS = frozenset((WAITING, ANSWERS, CALLS))
"""Splits whose rows are requests; those of the others are tasks, but for the council's deadlines."""
DONE_DAYS = 30
"""How long what is ticked off can be opened again from its list."""
OPEN = Task.done_at.is_(None)


def splits(place: Workplace, known: Steps | None = None) -> tuple[SplitView, ...]:
    """The splits with their counts.

    Args:
        known: What `steps_due` has counted already of the sessions.
    """
    week = func.count(), func.coalesce(func.sum(case((Task.due_on <= place.today, 1), else_=0)), 0)
    requests = (
        func.coalesce(func.sum(case((Request.wiedervorlage_on.is_not(None), 1), else_=0)), 0),
        func.coalesce(func.sum(case((_to_answer(place), 1), else_=0)), 0),
    )
    count = select(func.count()).select_from(Task)
    with place.reading() as session:
        this_week, due = session.execute(select(*week).where(OPEN, _until(_sunday(place)), _live())).one()
        waiting, answers = session.execute(select(*requests).where(inbox.OPEN)).one()
        # An index has what is open: counting all of it and the few in the trash is less than testing each.
        every = (session.scalar(count.where(OPEN)) or 0) - len(_in_trash(session, OPEN))
        done = session.scalar(count.where(_done_since(place), _live())) or 0
        calls = call_count(place, session)
    counts = {TODAY: due, WEEK: this_week, ALL: every, WAITING: waiting, ANSWERS: answers, DONE: done}
    counts[CALLS] = calls
    counts[STEPS] = len(step_ids(place, known))
    return tuple(SplitView(key=key, label=label, count=counts[key]) for key, label in LABELS.items())


def ids(place: Workplace, split: str, known: Steps | None = None) -> tuple[int, ...]:
    """The ordered keys of a split, of the records that `table_of` says.

    Args:
        known: What `steps_due` has counted already of the sessions.
    """
    if split == STEPS:
        return step_ids(place, known)
    with place.reading() as session:
        if split == CALLS:
            return call_ids(place, session)
        if split in REQUESTS:
            return _keys(session, _requests(place, split))
        if split == DONE:
            newest = select(Task.id).where(_done_since(place), _live())
            return _keys(session, newest.order_by(Task.done_at.desc(), Task.id.desc()))
        if split != ALL:
            last = place.today if split == TODAY else _sunday(place)
            return _keys(session, _by_date(select(Task.id).where(OPEN, _until(last), _live())))
        return open_tasks(session)


def open_tasks(session: Session, until: date | None = None) -> tuple[int, ...]:
    """The keys of all that is open, by date, what has no date last; or only what is due until a day."""
    dated = OPEN, _until(until) if until is not None else Task.due_on.is_not(None)
    found = _keys(session, _by_date(select(Task.id).where(*dated)))
    if until is None:
        found += _keys(session, select(Task.id).where(OPEN, Task.due_on.is_(None)).order_by(Task.id))
    dead = _in_trash(session, OPEN)
    return tuple(key for key in found if key not in dead) if dead else found


def done_tasks(session: Session) -> tuple[int, ...]:
    """The keys of all that is done, the newest first."""
    return _keys(
        session,
        select(Task.id)
        .where(Task.done_at.is_not(None), _live())
        .order_by(Task.done_at.desc(), Task.id.desc()),
    )


def contains(place: Workplace, split: str, key: int) -> bool:
    """Whether a split of tasks has a task."""
    condition = _done_since(place) if split == DONE else OPEN
    if split in (TODAY, WEEK):
        condition = and_(condition, _until(place.today if split == TODAY else _sunday(place)))
    with place.reading() as session:
        return session.scalar(select(Task.id).where(Task.id == key, condition, _live())) is not None


def table_of(split: str) -> str:
    """What a split's keys are of: "request", "task", or "step" of a session."""
    return "request" if split in REQUESTS else "step" if split == STEPS else "task"


def _requests(place: Workplace, split: str) -> Select[int]:
    if split == WAITING:
        waits = select(Request.id).where(inbox.OPEN, Request.wiedervorlage_on.is_not(None))
        return waits.order_by(Request.wiedervorlage_on, Request.id)
    order = (Request.due_on, Request.due_time.is_(None), Request.due_time, Request.received_at, Request.id)
    return select(Request.id).where(inbox.OPEN, _to_answer(place)).order_by(*order)


def _to_answer(place: Workplace) -> ColumnElement[bool]:
    """As the title line counts: with a day for the answer, and not put off to a later one."""
    return and_(Request.due_on.is_not(None), ~inbox.on_hold(place.today))


def _until(last: date) -> ColumnElement[bool]:
    return Task.due_on <= last


def _sunday(place: Workplace) -> date:
    return place.today + timedelta(days=6 - place.today.weekday())


def _done_since(place: Workplace) -> ColumnElement[bool]:
    first = datetime.combine(place.today - timedelta(days=DONE_DAYS), time())
    return and_(Task.done_at.is_not(None), Task.done_at >= to_utc(first, place.zone).astimezone(UTC))


def _by_date(keys: Select[int]) -> Select[int]:
    return keys.order_by(Task.due_on, Task.due_time.nulls_last(), Task.id)


def _live() -> ColumnElement[bool]:
    """Not of a record that lies in the trash."""
    return and_(_outside_trash(Task.request_id, Request), _outside_trash(Task.event_id, Event))


def _outside_trash(
    column: InstrumentedAttribute[int | None], record: type[Request] | type[Event]
) -> ColumnElement[bool]:
    return column.is_(None) | column.not_in(select(record.id).where(record.trashed_at.is_not(None)))


def _in_trash(session: Session, condition: ColumnElement[bool]) -> set[int]:
    """The tasks of what lies in the trash; few, and found from there."""
    records: tuple[tuple[Any, type[Request] | type[Event]], ...] = (
        (Task.request_id, Request),
        (Task.event_id, Event),
    )
    return {
        key
        for column, record in records
        for key in session.scalars(
            select(Task.id).where(
                condition, column.in_(select(record.id).where(record.trashed_at.is_not(None)))
            )
        )
    }


def _keys(session: Session, selection: Select[int]) -> tuple[int, ...]:
    # By the driver: a hundred thousand keys need no rows made of them.
    found: Any = session.connection().execute(selection).cursor
    rows: Sequence[tuple[int]] = found.fetchall()
    return tuple(key for (key,) in rows)
