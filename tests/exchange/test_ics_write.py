"""Calendar files are written so that they read the same, here and by icalendar."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from ob_buero_tui.exchange.ics import read_calendar
from ob_buero_tui.exchange.ics_raw_out import patched, sound, zones_named
from ob_buero_tui.exchange.ics_write import OutgoingEvent, write_calendar
from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.zones import to_utc

BERLIN = "Europe/Berlin"
STAMP = datetime(2026, 11, 25, 8, 42, tzinfo=UTC)
START = datetime.fromisoformat("2026-12-01T10:00")


def outgoing(**given: Any) -> OutgoingEvent:
    """An appointment to write."""
    values = {
        "uid": "1@example.org", "summary": "Empfang", "dtstart": START, "dtend": START + timedelta(hours=1),
        "all_day": False, "tzid": BERLIN, "dtstamp": STAMP, "status": "CONFIRMED",
    } | given  # fmt: skip
    starts = to_utc(values["dtstart"], values["tzid"], values.get("fold", 0))
    ends = to_utc(values["dtend"], values["tzid"])
    return OutgoingEvent(**({"starts_at": starts, "ends_at": ends} | values))


def written(*events: OutgoingEvent, name: str = "") -> bytes:
    """The file with these appointments."""
    return b"".join(write_calendar(events, {event.tzid for event in events}, name))


def lines_of(data: bytes) -> list[str]:
    """The unfolded lines of a file."""
    return data.decode().replace("\r\n ", "").split("\r\n")


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), max_size=200)
STARTS = st.datetimes(datetime.fromisoformat("1990-01-01"), datetime.fromisoformat("2060-01-01")).map(
    lambda moment: moment.replace(microsecond=0, fold=0)
)


@given(
    texts=st.tuples(TEXTS, TEXTS, TEXTS, TEXTS),
    start=STARTS,
    minutes=st.integers(0, 3000),
    tzid=st.sampled_from([BERLIN, "America/New_York", "Asia/Tokyo", "Europe/London"]),
    all_day=st.booleans(),
    transparent=st.booleans(),
    status=st.sampled_from(["TENTATIVE", "CONFIRMED", "CANCELLED"]),
    sequence=st.integers(0, 999),
    days=st.lists(st.integers(-30, 30), max_size=4, unique=True),
)
def test_what_is_written_reads_the_same(
    texts: tuple[str, ...], start: datetime, minutes: int, tzid: str, all_day: bool, transparent: bool,
    status: str, sequence: int, days: list[int],
) -> None:  # fmt: skip
    summary, location, name, description = texts
    begin = start.replace(hour=0, minute=0, second=0) if all_day else start
    end = begin + timedelta(days=1 + minutes // 1440) if all_day else begin + timedelta(minutes=minutes)
    dates = tuple(begin + timedelta(days=day) for day in days)
    event = outgoing(
        uid="a,b;c@example.org", summary=clean(summary), location=clean(location),
        description=clean(description, multiline=True),
        organizer=f"{clean(name).strip()} <a@example.org>".strip(), dtstart=begin, dtend=end,
        tzid=BERLIN if all_day else tzid, all_day=all_day, transparent=transparent, status=status,
        sequence=sequence, rrule="FREQ=WEEKLY;COUNT=5;BYDAY=MO,TU", rdates=dates, exdates=dates[:2],
        class_="PUBLIC",
    )  # fmt: skip
    data = written(event)
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert b"\n" not in data.replace(b"\r\n", b"")
    (found,) = read_calendar(data, BERLIN).events
    same = ("uid", "dtstart", "dtend", "all_day", "tzid", "status", "transparent", "sequence", "rrule")
    assert {key: getattr(found, key) for key in same} == {key: getattr(event, key) for key in same}
    assert (found.summary, found.location) == (event.summary, event.location)
    assert found.description == event.description
    assert (found.rdates, found.exdates) == (event.rdates, event.exdates)
    assert (found.dtstamp, found.class_) == (STAMP, "PUBLIC")
    shown = clean(name).strip()
    assert found.organizer.endswith("a@example.org>" if shown else "a@example.org")


@pytest.mark.parametrize(
    "organizer",
    ["Anna Muster <anna@example.org>", "anna@example.org", "Stadtrat", 'Rat, "Otto"; <x@example.org>', ""],
)
def test_an_organizer_reads_the_same(organizer: str) -> None:
    (found,) = read_calendar(written(outgoing(organizer=organizer)), BERLIN).events
    assert found.organizer == organizer


def test_the_file_is_what_icalendar_reads() -> None:
    data = written(
        outgoing(
            summary="Größe, Länge; Höhe\\Tiefe", description="erste\nzweite", rrule="FREQ=DAILY;COUNT=3"
        ),
        name="Büro, Termine",
    )
    calendar = Calendar.from_ical(data)
    (event,) = calendar.walk("VEVENT")
    assert str(event["SUMMARY"]) == "Größe, Länge; Höhe\\Tiefe"
    assert str(event["DESCRIPTION"]) == "erste\nzweite"
    assert event["RRULE"]["COUNT"] == [3]
    assert event.errors == []
    assert str(event["DTSTART"].dt.tzinfo) == BERLIN
    assert calendar.get_missing_tzids() == set()
    assert read_calendar(data, BERLIN).name == "Büro, Termine"


@pytest.mark.parametrize(
    ("tzid", "known"), [("W. Europe Standard Time", BERLIN), ("Asia/Tokyo", "Asia/Tokyo")]
)
def test_zones_are_described_under_the_name_the_events_use(tzid: str, known: str) -> None:
    data = b"".join(write_calendar([], {tzid, "UTC"}))
    (zone,) = Calendar.from_ical(data).walk("VTIMEZONE")
    assert str(zone["TZID"]) == tzid
    raw = (
        b"BEGIN:VEVENT\r\nUID:1\r\nDTSTART;TZID=" + tzid.encode() + b":20480701T100000\r\nEND:VEVENT\r\n"
        b"END:VCALENDAR"
    )
    (found,) = read_calendar(data.replace(b"END:VCALENDAR", raw), "Europe/London").events
    assert (found.tzid, found.notes) == (known, ())


def test_the_second_of_two_equal_wall_times_is_told_in_utc() -> None:
    start = datetime.fromisoformat("2026-10-25T02:30")
    event = outgoing(dtstart=start, dtend=start + timedelta(minutes=45), fold=1)
    event = replace(event, ends_at=event.starts_at + timedelta(minutes=45))
    (found,) = read_calendar(written(event), BERLIN).events
    assert (found.dtstart, found.fold, found.tzid) == (start, 1, BERLIN)
    assert found.dtend == event.dtend


def test_a_changed_date_names_the_one_it_replaces() -> None:
    series = outgoing(rrule="FREQ=DAILY;COUNT=5", exdates=(date(2026, 12, 3),))
    moved = outgoing(
        dtstart=START + timedelta(hours=4), dtend=START + timedelta(hours=5), recurrence_id=START,
        series_tzid=BERLIN, status="CANCELLED",
    )  # fmt: skip
    first, second = read_calendar(written(series, moved), BERLIN).events
    assert first.exdates == (datetime.fromisoformat("2026-12-03T10:00"),)
    assert (second.recurrence_id, second.dtstart, second.status) == (START, moved.dtstart, "CANCELLED")


RAW = (
    "BEGIN:VEVENT\nUID:7\nSUMMARY;LANGUAGE=de:Alt\\, und\n  lang\n"
    'DTSTART;TZID="Europe/Berlin":20261201T100000\n'
    "X-FOO;A=b:c\nATTENDEE;CN=x:mailto:a@example.org\nBEGIN:VALARM\nTRIGGER:-PT15M\nSUMMARY:Alarm\nEND:VALARM\n"
    "DESCRIPTION:alt\nX-ALT-DESC:<b>alt</b>\nEND:VEVENT"
)  # fmt: skip


def test_what_was_not_changed_goes_out_as_it_came() -> None:
    data = written(outgoing(raw=RAW)).decode()
    assert RAW.replace("\n", "\r\n") in data


def test_only_what_was_changed_is_written_anew() -> None:
    changed = frozenset({"SUMMARY", "DESCRIPTION", "DTSTAMP"})
    event = outgoing(raw=RAW, summary="Neu", description="neu", changed=changed)
    lines = lines_of(written(event))
    assert "SUMMARY:Neu" in lines
    assert "SUMMARY;LANGUAGE=de:Alt\\, und lang" not in lines
    assert "DESCRIPTION:neu" in lines
    assert not [line for line in lines if line.startswith(("X-ALT-DESC", "DESCRIPTION:alt"))]
    for kept in (
        "X-FOO;A=b:c",
        "SUMMARY:Alarm",
        'DTSTART;TZID="Europe/Berlin":20261201T100000',
        "TRIGGER:-PT15M",
    ):
        assert kept in lines
    assert lines.count("DTSTAMP:20261125T084200Z") == 1
    (found,) = read_calendar(written(event), BERLIN).events
    assert (found.summary, found.description) == ("Neu", "neu")


def test_a_property_is_taken_out_with_its_folds() -> None:
    assert patched(RAW, {"SUMMARY": []}).count("SUMMARY") == 1
    assert "lang" not in patched(RAW, {"SUMMARY": []})
    assert patched(RAW, {}) == RAW.replace("\n", "\r\n")


def test_an_alarm_that_spoils_the_file_stays_behind() -> None:
    assert sound(RAW) == RAW
    spoilt = RAW.replace("TRIGGER:-PT15M", "TRIGGER:PT-2H")
    with pytest.raises(ValueError, match="duration"):
        Calendar.from_ical(written(outgoing(raw=spoilt)))
    kept = sound(spoilt)
    assert "VALARM" not in kept
    assert kept.count("SUMMARY") == 1
    (event,) = Calendar.from_ical(written(outgoing(raw=kept))).walk("VEVENT")
    assert str(event["X-FOO"]) == "c"


def test_the_zones_of_a_component_are_found_over_folds() -> None:
    assert zones_named(RAW) == {"Europe/Berlin"}
    assert zones_named("BEGIN:VEVENT\r\nDTSTART;TZID=Euro\r\n pe/Paris:20260101T000000\r\nEND:VEVENT") == {
        "Europe/Paris"
    }
    assert zones_named("BEGIN:VEVENT\r\nSUMMARY:TZID=Mond:x\r\nEND:VEVENT") == set()


def test_a_rule_cannot_begin_a_line_of_its_own() -> None:
    data = written(outgoing(rrule="FREQ=DAILY\r\nATTENDEE:mailto:x@example.org"))
    assert b"\r\nATTENDEE" not in data


def test_an_organizer_without_an_address_is_written_as_one_that_has_none() -> None:
    data = written(outgoing(organizer="Förderverein Kita Nord e. V."))
    assert 'ORGANIZER;CN="Förderverein Kita Nord e. V.":invalid:nomail' in data.decode()
    assert b"mailto:\r" not in data
    (found,) = read_calendar(data, BERLIN).events
    assert found.organizer == "Förderverein Kita Nord e. V."
