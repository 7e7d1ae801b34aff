"""The council information systems that are fetched from: since when, and what a fetch has left.

A memory and no record: it stands outside the journal, so that undoing a fetch leaves it; that one was
undone is seen by its action, and then everything is fetched anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update
from sqlalchemy.orm import Session

from ob_buero_tui.services.faults import translated
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.feeds import OparlEndpoint
from ob_buero_tui.store.journal import Action
from ob_buero_tui.store.types import utc_text

VERB = "fetch_oparl"


@dataclass(frozen=True, slots=True, kw_only=True)
class Todo:
    """A page still to be read.

    Args:
        kind: The OParl property that named its list, "" for the endpoint itself.
        origin: The address of its list as it was named, by which a list is known again.
        since: The filter of its list, and of those it leads to; None for everything.
        first: Whether it is the first page of its list.
        root: Whether it leads on to further lists. Such a one is never left for later.
    """

    address: str
    kind: str = ""
    origin: str = ""
    since: datetime | None = None
    first: bool = True
    root: bool = False

    def covers(self, other: Todo) -> bool:
        """Whether reading from here on brings all that the other one would."""
        older = self.since is None or (other.since is not None and self.since <= other.since)
        return self.first and self.origin == other.origin and older


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """One council information system.

    Args:
        id: The row's key, 0 where nothing was fetched yet.
        synced_at: When the last fetch began that reached all lists, aware UTC.
        whole_at: When the last fetch of everything began that did.
        left: Pages that a broken-off fetch has left.
        problem: Why the last fetch failed, in German; empty when it did not.
    """

    id: int = 0
    url: str
    name: str = ""
    synced_at: datetime | None = None
    whole_at: datetime | None = None
    left: tuple[Todo, ...] = ()
    problem: str = ""


def endpoints(place: Workplace) -> tuple[Endpoint, ...]:
    """All that were ever fetched from, the oldest first."""
    with place.reading() as session:
        return tuple(map(_read, session.scalars(select(OparlEndpoint).order_by(OparlEndpoint.id))))


def endpoint_of(place: Workplace, url: str) -> Endpoint:
    """What is known of the one at an address; one never fetched from knows nothing."""
    with place.reading() as session:
        row = session.scalars(select(OparlEndpoint).where(OparlEndpoint.url == url)).one_or_none()
        if row is None:
            return Endpoint(url=url)
        known = _read(row)
        return known if not _taken_back(session, known) else Endpoint(id=known.id, url=url, name=known.name)


def remember(place: Workplace, known: Endpoint) -> Endpoint:
    """Keep how far a fetch is, in a transaction of its own; returns it with its key."""
    with translated():
        connection = place.engine.connect().execution_options(writing=True, patience=place.patience_ms)
        with connection, connection.begin():
            return note(connection, known)


def note(connection: Connection, known: Endpoint) -> Endpoint:
    """Keep how far a fetch is, in the transaction that brought its pages."""
    whole = {"whole": utc_text(known.whole_at)} if known.whole_at else {}
    todo = {"todo": [_written(one) for one in known.left]} if known.left else {}
    values = {
        "name": known.name,
        "synced_at": known.synced_at,
        "problem": known.problem,
        "resume": {**whole, **todo},
    }
    stored = connection.execute(select(OparlEndpoint.id).where(OparlEndpoint.url == known.url)).scalar()
    if stored is None:
        made = insert(OparlEndpoint).values(url=known.url, **values).returning(OparlEndpoint.id)
        stored = connection.execute(made).scalar_one()
    else:
        connection.execute(update(OparlEndpoint).where(OparlEndpoint.id == stored).values(values))
    return Endpoint(
        id=stored,
        url=known.url,
        name=known.name,
        synced_at=known.synced_at,
        whole_at=known.whole_at,
        left=known.left,
        problem=known.problem,
    )


def _taken_back(session: Session, known: Endpoint) -> bool:
    """Whether something that came since the last whole fetch was undone: no later filter would bring it."""
    query = select(Action.params).where(Action.verb == VERB, Action.undone_by_id.is_not(None))
    if known.whole_at is not None:
        query = query.where(Action.at >= known.whole_at)
    return any(params.get("endpoint") == known.id for params in session.scalars(query))


def _read(row: OparlEndpoint) -> Endpoint:
    todo = row.resume.get("todo", ())
    return Endpoint(
        id=row.id,
        url=row.url,
        name=row.name,
        synced_at=row.synced_at,
        whole_at=_instant(row.resume.get("whole")),
        left=tuple(_todo(one) for one in todo if isinstance(one, dict) and one.get("url")),
        problem=row.problem,
    )


def _todo(stored: Mapping[str, Any]) -> Todo:
    return Todo(
        address=str(stored["url"]),
        kind=str(stored.get("kind", "")),
        origin=str(stored.get("list", "")),
        since=_instant(stored.get("since")),
        first=bool(stored.get("first")),
    )


def _written(one: Todo) -> dict[str, Any]:
    since = {"since": utc_text(one.since)} if one.since else {}
    return {"url": one.address, "kind": one.kind, "list": one.origin, "first": one.first, **since}


def _instant(text: object) -> datetime | None:
    found = datetime.fromisoformat(text) if isinstance(text, str) else None
    return found.replace(tzinfo=UTC) if found is not None and found.tzinfo is None else found
