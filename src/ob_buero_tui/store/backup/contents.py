"""What a copy holds: counted when it is made, kept beside it, and told without opening it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from pathlib import Path
from sqlite3 import Connection
from typing import Any

from ob_buero_tui.store.connecting import connect

ENDING = ".json"
"""The file beside a copy that says what is in it; keys, counts and hashes only."""

KEPT = frozenset(("attachment", "message"))
"""Tables whose rows promise that the file is there; others remember a hash of what was not always kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What is in a copy.

    Args:
        size: Bytes of the database in it.
        step: The newest step of the history, 0 for none.
        step_at: When that step was done, ISO 8601 in UTC; "" for none.
        attachments: SHA-256 of every file its records name and the copy has.
        missing: The same of those that were not to be found, or damaged, when it was made.
        left_out: Whether the attachments were left for the next copy.
        checked_at: When somebody last tried it out, ISO 8601 in UTC; "" for never.
        fault: What was found wrong with the database in it then; "" when that was whole.
        lack: Which attachments it could not be given then; its database is whole, and they may come again.
        went_to: The name of the copy for which somebody gave this state up; "" for none.
    """

    size: int = 0
    requests: int = 0
    events: int = 0
    people: int = 0
    step: int = 0
    step_at: str = ""
    attachments: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    left_out: bool = False
    checked_at: str = ""
    fault: str = ""
    lack: str = ""
    went_to: str = ""

    @property
    def last_step(self) -> datetime | None:
        """When the newest step was done, aware UTC."""
        return _instant(self.step_at)

    @property
    def checked(self) -> datetime | None:
        """When somebody last tried it out, aware UTC."""
        return _instant(self.checked_at)


def read_contents(path: Path) -> Contents:
    """Count what is in a database; those of an older state are read as well.

    Raises:
        sqlite3.DatabaseError: it cannot be read.
    """
    with closing(connect(path, "ro")) as connection:
        step, step_at = _newest_step(connection)
        return Contents(
            size=path.stat().st_size,
            requests=_count(connection, "SELECT count(*) FROM request WHERE trashed_at IS NULL"),
            events=_count(connection, "SELECT count(*) FROM event WHERE trashed_at IS NULL"),
            people=_count(connection, "SELECT count(*) FROM person"),
            step=step,
            step_at=step_at,
        )


def newest_step(path: Path) -> tuple[int, str]:
    """Number and time (UTC, as stored) of the newest step in a database; (0, "") for none.

    Raises:
        sqlite3.DatabaseError: it cannot be read.
    """
    with closing(connect(path, "ro")) as connection:
        return _newest_step(connection)


def named_files(path: Path, *, only: frozenset[str] = frozenset()) -> frozenset[str]:
    """The SHA-256 of every file that a record of a database names, whichever table it stands in.

    Args:
        only: The tables to look at; empty: all.
    """
    found: set[str] = set()
    with closing(connect(path, "ro")) as connection:
        for table in _tables(connection):
            for column in _columns(connection, table) if not only or table in only else ():
                if column == "sha256" or column.endswith("_sha256"):
                    found.update(row[0] for row in connection.execute(_distinct(table, column)))
    return frozenset(item for item in found if isinstance(item, str) and len(item) == 64)


def content_hash(path: Path, *, apart: frozenset[str] = frozenset()) -> str:
    """One SHA-256 over every row of every table, in the order of tables and keys.

    Args:
        apart: Tables that are left out.
    """
    digest = hashlib.sha256()
    with closing(connect(path, "ro")) as connection:
        for table in (name for name in _tables(connection) if name not in apart):
            digest.update(f"\0{table}\0".encode())
            for row in connection.execute(_every(connection, table)):
                digest.update(repr(row).encode())
    return digest.hexdigest()


def table_counts(path: Path) -> dict[str, int]:
    """How many rows each table has."""
    with closing(connect(path, "ro")) as connection:
        return {
            table: _count(connection, f"SELECT count(*) FROM {_quoted(table)}")  # noqa: S608 from the schema
            for table in _tables(connection)
        }


def to_json(contents: Contents) -> str:
    """The file beside a copy."""
    return json.dumps(asdict(contents), indent=1) + "\n"


def from_json(file: Path) -> Contents | None:
    """What the file beside a copy says; None where it is missing or not to be understood."""
    try:
        told = json.loads(file.read_text(encoding="utf-8"))
        for later in ("lack", "went_to"):  # unknown to the program of before
            told.setdefault(later, "")
        return Contents(**{field.name: _told(told[field.name]) for field in fields(Contents)})
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def _told(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(str(item) for item in value)
    if not isinstance(value, (str, int)):
        raise TypeError
    return value


def _instant(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else None


def _newest_step(connection: Connection) -> tuple[int, str]:
    number, at = _row(connection, "SELECT id, at FROM action ORDER BY id DESC LIMIT 1") or (0, "")
    return int(number), str(at)


def _tables(connection: Connection) -> list[str]:
    # The word index is no table of its own, and a broken one must not keep a copy from being made.
    rows = connection.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL %'"
        " ORDER BY name"
    )
    return [row[0] for row in rows]


def _columns(connection: Connection, table: str) -> list[str]:
    return [row[1] for row in connection.execute(f"PRAGMA table_info({_quoted(table)})")]


def _distinct(table: str, column: str) -> str:
    return f"SELECT DISTINCT {_quoted(column)} FROM {_quoted(table)}"  # noqa: S608 names from the schema


def _every(connection: Connection, table: str) -> str:
    """All rows of a table in one order: by all columns, as not every table has a rowid."""
    order = ", ".join(str(number) for number, _ in enumerate(_columns(connection, table), start=1))
    return f"SELECT * FROM {_quoted(table)} ORDER BY {order}"  # noqa: S608 a name from the schema


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _row(connection: Connection, question: str) -> tuple[Any, ...] | None:
    found: Iterator[tuple[Any, ...]] = iter(connection.execute(question))
    return next(found, None)


def _count(connection: Connection, question: str) -> int:
    row = _row(connection, question)
    return int(row[0]) if row else 0
