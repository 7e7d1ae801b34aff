"""What leads to a person: the rows that are about this person alone, and those that only name the person."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from typing import Final

from sqlalchemy import Connection

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
    return {("request", request_id): True} | dict.fromkeys(_belonging(connection, [request_id]), True)


def event_rows(connection: Connection, event_id: int) -> Linked:
    """An appointment with all that belongs to it alone."""
    own = {("event", event_id): True}
    return own | dict.fromkeys(_children(connection, "event", [event_id], _OF_EVENT), True)


_OF_REQUEST: Final = ("message", "note", "document", "attachment", "inquiry", "task", "vorlage_item")
_OF_EVENT: Final = (
    *(
        "event_override",
        "event_person",
        "event_source",
        "event_waiver",
        "note",
        "document",
        "attachment",
        "task",
    ),
)


def _belonging(connection: Connection, requests: Collection[int]) -> Iterator[tuple[str, int]]:
    yield from _children(connection, "request", requests, _OF_REQUEST)
    documents = {key for table, key in _children(connection, "request", requests, ("document",))}
    yield from _children(connection, "document", documents, ("attachment",))


def _children(
    connection: Connection, parent: str, keys: Collection[int], tables: Collection[str]
) -> Iterator[tuple[str, int]]:
    """The rows of these tables under some records, also those that only the journal still has."""
    if not keys:
        return
    for table in tables:
        column = f"{parent}_id"
        for row in _pointing(connection, table, column, keys):
            yield table, row
        gone = connection.exec_driver_sql(
            "SELECT DISTINCT c.row_id FROM change c WHERE c.table_name = ? AND c.operation <> 'update'"  # noqa: S608
            " AND json_extract(coalesce(c.before, c.after), '$.' || ?) IN (SELECT value FROM json_each(?))"
            f' AND NOT EXISTS (SELECT 1 FROM "{table}" t WHERE t.id = c.row_id)',
            (table, column, json.dumps(sorted(keys))),
        )
        for row in gone.scalars():
            yield table, row


def _pointing(connection: Connection, table: str, column: str, keys: Collection[int]) -> list[int]:
    query = f'SELECT id FROM "{table}" WHERE "{column}" IN (SELECT value FROM json_each(?))'  # noqa: S608 our own
    return list(connection.exec_driver_sql(query, (json.dumps(sorted(keys)),)).scalars())
