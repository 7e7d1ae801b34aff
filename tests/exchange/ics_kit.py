"""What the tests of calendar files share."""

from __future__ import annotations

from ob_buero_tui.exchange.ics import read_calendar
from ob_buero_tui.exchange.ics_records import CalendarFile, EventRecord

BERLIN = "Europe/Berlin"
START = "DTSTART;TZID=Europe/Berlin:20260105T090000"
OUTLOOK = (
    "BEGIN:VTIMEZONE",
    "TZID:(UTC+01:00) Amsterdam, Berlin, Bern",
    "BEGIN:STANDARD",
    "DTSTART:16010101T030000",
    "TZOFFSETFROM:+0200",
    "TZOFFSETTO:+0100",
    "RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10",
    "END:STANDARD",
    "BEGIN:DAYLIGHT",
    "DTSTART:16010101T020000",
    "TZOFFSETFROM:+0100",
    "TZOFFSETTO:+0200",
    "RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3",
    "END:DAYLIGHT",
    "END:VTIMEZONE",
)


def read(*lines: str, head: str = "") -> CalendarFile:
    """Read a calendar with these lines between its BEGIN and END."""
    text = "\r\n".join(["BEGIN:VCALENDAR", *([head] if head else []), *lines, "END:VCALENDAR", ""])
    return read_calendar(text.encode(), BERLIN)


def one(*lines: str, head: str = "") -> EventRecord:
    """Read a calendar with one event that has a UID and these lines."""
    found = read("BEGIN:VEVENT", "UID:a", *lines, "END:VEVENT", head=head)
    assert found.skipped == ()
    (event,) = found.events
    return event


def span(event: EventRecord) -> tuple[str, str, bool, str]:
    """Return the times of an event in short."""
    return f"{event.dtstart:%Y-%m-%d %H:%M}", f"{event.dtend:%Y-%m-%d %H:%M}", event.all_day, event.tzid
