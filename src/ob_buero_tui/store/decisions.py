"""What belongs to deciding: questions asked, deputies asked, and the mayor's weekly list."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ob_buero_tui.store.base import STRICT, Journaled, one_of


class Asked(StrEnum):
    """Who is asked: the sender, a department for its Stellungnahme, or a Dezernat."""

    ABSENDER = "absender"
    AMT = "amt"
    DEZERNAT = "dezernat"


class DeputyAnswer(StrEnum):
    """What a deputy said; only a promise binds (domain.md 10.8)."""

    ANGEFRAGT = "angefragt"
    ZUGESAGT = "zugesagt"
    ABGELEHNT = "abgelehnt"
    ZURUECKGENOMMEN = "zurueckgenommen"


class VorlageDecision(StrEnum):
    """What the mayor says to an item of the weekly list; empty while nothing was said."""

    OFFEN = ""
    JA = "ja"
    NEIN = "nein"
    VERTRETUNG = "vertretung"
    RUECKSPRACHE = "ruecksprache"
    SPAETER = "spaeter"


class VorlageState(StrEnum):
    """Whether a weekly list still takes items and decisions."""

    OFFEN = "offen"
    ENTSCHIEDEN = "entschieden"


class Inquiry(Journaled):
    """A Rückfrage or a request for a Stellungnahme; `task_id` is what reminds of it."""

    __tablename__ = "inquiry"
    request_id: Mapped[int] = mapped_column(ForeignKey("request.id"), index=True)
    asked: Mapped[str]
    name: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    question: Mapped[str] = mapped_column(default="")
    asked_on: Mapped[date]
    asked_by: Mapped[str]
    due_on: Mapped[date | None]
    answer: Mapped[str] = mapped_column(default="")
    answered_on: Mapped[date | None]
    task_id: Mapped[int | None] = mapped_column(ForeignKey("task.id"), index=True)

    __table_args__ = (one_of("asked", Asked), STRICT)


class Deputation(Journaled):
    """A deputy who was asked to stand in; `calendar` and `chain` are keys of representation.toml."""

    __tablename__ = "deputation"
    request_id: Mapped[int | None] = mapped_column(ForeignKey("request.id"), index=True)
    event_id: Mapped[int | None] = mapped_column(ForeignKey("event.id"), index=True)
    calendar: Mapped[str]
    chain: Mapped[str] = mapped_column(default="")
    answer: Mapped[str] = mapped_column(default=DeputyAnswer.ANGEFRAGT.value)
    asked_on: Mapped[date]
    asked_by: Mapped[str]
    answered_on: Mapped[date | None]
    stands_on: Mapped[date | None]

    __table_args__ = (
        one_of("answer", DeputyAnswer),
        Index("ix_deputation_stands", "calendar", "answer", "stands_on"),
        STRICT,
    )


class Vorlage(Journaled):
    """The list of one weekly talk with the mayor."""

    __tablename__ = "vorlage"
    talk_on: Mapped[date]
    state: Mapped[str] = mapped_column(default=VorlageState.OFFEN.value)
    decided_on: Mapped[date | None]

    __table_args__ = (one_of("state", VorlageState), STRICT)


class VorlageItem(Journaled):
    """One request on a list; its number on paper is `position`, from 1 on."""

    __tablename__ = "vorlage_item"
    vorlage_id: Mapped[int] = mapped_column(ForeignKey("vorlage.id"), index=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("request.id"), index=True)
    position: Mapped[int]
    decision: Mapped[str] = mapped_column(default=VorlageDecision.OFFEN.value)
    deputy: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")
    remark: Mapped[str] = mapped_column(default="")

    __table_args__ = (
        one_of("decision", VorlageDecision),
        UniqueConstraint("vorlage_id", "request_id"),
        STRICT,
    )
