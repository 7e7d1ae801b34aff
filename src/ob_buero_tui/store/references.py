"""References between tables that lead nowhere: the file is whole, a record is not."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class BrokenReference:
    """A column that names a row that is not there.

    Args:
        table, row_id: The row that names it.
        column: The column that does.
        parent, parent_id: The table and the key of what is missing.
    """

    table: str
    row_id: int
    column: str
    parent: str
    parent_id: int


def broken_references(connection: Connection, limit: int = 1000) -> list[BrokenReference]:
    """The references that lead nowhere, in the order of tables and rows.

    Args:
        limit: How many are looked at.
    """
    rows = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchmany(limit)
    found = []
    for table, row_id, parent, number in rows:
        column = _column(connection, table, number)
        query = f'SELECT "{column}" FROM "{table}" WHERE rowid = ?'  # noqa: S608 names from the schema
        key = connection.exec_driver_sql(query, (row_id,)).scalar()
        named = BrokenReference(
            table=table, row_id=row_id, column=column, parent=parent, parent_id=int(key or 0)
        )
        found.append(named)
    return found


def _column(connection: Connection, table: str, number: int) -> str:
    """The column of a table's foreign key with this number."""
    rows = connection.exec_driver_sql(f'PRAGMA foreign_key_list("{table}")').all()
    return next(str(row[3]) for row in rows if row[0] == number)
