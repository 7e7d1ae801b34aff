"""The journal's tables: history and undo are one thing."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from ob_buero_tui.store.base import STRICT, Row, one_of
from ob_buero_tui.store.types import Fields, Utc

UNDO = "undo"
REDO = "redo"


class Action(Row):
    """One action of one desk: a use case, an import, an undo or a redo.

    `undone_by_id` is the undo that took it back, empty again after a redo. `target_id` is what an undo or
    redo acted on. `left_house` names what went out and can therefore not be taken back.
    """

    __tablename__ = "action"
    id: Mapped[int] = mapped_column(primary_key=True)
    verb: Mapped[str]
    at: Mapped[Utc]
    desk_id: Mapped[int] = mapped_column(ForeignKey("desk.id"))
    params: Mapped[Fields] = mapped_column(default=dict)
    target_id: Mapped[int | None]
    undone_by_id: Mapped[int | None]
    left_house: Mapped[str] = mapped_column(default="")

    __table_args__ = (Index(None, "desk_id", "id"), STRICT)


class ActionReference(Row):
    """A record that an action concerns without having changed it."""

    __tablename__ = "action_reference"
    id: Mapped[int] = mapped_column(primary_key=True)
    action_id: Mapped[int] = mapped_column(ForeignKey("action.id"), index=True)
    table_name: Mapped[str]
    row_id: Mapped[int]

    __table_args__ = (Index(None, "table_name", "row_id"), STRICT)


class Change(Row):
    """One row's change within an action: column values before and after, as the database stores them.

    An update holds only the touched columns, an insert all after-values, a delete all before-values.
    `row_version` is the version the row had afterwards (before, for a delete).
    """

    __tablename__ = "change"
    id: Mapped[int] = mapped_column(primary_key=True)
    action_id: Mapped[int] = mapped_column(ForeignKey("action.id"), index=True)
    table_name: Mapped[str]
    row_id: Mapped[int]
    operation: Mapped[str]
    row_version: Mapped[int]
    before: Mapped[Fields | None]
    after: Mapped[Fields | None]

    __table_args__ = (
        one_of("operation", ("insert", "update", "delete")),
        CheckConstraint("before IS NOT NULL OR after IS NOT NULL", name="values"),
        Index(None, "table_name", "row_id"),
        STRICT,
    )
