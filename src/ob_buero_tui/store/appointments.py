"""What belongs to an appointment of the office: its people, its excused conflicts, names of time zones."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from ob_buero_tui.store.base import STRICT, Journaled, one_of
from ob_buero_tui.store.types import Utc


class Part(StrEnum):
    """What somebody has to do with an appointment besides the one whose it is."""

    BEGLEITUNG = "begleitung"
    GESPRAECH = "gespraech"


class PartStat(StrEnum):
    """What somebody answered to an invitation, in the words of RFC 5545; empty while nothing came."""

    OFFEN = ""
    ACCEPTED = "ACCEPTED"
    DECLINED = "DECLINED"
    TENTATIVE = "TENTATIVE"


class EventPerson(Journaled):
    """Somebody who comes along or is met; `person_id` where the office has a card of them."""

    __tablename__ = "event_person"
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    name: Mapped[str]
    email: Mapped[str] = mapped_column(default="")
    part: Mapped[str] = mapped_column(default=Part.GESPRAECH.value)
    partstat: Mapped[str] = mapped_column(default=PartStat.OFFEN.value)

    __table_args__ = (one_of("part", Part), one_of("partstat", PartStat), STRICT)


class EventWaiver(Journaled):
    """A conflict that stands on purpose, with the reason.

    `recurrence_id` names the one date of a series as `occurrence` does; `other_id` is the appointment it
    clashes with, empty where it is no appointment, and `other_recurrence_id` its date; `kind` is a
    `rules.clashing.ClashKind`. `spans` are the instants of both when the reason was given: once either has
    moved, the reason no longer holds, and holds again when the move is taken back.
    """

    __tablename__ = "event_waiver"
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    recurrence_id: Mapped[str] = mapped_column(default="")
    other_id: Mapped[int | None] = mapped_column(ForeignKey("event.id"), index=True)
    other_recurrence_id: Mapped[str] = mapped_column(default="")
    kind: Mapped[str]
    spans: Mapped[str] = mapped_column(default="")
    reason: Mapped[str]
    given_by: Mapped[str]
    given_at: Mapped[Utc]

    __table_args__ = (STRICT,)


class ZoneAlias(Journaled):
    """A time zone's name that no table knows, and what the office said it means."""

    __tablename__ = "zone_alias"
    name: Mapped[str]
    tzid: Mapped[str]
    confirmed_by: Mapped[str]
    confirmed_at: Mapped[Utc]

    __table_args__ = (Index(None, "name", unique=True), STRICT)
