"""Texts that are none any more: a flipped bit in one, of which SQLite's own check knows nothing."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from ob_buero_tui.store.connecting import SpoiltText, connect

MOST = 1000
"""How many are looked for; where there are more, the file is beyond naming each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SpoiltValue:
    """A text with bytes that are no UTF-8.

    Args:
        table, row_id: The row that holds it.
    """

    table: str
    row_id: int
    column: str


def spoilt_values(path: Path) -> list[SpoiltValue]:
    """The texts of a database that are no UTF-8 any more; all of them are read.

    Raises:
        sqlite3.DatabaseError: the file cannot be read.
    """
    found: list[SpoiltValue] = []
    with closing(connect(path, "ro")) as connection:
        tables = connection.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL %'"
            " AND name NOT LIKE 'search_fts_%' ORDER BY name"
        ).fetchall()
        for (table,) in tables:
            rows = connection.execute(f'SELECT rowid, * FROM "{table}"')  # noqa: S608 a name from the schema
            names = [column[0] for column in rows.description]
            for row in rows:
                for name, value in zip(names, row, strict=True):
                    if isinstance(value, SpoiltText):
                        found.append(SpoiltValue(table=table, row_id=row[0], column=name))
                        if len(found) == MOST:
                            return found
    return found
