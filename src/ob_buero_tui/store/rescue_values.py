"""Empties the values of a rescued copy that no program could read: structures, days and times."""

from __future__ import annotations

from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ob_buero_tui.store.connecting import connect, driver_errors
from ob_buero_tui.store.types import DateText, JsonText, LocalText, TimeText, UtcText

if TYPE_CHECKING:
    from sqlalchemy import Column
    from sqlalchemy.engine.interfaces import Dialect

_MOMENTS: tuple[tuple[type[UtcText | LocalText | DateText | TimeText], str], ...] = (
    (UtcText, "1970-01-01T00:00:00Z"),
    (LocalText, "1970-01-01T00:00:00"),
    (DateText, "1970-01-01"),
    (TimeText, "00:00"),
)
"""The types of days and times, and what stands for one that must be there and is unreadable."""

_NO_DIALECT: Dialect = None  # type: ignore[assignment]  # our types ask for none


def empty_unreadable(copy: Path) -> dict[str, int]:
    """Replace structured texts, days and times that are none any more; a screen that met one would end.

    Returns:
        How many were replaced, by table.
    """
    from ob_buero_tui.store.tables import METADATA

    found: dict[str, int] = {}
    with closing(connect(copy, "rw")) as connection:
        connection.execute("PRAGMA ignore_check_constraints=ON")
        for number, (kind, _) in enumerate(_MOMENTS):
            connection.create_function(f"fits_{number}", 1, partial(_fits, kind()), deterministic=True)
        for table in METADATA.sorted_tables:
            for column in table.columns:
                statement = _statement(table.name, column)
                if not statement:
                    continue
                try:
                    count = connection.execute(statement).rowcount
                except driver_errors():
                    continue  # a table that could not be made again
                if count > 0:
                    found[table.name] = found.get(table.name, 0) + count
        connection.commit()
    return found


def _statement(table: str, column: Column[Any]) -> str:
    """What empties the unreadable values of a column; "" where its type has none."""
    name = f'"{column.name}"'
    if isinstance(column.type, JsonText):
        empty, fits = f"CASE WHEN substr({name}, 1, 1) = '[' THEN '[]' ELSE '{{}}' END", f"json_valid({name})"
    else:
        found = [
            (f"'{moment}'", f"fits_{number}({name})")
            for number, (kind, moment) in enumerate(_MOMENTS)
            if isinstance(column.type, kind)
        ]
        if not found:
            return ""
        empty, fits = found[0]
    value = "NULL" if column.nullable else empty
    return f'UPDATE "{table}" SET {name} = {value} WHERE {name} IS NOT NULL AND NOT {fits}'  # noqa: S608 ours


def _fits(kind: UtcText | LocalText | DateText | TimeText, text: str) -> bool:
    """Whether a column's type can read a text, with the zone or without it as the type has it."""
    try:
        value = kind.process_result_value(text, _NO_DIALECT)
    except (ValueError, TypeError):
        return False
    return isinstance(kind, DateText) or (getattr(value, "tzinfo", None) is not None) == isinstance(
        kind, UtcText
    )
