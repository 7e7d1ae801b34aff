"""Values that are none any more: a flipped bit in a text or a date, unknown to SQLite's own check."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ob_buero_tui.store.connecting import SpoiltText, connect
from ob_buero_tui.store.types import DateText, LocalText, TimeText, UtcText, is_moment

if TYPE_CHECKING:
    from sqlalchemy import Column, Table

MOST = 1000
"""How many are looked for; where there are more, the file is beyond naming each."""

SPAN = 20_000
"""Rows of one look: whoever writes waits for one look at most, not for all of them."""

Ask = Callable[[str], Iterable[Sequence[Any]]]
"""Gives the rows of a statement."""

_CANONICAL: tuple[tuple[type[UtcText | LocalText | DateText | TimeText], str], ...] = (
    (UtcText, "%Y-%m-%dT%H:%M:%SZ"),
    (LocalText, "%Y-%m-%dT%H:%M:%S"),
    (DateText, "%Y-%m-%d"),
    (TimeText, "%H:%M"),
)
"""How the types of days and times are written, in the words of SQLite's strftime."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SpoiltValue:
    """A text with bytes that are no UTF-8, or one that should be a day or a time and is none.

    Args:
        table, row_id: The row that holds it.
        text: What stands where a day or a time should; "" for other texts.
    """

    table: str
    row_id: int
    column: str
    text: str = ""


def spoilt_values(path: Path) -> list[SpoiltValue]:
    """The texts of a database that are no UTF-8 any more; all of them are read.

    Raises:
        sqlite3.DatabaseError: the file cannot be read.
    """
    found: list[SpoiltValue] = []
    with closing(connect(path, "ro")) as connection:
        tables = connection.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL %'"
            " AND name NOT LIKE 'search_fts_%' ORDER BY name"
        ).fetchall()
        for (table,) in tables:
            rows = connection.execute(f'SELECT rowid, * FROM "{table}"')  # noqa: S608 a name from the schema
            names = [column[0] for column in rows.description]
            for row in rows:
                for name, value in zip(names, row, strict=True):
                    if isinstance(value, SpoiltText):
                        found.append(SpoiltValue(table=table, row_id=row[0], column=name))
                        if len(found) == MOST:
                            return found
    return found


def unreadable_moments(ask: Ask, but: Collection[str] = ()) -> list[SpoiltValue]:
    """The days and times of a database that are none any more; SQLite looks at all, Python at the odd ones.

    Args:
        ask: Asks a database of the present state; called once for some thousand rows.
        but: Names of tables that are left out.

    Raises:
        DatabaseError: the file cannot be read, as the driver or SQLAlchemy says it.
    """
    from ob_buero_tui.store.tables import METADATA

    found: list[SpoiltValue] = []
    there = {row[0] for row in ask("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    for table in (one for one in METADATA.sorted_tables if one.name in there and one.name not in but):
        found += islice(_in_table(ask, table), MOST - len(found))
    return found


def _in_table(ask: Ask, table: Table) -> Iterator[SpoiltValue]:
    moments = [(column, form) for column in table.columns for form in (_form(column),) if form]
    if not moments:
        return
    odd = " OR ".join(
        f'"{column.name}" IS NOT strftime(\'{form}\', "{column.name}")' for column, form in moments
    )
    names = ", ".join(f'"{column.name}"' for column, _ in moments)
    for rows in _spans(ask, table.name):
        for row_id, *values in ask(f'SELECT rowid, {names} FROM "{table.name}" WHERE {rows} AND ({odd})'):  # noqa: S608
            for (column, _), value in zip(moments, values, strict=True):
                if value is not None and not is_moment(column.type, value):
                    yield SpoiltValue(table=table.name, row_id=row_id, column=column.name, text=str(value))


def _spans(ask: Ask, table: str) -> Iterator[str]:
    """Conditions that take a table in spans, however far apart its keys are."""
    after = -(2**63)
    while True:
        some = f'SELECT rowid FROM "{table}" WHERE rowid > {after} ORDER BY rowid LIMIT {SPAN}'  # noqa: S608 ours
        ((last,),) = ask(f"SELECT max(rowid) FROM ({some})")  # noqa: S608 ours
        if last is None:
            return
        yield f"rowid > {after} AND rowid <= {last}"
        after = last


def _form(column: Column[Any]) -> str:
    """How the values of a column are written; "" where it holds no days or times."""
    return next((form for kind, form in _CANONICAL if isinstance(column.type, kind)), "")
