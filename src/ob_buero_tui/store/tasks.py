"""Tasks and notes, on a request, an appointment or on their own."""

from __future__ import annotations

from datetime import date, time

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from ob_buero_tui.store.base import STRICT, Journaled
from ob_buero_tui.store.types import Utc


class Task(Journaled):
    """Something to be done, with its date and how that was counted; `agenda_item_id`: decided there."""

    __tablename__ = "task"
    label: Mapped[str]
    template: Mapped[str] = mapped_column(default="")
    request_id: Mapped[int | None] = mapped_column(ForeignKey("request.id"), index=True)
    event_id: Mapped[int | None] = mapped_column(ForeignKey("event.id"), index=True)
    agenda_item_id: Mapped[int | None] = mapped_column(ForeignKey("agenda_item.id"), index=True)
    due_on: Mapped[date | None]
    due_time: Mapped[time | None]
    due_text: Mapped[str] = mapped_column(default="")
    assigned_to: Mapped[str] = mapped_column(default="")
    done_at: Mapped[Utc | None]
    done_by: Mapped[str] = mapped_column(default="")

    __table_args__ = (
        Index(
            "ix_task_open",
            "due_on",
            "due_time",
            "request_id",
            "event_id",
            sqlite_where=text("done_at IS NULL"),
        ),
        Index("ix_task_done", "done_at", "request_id", "event_id", sqlite_where=text("done_at IS NOT NULL")),
        STRICT,
    )


class Note(Journaled):
    """A remark on a request or an appointment."""

    __tablename__ = "note"
    request_id: Mapped[int | None] = mapped_column(ForeignKey("request.id"), index=True)
    event_id: Mapped[int | None] = mapped_column(ForeignKey("event.id"), index=True)
    text: Mapped[str]
    written_by: Mapped[str]
    written_at: Mapped[Utc]

    __table_args__ = (STRICT,)
