"""SQLite connections of which one chosen statement fails as SQLite itself fails, and a count of statements.

Stands in for a failing disk below SQLite: the driver's own classes are used, so what SQLAlchemy, the services
and the raw cursors of this product make of an error is tried as well, and COMMIT can fail like all others.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final


@dataclass(frozen=True, slots=True)
class Fault:
    """A way to fail: SQLite's words and number, and whether it rolls the transaction back by itself.

    Source for the last: sqlite.org/lang_transaction.html, "Response To Errors Within A Transaction".
    """

    text: str
    code: int
    rolls_back: bool

    def error(self) -> sqlite3.OperationalError:
        """What the driver raises."""
        raised = sqlite3.OperationalError(self.text)
        raised.sqlite_errorcode = self.code
        return raised


FAULTS: Final = {
    "locked": Fault("database is locked", sqlite3.SQLITE_BUSY, rolls_back=False),
    "full": Fault("database or disk is full", sqlite3.SQLITE_FULL, rolls_back=True),
    "io": Fault("disk I/O error", sqlite3.SQLITE_IOERR_WRITE, rolls_back=False),
    "interrupt": Fault("interrupted", sqlite3.SQLITE_INTERRUPT, rolls_back=True),
}


class Plan:
    """Counts statements and lets one of them fail."""

    def __init__(self) -> None:
        self.count = 0
        self.fault: Fault | None = None
        self.at = 0
        self.failed = ""
        """The statement that failed; empty while none has."""

    @contextmanager
    def failing(self, at: int, fault: Fault | None) -> Iterator[Plan]:
        """Let the statement with this number fail, once; without a fault only count."""
        self.count, self.at, self.fault, self.failed = 0, at, fault, ""
        try:
            yield self
        finally:
            self.fault = None

    def step(self, connection: sqlite3.Connection, statement: str) -> None:
        """Called before each statement."""
        self.count += 1
        if self.fault is None or self.count != self.at or self.failed:
            return
        self.failed = statement
        if self.fault.rolls_back and connection.in_transaction:
            sqlite3.Connection.rollback(connection)
        raise self.fault.error()


PLAN: Final = Plan()


class FaultyCursor(sqlite3.Cursor):
    """A cursor that asks the plan first."""

    def execute(self, sql: str, *rest: Any) -> FaultyCursor:
        """Execute a statement, or fail."""
        PLAN.step(self.connection, sql)
        super().execute(sql, *rest)
        return self

    def executemany(self, sql: str, *rest: Any) -> FaultyCursor:
        """Execute a statement for many rows, or fail."""
        PLAN.step(self.connection, sql)
        super().executemany(sql, *rest)
        return self


class FaultyConnection(sqlite3.Connection):
    """A connection whose statements and commits ask the plan first."""

    def cursor(self, factory: Any = FaultyCursor) -> Any:
        """A cursor of ours."""
        return super().cursor(factory)

    def execute(self, sql: str, *rest: Any) -> FaultyCursor:
        """Execute a statement on a cursor of ours."""
        cursor: FaultyCursor = self.cursor()
        return cursor.execute(sql, *rest)

    def commit(self) -> None:
        """Commit, or fail."""
        if self.in_transaction:
            PLAN.step(self, "COMMIT")
        super().commit()


@contextmanager
def faulty_connections(connect: Callable[..., Any] = sqlite3.connect) -> Iterator[Plan]:
    """Let every connection opened from now on ask the plan."""

    def connecting(*args: Any, **kwargs: Any) -> Any:
        return connect(*args, **{"factory": FaultyConnection, **kwargs})

    sqlite3.connect = connecting  # type: ignore[assignment]
    try:
        yield PLAN
    finally:
        sqlite3.connect = connect
