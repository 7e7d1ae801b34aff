"""Pours a whole database into an attached one, row by row, and compares the two."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from itertools import zip_longest
from pathlib import Path

from ob_buero_tui.store.connecting import (
    attach_vault,
    connect_vault,
    forget_password,
    password_of,
    share_password,
)
from ob_buero_tui.store.rights import share_group


def pour(connection: sqlite3.Connection, name: str) -> None:
    """Copy everything into an attached empty database, commit there, and let go of it.

    Args:
        connection: The encrypting driver's, inside a transaction on the one that is copied.
        name: What the attached one is called in statements; one of ours.
    """
    connection.execute(f"SELECT sqlcipher_export('{name}')").fetchall()
    for pragma in ("application_id", "user_version"):
        (value,) = connection.execute(f"PRAGMA main.{pragma}").fetchone()
        connection.execute(f"PRAGMA {name}.{pragma}={int(value)}")
    connection.execute("COMMIT")
    connection.execute(f"DETACH DATABASE {name}")


def seal_like(path: Path, of: Path) -> None:
    """Give a file that nobody has open the password of another: encrypted, encrypted anew, or plain as that.

    Where there is no other, it stays as it is.

    Raises:
        OSError, sqlite3.Error: it could not be written; the file is as it was.
    """
    has, wanted = password_of(path), password_of(of)
    if has == wanted or (wanted is None and not of.exists()):
        return
    fresh = path.with_name(f"{path.name}.dicht")
    try:
        os.close(os.open(fresh, os.O_CREAT | os.O_TRUNC | os.O_RDWR, path.stat().st_mode & 0o777))
        fresh.chmod(path.stat().st_mode & 0o777)
        share_group(fresh, path)
        share_password(fresh, of)
        with closing(connect_vault(path, "rw")) as connection:
            attach_vault(connection, fresh, "neu")
            connection.execute("BEGIN IMMEDIATE")
            pour(connection, "neu")
        fresh.replace(path)
        forget_password(path)
        share_password(path, of)
    finally:
        forget_password(fresh)
        fresh.unlink(missing_ok=True)


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
