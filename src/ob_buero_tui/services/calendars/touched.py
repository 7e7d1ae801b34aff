"""The calendars in which the actions since some moment may show."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, or_, select, union
from sqlalchemy.orm import Session

from ob_buero_tui.store.calendar import Event, EventOverride
from ob_buero_tui.store.council import Meeting
from ob_buero_tui.store.journal import Change
from ob_buero_tui.store.requests import RequestEvent


def calendars_touched(session: Session, since: int) -> set[str]:
    """Keys of the calendars whose appointments, or what these belong to, were changed.

    Args:
        since: Key of the last action that is known already.
    """
    # Of a request nothing shows but whether it may be told of.
    levels = _rows("request", since).where(_names("confidentiality", "trashed_at"))
    ids = union(
        _rows("event", since),
        *_by(EventOverride, "event_override", since),
        *_by(RequestEvent, "request_event", since),
        *_by(Meeting, "meeting", since),
        select(RequestEvent.event_id).where(RequestEvent.request_id.in_(levels)),
    )
    calendars = select(Event.calendar).where(Event.id.in_(select(ids.subquery().c[0])))
    return set(session.scalars(union(calendars, *_values("event", "calendar", since)))) - {None}


def _rows(table: str, since: int) -> Any:
    return select(Change.row_id).where(Change.action_id > since, Change.table_name == table)


def _by(table: Any, name: str, since: int) -> tuple[Any, ...]:
    """The appointments that rows of another table name, or named before."""
    return (
        select(table.event_id).where(table.id.in_(_rows(name, since))),
        *_values(name, "event_id", since),
    )


def _values(table: str, column: str, since: int) -> tuple[Any, ...]:
    """What a column held before and after; nothing where it was not touched."""
    changed = (Change.action_id > since, Change.table_name == table)
    held = (func.json_extract(side, f"$.{column}") for side in (Change.before, Change.after))
    return tuple(select(one).where(*changed) for one in held)


def _names(*columns: str) -> Any:
    """Whether a change touched one of these columns."""
    held = func.coalesce(Change.after, Change.before)
    return or_(*(func.json_type(held, f"$.{column}").is_not(None) for column in columns))
