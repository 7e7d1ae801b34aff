"""Appointments leave as they came, and come back as they left."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from ob_buero_tui.config import Settings
from ob_buero_tui.exchange.ics import read_calendar
from ob_buero_tui.exchange.ics_write import write_calendar
from ob_buero_tui.office import Office, open_office
from ob_buero_tui.rules.visibility import Audience
from ob_buero_tui.services.calendar.verbs import mark_event_important
from ob_buero_tui.services.export.appointments import appointments_out
from ob_buero_tui.services.export.calendar import calendar_out
from ob_buero_tui.services.export.wanted import Wanted
from ob_buero_tui.services.intake.files import import_files
from ob_buero_tui.services.work import transaction
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.calendar import Event, EventOverride

BERLIN = "Europe/Berlin"


def vevent(*lines: str, end: str = "\r\n") -> str:
    """A component."""
    return end.join(("BEGIN:VEVENT", *lines, "END:VEVENT"))


SERIES = vevent(
    "UID:serie@example.org", "DTSTAMP:20261001T080000Z", "SUMMARY;LANGUAGE=de:Jour fixe\\, lan",
    " g", "DTSTART;TZID=W. Europe Standard Time:20261201T090000",
    "DTEND;TZID=W. Europe Standard Time:20261201T100000", "RRULE:FREQ=WEEKLY;COUNT=4",
    "EXDATE;TZID=W. Europe Standard Time:20261208T090000", "X-MS-BUSY:1",
    "ATTENDEE;CN=x:mailto:a@example.org",
    "BEGIN:VALARM", "TRIGGER:-PT15M", "ACTION:DISPLAY", "END:VALARM",
)  # fmt: skip
MOVED = vevent(
    "UID:serie@example.org", "DTSTAMP:20261001T080000Z", "SUMMARY:Jour fixe verlegt",
    "RECURRENCE-ID;TZID=W. Europe Standard Time:20261215T090000",
    "DTSTART;TZID=W. Europe Standard Time:20261215T140000",
    "DTEND;TZID=W. Europe Standard Time:20261215T150000",
)  # fmt: skip
SINGLE = vevent(
    "UID:einzel@example.org", "DTSTAMP:20261001T080000Z", "SUMMARY:Richtfest", "DTSTART:20261202T090000Z",
    "DTEND:20261202T100000Z", "LOCATION:Kita Nord", "CATEGORIES:a,b", end="\n",
)  # fmt: skip
LONE = vevent(
    "UID:fremd@example.org", "DTSTAMP:20261001T080000Z", "SUMMARY:Nur dieser",
    "RECURRENCE-ID:20261203T090000Z", "DTSTART:20261203T100000Z", "DTEND:20261203T110000Z",
)  # fmt: skip
OWN_ZONE = vevent(
    "UID:zone@example.org", "DTSTAMP:20261001T080000Z", "SUMMARY:Eigene Zone",
    "DTSTART;TZID=Amtszeit:20261204T100000", "DTEND;TZID=Amtszeit:20261204T110000",
)  # fmt: skip
FLOATING = vevent(
    "UID:frei@example.org", "DTSTAMP:20261001T080000Z", "SUMMARY:Ganztag", "DTSTART;VALUE=DATE:20261205"
)
AMTSZEIT = (
    "BEGIN:VTIMEZONE\r\nTZID:Amtszeit\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:+0300\r\n"
    "TZOFFSETTO:+0300\r\nEND:STANDARD\r\nEND:VTIMEZONE"
)


def imported(place: Workplace, folder: Path, *parts: str, name: str = "ob.ics") -> None:
    """Import a calendar made of these components."""
    folder.mkdir(exist_ok=True)
    text = "\r\n".join(("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Probe//DE", *parts, "END:VCALENDAR", ""))
    (folder / name).write_bytes(text.encode())
    report = import_files(place, [folder / name])
    assert not report.problems, report.problems


def exported(place: Workplace, **wanted: Any) -> bytes:
    """The calendar file that an audience gets."""
    found = calendar_out(place, Wanted(**wanted))
    return b"".join(write_calendar(found.events, found.zones))


@pytest.fixture
def full(place: Workplace, tmp_path: Path) -> Workplace:
    """An office with all these appointments."""
    imported(place, tmp_path / "post", AMTSZEIT, SERIES, MOVED, SINGLE, LONE, OWN_ZONE, FLOATING)
    return place


def test_unchanged_ones_go_out_in_their_own_words(full: Workplace) -> None:
    text = exported(full).decode()
    for component in (SERIES, MOVED, LONE, FLOATING, SINGLE.replace("\n", "\r\n")):
        assert component in text
    assert "TZID:W. Europe Standard Time" in text
    assert "Amtszeit" not in text, "a zone of another file means nothing here"
    assert "DTSTART;TZID=Europe/Berlin:20261204T080000" in text


def test_what_was_exported_comes_back_the_same(
    full: Workplace, open_second: Callable[[], Office], tmp_path: Path
) -> None:
    first = exported(full)
    second = open_second().place
    (tmp_path / "weg.ics").write_bytes(first)
    report = import_files(second, [tmp_path / "weg.ics"])
    assert not report.problems
    assert exported(second) == first
    again = import_files(second, [tmp_path / "weg.ics"])
    assert not again.problems
    assert exported(second) == first


@pytest.fixture
def open_second(tmp_path: Path, template: Path, catalog: Any, clock: Any) -> Any:
    """Opens another, empty office."""
    opened: list[Office] = []

    def another() -> Office:
        folder = tmp_path / "zweites"
        folder.mkdir(mode=0o700)
        path = shutil.copy2(template, folder / "buero.sqlite")
        opened.append(open_office(Path(path), Settings(), catalog=catalog, clock=clock, account="x.y"))
        return opened[-1]

    yield another
    for office in opened:
        office.close()


def test_a_changed_one_keeps_all_that_was_not_changed(full: Workplace) -> None:
    with transaction(full, "note") as work:
        event = work.session.query(Event).filter_by(uid="serie@example.org").one()
        event.summary = "Lage"
    text = exported(full).decode()
    series = text[text.index("BEGIN:VEVENT") : text.index("END:VEVENT")]
    assert "SUMMARY:Lage" in series
    assert "Jour fixe\\, lan" not in series
    for kept in ("X-MS-BUSY:1", "ATTENDEE;CN=x", "BEGIN:VALARM", "RRULE:FREQ=WEEKLY;COUNT=4"):
        assert kept in series
    assert "DTSTAMP:20261125T084200Z" in series
    assert MOVED in text
    events = {one.summary: one for one in read_calendar(exported(full), BERLIN).events}
    assert events["Lage"].exdates == (datetime.fromisoformat("2026-12-08T09:00"),)


def test_what_is_only_noted_here_changes_no_file(full: Workplace) -> None:
    before = exported(full)
    with full.reading() as session:
        key = session.query(Event).filter_by(uid="einzel@example.org").one().id
    mark_event_important(full, [key])
    assert exported(full) == before


def test_one_without_an_identifier_gets_it_in_the_file(place: Workplace, tmp_path: Path) -> None:
    imported(place, tmp_path / "post", SINGLE.replace("UID:einzel@example.org\n", ""))
    (found,) = read_calendar(exported(place), BERLIN).events
    with place.reading() as session:
        assert session.query(Event).one().uid == found.uid
    assert found.notes == ()
    assert f"UID:{found.uid}".encode() in exported(place)


def test_an_appointment_of_the_office_is_written_in_full(
    place: Workplace, make_event: Callable[..., int]
) -> None:
    make_event(uid="neu@ob-buero", summary="Empfang, groß", rrule="FREQ=DAILY;COUNT=3",
               location="Rathaus", exdates=["2026-12-02T10:00:00"], confidentiality="oeffentlich",
               status="TENTATIVE")  # fmt: skip
    (found,) = read_calendar(exported(place), BERLIN).events
    assert (found.uid, found.summary, found.location) == ("neu@ob-buero", "Empfang, groß", "Rathaus")
    assert (found.rrule, found.status, found.class_) == ("FREQ=DAILY;COUNT=3", "TENTATIVE", "PUBLIC")
    assert found.exdates == (datetime.fromisoformat("2026-12-02T10:00"),)
    assert found.dtstamp is not None
    assert found.notes == ()


def test_a_personal_date_of_a_series_is_only_taken(place: Workplace, make_event: Callable[..., int]) -> None:
    key = make_event(uid="serie@ob-buero", rrule="FREQ=DAILY;COUNT=3")
    original = datetime.fromisoformat("2026-12-02T10:00")
    with transaction(place, "note") as work:
        work.session.add(
            EventOverride(
                event_id=key, recurrence_id=original, dtstart=original + timedelta(hours=2), tzid=BERLIN,
                dtend=original + timedelta(hours=3), summary="Arzt", confidentiality="persoenlich",
                owner=place.desk.account,
            )
        )  # fmt: skip
    series, taken = read_calendar(exported(place), BERLIN).events
    assert series.exdates == (original,)
    assert (taken.summary, taken.recurrence_id, taken.class_) == ("belegt", None, "PRIVATE")
    assert taken.dtstart == original + timedelta(hours=2)
    assert taken.uid != series.uid
    (row,) = appointments_out(place, Wanted()).rows
    assert [(one.summary, one.id) for one in row.overrides] == [("belegt", f"{key}@2026-12-02T10:00")]
    assert row.exdates == ()
    assert len(read_calendar(exported(place, audience=Audience.DEPUTY), BERLIN).events) == 2


@pytest.mark.parametrize(
    ("first", "last", "uids"),
    [
        (None, date(2026, 12, 1), ["serie"]),
        (date(2026, 12, 2), date(2026, 12, 2), ["einzel"]),
        (date(2026, 12, 8), date(2026, 12, 14), []),
        (date(2026, 12, 15), date(2026, 12, 15), ["serie"]),
        (date(2026, 12, 5), None, ["serie", "frei"]),
        (date(2026, 12, 23), None, []),
    ],
)
def test_bounds_take_what_they_touch(
    full: Workplace, first: date | None, last: date | None, uids: list[str]
) -> None:
    found = calendar_out(full, Wanted(first=first, last=last)).events
    assert list(dict.fromkeys(event.uid.partition("@")[0] for event in found)) == uids


def test_bounds_at_the_ends_of_time_and_of_the_day(place: Workplace, make_event: Callable[..., int]) -> None:
    """What is read from the store is bounded too: no zone, and no year, may cost a date at the edge."""
    late = datetime.fromisoformat("2026-12-01T23:30")
    make_event(dtstart=late, dtend=late + timedelta(minutes=30), tzid="Pacific/Kiritimati")
    inside = (date(2026, 12, 1), date(2026, 12, 1)), (date.min, date.max), (date(2026, 12, 1), date.max)
    outside = (date(2026, 11, 29), date(2026, 11, 30)), (date(2026, 12, 2), date(2026, 12, 3))
    for first, last in inside:
        assert calendar_out(place, Wanted(first=first, last=last)).count == 1
    for first, last in outside:
        assert calendar_out(place, Wanted(first=first, last=last)).count == 0


def test_a_calendar_alone_and_doubles_once(place: Workplace, tmp_path: Path) -> None:
    imported(place, tmp_path / "post", SINGLE)
    imported(place, tmp_path / "post", SINGLE, FLOATING, name="bm1.ics")
    both = calendar_out(place, Wanted())
    with place.reading() as session:
        calendars = sorted({row.calendar for row in session.query(Event)})
    assert len(calendars) == 2
    assert (both.count, both.doubled) == (2, 1)
    other = next(one for one in calendars if one != "ob")
    alone = calendar_out(place, Wanted(calendar=other))
    assert (alone.count, alone.doubled) == (2, 0)
