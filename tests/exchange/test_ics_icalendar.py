"""Reading a calendar file, against icalendar: the same values, and no more time."""

# Wall times are naive by design.
# ruff: noqa: DTZ001

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Event
from ics_kit import BERLIN

from ob_buero_tui.exchange.ics import read_calendar


def generated(count: int) -> bytes:
    """Return a calendar of ordinary events."""
    calendar = Calendar()
    for number in range(count):
        event = Event()
        start = datetime(2026, 1, 5, 8) + timedelta(hours=3 * number)
        event.add("uid", f"{number}@example.org")
        event.add("summary", f"Sitzung {number}, großer Saal; Teil \\ eins")
        event.add("description", f"Zeile eins\nZeile zwei, mit Komma und einem längeren Text {number} " * 3)
        event.add("location", "Rathaus, Zimmer 1")
        event.add("dtstart", start, parameters={"TZID": BERLIN})
        event.add("dtend", start + timedelta(minutes=90), parameters={"TZID": BERLIN})
        event.add("dtstamp", datetime(2026, 1, 1, tzinfo=UTC))
        event.add("categories", ["Gremium", "a,b"])
        event.add("attendee", "mailto:person@example.org", parameters={"CN": "Person, Erste"})
        event.add("x-beispiel", "wert")
        calendar.add_component(event)
    return calendar.to_ical()


def test_values_are_those_of_icalendar() -> None:
    """Texts, times and lists are the same as when icalendar parses the whole file."""
    data = generated(40)
    parsed = Calendar.from_ical(data).walk("VEVENT")
    records = read_calendar(data, BERLIN).events
    assert len(records) == len(parsed) == 40
    for record, event in zip(records, parsed, strict=True):
        assert record.summary == event["SUMMARY"]
        assert record.description == event["DESCRIPTION"]
        assert record.location == event["LOCATION"]
        assert record.uid == event["UID"]
        assert record.dtstart == event["DTSTART"].dt.replace(tzinfo=None)
        assert record.dtend == event["DTEND"].dt.replace(tzinfo=None)
        assert record.dtstamp == event["DTSTAMP"].dt
        assert record.categories == tuple(map(str, event["CATEGORIES"].cats))
        assert record.attendees == (f"{event['ATTENDEE'].params['CN']} <person@example.org>",)
        assert Event.from_ical(record.raw + "\r\n") == event
