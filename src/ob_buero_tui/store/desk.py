"""What belongs to a desk or to the running office and stands outside the journal."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ob_buero_tui.store.base import STRICT, Row
from ob_buero_tui.store.types import Fields, Utc


class Desk(Row):
    """A person's place of work: the operating system's account, and the initials shown for it."""

    __tablename__ = "desk"
    id: Mapped[int] = mapped_column(primary_key=True)
    account: Mapped[str]
    initials: Mapped[str]

    __table_args__ = (UniqueConstraint("account"), STRICT)


class Draft(Row):
    """Text typed and not yet saved; it survives Esc, a crash and a closed window."""

    __tablename__ = "draft"
    id: Mapped[int] = mapped_column(primary_key=True)
    desk_id: Mapped[int] = mapped_column(ForeignKey("desk.id"))
    form: Mapped[str]
    values: Mapped[Fields]
    saved_at: Mapped[Utc]

    __table_args__ = (UniqueConstraint("desk_id", "form"), STRICT)


class Holiday(Row):
    """A cached holiday of the Land, so that no start waits for the holidays library.

    `category` is "public", or "school" for a day of the school holidays.
    """

    __tablename__ = "holiday"
    id: Mapped[int] = mapped_column(primary_key=True)
    region: Mapped[str]
    category: Mapped[str] = mapped_column(default="public")
    day: Mapped[date]
    name: Mapped[str]

    __table_args__ = (UniqueConstraint("region", "category", "day"), STRICT)
