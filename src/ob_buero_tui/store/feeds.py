"""What another program leads and this one rereads: calendar files, endpoints; a memory, not a record."""

from __future__ import annotations

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ob_buero_tui.store.base import STRICT, Row
from ob_buero_tui.store.types import Fields, Strings, Utc


class CalendarFeed(Row):
    """What was last read from one file of a calendar that somebody else leads.

    `digest` names the bytes; `uids` are the appointments that stood in it, so that one that vanishes is
    noticed; `problem` is the German sentence why the last reading failed, empty when it did not.

    The row with the path "" is the calendar as a whole: its `uids` are those that stand in no file any more
    and are not decided on yet, its `problem` is why nothing was removed.
    """

    __tablename__ = "calendar_feed"
    id: Mapped[int] = mapped_column(primary_key=True)
    calendar: Mapped[str]
    path: Mapped[str]
    digest: Mapped[str] = mapped_column(default="")
    uids: Mapped[Strings] = mapped_column(default=list)
    read_at: Mapped[Utc | None]
    problem: Mapped[str] = mapped_column(default="")

    __table_args__ = (UniqueConstraint("calendar", "path"), STRICT)


class OparlEndpoint(Row):
    """A council information system that is fetched from.

    `synced_at` is when the last complete fetch began (the next `modified_since`); `resume` holds, while one
    was broken off, the lists still to be read and their next pages; `problem` why the last one failed.
    """

    __tablename__ = "oparl_endpoint"
    id: Mapped[int] = mapped_column(primary_key=True)
    url: Mapped[str]
    name: Mapped[str] = mapped_column(default="")
    synced_at: Mapped[Utc | None]
    resume: Mapped[Fields] = mapped_column(default=dict)
    problem: Mapped[str] = mapped_column(default="")

    __table_args__ = (UniqueConstraint("url"), STRICT)
