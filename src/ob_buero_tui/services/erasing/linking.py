"""What leads to a person: the rows that are about this person alone, and those that only name the person."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from typing import Final

from sqlalchemy import Connection

from ob_buero_tui.services.erasing.traces import with_traces
from ob_buero_tui.services.erasing.words import merged_into
from ob_buero_tui.store.personal import CONTENT
from ob_buero_tui.store.tables import METADATA

Linked = dict[tuple[str, int], bool]
"""Rows by table and key; whether they are about the person alone."""

_OWN: Final = ("event_person", "membership")
"""Tables whose rows are about one person alone."""


def linked_rows(connection: Connection, person_id: int) -> Linked:
    """All rows that lead to a person.

    A request of the person for a club or company is that body's; in it only the words are replaced.
    """
    found: Linked = {("person", key): True for key in (person_id, *merged_into(connection, person_id))}
    for table in METADATA.sorted_tables:
        if table.name in CONTENT and table.name != "request":
            for key in table.foreign_keys:
                if key.column.table.name == "person":
                    rows = _pointing(connection, table.name, key.parent.name, [person_id])
                    found |= {(table.name, row): table.name in _OWN for row in rows}
    requests = connection.exec_driver_sql(
        "SELECT id, organization_id IS NULL FROM request WHERE requester_id = ?", (person_id,)
    ).all()
    for whole in (False, True):
        own = [row[0] for row in requests if bool(row[1]) is whole]
        found |= {("request", key): whole for key in own}
        found |= dict.fromkeys(_belonging(connection, own), whole)
    return found


def own_numbers(connection: Connection, linked: Linked) -> list[str]:
    """The numbers of the requests that are about the person alone."""
    keys = [key for (table, key), whole in linked.items() if table == "request" and whole]
    query = "SELECT number FROM request WHERE id IN (SELECT value FROM json_each(?)) ORDER BY number"
    return list(connection.exec_driver_sql(query, (json.dumps(keys),)).scalars())


def request_rows(connection: Connection, request_id: int) -> Linked:
    """A request with all that belongs to it alone."""
    own = {("request", request_id): True} | dict.fromkeys(_belonging(connection, [request_id]), True)
    return with_traces(connection, own)


def event_rows(connection: Connection, event_id: int) -> Linked:
    """An appointment with all that belongs to it alone."""
    own = {("event", event_id): True} | dict.fromkeys(_below(connection, "event", [event_id], OF_EVENT), True)
    return with_traces(connection, own)


OF_REQUEST: Final[dict[str, dict[str, str]]] = {
    **{name: {} for name in ("message", "note", "attachment", "inquiry", "task", "vorlage_item")},
    "document": {"attachment": "document_id"},
}
"""Tables that belong to a request, each with those that belong to its rows and the column of that."""
OF_EVENT: Final[dict[str, dict[str, str]]] = {
    **{name: {} for name in ("event_override", "event_person", "event_source", "event_waiver")},
    **{name: {} for name in ("note", "attachment", "task", "ausfall")},
    "document": {"attachment": "document_id"},
    "ausfall_item": {"ausfall_call": "item_id"},
}
"""The same for an appointment; of an absence its reason goes, not what it meant for other appointments."""
APART: Final = frozenset(
    (
        *(("request", "request"), ("event", "request"), ("event", "meeting")),
        *(("task", "inquiry"), ("ausfall", "ausfall_item"), ("event_override", "event_source")),
    )
)
"""Tables that lead to another and stand for themselves, or belong to something else: (to, from)."""


def _belonging(connection: Connection, requests: Collection[int]) -> Iterator[tuple[str, int]]:
    yield from _below(connection, "request", requests, OF_REQUEST)


def _below(
    connection: Connection, parent: str, keys: Collection[int], tables: Mapping[str, Mapping[str, str]]
) -> Iterator[tuple[str, int]]:
    """The rows under some records, and the rows under those."""
    for table, below in tables.items():
        rows = _children(connection, f"{parent}_id", keys, table)
        yield from ((table, row) for row in rows)
        for name, column in below.items():
            yield from ((name, row) for row in _children(connection, column, rows, name))


def _children(connection: Connection, column: str, keys: Collection[int], table: str) -> list[int]:
    """The rows of a table under some records, also those that only the journal still has."""
    if not keys:
        return []
    gone = connection.exec_driver_sql(
        "SELECT DISTINCT c.row_id FROM change c WHERE c.table_name = ? AND c.operation <> 'update'"  # noqa: S608
        " AND json_extract(coalesce(c.before, c.after), '$.' || ?) IN (SELECT value FROM json_each(?))"
        f' AND NOT EXISTS (SELECT 1 FROM "{table}" t WHERE t.id = c.row_id)',
        (table, column, json.dumps(sorted(keys))),
    )
    return [*_pointing(connection, table, column, keys), *gone.scalars()]


def _pointing(connection: Connection, table: str, column: str, keys: Collection[int]) -> list[int]:
    query = f'SELECT id FROM "{table}" WHERE "{column}" IN (SELECT value FROM json_each(?))'  # noqa: S608 our own
    return list(connection.exec_driver_sql(query, (json.dumps(sorted(keys)),)).scalars())
