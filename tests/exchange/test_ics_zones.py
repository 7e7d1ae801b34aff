"""The time zones of a calendar file, and its series with what is changed in them."""

# Wall times are naive by design.
# ruff: noqa: DTZ001

from __future__ import annotations

from datetime import datetime
from time import perf_counter

import pytest
from ics_kit import BERLIN, OUTLOOK, START, one, read, span

HANGS = 30
"""Seconds after which something hangs; how fast it is, benchmarks tell."""

# --- zones ------------------------------------------------------------------------------------------------


def described(tzid: str, offset: str) -> tuple[str, ...]:
    """Return a VTIMEZONE with one offset all year."""
    return (
        *("BEGIN:VTIMEZONE", f"TZID:{tzid}", "BEGIN:STANDARD", "DTSTART:19700101T000000"),
        *(f"TZOFFSETFROM:{offset}", f"TZOFFSETTO:{offset}", "END:STANDARD", "END:VTIMEZONE"),
    )


@pytest.mark.parametrize(
    ("tzid", "expected"),
    [
        ("Europe/Berlin", BERLIN),
        ("America/New_York", "America/New_York"),
        ("W. Europe Standard Time", BERLIN),
        ("Eastern Standard Time", "America/New_York"),
        ("/mozilla.org/20050126_1/Europe/Vienna", "Europe/Vienna"),
        ("/freeassociation.sourceforge.net/America/Argentina/Buenos_Aires", "America/Argentina/Buenos_Aires"),
    ],
)
def test_known_zone_names(tzid: str, expected: str) -> None:
    """Names of IANA, of Windows and of vendors are understood without a word."""
    event = one(f"DTSTART;TZID={tzid}:20260705T090000")
    assert (event.tzid, event.dtstart, event.notes) == (expected, datetime(2026, 7, 5, 9), ())


@pytest.mark.parametrize("tzid", ["Mitteleuropa", "../../etc/passwd", "(UTC+01:00) Berlin, Bern", "Europe"])
def test_unknown_zone_counts_as_the_office_and_is_named(tzid: str) -> None:
    """A zone that nobody knows and the file does not describe is named at the event and at the file."""
    line = f'DTSTART;TZID="{tzid}":20260705T090000'
    found = read("BEGIN:VEVENT", "UID:a", line, "END:VEVENT")
    (event,) = found.events
    assert (event.tzid, event.dtstart) == (BERLIN, datetime(2026, 7, 5, 9))
    assert found.notes == event.notes
    assert f"„{tzid}“ ist nicht bekannt" in found.notes[0]


def test_described_zone_that_is_the_office() -> None:
    """A zone of Outlook that only the file describes, and that runs as the office's does, is the office's."""
    line = 'DTSTART;TZID="(UTC+01:00) Amsterdam, Berlin, Bern":20260705T090000'
    for lines in (
        (*OUTLOOK, "BEGIN:VEVENT", "UID:a", line, "END:VEVENT"),
        ("BEGIN:VEVENT", "UID:a", line, "END:VEVENT", *OUTLOOK),
    ):
        found = read(*lines)
        assert (found.events[0].tzid, found.events[0].dtstart) == (BERLIN, datetime(2026, 7, 5, 9))
        assert found.notes == found.events[0].notes == ()


def test_described_zone_is_converted() -> None:
    """A zone like no known one gives the right instants in the office's zone, and is named."""
    event = ("BEGIN:VEVENT", "UID:a", "DTSTART;TZID=Werkzeit:20260705T090000", "DURATION:PT1H", "END:VEVENT")
    found = read(*described("Werkzeit", "-0330"), *event)
    assert found.events[0].dtstart == datetime(2026, 7, 5, 14, 30)
    assert found.events[0].tzid == BERLIN
    assert "„Werkzeit“ steht nur in der Datei" in found.notes[0]


def test_zone_of_one_file_does_not_reach_the_next() -> None:
    """icalendar keeps zones for the whole process; a later file must not be read with them."""
    event = ("BEGIN:VEVENT", "UID:a", "DTSTART;TZID=Werkzeit:20260705T090000", "END:VEVENT")
    assert read(*described("Werkzeit", "-0330"), *event).events[0].dtstart.hour == 14
    later = read(*event)
    assert later.events[0].dtstart.hour == 9
    assert "nicht bekannt" in later.notes[0]


@pytest.mark.parametrize(
    "rule",
    ["FREQ=SECONDLY", "FREQ=YEARLY;INTERVAL=0;BYDAY=1SU;BYMONTH=3", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"],
)
def test_hostile_zone_does_not_hang(rule: str) -> None:
    """A described zone whose rule would run away is not evaluated."""
    lines = list(described("Werkzeit", "-0330"))
    lines.insert(4, f"RRULE:{rule}")
    before = perf_counter()
    found = read(*lines, "BEGIN:VEVENT", "UID:a", "DTSTART;TZID=Werkzeit:20260705T090000", "END:VEVENT")
    assert perf_counter() - before < HANGS
    assert "nicht bekannt" in found.notes[0]


def test_zone_of_the_calendar() -> None:
    """X-WR-TIMEZONE is the zone of times without one and of series in UTC; a single time is the office's."""
    head = "X-WR-TIMEZONE:America/New_York"
    assert span(one("DTSTART:20260105T090000", head=head))[0::3] == ("2026-01-05 09:00", "America/New_York")
    assert span(one("DTSTART:20260105T090000Z", head=head))[0::3] == ("2026-01-05 10:00", BERLIN)
    series = one("DTSTART:20260105T090000Z", "RRULE:FREQ=WEEKLY", head=head)
    assert span(series)[0::3] == ("2026-01-05 04:00", "America/New_York")
    unknown = read("BEGIN:VEVENT", "UID:a", START, "END:VEVENT", head="X-WR-TIMEZONE:Mond")
    assert "„Mond“" in unknown.notes[0]


def test_series_in_utc_stays_there() -> None:
    """A series in UTC keeps its instants in summer and winter, and says so."""
    series = one("DTSTART:20260105T090000Z", "DTEND:20260105T100000Z", "RRULE:FREQ=WEEKLY")
    assert span(series) == ("2026-01-05 09:00", "2026-01-05 10:00", False, "UTC")
    assert "Sommerzeit" in series.notes[0]


# --- series -----------------------------------------------------------------------------------------------


def test_exceptions_are_wall_times_of_the_series() -> None:
    """Dates left out or added are given in the zone of the series, in UTC, as days, and as periods."""
    event = one(
        START,
        "RRULE:freq=weekly",
        "EXDATE:20260112T080000Z,20260119T080000Z",
        "EXDATE;VALUE=DATE:20260126",
        "EXDATE;TZID=Europe/Berlin:20260202T090000,unfug",
        "RDATE;VALUE=PERIOD:20260203T080000Z/PT3H",
        "RDATE:",
    )
    assert event.rrule == "FREQ=WEEKLY"
    assert [f"{day:%m-%d %H:%M}" for day in event.exdates] == [
        "01-12 09:00",
        "01-19 09:00",
        "01-26 09:00",
        "02-02 09:00",
    ]
    assert event.rdates == (datetime(2026, 2, 3, 9),)
    assert any("„unfug“ von EXDATE" in note for note in event.notes)
    assert any("eigener Dauer" in note for note in event.notes)


def test_rule_that_is_not_supported_is_kept_and_named() -> None:
    """A rule that would run away, a second rule and an exception rule are named; the raw rule is kept."""
    event = one(START, "RRULE:FREQ=SECONDLY", "RRULE:FREQ=DAILY", "EXRULE:FREQ=DAILY")
    assert event.rrule == "FREQ=SECONDLY"
    notes = " ".join(event.notes)
    assert "Es gilt nur der erste Termin" in notes
    assert "mehrere Wiederholungsregeln" in notes
    assert "EXRULE" in notes


@pytest.mark.parametrize("order", [1, -1])
def test_changed_date_is_named_in_the_zone_of_its_series(order: int) -> None:
    """RECURRENCE-ID in UTC, as a day or in another zone is found again, wherever the series stands."""
    components = [("UID:s", START, "RRULE:FREQ=WEEKLY")]
    elsewhere = "DTSTART;TZID=America/New_York:20260112T050000"
    components += [
        ("UID:s", f"RECURRENCE-ID{given}", "RRULE:FREQ=WEEKLY", elsewhere)
        for given in (
            ":20260112T080000Z",
            ";VALUE=DATE:20260112",
            ";TZID=America/New_York:20260112T030000",
            ";RANGE=THISANDFUTURE:20260112T080000Z",
        )
    ]
    lines = [line for body in components[::order] for line in ("BEGIN:VEVENT", *body, "END:VEVENT")]
    changed = [event for event in read(*lines).events if event.recurrence_id is not None]
    assert len(changed) == 4
    for event in changed:
        assert (event.recurrence_id, event.recurrence_tzid) == (datetime(2026, 1, 12, 9), BERLIN)
        assert event.tzid == "America/New_York"
        assert event.rrule == ""
    assert [event.following for event in changed].count(True) == 1


def test_changed_date_without_its_series() -> None:
    """A changed date alone names its original in its own zone."""
    event = one("DTSTART;TZID=America/New_York:20260112T050000", "RECURRENCE-ID:20260112T080000Z")
    assert (event.recurrence_id, event.recurrence_tzid) == (datetime(2026, 1, 12, 3), "America/New_York")


def test_cancellation() -> None:
    """METHOD:CANCEL cancels its events, also when they name their date only by RECURRENCE-ID."""
    event = ("BEGIN:VEVENT", "UID:a", "RECURRENCE-ID:20260112T080000Z", "END:VEVENT")
    cancelled = read(*event, head="METHOD:CANCEL")
    assert cancelled.method == "CANCEL"
    assert cancelled.events[0].status == "CANCELLED"
    assert cancelled.events[0].dtstart == datetime(2026, 1, 12, 9)
    assert "DTSTART" in read(*event, head="METHOD:REQUEST").skipped[0].reason
