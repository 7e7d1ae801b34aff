"""Pours a whole database into an attached one, row by row, and compares the two."""

from __future__ import annotations

import sqlite3
from itertools import zip_longest

from ob_buero_tui.store.schema import APPLICATION_ID, SCHEMA


def pour(connection: sqlite3.Connection, name: str) -> None:
    """Copy everything into an attached empty database, commit there, and let go of it.

    Args:
        connection: The encrypting driver's, inside a transaction on the one that is copied.
        name: What the attached one is called in statements; one of ours.
    """
    connection.execute(f"SELECT sqlcipher_export('{name}')").fetchall()
    connection.execute(f"PRAGMA {name}.application_id={APPLICATION_ID}")
    connection.execute(f"PRAGMA {name}.user_version={SCHEMA}")
    connection.execute("COMMIT")
    connection.execute(f"DETACH DATABASE {name}")


def difference(one: sqlite3.Connection, other: sqlite3.Connection) -> list[str]:
    """The first thing that is not the same in two databases; nothing where all rows of all tables are."""
    listed = "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name"
    tables = one.execute(listed).fetchall()
    if tables != other.execute(listed).fetchall():
        return ["Der Aufbau der Tabellen weicht ab"]
    for kind, name, _, sql in tables:
        if kind != "table" or str(sql).upper().startswith("CREATE VIRTUAL"):
            continue
        rows = f'SELECT * FROM "{name}"'  # noqa: S608 a name from our own schema
        if any(mine != yours for mine, yours in zip_longest(one.execute(rows), other.execute(rows))):
            return [f"Der Inhalt der Tabelle {name} weicht ab"]
    return []
