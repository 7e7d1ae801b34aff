"""The declarative base, and what every journaled row has."""

from __future__ import annotations

from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, MetaData, event
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column

from ob_buero_tui.rules.visibility import Confidentiality
from ob_buero_tui.store.types import TYPE_MAP

STRICT = {"sqlite_strict": True, "sqlite_autoincrement": True}
"""Table options of every table with an `id`: typed columns, and keys that are never reused."""

LEVELS = ", ".join(f"'{level.value}'" for level in Confidentiality)


class Row(DeclarativeBase):
    """Base of all mapped classes; the naming convention is what Alembic's batch mode needs."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = TYPE_MAP


class Journaled(Row):
    """A row whose every change is in the journal: autoincrement key and version counter.

    A write based on an older version raises `StaleDataError` instead of overwriting.
    """

    __abstract__ = True

    id: Mapped[int] = mapped_column(primary_key=True, sort_order=-10)
    version: Mapped[int] = mapped_column(sort_order=-9)

    @declared_attr.directive
    @classmethod
    def __mapper_args__(cls) -> dict[str, Any]:
        return {"version_id_col": cls.__table__.c.version if "__table__" in cls.__dict__ else cls.version}


def one_of(column: str, values: Any) -> CheckConstraint:
    """A CHECK that a text column holds one of an enumeration's values."""
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=column)


@event.listens_for(Journaled, "attribute_instrument", propagate=True)
def _keep_old_values(_class: type[Journaled], _key: str, attribute: Any) -> None:
    """The journal needs the value before a change, also where it was not loaded yet."""
    if hasattr(attribute.property, "columns"):
        attribute.impl.active_history = True
