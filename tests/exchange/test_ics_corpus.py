"""The 56 calendar files of the corpus: each is read, and its dates are those of recurring-ical-events."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import recurring_ical_events
from icalendar import Calendar

from ob_buero_tui.exchange.ics import read_calendar
from ob_buero_tui.exchange.ics_records import CalendarFile, EventRecord
from ob_buero_tui.rules.recurrence import Override, Series, expand

BERLIN = "Europe/Berlin"
CORPUS = os.environ.get("OB_BUERO_CORPUS")
FILES = sorted((Path(CORPUS) / "ics" / "khal").glob("*.ics")) if CORPUS else []
WINDOW = (date(2012, 1, 1), date(2025, 1, 1))

# Expected refusals, by file: none, for every file of the corpus holds at least one event that can be read.
REFUSED: frozenset[str] = frozenset()
# Files with a German sentence about the file, by a word of it.
NOTED = {
    "cal_lots_of_timezones.ics": "IndianReunion",
    "part1.ics": "IndianReunion",
    "event_dt_local_missing_tz.ics": "„FOO“ ist nicht bekannt",
    "event_dtr_no_tz_exdatez.ics": "„LOLOLOL“ ist nicht bekannt",
    "event_dtr_notz_untilz.ics": "„GMT-05.00/-04.00“ ist nicht bekannt",
    "event_rrule_recuid_invalid_tzid.ics": "„foo“ ist nicht bekannt",
    "event_dt_multi_uid.ics": "„def“",
    "non_dst_error.ics": "2 Erinnerungen",
}
# Where the oracle is not asked, and why.
NOT_COMPARED = {
    "event_dtr_no_tz_exdatez.ics": "the oracle compares a floating date with an EXDATE in UTC",
    "event_dt_multi_uid.ics": "the oracle shows one of two events that claim one UID",
    "invalid_tzoffset.ics": "icalendar refuses the file for an offset of 53 hours in its VTIMEZONE",
    "non_dst_error.ics": "icalendar refuses the file for a broken VALARM",
    "tz_windows_format.ics": "icalendar follows a VTIMEZONE that contradicts its name, we follow the name",
}

pytestmark = pytest.mark.skipif(not FILES, reason="OB_BUERO_CORPUS is not set")


def read(path: Path) -> CalendarFile:
    """Read a file of the corpus."""
    return read_calendar(path.read_bytes(), BERLIN)


def series_of(events: tuple[EventRecord, ...]) -> list[Series]:
    """Return the series of a file, changed dates with the series they belong to or alone."""
    found = []
    masters = {event.uid for event in events if event.recurrence_id is None}
    for event in events:
        if event.recurrence_id is not None and event.uid in masters:
            continue
        overrides = tuple(
            Override(
                recurrence_id=other.recurrence_id,
                dtstart=other.dtstart,
                dtend=other.dtend,
                all_day=other.all_day,
                tzid=other.tzid,
                fold=other.fold,
            )
            for other in events
            if other.uid == event.uid and other.recurrence_id is not None and event.recurrence_id is None
        )
        found.append(
            Series(
                dtstart=event.dtstart,
                dtend=event.dtend,
                all_day=event.all_day,
                tzid=event.tzid,
                fold=event.fold,
                rrule=event.rrule,
                rdates=event.rdates,
                exdates=event.exdates,
                overrides=overrides,
            )
        )
    return found


def oracle(path: Path) -> list[tuple[datetime, bool]]:
    """Return the starts that recurring-ical-events finds, times without a zone taken as Berlin."""
    text = path.read_text(encoding="utf-8").strip()
    if "BEGIN:VCALENDAR" not in text:
        text = f"BEGIN:VCALENDAR\n{text}\nEND:VCALENDAR"
    starts = []
    begin, end = (datetime(day.year, day.month, day.day, tzinfo=UTC) for day in WINDOW)
    for calendar in Calendar.from_ical(text + "\n", multiple=True):
        for event in recurring_ical_events.of(calendar).between(begin, end):
            start = event.start
            if not isinstance(start, datetime):
                starts.append((datetime(start.year, start.month, start.day, tzinfo=UTC), True))
            else:
                aware = start if start.tzinfo else start.replace(tzinfo=ZoneInfo(BERLIN))
                starts.append((aware.astimezone(UTC), False))
    return sorted(starts)


def test_the_corpus_is_complete() -> None:
    """All 56 files are there, and the tables above name files that exist."""
    names = {path.name for path in FILES}
    assert len(names) == 56
    assert REFUSED | set(NOTED) | set(NOT_COMPARED) <= names


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_file_is_read(path: Path) -> None:
    """No file is refused, no event is lost, each keeps its own text, and each beginning has an instant."""
    assert path.name not in REFUSED
    text = path.read_text(encoding="utf-8")
    calendar = read(path)
    assert calendar.skipped == ()
    assert len(calendar.events) == text.count("BEGIN:VEVENT")
    for event in calendar.events:
        assert event.raw in path.read_bytes().decode()
        assert event.raw.startswith("BEGIN:VEVENT")
        assert event.raw.endswith("END:VEVENT")
        assert event.dtend >= event.dtstart
        assert event.dtstart.tzinfo is None
        assert event.uid
    notes = " ".join(calendar.notes)
    assert NOTED.get(path.name, "") in notes
    assert bool(notes) == (path.name in NOTED)


def starts(path: Path) -> list[tuple[datetime, bool]]:
    """Return the starts that reading and expanding a file gives."""
    got = []
    for series in series_of(read(path).events):
        expansion = expand(series, *WINDOW, tzid="UTC")
        assert expansion.unsupported == ""
        for item in expansion.occurrences:
            start = item.local_start.replace(tzinfo=UTC) if item.all_day else item.starts
            got.append((start, item.all_day))
    return sorted(got)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_dates_are_those_of_the_oracle(path: Path) -> None:
    """Reading and expanding gives the oracle's instants; where the table says otherwise, it is really so."""
    got = starts(path)
    if path.name not in NOT_COMPARED:
        assert got == oracle(path)
        return
    try:
        assert got != oracle(path)
    except ValueError:
        assert "refuses" in NOT_COMPARED[path.name]


def test_reading_twice_gives_the_same() -> None:
    """The same bytes give the same records, also where a UID had to be made."""
    for path in FILES:
        assert read(path) == read(path)


def test_described_zone_is_converted() -> None:
    """A zone that only the file describes gives the right instant in the office's zone."""
    path = next(path for path in FILES if path.name == "cal_lots_of_timezones.ics")
    london = next(event for event in read(path).events if event.uid == "123")
    assert london.tzid == "Europe/London"
    assert london.dtend - london.dtstart == timedelta(hours=1)
