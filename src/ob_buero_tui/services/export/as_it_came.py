"""What of an appointment is no longer as it came: only that is written anew."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from ob_buero_tui.exchange.ics_details import Details, changed_details
from ob_buero_tui.exchange.ics_records import EventRecord
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.visibility import Confidentiality
from ob_buero_tui.services.intake.event_rows import LEVELS, NO_TITLE, original_start

Key = tuple[int, int | None]
"""Of an appointment and of its changed date, None for the appointment itself."""

AT_ONCE = 2_000
_TIMES = ("dtstart", "dtend", "tzid", "fold", "all_day")


def read_again(
    texts: Iterable[str], zone: str, aliases: Mapping[str, str] = MappingProxyType({})
) -> dict[str, EventRecord]:
    """The records of stored texts, as another office would read them; what is not readable is missing.

    Args:
        texts: The changed dates of a series right behind it.
        zone: The office's time zone name.
        aliases: IANA names by names of zones that the office explained.
    """
    from ob_buero_tui.exchange.ics import read_calendar

    found: dict[str, EventRecord] = {}
    for piece in _pieces(texts):
        text = "\r\n".join(("BEGIN:VCALENDAR", *piece, "END:VCALENDAR", ""))
        try:
            events = read_calendar(text.encode("utf-8", errors="replace"), zone, aliases).events
        except Refusal:
            continue
        found |= {record.raw: record for record in events}
    return found


def _pieces(texts: Iterable[str]) -> Iterator[list[str]]:
    """Some texts at a time: few enough, and not too much to be read as one file."""
    piece: list[str] = []
    size = 0
    for text in texts:
        if piece and (len(piece) >= AT_ONCE or size + len(text) > 10_000_000):
            yield piece
            piece, size = [], 0
        piece.append(text)
        size += len(text)
    if piece:
        yield piece


def event_changes(row: Any, record: EventRecord, details: Details) -> frozenset[str]:
    """The properties (RFC 5545) in which an appointment differs from the record of its text.

    Args:
        details: What of its details is to leave.
    """
    found = _both(row, record) | changed_details(details, record.details)
    if record.uid != row.uid:
        found.add("UID")  # a series that was cut in two kept its text in both parts
    if record.transparent != row.transparent:
        found.add("TRANSP")
    if record.organizer != row.organizer:
        found.add("ORGANIZER")
    if record.rrule != row.rrule:
        found.add("RRULE")
    if [one.isoformat() for one in record.rdates] != list(row.rdates):
        found.add("RDATE")
    if LEVELS.get(record.class_, Confidentiality.INTERN) != row.confidentiality and not (
        record.class_ == "PUBLIC" and row.confidentiality == Confidentiality.OEFFENTLICH
    ):
        found.add("CLASS")
    return frozenset(found)


def date_changes(row: Any, record: EventRecord, series: Any, details: Details) -> frozenset[str]:
    """The same for a changed date of a series."""
    found = _both(row, record) | changed_details(details, record.details)
    if record.uid != series.uid:
        found.add("UID")
    if record.recurrence_id is None or (
        original_start(record, series.tzid, series.all_day) != row.recurrence_id
    ):
        found.add("RECURRENCE-ID")
    if LEVELS.get(record.class_, Confidentiality.OEFFENTLICH) != row.confidentiality:
        found.add("CLASS")
    return frozenset(found)


def _both(row: Any, record: EventRecord) -> set[str]:
    found = {name for name, (told, stored) in _texts(row, record).items() if told != stored}
    if any(getattr(row, name) != getattr(record, name) for name in _TIMES):
        found.add("DTSTART")
    return found


def _texts(row: Any, record: EventRecord) -> Mapping[str, tuple[object, object]]:
    return {
        "SUMMARY": (record.summary.strip() or NO_TITLE, row.summary),
        "DESCRIPTION": (record.description, row.description),
        "LOCATION": (record.location, row.location),
        "STATUS": (record.status, row.status),
        "SEQUENCE": (record.sequence, row.sequence),
    }
