"""Traces of records that no key leads to: drafts, names of imported files, what steps say went out."""

from __future__ import annotations

import json
import re
from collections.abc import Collection

from sqlalchemy import Connection

from ob_buero_tui.store.personal import HASHES

Key = tuple[str, int]

_HEADS = {
    "request": "(?:(?:[^:]+:)?requests?|answer|antwort|accept|word|call)",
    "event": "(?:[^:]+:)?event",
}
"""How the drafts of forms about a record are named before its number; others are named after its table."""

_COMPARED = 150
"""Characters by which a task is known again; a long one was cut."""


def with_traces(connection: Connection, rows: dict[Key, bool]) -> dict[Key, bool]:
    """Records, and the traces that only they left; of a step only what it says went out is emptied."""
    sent = _sent(connection, rows)
    found = [*_drafts(connection, rows), *_imported(connection, rows), *_corrections(connection, sent)]
    return rows | dict.fromkeys(found, True) | dict.fromkeys((("action", key) for key in sent), False)


def _drafts(connection: Connection, rows: Collection[Key]) -> list[Key]:
    """What was typed into forms about these records and not saved, at any desk."""
    heads = (f"{_HEADS.get(table, f'(?:[^:]+:)?{table}')}:{key}" for table, key in rows)
    named = re.compile(f"(?:{'|'.join(heads)})(?::|$)")
    found = connection.exec_driver_sql("SELECT id, form FROM draft").all()
    return [("draft", key) for key, form in found if named.match(form)]


def _imported(connection: Connection, rows: Collection[Key]) -> list[Key]:
    """The names of the files from which these records came; their hashes stay, so none comes again."""
    digests: set[str] = set()
    for table, key in rows:
        if table in HASHES:
            column = HASHES[table]
            query = (
                f'SELECT "{column}" FROM "{table}" WHERE id = :id UNION'  # noqa: S608 our own names
                f" SELECT json_extract(coalesce(before, after), '$.{column}') FROM change"
                " WHERE table_name = :t AND row_id = :id"
            )
            digests |= set(connection.exec_driver_sql(query, {"id": key, "t": table}).scalars())
    found = connection.exec_driver_sql(
        "SELECT id FROM imported_file WHERE sha256 IN (SELECT value FROM json_each(:d)) UNION"
        " SELECT row_id FROM change WHERE table_name = 'imported_file'"
        " AND json_extract(coalesce(before, after), '$.sha256') IN (SELECT value FROM json_each(:d))",
        {"d": json.dumps(sorted(one for one in digests if one))},
    )
    return [("imported_file", key) for key in found.scalars()]


def _sent(connection: Connection, rows: Collection[Key]) -> list[int]:
    """The steps by which something of these records left the house."""
    found = connection.exec_driver_sql(
        "WITH gone AS (SELECT json_extract(value, '$[0]') AS name, json_extract(value, '$[1]') AS id"
        "  FROM json_each(?)),"
        " touching AS (SELECT c.action_id FROM change c JOIN gone g"
        "  ON c.table_name = g.name AND c.row_id = g.id"
        "  UNION SELECT r.action_id FROM action_reference r JOIN gone g"
        "  ON r.table_name = g.name AND r.row_id = g.id)"
        " SELECT id FROM action WHERE left_house <> '' AND id IN (SELECT action_id FROM touching)",
        (json.dumps(sorted(rows)),),
    )
    return list(found.scalars())


def _corrections(connection: Connection, sent: Collection[int]) -> list[Key]:
    """The tasks to set right what went out; each is called after it."""
    found = connection.exec_driver_sql(
        "SELECT DISTINCT t.id FROM task t JOIN action a"
        " ON substr(t.label, 1, :n) = substr('Richtigstellung: ' || a.left_house, 1, :n)"
        " WHERE t.template = 'richtigstellung' AND a.id IN (SELECT value FROM json_each(:ids))",
        {"ids": json.dumps(sorted(sent)), "n": _COMPARED},
    )
    return [("task", key) for key in found.scalars()]
