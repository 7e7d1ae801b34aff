"""The proposals: closed requests, past appointments and unused contacts whose retention is over."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from ob_buero_tui.catalog.retention import retention_classes
from ob_buero_tui.rules.german import long_date
from ob_buero_tui.rules.retention import class_of
from ob_buero_tui.services.calendar.last_days import last_days
from ob_buero_tui.services.disposing.late import came_late
from ob_buero_tui.services.disposing.views import Proposal, came_after, given_out, key_of
from ob_buero_tui.services.naming import is_hidden, record_name
from ob_buero_tui.services.views import SplitView
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.requests import Request
from ob_buero_tui.store.retention import Disposal, DisposalState

DUE, OFFERED, KEPT, GONE, FILED = "faellig", "angeboten", "behalten", "vernichtet", "e_akte"
SPLITS: Final = {
    DUE: "Fällig",
    OFFERED: "Beim Archiv",
    KEPT: "Behalten",
    GONE: "Vernichtet",
    FILED: "Für die E-Akte",
}

_BEGUN: Final[dict[str, str]] = {
    # The day or instant from which a retention counts, and the kind of the record.
    "request": "SELECT id, kind, closed_on FROM request WHERE closed = 1 AND closed_on IS NOT NULL",
    "event": "SELECT id, kind, NULL FROM event WHERE starts_at < :today",
    "person": (
        "SELECT p.id, NULL, (SELECT max(a.at) FROM change c"
        "  JOIN action a ON a.id = c.action_id WHERE c.table_name = 'person' AND c.row_id = p.id)"
        " FROM person p WHERE NOT EXISTS (SELECT 1 FROM request r WHERE r.requester_id = p.id)"
        " AND NOT EXISTS (SELECT 1 FROM event_person e WHERE e.person_id = p.id)"
        " AND NOT EXISTS (SELECT 1 FROM membership m WHERE m.person_id = p.id)"
        " AND NOT EXISTS (SELECT 1 FROM meeting_participant m"
        "  WHERE p.id IN (m.person_id, m.substitute_for_id))"
        " AND NOT EXISTS (SELECT 1 FROM meeting m WHERE p.id IN (m.chair_id, m.clerk_id))"
        " AND NOT EXISTS (SELECT 1 FROM responsibility y WHERE y.person_id = p.id)"
        " AND NOT EXISTS (SELECT 1 FROM paper_party y WHERE y.person_id = p.id)"
    ),
}


def proposals(place: Workplace) -> list[Proposal]:
    """All records whose retention is over here or about which something was decided, the oldest first."""
    with place.reading() as session:
        return sorted(_all(place, session), key=lambda one: (one.until or date.max, one.table, one.row_id))


def in_split(one: Proposal) -> str:
    """The split a proposal belongs to."""
    if one.state is DisposalState.VERNICHTET:
        return GONE
    if one.filed:
        return FILED
    if one.state is DisposalState.ANGEBOTEN:
        return OFFERED
    if one.state is DisposalState.BEHALTEN:
        return KEPT
    return DUE


def splits(place: Workplace) -> list[SplitView]:
    """The splits with their counts."""
    found = [in_split(one) for one in proposals(place)]
    return [SplitView(key=key, label=label, count=found.count(key)) for key, label in SPLITS.items()]


def ids(place: Workplace, split: str) -> list[int]:
    """The numbers of a split's records."""
    return [one.id for one in proposals(place) if in_split(one) == split]


def rows(place: Workplace, wanted: Sequence[int]) -> dict[int, Proposal]:
    """Some records by their numbers."""
    keys = {key_of(id) for id in wanted}
    with place.reading() as session:
        return {one.id: one for one in _all(place, session, keys)}


def proposal(place: Workplace, session: Session, table: str, row_id: int) -> Proposal | None:
    """One record; None where its retention is not over and the E-Akte has nothing of it."""
    return next(iter(_all(place, session, {(table, row_id)})), None)


def _all(
    place: Workplace, session: Session, wanted: Iterable[tuple[str, int]] | None = None
) -> Iterator[Proposal]:
    keys = None if wanted is None else set(wanted)
    decided = {(row.table_name, row.row_id): row for row in session.scalars(select(Disposal))}
    classes = retention_classes(place.catalog)
    connection = session.connection()
    left = _left(place, session, keys)
    for table in _BEGUN:
        if keys is not None and not any(name == table for name, _ in keys):
            continue
        for row_id, kind, begun_on in _begun(place, connection, table):
            known = decided.get((table, row_id))
            if keys is not None and (table, row_id) not in keys:
                continue
            kept_as = class_of(classes, table, kind)
            over = kept_as is not None and kept_as.is_over(begun_on, place.today)
            filed = left.get(row_id, {}) if table == "request" else {}
            if known is None and not over and not filed:
                continue
            yield Proposal(
                table=table,
                row_id=row_id,
                name=record_name(connection, table, row_id, place),
                begun_on=begun_on,
                until=kept_as.last_day(begun_on) if kept_as is not None else None,
                kept_as=kept_as,
                hidden=is_hidden(connection, table, row_id, place),
                **_decision(known, place.today),
                **filed,
            )


def _left(
    place: Workplace, session: Session, keys: Collection[tuple[str, int]] | None
) -> dict[int, dict[str, Any]]:
    """The closed requests that left for the E-Akte: given out, or taken over there as they are."""
    query = select(Request.id, Request.filed_at, Request.taken_over_at)
    query = query.where(Request.closed, Request.filed_at.is_not(None))
    wanted = None if keys is None else [row_id for table, row_id in keys if table == "request"]
    late = came_late(session.connection(), wanted)
    found: dict[int, dict[str, Any]] = {}
    for key, filed, taken in session.execute(query):
        assert filed is not None  # noqa: S101 for mypy: the query asks for it
        if key in late:
            found[key] = {"filed": came_after(place, filed), "late": True}
            continue
        over = place.local(taken).date() if taken is not None else None
        found[key] = {"filed": "" if over else given_out(place, filed), "taken_over_on": over}
    return found


def _begun(place: Workplace, connection: Connection, table: str) -> Iterator[tuple[int, str | None, date]]:
    """The records of a table that may be due with their kind and the day that counts in the office."""
    query = _BEGUN[table]
    today = {"today": place.today.isoformat()} if ":today" in query else {}
    found = connection.exec_driver_sql(query, today).all()
    ended = last_days(connection, [row[0] for row in found]) if table == "event" else {}
    for row_id, kind, begun in found:
        if table == "event":
            on = ended[row_id]
            if on is not None and on < place.today:
                yield row_id, kind, on
        elif begun and (day := _day(place, begun)) is not None:
            yield row_id, kind, day


def _day(place: Workplace, begun: str) -> date | None:
    """The day in the office of a stored day or instant; None where a flipped byte left none: none is due."""
    try:
        at = datetime.fromisoformat(begun)
    except ValueError:
        return None
    return place.local(at).date() if at.tzinfo is not None else at.date()


def _decision(row: Disposal | None, today: date) -> Mapping[str, Any]:
    if row is None:
        return {}
    if row.state == DisposalState.BEHALTEN and row.until_on is not None and row.until_on < today:
        return {}  # that day is over: it is proposed as if nobody had decided
    return {
        "state": DisposalState(row.state),
        "until_on": row.until_on,
        "decided": f"{long_date(row.decided_on)} durch {row.decided_by}",
        "note": row.note,
    }
