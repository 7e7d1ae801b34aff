"""A calendar file as an office program exports it: time zone, organizer, attendees, X-properties."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from random import Random

from benchmarks import office_rows, words
from benchmarks.big_office import NOW

HEAD = """BEGIN:VCALENDAR
PRODID:-//Beispielstadt//Kalender//DE
VERSION:2.0
METHOD:PUBLISH
BEGIN:VTIMEZONE
TZID:Europe/Berlin
BEGIN:DAYLIGHT
DTSTART:19810329T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
TZNAME:CEST
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
TZNAME:CET
END:STANDARD
END:VTIMEZONE"""


def calendar_file(events: int, stamp: str = "20261101T080000Z") -> bytes:
    """The bytes of a calendar with so many events, one in a hundred a series.

    Args:
        stamp: DTSTAMP of all events; a later one makes the same calendar exported again.
    """
    rng = Random("calendar file")
    repeating = events // 100
    rows = [
        *office_rows.series(repeating, NOW, events, rng),
        *office_rows.events(events - repeating, NOW, rng),
    ]
    lines = [HEAD.replace("\n", "\r\n")]
    for number, row in enumerate(rows):
        lines.extend(_folded(line) for line in _event(number, row, stamp, rng))
    lines.append("END:VCALENDAR\r\n")
    return "\r\n".join(lines).encode()


def _event(number: int, row: office_rows.Row, stamp: str, rng: Random) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:datei-{number}@example.org"
    yield f"DTSTAMP:{stamp}"
    yield "CREATED:20260901T080000Z"
    yield "LAST-MODIFIED:20261001T080000Z"
    yield f"DTSTART;TZID=Europe/Berlin:{_wall(row['dtstart'])}"
    yield f"DTEND;TZID=Europe/Berlin:{_wall(row['dtend'])}"
    if row["rrule"]:
        yield f"RRULE:{row['rrule']}"
    yield f"SUMMARY:{_escaped(row['summary'])}"
    yield f"DESCRIPTION:{_escaped(row['description'])}"
    yield f"LOCATION:{_escaped(row['location'])}"
    yield 'ORGANIZER;CN="Büro OB":mailto:ob@example.org'
    for _ in range(2):
        name = f"{rng.choice(words.GIVEN)} {rng.choice(words.FAMILY)}"
        address = f"person{rng.randrange(1000)}@example.org"
        yield f'ATTENDEE;CN="{name}";ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;RSVP=TRUE:mailto:{address}'
    yield "CATEGORIES:Termin,Stadt"
    yield "STATUS:CONFIRMED"
    yield "SEQUENCE:0"
    yield "CLASS:PUBLIC"
    yield "TRANSP:OPAQUE"
    yield "X-MICROSOFT-CDO-BUSYSTATUS:BUSY"
    yield "END:VEVENT"


def _wall(moment: datetime) -> str:
    return moment.strftime("%Y%m%dT%H%M%S")


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _folded(line: str) -> str:
    """Lines of at most 75 bytes (RFC 5545 3.1)."""
    data, pieces = line.encode(), []
    while len(data) > 74:
        cut = 74
        while data[cut] & 0xC0 == 0x80:
            cut -= 1
        pieces.append(data[:cut].decode())
        data = data[cut:]
    return "\r\n ".join([*pieces, data.decode()])
