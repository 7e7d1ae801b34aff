"""Which of the places where a person is found this desk must not see: what is personal to another one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import Connection

from ob_buero_tui.services.erasing.views import FileHit
from ob_buero_tui.services.naming import MASKED, is_hidden
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.personal import HASHES

_OF_ACTION = (
    "SELECT DISTINCT table_name, row_id FROM change WHERE action_id = ?"
    " UNION SELECT table_name, row_id FROM action_reference WHERE action_id = ?"
)


def is_covered(place: Workplace, connection: Connection, table: str, row_id: int) -> bool:
    """Whether a row is personal to another desk, or bears what such a record says.

    What another desk has typed and not saved is its own, whatever it is about.
    """
    if table == "draft":
        query = "SELECT desk_id FROM draft WHERE id = ?"
        return connection.exec_driver_sql(query, (row_id,)).scalar() not in (None, place.desk.id)
    if table == "action":
        rows = connection.exec_driver_sql(_OF_ACTION, (row_id, row_id)).all()
        return any(is_hidden(connection, row.table_name, row.row_id, place) for row in rows)
    if table == "imported_file":
        digest = connection.exec_driver_sql("SELECT sha256 FROM imported_file WHERE id = ?", (row_id,))
        return any(is_hidden(connection, *key, place) for key in _naming(connection, digest.scalar() or ""))
    return is_hidden(connection, table, row_id, place)


def covered(
    place: Workplace, connection: Connection, hit: FileHit, owners: Iterable[tuple[str, int]]
) -> FileHit:
    """A file without its name and text where a record that names it is personal to another desk.

    Args:
        owners: The records that name it.
    """
    if not any(is_hidden(connection, *key, place) for key in owners):
        return hit
    return replace(hit, name=MASKED, context=MASKED)


def _naming(connection: Connection, digest: str) -> list[tuple[str, int]]:
    found: list[tuple[str, int]] = []
    for table, column in HASHES.items():
        query = f'SELECT id FROM "{table}" WHERE "{column}" = ?'  # noqa: S608 our own names
        found += [(table, key) for key in connection.exec_driver_sql(query, (digest,)).scalars()]
    return found
