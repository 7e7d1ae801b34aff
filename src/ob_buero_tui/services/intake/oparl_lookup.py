"""Looks many rows up by one column at once; each statement is built only once."""

from __future__ import annotations

import json
from collections.abc import Collection
from functools import lru_cache
from typing import Any

from sqlalchemy import RowMapping, bindparam, func, select
from sqlalchemy.orm import Session

from ob_buero_tui.store.base import Row as MappedRow
from ob_buero_tui.store.tables import JOURNALED

CLASSES: dict[str, Any] = {
    mapper.local_table.name: mapper.class_  # type: ignore[attr-defined]
    for mapper in MappedRow.registry.mappers
}


def rows_with(
    session: Session, table: str, column: str, values: Collection[Any], *columns: str, of: str = ""
) -> list[RowMapping]:
    """The rows of a table in which a column has one of these values, in the order of their keys.

    Args:
        columns: What is wanted of them; everything when nothing is named.
        of: The value of `table_name`, in tables that have it.
    """
    if not values:
        return []
    wanted = {"wanted": json.dumps(list(values))} | ({"of": of} if of else {})
    found = session.connection().execute(_rows(table, column, columns, bool(of)), wanted)
    return list(found.mappings())


def records(session: Session, table: str, ids: Collection[int]) -> list[Any]:
    """The mapped rows with these keys, to be changed or deleted."""
    if not ids:
        return []
    with session.no_autoflush:
        return list(session.scalars(_records(table), {"wanted": json.dumps(sorted(ids))}))


@lru_cache(maxsize=256)
def _rows(table: str, column: str, columns: tuple[str, ...], of: bool) -> Any:
    source = JOURNALED[table]
    wanted: list[Any] = [source.c[name] for name in columns] or [source]
    query = select(*wanted).where(source.c[column].in_(_among())).order_by(source.c.id)
    return query.where(source.c.table_name == bindparam("of")) if of else query


@lru_cache(maxsize=64)
def _records(table: str) -> Any:
    class_ = CLASSES[table]
    return select(class_).where(class_.id.in_(_among())).order_by(class_.id)


def _among() -> Any:
    """One parameter, however many values there are."""
    listed = func.json_each(bindparam("wanted")).table_valued("value")
    return select(listed.c.value)
