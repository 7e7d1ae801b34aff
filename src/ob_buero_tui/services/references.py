"""What leads to a record: the columns of all tables that name it, and links that may be there only once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import UniqueConstraint, inspect, select
from sqlalchemy.orm import Session

from ob_buero_tui.store.base import Journaled, Row


def leading_to(table: str) -> Iterable[tuple[type[Any], str]]:
    """The mapped classes with a column that leads to this table."""
    mappers = sorted(Row.registry.mappers, key=lambda mapper: mapper.class_.__name__)
    for mapper in mappers:
        if issubclass(mapper.class_, Journaled):
            for column in inspect(mapper.class_).columns:
                if any(key.column.table.name == table for key in column.foreign_keys):
                    yield mapper.class_, column.key


def once_with(row: Any, column: str) -> list[str]:
    """The columns by which a link may be there only once, if this column is one of them; else none."""
    unique = (one for one in row.__table__.constraints if isinstance(one, UniqueConstraint))
    return next((keys for one in unique if column in (keys := [key.name for key in one.columns])), [])


def same_link(session: Session, row: Any, column: str, names: list[str], target: int) -> Any:
    """The row that has this link already where `column` leads to `target`; None where there is none."""
    if not names:
        return None
    row_class = type(row)
    wanted = {name: getattr(row, name) for name in names} | {column: target}
    same = select(row_class).where(
        row_class.id != row.id,
        *(getattr(row_class, name).is_not_distinct_from(value) for name, value in wanted.items()),
    )
    return session.scalars(same.limit(1)).first()
