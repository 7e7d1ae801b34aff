"""Whether a database file is whole, as SQLite's own checks see it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from ob_buero_tui.store.connecting import connect, database_errors, operational_errors, password_of


def integrity_problems(path: Path, *, mode: str = "ro") -> list[str]:
    """What SQLite's full check finds in a file; empty when it is sound.

    A reference that leads nowhere is no such finding (store/references.py): the file is whole, and a copy of
    it is better than none.

    Args:
        mode: `ro`, or `rw` for a file whose broken-off step may be rolled back.

    Raises:
        sqlite3.OperationalError: a lock or the disk kept it from looking, which is no finding.
    """
    with closing(connect(path, mode)) as connection:
        try:
            found = [] if password_of(path) is None else _broken_seals(connection)
            found = found or [row[0] for row in connection.execute("PRAGMA integrity_check(20)")]
        except operational_errors():
            raise
        except database_errors() as error:
            return [str(error)]
    return [] if found == ["ok"] else [str(item).replace("*** in database main ***\n", "") for item in found]


def schema_problems(path: Path) -> list[str]:
    """What reading the schema alone shows: quick, and enough for a file that was closed well.

    Raises:
        sqlite3.OperationalError: a lock or the disk kept it from looking, which is no finding.
    """
    with closing(connect(path, "ro")) as connection:
        try:
            connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        except operational_errors():
            raise
        except database_errors() as error:
            return [str(error)]
    return []


def _broken_seals(connection: sqlite3.Connection) -> list[str]:
    """The pages of an encrypted file whose seal is broken, also those that hold nothing at present."""
    connection.execute("BEGIN")
    connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()  # from here on nobody writes a page
    found = [str(row[0]) for row in connection.execute("PRAGMA cipher_integrity_check")]
    connection.execute("ROLLBACK")
    return found[:20]
