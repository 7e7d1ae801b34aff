"""The dates that touch some days: from the table of occurrences, or expanded where that does not reach."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from ob_buero_tui.services.calendar.slots import Dated, rows_between
from ob_buero_tui.store import occurrences, shown
from ob_buero_tui.store.calendar import Event, EventOverride, Occurrence

ONE_DAY = timedelta(days=1)


def rows_of_days(
    session: Session, first: date, last: date, start: datetime, end: datetime
) -> Sequence[Dated]:
    """From the table inside its window, expanded on demand outside it.

    Args:
        first, last: The days in question, both included.
        start, end: The span in question, aware; the end is exclusive.
    """
    connection = session.connection()
    if all(occurrences.window_covers(connection, on) for on in {first, last}):
        return rows_between(session, start, end)
    return _expanded(session, first, last, start, end)


def shown_of_days(
    session: Session, first: date, last: date, start: datetime, end: datetime
) -> Sequence[Dated]:
    """The same for what only draws them: rows with the columns that days show, and no more.

    Args:
        first, last: The days in question, both included.
        start, end: The span in question, aware; the end is exclusive.
    """
    connection = session.connection()
    if all(occurrences.window_covers(connection, on) for on in {first, last}):
        rows = shown.between(connection, start, end)
    else:
        rows = shown.outside(connection, first, last, start, end)
    # They have the names of the mapped classes, and cost a fifth.
    return cast("Sequence[Dated]", rows)


def _expanded(session: Session, first: date, last: date, start: datetime, end: datetime) -> Sequence[Dated]:
    values = occurrences.expand_between(session.connection(), first - ONE_DAY, last + 2 * ONE_DAY)
    events = {
        row.id: row
        for row in session.scalars(select(Event).where(Event.id.in_({v["event_id"] for v in values})))
    }
    overrides = {
        row.id: row
        for row in session.scalars(
            select(EventOverride).where(EventOverride.id.in_({v["override_id"] for v in values} - {None}))
        )
    }
    rows = [
        (Occurrence(id=None, **value), events[value["event_id"]], overrides.get(value["override_id"]))
        for value in values
    ]
    touching = [row for row in rows if row[0].busy_from < end and row[0].busy_to >= start]
    return sorted(touching, key=lambda row: (row[0].starts_at, row[0].event_id))
