"""Empties the values of a rescued copy that no program could read: structured texts with a damaged byte."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from ob_buero_tui.store.connecting import connect, driver_errors
from ob_buero_tui.store.types import JsonText


def empty_unreadable(copy: Path) -> dict[str, int]:
    """Replace structured texts that are none any more by empty ones; a screen that met one would end.

    Returns:
        How many were replaced, by table.
    """
    from ob_buero_tui.store.tables import METADATA

    found: dict[str, int] = {}
    with closing(connect(copy, "rw")) as connection:
        for table in METADATA.sorted_tables:
            for column in (one for one in table.columns if isinstance(one.type, JsonText)):
                name = f'"{column.name}"'
                empty = f"CASE WHEN substr({name}, 1, 1) = '[' THEN '[]' ELSE '{{}}' END"
                statement = (
                    f'UPDATE "{table.name}" SET {name} = {"NULL" if column.nullable else empty}'  # noqa: S608
                    f" WHERE {name} IS NOT NULL AND NOT json_valid({name})"
                )
                try:
                    count = connection.execute(statement).rowcount
                except driver_errors():
                    continue  # a table that could not be made again
                if count > 0:
                    found[table.name] = found.get(table.name, 0) + count
        connection.commit()
    return found
