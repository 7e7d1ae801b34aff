"""Reads what is readable of a damaged file, row by row, into a whole one; the file is not touched."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from ob_buero_tui.store.connecting import (
    SpoiltText,
    connect,
    database_errors,
    driver_errors,
    error_code,
    operational_errors,
    share_password,
)

DERIVED = frozenset({"search_doc", "search_fts", "occurrence", "occurrence_window"})
"""What is built anew from the records, and is not read from a damaged file."""

PROBES = 400_000
"""How often a damaged table is asked for a part of its rows; then the rest counts as lost."""

FAR = 1_000_000
"""Keys this far behind the last one that is known are not looked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRead:
    """What was read of one table.

    Args:
        lost: Keys of rows that an index or the register of keys still knows, and that could not be read.
        whole: Whether the table was read from end to end; only then nothing else can be missing.
        unfit: How many rows were read and are no rows of this table any more.
        spoilt: Keys of the rows that hold texts with bytes that are no UTF-8.
    """

    table: str
    read: int
    lost: tuple[int, ...] = ()
    whole: bool = True
    unfit: int = 0
    spoilt: tuple[int, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether nothing is missing."""
        return self.whole and not self.lost and not self.unfit


def rescue(path: Path, target: Path, *, mode: str = "ro") -> list[TableRead]:
    """Copy what is readable of a damaged database into an empty file that stands ready.

    The target gets the tables of the source as they are described there, whatever their age; what was
    read is written, without its references being asked for. Derived tables stay empty.

    Args:
        target: An existing empty file, with the rights it is to have.
        mode: `ro`, or `rw` for a copy whose broken-off step may be rolled back.

    Returns:
        What was read, by table; empty where not even the list of tables is readable.

    Raises:
        sqlite3.OperationalError: another process holds the lock; that is no damage.
    """
    share_password(target, path)
    with closing(connect(path, mode, isolation_level=None)) as source, closing(connect(target, "rw")) as copy:
        source.execute("PRAGMA trusted_schema=OFF")
        source.execute("PRAGMA cell_size_check=ON")
        _hold(source)
        described = _described(source)
        if not described:
            return []
        _create(copy, described)
        _copy_marks(source, copy)
        known = [name for kind, name, _ in described if kind == "table" and name not in DERIVED]
        found = [_read(source, copy, name) for name in known]
        for kind, _, sql in described:
            if kind == "index":
                with suppress(*driver_errors()):  # two rows that must not be alike: the rows count more
                    copy.execute(sql)
        copy.commit()
    return found


def _described(source: sqlite3.Connection) -> list[tuple[str, str, str]]:
    """Kind, name and words of each table and index, as far as the list of tables can be read."""
    found: list[tuple[str, str, str]] = []
    query = "SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY rowid"
    with suppress(*database_errors()):
        for kind, name, sql in source.execute(query):
            if kind in ("table", "index") and not str(name).startswith(("sqlite_", "search_fts_")):
                found.append((kind, str(name), str(sql)))
    return found


def _create(copy: sqlite3.Connection, described: list[tuple[str, str, str]]) -> None:
    copy.execute("PRAGMA foreign_keys=OFF")
    copy.execute("PRAGMA trusted_schema=OFF")
    for kind, _, sql in described:
        if kind == "table":
            with suppress(*driver_errors()):  # a description that is no longer one; its table is told as lost
                copy.execute(sql)


def _copy_marks(source: sqlite3.Connection, copy: sqlite3.Connection) -> None:
    for pragma in ("application_id", "user_version"):
        (value,) = source.execute(f"PRAGMA {pragma}").fetchone()
        copy.execute(f"PRAGMA {pragma}={int(value)}")


def _hold(source: sqlite3.Connection) -> None:
    """Begin reading: nobody writes until the end, and a lock is told apart from damage."""
    source.execute("BEGIN")
    try:
        source.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except operational_errors() as error:
        if error_code(error) & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_READONLY):
            raise
    except database_errors():
        return  # what is unreadable is told later, table by table


def _read(source: sqlite3.Connection, copy: sqlite3.Connection, table: str) -> TableRead:
    columns = _columns(copy, table)
    if not columns:
        return TableRead(table=table, read=0, whole=False)
    reading = _Reading(source, table, columns)
    words = ", ".join(_quoted(name) for name in ("rowid", *columns))
    marks = ", ".join("?" * (len(columns) + 1))
    insert = f"INSERT INTO {_quoted(table)}({words}) VALUES ({marks})"  # noqa: S608 quoted names
    read: set[int] = set()
    spoilt: set[int] = set()
    unfit = 0
    for row in reading.rows():
        if row[0] in read:
            continue
        try:
            copy.execute(insert, row)
        except driver_errors():
            unfit += 1
        else:
            read.add(row[0])
            if any(isinstance(value, SpoiltText) for value in row):
                spoilt.add(row[0])
    lost = tuple(sorted(reading.known_keys() - read)) if not reading.whole or unfit else ()
    known = {"lost": lost, "spoilt": tuple(sorted(spoilt))}
    return TableRead(table=table, read=len(read), whole=reading.whole, unfit=unfit, **known)


def _columns(copy: sqlite3.Connection, table: str) -> list[str]:
    return [row[1] for row in copy.execute(f"PRAGMA table_info({_quoted(table)})")]


def _quoted(name: str) -> str:
    return '"{}"'.format(name.replace('"', '""'))


class _Reading:
    """One damaged table, read in parts that are halved until the unreadable rows are left."""

    def __init__(self, source: sqlite3.Connection, table: str, columns: list[str]) -> None:
        self._source, self._table = source, table
        words = ", ".join(_quoted(name) for name in ("rowid", *columns))
        self._query = (
            f"SELECT {words} FROM {_quoted(table)} NOT INDEXED"  # noqa: S608 quoted names
            " WHERE rowid BETWEEN ? AND ? ORDER BY rowid"
        )
        self.whole = True
        self._probes = 0

    def rows(self) -> Iterator[tuple[int, ...]]:
        """All rows that can be read, each with its key before it; one may come twice."""
        parts = [(0, 2**63 - 1)]
        while parts and self._probes < PROBES:
            first, last = parts.pop()
            at = first - 1
            try:
                self._probes += 1
                for row in self._source.execute(self._query, (first, last)):
                    if at < row[0] <= last:  # a page of another table has other keys
                        yield row
                        at = row[0]
            except database_errors():
                if self.whole:
                    self.whole = False
                    last = self._last_key(at)
                rest = at + 1
                if rest <= last and first < last:
                    middle = (rest + last) // 2
                    parts += [(middle + 1, last), (rest, middle)] if rest < last else [(rest, last)]

    def known_keys(self) -> set[int]:
        """The keys that the table's indexes still know."""
        found: set[int] = set()
        for name in self._indexes():
            query = f"SELECT rowid FROM {_quoted(self._table)} INDEXED BY {_quoted(name)}"  # noqa: S608
            with suppress(*database_errors()):
                for row in self._source.execute(query):
                    if isinstance(row[0], int):
                        found.add(row[0])
        return found

    def _indexes(self) -> list[str]:
        with suppress(*database_errors()):
            rows = self._source.execute(f"PRAGMA index_list({_quoted(self._table)})").fetchall()
            return [row[1] for row in rows if not row[4]]  # a partial one knows some rows only
        return []

    def _last_key(self, at: int) -> int:
        """The highest key that may exist: as an index or the register of keys knows it."""
        known = max(0, at, *self.known_keys())
        with suppress(*database_errors()):
            query = "SELECT seq FROM sqlite_sequence WHERE name = ?"
            for row in self._source.execute(query, (self._table,)).fetchall():
                known = max(known, min(int(row[0]), known + FAR))
        return known
