"""Empties the structures of a rescued copy that no program could read; days and times stay as they are."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ob_buero_tui.store.connecting import connect, driver_errors
from ob_buero_tui.store.types import JsonText

if TYPE_CHECKING:
    from sqlalchemy import Column


def empty_unreadable(copy: Path) -> dict[str, int]:
    """Replace structured texts that are none any more; a screen that met one would end.

    Returns:
        How many were replaced, by table.
    """
    from ob_buero_tui.store.tables import METADATA

    found: dict[str, int] = {}
    with closing(connect(copy, "rw")) as connection:
        connection.execute("PRAGMA ignore_check_constraints=ON")
        for table in METADATA.sorted_tables:
            for column in table.columns:
                statement = _statement(table.name, column)
                if not statement:
                    continue
                try:
                    count = connection.execute(statement).rowcount
                except driver_errors():
                    continue  # a table that could not be made again
                if count > 0:
                    found[table.name] = found.get(table.name, 0) + count
        connection.commit()
    return found


def _statement(table: str, column: Column[Any]) -> str:
    """What empties the unreadable values of a column; "" where its type has none."""
    if not isinstance(column.type, JsonText):
        return ""
    name = f'"{column.name}"'
    empty = f"CASE WHEN substr({name}, 1, 1) = '[' THEN '[]' ELSE '{{}}' END"
    value = "NULL" if column.nullable else empty
    return f'UPDATE "{table}" SET {name} = {value} WHERE {name} IS NOT NULL AND NOT json_valid({name})'  # noqa: S608
