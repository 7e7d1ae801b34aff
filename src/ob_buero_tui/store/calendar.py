"""Appointments: events, their overrides and raw texts, and the throw-away table of occurrences."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from ob_buero_tui.rules.states import EventStatus
from ob_buero_tui.rules.visibility import Confidentiality
from ob_buero_tui.store.base import STRICT, Journaled, Row, one_of
from ob_buero_tui.store.types import Fields, Flag, Local, Strings, Utc

OVERNIGHT = "substr(starts_at, 1, 10) < substr(ends_at, 1, 10)"
"""What may touch a later day than its first; by an index of its own, so that no day scans the past."""

REPEATING = "rrule <> '' OR rdates <> '[]'"
"""What may take place long after its start."""

DEPUTIZED = "attendee <> 'OB'"
"""Where somebody else goes than the mayor; by an index of its own, so that a person's are found at once."""

AWAY = "kind = 'abwesenheit'"
"""Where somebody is away; by an index of its own, so that a year's absences are found at once."""


def _named(column: str) -> Index:
    """An index of the appointments that name a driver, a car or a room, for what was entered before."""
    keys = (column, "confidentiality", "trashed_at")
    return Index(f"ix_event_{column}", *keys, sqlite_where=text(f"{column} <> ''"))


class Host(StrEnum):
    """Who holds an appointment: the city itself, or somebody else; empty where nobody said."""

    UNBEKANNT = ""
    STADT = "stadt"
    DRITTE = "dritte"


OWN_DETAILS = (
    *("attendee", "travel_before_min", "travel_after_min", "cancel_reason", "important", "host"),
    *("contact_name", "contact_phone", "driver", "car", "room", "dress", "gift", "speech_min", "press"),
)
"""The columns of an event that one date of a series may have of its own, in `EventOverride.details`."""


class Event(Journaled):
    """An appointment or a series (RFC 5545 VEVENT).

    `dtstart` and `dtend` are wall time in `tzid` (what recurs); `starts_at` and `ends_at` the computed
    instants of the first occurrence. All-day events run from midnight to an exclusive midnight. `owner` is
    the account whose desk sees a personal one in full. `moved_from` is the wall time it was moved away
    from, `related_uid` the series it was cut off from (RELATED-TO). `pending_since` is set while a change
    of ours has not been seen in the calendar that somebody else leads, `pending_sent_at` when it went out.
    """

    __tablename__ = "event"
    uid: Mapped[str]
    calendar: Mapped[str] = mapped_column(default="ob")
    summary: Mapped[str]
    kind: Mapped[str | None]
    description: Mapped[str] = mapped_column(default="")
    location: Mapped[str] = mapped_column(default="")
    dtstart: Mapped[Local]
    dtend: Mapped[Local]
    tzid: Mapped[str]
    fold: Mapped[int] = mapped_column(default=0)
    all_day: Mapped[Flag] = mapped_column(default=False)
    starts_at: Mapped[Utc]
    ends_at: Mapped[Utc]
    status: Mapped[str] = mapped_column(default=EventStatus.CONFIRMED.value)
    transparent: Mapped[Flag] = mapped_column(default=False)
    rrule: Mapped[str] = mapped_column(default="")
    rdates: Mapped[Strings] = mapped_column(default=list)
    exdates: Mapped[Strings] = mapped_column(default=list)
    series_note: Mapped[str] = mapped_column(default="")
    sequence: Mapped[int] = mapped_column(default=0)
    dtstamp: Mapped[Utc | None]
    confidentiality: Mapped[str] = mapped_column(default=Confidentiality.INTERN.value)
    owner: Mapped[str] = mapped_column(default="")
    attendee: Mapped[str] = mapped_column(default="OB")
    organizer: Mapped[str] = mapped_column(default="")
    travel_before_min: Mapped[int] = mapped_column(default=0)
    travel_after_min: Mapped[int] = mapped_column(default=0)
    important: Mapped[Flag] = mapped_column(default=False)
    cancel_reason: Mapped[str] = mapped_column(default="")
    moved_from: Mapped[Local | None]
    related_uid: Mapped[str] = mapped_column(default="")
    host: Mapped[str] = mapped_column(default=Host.UNBEKANNT.value)
    contact_name: Mapped[str] = mapped_column(default="")
    contact_phone: Mapped[str] = mapped_column(default="")
    driver: Mapped[str] = mapped_column(default="")
    car: Mapped[str] = mapped_column(default="")
    room: Mapped[str] = mapped_column(default="")
    dress: Mapped[str] = mapped_column(default="")
    gift: Mapped[str] = mapped_column(default="")
    speech_min: Mapped[int | None]
    press: Mapped[str] = mapped_column(default="")
    pending_since: Mapped[Utc | None]
    pending_sent_at: Mapped[Utc | None]
    trashed_at: Mapped[Utc | None]

    __table_args__ = (
        one_of("status", EventStatus),
        one_of("confidentiality", Confidentiality),
        one_of("host", Host),
        CheckConstraint("travel_before_min >= 0 AND travel_after_min >= 0", name="travel"),
        Index(None, "calendar", "uid"),
        Index(None, "uid"),
        Index(None, "starts_at"),
        Index("ix_event_overnight", "starts_at", "ends_at", sqlite_where=text(OVERNIGHT)),
        Index("ix_event_series", "starts_at", sqlite_where=text(REPEATING)),
        Index("ix_event_attendee", "attendee", sqlite_where=text(DEPUTIZED)),
        Index("ix_event_away", "starts_at", sqlite_where=text(AWAY)),
        Index("ix_event_pending", "pending_since", sqlite_where=text("pending_since IS NOT NULL")),
        Index("ix_event_trash", "trashed_at", sqlite_where=text("trashed_at IS NOT NULL")),
        *(_named(name) for name in ("driver", "car", "room", "dress", "gift", "press")),
        STRICT,
    )


class EventOverride(Journaled):
    """One occurrence of a series that differs: moved, renamed or cancelled (RFC 5545 RECURRENCE-ID).

    Its own level and owner count beside those of its series; by itself it makes a date only stricter.
    `details` holds the further columns of `event` that differ on this date, by name (`OWN_DETAILS`).
    """

    __tablename__ = "event_override"
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    recurrence_id: Mapped[Local]
    dtstart: Mapped[Local]
    dtend: Mapped[Local]
    tzid: Mapped[str]
    fold: Mapped[int] = mapped_column(default=0)
    all_day: Mapped[Flag] = mapped_column(default=False)
    summary: Mapped[str]
    location: Mapped[str] = mapped_column(default="")
    description: Mapped[str] = mapped_column(default="")
    status: Mapped[str] = mapped_column(default=EventStatus.CONFIRMED.value)
    sequence: Mapped[int] = mapped_column(default=0)
    dtstamp: Mapped[Utc | None]
    confidentiality: Mapped[str] = mapped_column(default=Confidentiality.OEFFENTLICH.value)
    owner: Mapped[str] = mapped_column(default="")
    details: Mapped[Fields] = mapped_column(default=dict)

    __table_args__ = (
        one_of("status", EventStatus),
        one_of("confidentiality", Confidentiality),
        UniqueConstraint("event_id", "recurrence_id"),
        STRICT,
    )


class EventSource(Journaled):
    """The exact text an event or override came as; sent out again where nothing was changed."""

    __tablename__ = "event_source"
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    override_id: Mapped[int | None] = mapped_column(ForeignKey("event_override.id"), index=True)
    raw: Mapped[str]

    __table_args__ = (STRICT,)


class Occurrence(Row):
    """One date of an event inside the rolling window: derived, never journaled, rebuilt at will.

    `long` marks what lasts more than a day, so that a day is found by start alone plus these few.
    """

    __tablename__ = "occurrence"
    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(index=True)
    recurrence_id: Mapped[str] = mapped_column(default="")
    override_id: Mapped[int | None]
    starts_at: Mapped[Utc]
    ends_at: Mapped[Utc]
    busy_from: Mapped[Utc]
    busy_to: Mapped[Utc]
    long: Mapped[Flag] = mapped_column(default=False)

    __table_args__ = (
        Index(None, "starts_at"),
        Index("ix_occurrence_long", "starts_at", sqlite_where=text("long = 1")),
        {"sqlite_strict": True},
    )


class OccurrenceWindow(Row):
    """The days for which `occurrence` is filled; a single row."""

    __tablename__ = "occurrence_window"
    id: Mapped[int] = mapped_column(primary_key=True)
    first_day: Mapped[date]
    last_day: Mapped[date]

    __table_args__ = ({"sqlite_strict": True},)
