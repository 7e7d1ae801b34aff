"""The appointment that a mail carries along as a calendar file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ob_buero_tui.exchange.ics_records import EventRecord
from ob_buero_tui.exchange.records import MailRecord
from ob_buero_tui.rules.german import clock, long_date, number
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.zones import to_local, to_utc

CALENDAR_TYPES = frozenset({"text/calendar", "application/ics"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """When and where, in the office's wall time, with German notes; empty where a mail invites to nothing.

    `records` is all that the calendar file says.
    """

    start: datetime | None = None
    end: datetime | None = None
    place: str = ""
    notes: tuple[str, ...] = ()
    records: tuple[EventRecord, ...] = ()


def invitation_of(mail: MailRecord, zone: str) -> Invitation:
    """The first appointment in the calendar files of a mail; a file that cannot be read is named."""
    notes: list[str] = []
    for attachment in mail.attachments:
        if attachment.media_type not in CALENDAR_TYPES and not attachment.filename.lower().endswith(".ics"):
            continue
        found = _read(attachment.data, zone)
        if found is not None:
            return found
        notes.append(f"Die angehängte Kalenderdatei „{attachment.filename}“ war nicht lesbar.")
    return Invitation(notes=tuple(notes))


def _read(data: bytes, zone: str) -> Invitation | None:
    from ob_buero_tui.exchange.ics import read_calendar

    try:
        calendar = read_calendar(data, zone)
        return _invitation(calendar.events, calendar.method, zone) if calendar.events else None
    except (Refusal, OverflowError):
        return None


def _invitation(events: tuple[EventRecord, ...], method: str, zone: str) -> Invitation:
    first = events[0]
    start, end = _office_time(first, first.dtstart, zone), _office_time(first, first.dtend, zone)
    when = long_date(start) if first.all_day else f"{long_date(start)} {clock(start)}"
    notes = [
        f"Termin aus der angehängten Kalenderdatei: {when}{f', {first.location}' if first.location else ''}."
    ]
    if first.rrule or first.rdates:
        notes.append("Die Kalenderdatei nennt eine Serie; übernommen ist ihr erster Termin.")
    if len(events) > 1:
        notes.append(f"Die Kalenderdatei nennt {number(len(events))} Termine; übernommen ist der erste.")
    if method == "CANCEL" or first.status == "CANCELLED":
        notes.append("Die Kalenderdatei sagt diesen Termin ab.")
    return Invitation(
        start=start, end=max(start, end), place=first.location[:300], notes=tuple(notes), records=events
    )


def _office_time(event: EventRecord, moment: datetime, zone: str) -> datetime:
    if event.all_day or event.tzid == zone:
        return moment
    return to_local(to_utc(moment, event.tzid, event.fold), zone)[0]
