"""After every step: what it changed of a calendar that Outlook leads has to go there, whoever changed it."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import inspect, select

from ob_buero_tui.catalog.leading import Leader
from ob_buero_tui.services.calendars.pending import came_from_there, led_elsewhere, note_change
from ob_buero_tui.services.work import Work
from ob_buero_tui.store.base import Journaled
from ob_buero_tui.store.calendar import Event, EventOverride, EventSource
from ob_buero_tui.store.journal import Change

_TEXTS = ("summary", "description", "location", "status", "confidentiality")
OF_A_DATE = frozenset((*_TEXTS, "dtstart", "dtend", "tzid", "fold", "all_day"))
"""What a changed date shows there; all else is the office's own and never leaves."""
OF_AN_EVENT = OF_A_DATE | {"calendar", "transparent", "rrule", "rdates", "exdates", "trashed_at"}
"""What an appointment shows there."""
_TABLES = ("event", "event_override")
_PENDING = frozenset(("pending_since", "pending_sent_at"))
_OWN = frozenset(("id", "version", "uid", "trashed_at", *_PENDING))


@dataclass(slots=True)
class _Noted:
    """What a step changed.

    Args:
        changed: Keys of the appointments whose shown columns changed.
        settled: Keys of those of which the step itself said whether they are pending.
        left: The calendar that an appointment was in before, by its key.
        made: Keys of those that the step entered.
    """

    changed: dict[int, None] = field(default_factory=dict)
    settled: set[int] = field(default_factory=set)
    left: dict[int, str] = field(default_factory=dict)
    made: set[int] = field(default_factory=set)


def note_changes(work: Work) -> None:
    """Mark what a step changed of calendars that Outlook leads; what left one is to be taken away there."""
    if work.taken_over or work.fresh_rows or not work.recorder.touched.keys() & set(_TABLES):
        return
    if not any(spec.leads is Leader.OUTLOOK for spec in work.catalog.calendars.values()):
        return
    work.session.flush()
    noted = _Noted()
    for change in _changes(work):
        _note(work, change, noted)
    for key in noted.changed:
        event = work.session.get(Event, key)
        if event is None or key in noted.settled:
            continue
        before = noted.left.get(key, event.calendar)
        if before != event.calendar and led_elsewhere(work.catalog, before):
            _leave(work, event, before)
        note_change(work, event)


def _changes(work: Work) -> Iterable[Any]:
    """The changes of this step, in the order they were written."""
    return work.session.connection().execute(
        select(Change.table_name, Change.row_id, Change.operation, Change.before, Change.after)
        .where(Change.action_id == work.action_id, Change.table_name.in_(_TABLES))
        .order_by(Change.id)
    )


def _note(work: Work, change: Any, noted: _Noted) -> None:
    before, after = _values(change.before), _values(change.after)
    names = before.keys() | after.keys()
    if change.table_name == "event_override":
        key = _event_of_date(work, change, before, after)
        if key is not None:
            noted.changed[key] = None
        return
    key = change.row_id
    if change.operation == "insert":
        noted.made.add(key)
    elif names & _PENDING:
        noted.settled.add(key)
    if names & OF_AN_EVENT:
        noted.changed[key] = None
    if change.operation == "update" and "calendar" in before and key not in noted.made:
        noted.left.setdefault(key, before["calendar"])


def _values(stored: Any) -> dict[str, Any]:
    return json.loads(stored) if isinstance(stored, str) else dict(stored or {})


def _event_of_date(work: Work, change: Any, before: dict[str, Any], after: dict[str, Any]) -> int | None:
    """The appointment of a changed date, where the date shows anything new; None where it does not."""
    if change.operation == "update":
        row = work.session.get(EventOverride, change.row_id)
        return row.event_id if row is not None and after.keys() & OF_A_DATE else None
    values = before if change.operation == "delete" else after
    event = work.session.get(Event, values["event_id"])
    return None if event is None or _as_the_series(event, values) else event.id


def _as_the_series(event: Event, date: dict[str, Any]) -> bool:
    """Whether a date, as it is stored, takes place as its series says; only the office knows of it then."""
    start, end, original = (
        datetime.fromisoformat(date[name]) for name in ("dtstart", "dtend", "recurrence_id")
    )
    told = ("summary", "description", "location", "status", "tzid", "all_day")
    return (
        start == original
        and end - start == event.dtend - event.dtstart
        and all(date[name] == getattr(event, name) for name in told)
    )


def _leave(work: Work, event: Event, calendar: str) -> None:
    """An appointment that went to another calendar is a new one there; where it was it is to be taken away.

    What stays behind is a copy in the trash with the texts it came as, so that a reread of that calendar
    finds it and Outlook gets its cancellation.
    """
    there = event.pending_sent_at is not None or came_from_there(work.session, event)
    if event.pending_since is not None or event.pending_sent_at is not None:
        event.pending_since = event.pending_sent_at = None
    if not there or event.trashed_at is not None:
        return
    left = Event(**_columns(event), uid=event.uid, trashed_at=work.at)
    left.calendar, left.pending_since, left.pending_sent_at = calendar, work.at, None
    work.session.add(left)
    event.uid = f"{uuid.uuid4()}@ob-buero"
    work.session.flush()
    for source in work.session.scalars(select(EventSource).where(EventSource.event_id == event.id)).all():
        source.event_id = left.id
        if source.override_id is not None:
            date = work.get(EventOverride, source.override_id)
            copy = EventOverride(**_columns(date) | {"event_id": left.id})
            work.session.add(copy)
            work.session.flush()
            source.override_id = copy.id


def _columns(row: Journaled) -> dict[str, Any]:
    names = (item.key for item in inspect(row).mapper.column_attrs if item.key not in _OWN)
    return {name: getattr(row, name) for name in names}
