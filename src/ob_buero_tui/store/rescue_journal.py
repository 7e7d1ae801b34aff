"""Brings rows back that a damaged file has lost, as the journal knew them last."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

from ob_buero_tui.store.connecting import connect, driver_errors
from ob_buero_tui.store.rescue import TableRead

_CHANGES = (
    "SELECT operation, row_version, after FROM change WHERE table_name = ? AND row_id = ? ORDER BY id DESC"
)


def bring_back(copy: Path, found: Iterable[TableRead]) -> dict[str, set[int]]:
    """Write lost rows of a rescued copy anew from its journal, where that still knows all of a row.

    Returns:
        The keys of the rows that are there again, by table.
    """
    back: dict[str, set[int]] = {}
    with closing(connect(copy, "rw")) as connection:
        connection.execute("PRAGMA foreign_keys=OFF")
        for each in found:
            for key in each.lost:
                values = _last_known(connection, each.table, key)
                if values and _insert(connection, each.table, key, values):
                    back.setdefault(each.table, set()).add(key)
        connection.commit()
    return back


def _last_known(connection: sqlite3.Connection, table: str, key: int) -> dict[str, Any]:
    """All values of a row as its last change left them; empty where the journal is not complete."""
    values: dict[str, Any] = {}
    try:
        rows = connection.execute(_CHANGES, (table, key)).fetchall()
    except driver_errors():
        return {}
    version = 0
    for operation, row_version, after in rows:
        if operation == "delete":
            return {}
        version = version or row_version
        try:
            values = json.loads(after) | values
        except (ValueError, TypeError):  # damaged as well: a row that is half right is worse than none
            return {}
        if operation == "insert":
            return values | {"version": version}
    return {}


def _insert(connection: sqlite3.Connection, table: str, key: int, values: dict[str, Any]) -> bool:
    known = {row[1] for row in connection.execute(f'PRAGMA table_info("{table}")')}
    row = {"id": key} | {name: value for name, value in values.items() if name in known}
    names = ", ".join(f'"{name}"' for name in row)
    marks = ", ".join("?" * len(row))
    try:
        connection.execute(f'INSERT INTO "{table}"({names}) VALUES ({marks})', tuple(row.values()))  # noqa: S608
    except driver_errors():
        return False
    return True
