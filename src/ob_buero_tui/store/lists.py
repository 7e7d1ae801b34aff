"""What an office sets up while working: how a list is read, and splits of its own."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ob_buero_tui.store.base import STRICT, Journaled
from ob_buero_tui.store.types import Fields, Strings, Utc


class SheetLayout(Journaled):
    """How a list with these column heads is read; confirmed once.

    `fingerprint` is the hash of the folded heads, `columns` maps the place of a column (as text) to what
    it holds.
    """

    __tablename__ = "sheet_layout"
    fingerprint: Mapped[str]
    heads: Mapped[Strings] = mapped_column(default=list)
    columns: Mapped[Fields] = mapped_column(default=dict)
    kind: Mapped[str] = mapped_column(default="")
    confirmed_by: Mapped[str]
    confirmed_at: Mapped[Utc]

    __table_args__ = (UniqueConstraint("fingerprint"), STRICT)


class SavedSplit(Journaled):
    """A pile of the Eingang that a desk made from a search."""

    __tablename__ = "saved_split"
    desk_id: Mapped[int] = mapped_column(ForeignKey("desk.id"))
    label: Mapped[str]
    query: Mapped[str]
    sort: Mapped[str] = mapped_column(default="")
    position: Mapped[int] = mapped_column(default=0)

    __table_args__ = (Index(None, "desk_id"), STRICT)
