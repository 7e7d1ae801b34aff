"""What came to a request after its folder for the E-Akte was made: it is in no E-Akte."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from typing import Any, Final

from sqlalchemy import Connection

_PARTS: Final = (
    *("message", "note", "attachment", "inquiry", "task", "document"),
    *("deputation", "request_event", "vorlage_item"),
)
"""Tables whose rows belong to a request."""
_SILENT: Final = frozenset(
    (
        *("version", "filed_at", "taken_over_at", "important", "kind_proposed", "thread", "double_of_id"),
        *("requester_id", "organization_id", "person_id"),
        *("wiedervorlage_on", "wiedervorlage_note", "wiedervorlage_event_id", "wiedervorlage_days"),
        *("wiedervorlage_wakes", "woken_on", "woken_by"),
    )
)
"""Columns that say nothing an Akte holds: marks, dates to look again, and who it is after a merging."""

_FILING: Final = (
    # The step that gave it out; by its instant where the journal does not know it (a rescued office).
    "coalesce((SELECT min(c.action_id) FROM change c WHERE c.table_name = 'request' AND c.row_id = r.id"
    " AND json_extract(c.after, '$.filed_at') = r.filed_at),"
    " (SELECT max(a.id) FROM action a WHERE a.at <= r.filed_at), 0)"
)
_GIVEN_OUT: Final = f"SELECT r.id, {_FILING} FROM request r WHERE r.filed_at IS NOT NULL"  # noqa: S608 our own
_SINCE: Final = "SELECT value, ? FROM json_each(?)"


def came_late(connection: Connection, requests: Collection[int] | None = None) -> frozenset[int]:
    """The requests to which something came after they were given out for the E-Akte, and still stands.

    Args:
        requests: Only these; None for all that were given out.
    """
    if requests is None:
        return _changed(connection, _GIVEN_OUT)
    some = " AND r.id IN (SELECT value FROM json_each(?))"
    return _changed(connection, _GIVEN_OUT + some, json.dumps(list(requests)))


def came_since(connection: Connection, action_id: int, requests: Collection[int]) -> frozenset[int]:
    """Those of some requests to which something came after a step of the journal."""
    return _changed(connection, _SINCE, action_id, json.dumps(list(requests)))


def _changed(connection: Connection, given: str, *values: object) -> frozenset[int]:
    """The requests whose rows are different from what they were after a step, by request and step.

    What was done and undone since makes no difference; what was taken away is in the E-Akte and no loss.
    """
    below = " UNION ALL ".join(
        f"SELECT g.id, g.since, '{name}', t.id FROM given g JOIN \"{name}\" t ON t.request_id = g.id"  # noqa: S608
        for name in _PARTS
    )
    query = (
        f"WITH given(id, since) AS ({given}), part(id, since, table_name, row_id) AS ("  # noqa: S608 our own
        f" SELECT id, since, 'request', id FROM given UNION ALL {below} UNION ALL"
        " SELECT g.id, g.since, 'attachment', t.id FROM given g JOIN document d ON d.request_id = g.id"
        " JOIN attachment t ON t.document_id = d.id)"
        " SELECT p.id, p.table_name, p.row_id, c.operation, c.before, c.after FROM part p"
        # CROSS: from the few rows to their changes by the index, never through all changes.
        " CROSS JOIN change c ON c.table_name = p.table_name AND c.row_id = p.row_id"
        " WHERE c.action_id > p.since"
        " ORDER BY c.id"
    )
    steps: dict[tuple[int, str, int], list[Any]] = {}
    for request, table, row_id, *change in connection.exec_driver_sql(query, values):
        steps.setdefault((request, table, row_id), []).append(change)
    return frozenset(key[0] for key, changes in steps.items() if _differs(changes))


def _differs(changes: Iterable[tuple[str, str | None, str | None]]) -> bool:
    """Whether a row that stands now says something else than before its changes."""
    first: dict[str, Any] = {}
    last: dict[str, Any] = {}
    new = False
    for number, (operation, before, after) in enumerate(changes):
        new = new or (number == 0 and operation == "insert")
        for name, value in _values(before).items():
            first.setdefault(name, value)
        last |= _values(after)
    return new or any(first.get(name) != value for name, value in last.items() if name not in _SILENT)


def _values(stored: str | None) -> Mapping[str, Any]:
    return json.loads(stored) if stored else {}
