"""Numbers that were given out after a copy was made: going back to it must not give them out again."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from sqlite3 import Connection
from typing import Any, Final

from ob_buero_tui.store import unclean
from ob_buero_tui.store.connecting import connect, database_errors

REGISTERS: Final = frozenset(("request_number", "paper_number", "sqlite_sequence"))
"""The tables that may hold more after going back than the copy did; SQLite's own counts their rows."""
NOBODY: Final = 0
"""The key of no record: that of one that is gone may be another's after going back."""
_FREE: Final = "frei"
"""The series of numbers that no pattern wrote, as services/council/paper_numbers.py calls it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Given:
    """How a database's history began, and the numbers it gave out."""

    origin: tuple[Any, ...] | None
    requests: Sequence[tuple[int, int]]
    papers: Sequence[tuple[str, int, int, str]]


def carry_numbers(old: Path, fresh: Path) -> int | None:
    """Enter as `storniert` into one database what another state of it gave out beyond that.

    Args:
        old: The file that is replaced.
        fresh: The one that replaces it, of the present schema.

    Returns:
        How many numbers; None where the replaced file cannot be read.

    Raises:
        sqlite3.DatabaseError: the new one cannot be written.
    """
    if not old.exists():
        return 0
    if unclean.broke_off(old):
        return None  # reading it would take the step back, and it is kept as it was found
    try:
        with closing(connect(old, "ro")) as connection:
            given = _given(connection)
    except (OSError, *database_errors()):  # type: ignore[misc]  # mypy knows no tuple made here
        return None
    with closing(connect(fresh, "rw", isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        known = _given(connection)
        if known.origin not in (None, given.origin):
            return 0  # the numbers of another office
        carried = _carry_requests(connection, known, given) + _carry_papers(connection, known, given)
        connection.execute("COMMIT")
    return carried


def _given(connection: Connection) -> _Given:
    first = connection.execute("SELECT id, at, verb FROM action ORDER BY id LIMIT 1").fetchone()
    tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    papers = []
    if "paper_number" in tables:  # unknown to the states before the council's year
        query = "SELECT series, serial, supplement, reference FROM paper_number ORDER BY id"
        papers = connection.execute(query).fetchall()
    requests = connection.execute("SELECT year, serial FROM request_number ORDER BY year, serial").fetchall()
    return _Given(origin=first and tuple(first), requests=requests, papers=papers)


def _carry_requests(connection: Connection, known: _Given, given: _Given) -> int:
    taken = set(known.requests)
    rows = [(*one, NOBODY) for one in given.requests if one not in taken]
    connection.executemany(
        "INSERT INTO request_number(year, serial, request_id, state) VALUES (?, ?, ?, 'storniert')", rows
    )
    return len(rows)


def _carry_papers(connection: Connection, known: _Given, given: _Given) -> int:
    """A number stands in the register once: where its place is another's, it is one that somebody typed."""
    references = {one[3] for one in known.papers}
    places = {one[:3] for one in known.papers}
    rows = []
    for series, serial, supplement, reference in given.papers:
        if reference in references:
            continue
        key = (series, serial, supplement)
        if key in places:
            key = (_FREE, max((one[1] for one in places if one[0] == _FREE), default=0) + 1, 0)
        places.add(key)
        references.add(reference)
        rows.append((*key, reference, NOBODY))
    connection.executemany(
        "INSERT INTO paper_number(series, serial, supplement, reference, paper_id, state)"
        " VALUES (?, ?, ?, ?, ?, 'storniert')",
        rows,
    )
    return len(rows)
