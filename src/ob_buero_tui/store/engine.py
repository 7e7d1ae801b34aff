"""The one engine: connection settings, and which transactions lock at once."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import QueuePool

from ob_buero_tui.store.connecting import connect, dbapi

PRAGMAS = (
    "foreign_keys=ON",
    "trusted_schema=OFF",
    "cell_size_check=ON",
    "secure_delete=ON",
    "cache_spill=OFF",
)

LOCKING_PRAGMAS = ("journal_mode=DELETE", "synchronous=FULL")
"""These read the file, so they wait for its lock, with the patience of the connection's first transaction."""

READ_ONLY_PRAGMAS = ("query_only=ON", "trusted_schema=OFF", "cell_size_check=ON")

PATIENCE_MS = 40
"""How long the UI thread waits for another desk's lock, in milliseconds.

A step and the draft of what was typed wait one after the other: together that is less than 100 ms.
"""

WORKER_PATIENCE_MS = 5000
"""How long workers and commands wait for another desk's lock, in milliseconds."""

WRITES = "writes"
"""What a pooled connection is set to at present; who sets it otherwise takes this out of its `info`."""

REPLACED = "database file was replaced"
"""What is raised when another file stands in the place of the one that was opened."""


def standing_file(path: Path) -> tuple[int, int] | None:
    """Which file stands at a place, so that another one there is told apart; None where none can be seen."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def make_engine(
    path: Path, *, read_only: bool = False, prepare: Callable[[Connection], None] | None = None
) -> Engine:
    """An engine on an existing database file.

    A connection's execution option `writing` chooses BEGIN IMMEDIATE (a deferred read-then-write fails at
    once when another desk writes, reliability.md 0.6); without it SQLite refuses every write. The option
    `patience` is the wait for a lock in milliseconds.

    Args:
        prepare: Called on a connection before each of its transactions, when it already has that patience.
    """

    def opened() -> sqlite3.Connection:
        mode = "ro" if read_only else "rw"
        return connect(path, mode, isolation_level=None, check_same_thread=False)

    engine = create_engine(
        "sqlite://", creator=opened, module=dbapi(path), poolclass=QueuePool, pool_size=4, max_overflow=8
    )
    event.listen(engine, "connect", _read_only_connection if read_only else _prepare_connection)

    standing = standing_file(path)

    def begin(connection: Connection) -> None:
        patience = int(connection.get_execution_options().get("patience", PATIENCE_MS))
        connection.exec_driver_sql(f"PRAGMA busy_timeout={patience}")
        if prepare is not None:
            prepare(connection)
        _begin(connection)
        # Now with the lock, which whoever replaces the file has to take as well.
        if connection.get_execution_options().get("writing"):
            _refuse_replaced(path, standing)

    event.listen(engine, "begin", begin)
    return engine


def _refuse_replaced(path: Path, standing: tuple[int, int] | None) -> None:
    """An open file that has lost its name takes every write, and all of it is gone with this process."""
    now = standing_file(path)
    if now is None:
        raise sqlite3.OperationalError("unable to open database file")
    if now != standing:
        raise sqlite3.OperationalError(REPLACED)


def _prepare_connection(connection: sqlite3.Connection, _record: Any) -> None:
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    if connection.execute("PRAGMA foreign_keys").fetchone() != (1,):
        raise sqlite3.OperationalError("this SQLite cannot enforce foreign keys")


def _read_only_connection(connection: sqlite3.Connection, record: Any) -> None:
    record.info["settled"] = True
    for pragma in READ_ONLY_PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    if "settled" not in connection.info:
        for pragma in LOCKING_PRAGMAS:
            connection.exec_driver_sql(f"PRAGMA {pragma}")
        connection.info["settled"] = True
    writing = bool(connection.get_execution_options().get("writing"))
    # Only where it changes: SQLite compiles every statement anew after it, which is most of a short query.
    if connection.info.get(WRITES) is not writing:
        connection.exec_driver_sql(f"PRAGMA query_only={'OFF' if writing else 'ON'}")
        connection.info[WRITES] = writing
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
