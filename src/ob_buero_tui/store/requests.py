"""Incoming requests, the letters they came as, and their links to appointments."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, literal_column, text
from sqlalchemy.orm import Mapped, mapped_column

from ob_buero_tui.rules.states import RequestState
from ob_buero_tui.rules.visibility import Confidentiality
from ob_buero_tui.store.base import STRICT, Journaled, Row, one_of
from ob_buero_tui.store.types import Fields, Flag, Local, Strings, Utc


def _filled(column: str) -> Index:
    """An index of the requests in which a column is not empty, by it and the day of receipt."""
    return Index(f"ix_request_{column}", column, "received_at", sqlite_where=text(f"{column} <> ''"))


class Request(Journaled):
    """An Eingang: what somebody wants of the mayor (domain.md 1.1).

    `wiedervorlage_days` before the event `wiedervorlage_event_id` (before `event_start` where that is
    empty, after it where negative) it comes back; without them `wiedervorlage_on` was typed.
    `wiedervorlage_wakes`: an answer or a change of the event ends it early, `woken_on` and `woken_by`
    (`antwort`, `termin`) say so. `decider` is who decided (`ob` …), `decided_by` the initials of who
    recorded it. `closed_on` begins its retention; at `filed_at` it left for the E-Akte,
    and at `taken_over_at` somebody confirmed that the E-Akte has it. `original_sha256`
    of a message names its bytes as they came, kept like an attachment.
    """

    __tablename__ = "request"
    number: Mapped[str]
    kind: Mapped[str | None]
    kind_proposed: Mapped[Flag] = mapped_column(default=False)
    subject: Mapped[str]
    state: Mapped[str] = mapped_column(default=RequestState.NEU.value)
    closed: Mapped[Flag] = mapped_column(default=False)
    closed_on: Mapped[date | None]
    important: Mapped[Flag] = mapped_column(default=False)
    received_at: Mapped[Utc]
    channel: Mapped[str] = mapped_column(default="E-Mail")
    requester_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    organization_id: Mapped[int | None] = mapped_column(ForeignKey("organization.id"), index=True)
    assigned_to: Mapped[str] = mapped_column(default="")
    event_start: Mapped[Local | None]
    event_end: Mapped[Local | None]
    event_place: Mapped[str] = mapped_column(default="")
    due_on: Mapped[date | None]
    due_time: Mapped[time | None]
    due_text: Mapped[str] = mapped_column(default="")
    wiedervorlage_on: Mapped[date | None]
    wiedervorlage_note: Mapped[str] = mapped_column(default="")
    wiedervorlage_event_id: Mapped[int | None] = mapped_column(ForeignKey("event.id"), index=True)
    wiedervorlage_days: Mapped[int | None]
    wiedervorlage_wakes: Mapped[Flag] = mapped_column(default=True)
    woken_on: Mapped[date | None]
    woken_by: Mapped[str] = mapped_column(default="")
    outcome: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")
    decided_on: Mapped[date | None]
    decided_by: Mapped[str] = mapped_column(default="")
    decider: Mapped[str] = mapped_column(default="")
    votum: Mapped[str] = mapped_column(default="")
    votum_text: Mapped[str] = mapped_column(default="")
    votum_by: Mapped[str] = mapped_column(default="")
    votum_on: Mapped[date | None]
    handed_to: Mapped[str] = mapped_column(default="")
    handed_until: Mapped[date | None]
    file_reference: Mapped[str] = mapped_column(default="")
    confidentiality: Mapped[str] = mapped_column(default=Confidentiality.INTERN.value)
    owner: Mapped[str] = mapped_column(default="")
    fields: Mapped[Fields] = mapped_column(default=dict)
    intake_notes: Mapped[Strings] = mapped_column(default=list)
    double_of_id: Mapped[int | None] = mapped_column(ForeignKey("request.id"), index=True)
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("request.id"), index=True)
    thread: Mapped[str] = mapped_column(default="")
    filed_at: Mapped[Utc | None]
    taken_over_at: Mapped[Utc | None]
    trashed_at: Mapped[Utc | None]

    __table_args__ = (
        one_of("state", RequestState),
        one_of("confidentiality", Confidentiality),
        UniqueConstraint("number"),
        Index(
            "ix_request_open",
            "due_on",
            "due_time",
            "kind",
            "wiedervorlage_on",
            "state",
            "received_at",
            sqlite_where=text("closed = 0 AND trashed_at IS NULL"),
        ),
        Index("ix_request_trash", "trashed_at", sqlite_where=text("trashed_at IS NOT NULL")),
        Index("ix_request_received", "received_at", "trashed_at"),
        Index("ix_request_thread", "thread", sqlite_where=text("thread <> ''")),
        *(_filled(name) for name in ("votum", "outcome", "decider", "assigned_to", "event_place")),
        STRICT,
    )


EMPTY: Any = literal_column("''")
"""The very words of the partial indexes: a bound empty text would not say that one of them will do."""
THREADED = Request.thread != EMPTY
"""In an exchange of letters: the very words of the index over them, which SQLite takes for nothing less."""


class Message(Journaled):
    """The letter itself, as it came in or went out."""

    __tablename__ = "message"
    request_id: Mapped[int] = mapped_column(ForeignKey("request.id"), index=True)
    message_id: Mapped[str] = mapped_column(default="")
    in_reply_to: Mapped[str] = mapped_column(default="")
    references: Mapped[Strings] = mapped_column(default=list)
    sender_name: Mapped[str] = mapped_column(default="")
    sender_address: Mapped[str] = mapped_column(default="")
    recipients: Mapped[Strings] = mapped_column(default=list)
    sent_at: Mapped[Utc | None]
    subject: Mapped[str] = mapped_column(default="")
    body: Mapped[str] = mapped_column(default="")
    original_sha256: Mapped[str] = mapped_column(default="")

    __table_args__ = (Index(None, "message_id"), STRICT)


class RequestEvent(Journaled):
    """A request's appointment; a request may have several."""

    __tablename__ = "request_event"
    request_id: Mapped[int] = mapped_column(ForeignKey("request.id"), index=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)

    __table_args__ = (UniqueConstraint("request_id", "event_id"), STRICT)


class RequestCheck(Journaled):
    """A question of the catalog that somebody ticked by hand."""

    __tablename__ = "request_check"
    request_id: Mapped[int] = mapped_column(ForeignKey("request.id"), index=True)
    check: Mapped[str]
    passed: Mapped[Flag]
    ticked_by: Mapped[str]
    ticked_at: Mapped[Utc]

    __table_args__ = (UniqueConstraint("request_id", "check"), STRICT)


class RequestNumber(Row):
    """The register of numbers given out; an undone request leaves its number here as `storniert`."""

    __tablename__ = "request_number"
    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int]
    serial: Mapped[int]
    request_id: Mapped[int]
    state: Mapped[str] = mapped_column(default="vergeben")

    __table_args__ = (
        UniqueConstraint("year", "serial"),
        one_of("state", ("vergeben", "storniert")),
        Index(None, "request_id"),
        STRICT,
    )
