"""Whether a database's tables have every column that this program reads and writes."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from hashlib import blake2b
from pathlib import Path
from typing import Final

from ob_buero_tui.store.connecting import connect

KNOWN: Final = "610550851e06a986b50b19f2"
"""The digest of the tables as the newest migration leaves them: what bears it has every column.

Another digest is no fault yet, it only takes longer, as then all tables have to be mapped; a test says what
it has to be.
"""
_LEFT_OUT: Final = ("search_", "sqlite_", "occurrence", "alembic_version")
"""What is derived can be made again, and some is SQLite's own."""


def missing_columns(path: Path) -> tuple[str, ...]:
    """The columns that a database lacks, as „table.column“, or „table“ where there is no such table.

    Raises:
        sqlite3.OperationalError: a lock or the disk kept it from looking.
    """
    with closing(connect(path, "ro")) as connection:
        return () if digest_of(stored_tables(connection)) == KNOWN else tuple(_missing(connection))


def stored_tables(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    """The tables of a file that are neither derived nor SQLite's own, by name and statement."""
    found = connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'table' ORDER BY name")
    return [(str(name), str(sql)) for name, sql in found if not str(name).startswith(_LEFT_OUT)]


def lacking_text(lacking: Sequence[str]) -> str:
    """What a database lacks, as a German sentence."""
    more = f" und {len(lacking) - 6} weitere" if len(lacking) > 6 else ""
    return f"In ihren Tabellen fehlt: {', '.join(lacking[:6])}{more}."


def digest_of(tables: Sequence[tuple[str, str]]) -> str:
    """A short digest of tables, by name and statement; blanks and quotes make no difference."""
    text = "".join("\n".join(f"{name}:{sql}" for name, sql in tables).split()).replace('"', "")
    return blake2b(text.encode("utf-8", "replace"), digest_size=12).hexdigest()


def _missing(connection: sqlite3.Connection) -> Iterator[str]:
    from ob_buero_tui.store.tables import METADATA

    for table in METADATA.sorted_tables:
        if table.name.startswith(_LEFT_OUT):
            continue
        there = {row[1] for row in connection.execute(f'PRAGMA table_info("{table.name}")')}
        lacking = [column.name for column in table.columns if column.name not in there]
        yield from (f"{table.name}.{name}" for name in lacking) if there else (table.name,)
