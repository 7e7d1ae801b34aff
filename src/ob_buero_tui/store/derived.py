"""Keeps what is derived from records in step: the search index, the occurrences, the register of numbers."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping

from sqlalchemy import Connection

from ob_buero_tui.store import occurrences, search


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
            documents[owner] |= _owners(connection, table, key, ids)
    events |= _owners(connection, "event_override", "event_id", touched.get("event_override", set()))
    for type_, ids in documents.items():
        search.index_rows(connection, type_, ids, fresh=fresh)
    if events:
        occurrences.refresh(connection, events, fresh=fresh)
    if "request" in touched:
        _number_states(connection, touched["request"])


def _owners(connection: Connection, table: str, key: str, ids: set[int]) -> set[int]:
    """The owning records of these rows; a row already deleted is found through the journal."""
    if not ids:
        return set()
    wanted = json.dumps(sorted(ids))
    # Table and column names come from our own metadata.
    rows = connection.exec_driver_sql(
        f'SELECT "{key}" FROM "{table}" WHERE id IN (SELECT value FROM json_each(?)) UNION '  # noqa: S608
        f"SELECT json_extract(coalesce(before, after), '$.{key}') FROM change WHERE table_name = ? "
        "AND row_id IN (SELECT value FROM json_each(?)) AND operation <> 'update'",
        (wanted, table, wanted),
    )
    return {row[0] for row in rows if row[0] is not None}


def _number_states(connection: Connection, ids: set[int]) -> None:
    """A number stays in the register: `storniert` while its request is undone, `vergeben` otherwise."""
    connection.exec_driver_sql(
        "UPDATE request_number SET state = CASE WHEN EXISTS (SELECT 1 FROM request r WHERE r.id = request_id)"
        " THEN 'vergeben' ELSE 'storniert' END WHERE request_id IN (SELECT value FROM json_each(?))",
        (json.dumps(sorted(ids)),),
    )
