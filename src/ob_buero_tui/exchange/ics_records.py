"""What a calendar file holds, as plain records."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerRecord:
    """What one attendee answers: PARTSTAT in capitals, and COMMENT; all cleaned."""

    name: str
    address: str
    partstat: str
    comment: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRecord:
    """One VEVENT. All text is cleaned, except raw.

    Args:
        uid: UID; where it is missing, "sha256-" and a digest of the component, the same on each reading.
        summary: Title, may be empty.
        description: Text with line feeds.
        location: Place.
        organizer: "Name <address>", or one of them, or "".
        attendees: The same for each attendee.
        categories: Categories in order.
        dtstart: Naive wall time in tzid; midnight for all-day events.
        dtend: Naive wall time in tzid, exclusive; equal to dtstart where the file gives no end.
        all_day: Whether the event has dates without times.
        tzid: A known IANA name.
        fold: 1 when dtstart is the second of two equal wall times.
        status: TENTATIVE, CONFIRMED or CANCELLED (RFC 5545, 3.8.1.11).
        transparent: The event blocks no time.
        rrule: The raw value of RRULE in capitals, checked nowhere; or "".
        rdates: Additional starts, naive in tzid.
        exdates: Starts left out, naive in tzid; a date for a timed event has taken on the time of dtstart.
        recurrence_id: Original start of the one date of a series that this record changes, naive in
            recurrence_tzid; or None.
        sequence: SEQUENCE, 0 where it is missing.
        dtstamp: DTSTAMP, aware UTC.
        last_modified: LAST-MODIFIED, aware UTC.
        class_: CLASS in capitals, "" where it is missing.
        url: URL as text.
        raw: The text of the component exactly as it stands in the file, BEGIN:VEVENT to END:VEVENT.
        notes: German sentences on what was repaired or guessed.
        recurrence_tzid: Zone of recurrence_id (that of the series when it is in the same file); or "".
        method: METHOD of its calendar in capitals, or "".
        following: The record changes this date and all later ones (RANGE=THISANDFUTURE).
        answers: What each attendee says (PARTSTAT); read from answers (METHOD:REPLY) alone.
        details: What was arranged for it, by the names of our columns; only what the file says.
    """

    uid: str
    summary: str
    description: str
    location: str
    organizer: str
    attendees: tuple[str, ...]
    categories: tuple[str, ...]
    dtstart: datetime
    dtend: datetime
    all_day: bool
    tzid: str
    fold: int
    status: str
    transparent: bool
    rrule: str
    rdates: tuple[datetime, ...]
    exdates: tuple[datetime, ...]
    recurrence_id: datetime | None
    sequence: int
    dtstamp: datetime | None
    last_modified: datetime | None
    class_: str
    url: str
    raw: str
    notes: tuple[str, ...] = ()
    recurrence_tzid: str = ""
    method: str = ""
    following: bool = False
    answers: tuple[AnswerRecord, ...] = ()
    details: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped:
    """An event that could not be read: its place among the events of the file, from 1, and why, in German."""

    position: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarFile:
    """What was read from one file.

    Args:
        events: In the order of the file.
        notes: German sentences about the file as a whole.
        skipped: Events that could not be read.
        method: METHOD of the first calendar in capitals, or "".
        name: X-WR-CALNAME of the first calendar that has one, or "".
        guessed_zones: Names of zones that nobody knows; their times were taken for those of the office.
    """

    events: tuple[EventRecord, ...]
    notes: tuple[str, ...]
    skipped: tuple[Skipped, ...]
    method: str
    name: str = ""
    guessed_zones: tuple[str, ...] = ()
