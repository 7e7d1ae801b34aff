"""Keeps what is derived from records in step: the search index, the occurrences, the register of numbers."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping

from sqlalchemy import Connection

from ob_buero_tui.store import occurrences, search
from ob_buero_tui.store.calendar import Occurrence, OccurrenceWindow

DERIVED = ("search_doc", "search_fts", "occurrence", "occurrence_window")
"""The tables that are derived from the records alone."""


def refresh(connection: Connection, touched: Mapping[str, set[int]], *, fresh: bool = False) -> None:
    """Bring the derived tables up to date after rows of these tables were written.

    Args:
        touched: Row ids by table name.
        fresh: All rows were just inserted (an import), so there is nothing old to remove.
    """
    documents: defaultdict[str, set[int]] = defaultdict(set)
    events: set[int] = set(touched.get("event", ()))
    for table, ids in touched.items():
        if table in search.QUERIES:
            documents[table] |= ids
        elif table in search.OWNERS:
            owner, key = search.OWNERS[table]
            documents[owner] |= _owners(connection, table, key, ids, fresh=fresh)
    documents["request"] |= _asked_by(connection, touched)
    if touched.get("organization") and not fresh:
        for owner, found in _found_by_name(connection, touched["organization"]).items():
            documents[owner] |= found
    changed = touched.get("event_override", set())
    events |= _owners(connection, "event_override", "event_id", changed, fresh=fresh)
    for type_, ids in documents.items():
        if ids:
            search.index_rows(connection, type_, ids, fresh=fresh)
    if events:
        occurrences.refresh(connection, events, fresh=fresh)
    if "request" in touched:
        _number_states(connection, touched["request"])
    if "paper" in touched and not fresh:  # what an import brings has no number of ours
        _paper_number_states(connection, touched["paper"])


def lacking(connection: Connection) -> tuple[str, ...]:
    """Which of the derived tables are not there; all of them can be made again."""
    known = connection.exec_driver_sql("SELECT name FROM sqlite_schema WHERE type = 'table'").scalars()
    there = set(known)
    return tuple(name for name in DERIVED if name not in there)


def make_days(connection: Connection) -> None:
    """Make the tables of occurrences where they are not there."""
    for model in (Occurrence, OccurrenceWindow):
        model.metadata.tables[model.__tablename__].create(connection, checkfirst=True)


def rebuild_numbers(connection: Connection) -> int:
    """Bring both registers in line with their records, and say how many lines were wrong.

    A request that has a number is entered where the register lacks it; nothing is ever taken out.
    """
    borne = "(SELECT 1 FROM paper p WHERE p.id = paper_id AND p.reference = paper_number.reference)"
    asked = "(SELECT 1 FROM request r WHERE r.id = request_id)"
    statements = (
        "UPDATE request_number SET request_id = r.id FROM request r"
        " WHERE r.number = printf('%04d-%04d', year, serial) AND r.id <> request_id",
        f"UPDATE request_number SET state = 'vergeben' WHERE state <> 'vergeben' AND EXISTS {asked}",  # noqa: S608
        f"UPDATE request_number SET state = 'storniert' WHERE state <> 'storniert' AND NOT EXISTS {asked}",  # noqa: S608
        "INSERT OR IGNORE INTO request_number(year, serial, request_id, state)"
        " SELECT CAST(substr(number, 1, 4) AS INTEGER), CAST(substr(number, 6) AS INTEGER), id, 'vergeben'"
        " FROM request WHERE number GLOB '[0-9][0-9][0-9][0-9]-[0-9]*'"
        " AND id NOT IN (SELECT request_id FROM request_number)",
        f"UPDATE paper_number SET state = 'vergeben' WHERE state <> 'vergeben' AND EXISTS {borne}",  # noqa: S608
        f"UPDATE paper_number SET state = 'storniert' WHERE state <> 'storniert' AND NOT EXISTS {borne}",  # noqa: S608
    )
    # Each says its own count: SQLite's total counts what the search index writes meanwhile as well.
    return sum(max(0, connection.exec_driver_sql(statement).rowcount) for statement in statements)


def _owners(connection: Connection, table: str, key: str, ids: set[int], *, fresh: bool) -> set[int]:
    """The records these rows belong or, as the journal tells, once belonged to."""
    if not ids:
        return set()
    wanted = json.dumps(sorted(ids))
    # Table and column names come from our own metadata.
    query = f'SELECT "{key}" FROM "{table}" WHERE id IN (SELECT value FROM json_each(?))'  # noqa: S608
    found = set(connection.exec_driver_sql(query, (wanted,)).scalars())
    if not fresh:
        for side in ("before", "after"):
            query = (
                f"SELECT DISTINCT json_extract(\"{side}\", '$.{key}') FROM change WHERE table_name = ?"  # noqa: S608
                " AND row_id IN (SELECT value FROM json_each(?))"
            )
            found |= set(connection.exec_driver_sql(query, (table, wanted)).scalars())
    return found - {None}


def _asked_by(connection: Connection, touched: Mapping[str, set[int]]) -> set[int]:
    """The requests of these persons and organizations: they are found by their requesters' names."""
    found: set[int] = set()
    for table, key in (("person", "requester_id"), ("organization", "organization_id")):
        query = f"SELECT id FROM request WHERE {key} IN (SELECT value FROM json_each(?))"  # noqa: S608
        if touched.get(table):
            found |= set(connection.exec_driver_sql(query, (json.dumps(sorted(touched[table])),)).scalars())
    return found


def _found_by_name(connection: Connection, ids: set[int]) -> dict[str, set[int]]:
    """The people and sessions that are found by the names of those bodies that were ever renamed."""
    renamed = connection.exec_driver_sql(
        "SELECT DISTINCT row_id FROM change WHERE table_name = 'organization' AND operation = 'update'"
        " AND row_id IN (SELECT value FROM json_each(?))"
        " AND (json_type(after, '$.name') IS NOT NULL OR json_type(after, '$.short_name') IS NOT NULL)",
        (json.dumps(sorted(ids)),),
    ).scalars()
    wanted = json.dumps(sorted(renamed))
    found: dict[str, set[int]] = {}
    for owner, table in (("person", "membership"), ("meeting", "meeting_organization")):
        query = (
            f"SELECT {owner}_id FROM {table} WHERE organization_id IN (SELECT value FROM json_each(?))"  # noqa: S608
            f" AND {owner}_id IS NOT NULL"
        )
        found[owner] = set(connection.exec_driver_sql(query, (wanted,)).scalars())
    return found


def _number_states(connection: Connection, ids: set[int]) -> None:
    """A number stays in the register: `storniert` while its request is undone, `vergeben` otherwise."""
    connection.exec_driver_sql(
        "UPDATE request_number SET state = CASE WHEN EXISTS (SELECT 1 FROM request r WHERE r.id = request_id)"
        " THEN 'vergeben' ELSE 'storniert' END WHERE request_id IN (SELECT value FROM json_each(?))",
        (json.dumps(sorted(ids)),),
    )


def _paper_number_states(connection: Connection, ids: set[int]) -> None:
    """A number stays in the register: `storniert` while its paper is undone or does not bear it."""
    connection.exec_driver_sql(
        "UPDATE paper_number SET state = CASE WHEN EXISTS"
        " (SELECT 1 FROM paper p WHERE p.id = paper_id AND p.reference = paper_number.reference)"
        " THEN 'vergeben' ELSE 'storniert' END WHERE paper_id IN (SELECT value FROM json_each(?))",
        (json.dumps(sorted(ids)),),
    )
