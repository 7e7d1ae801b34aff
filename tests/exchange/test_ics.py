"""Calendar files become records: what is broken is named, repaired, and costs nothing else."""

# Wall times are naive by design.

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ics_kit import BERLIN, OUTLOOK, START, one, read, span

from ob_buero_tui.exchange import ics
from ob_buero_tui.exchange.ics import read_calendar
from ob_buero_tui.exchange.ics_records import EventRecord
from ob_buero_tui.rules.refusals import Refusal

# --- beginning and end ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "expected", "note"),
    [
        ([START, "DTEND;TZID=Europe/Berlin:20260105T103000"], ("2026-01-05 09:00", "2026-01-05 10:30"), ""),
        ([START, "DURATION:PT1H30M"], ("2026-01-05 09:00", "2026-01-05 10:30"), ""),
        ([START], ("2026-01-05 09:00", "2026-01-05 09:00"), ""),
        ([START, "DTEND:20260105T093000Z"], ("2026-01-05 09:00", "2026-01-05 10:30"), ""),
        ([START, "DTEND:20260105T070000Z"], ("2026-01-05 09:00", "2026-01-05 09:00"), "vor dem"),
        ([START, "DTEND:unfug"], ("2026-01-05 09:00", "2026-01-05 09:00"), "(DTEND) ist nicht lesbar"),
        ([START, "DTEND:00000105T080000"], ("2026-01-05 09:00", "2026-01-05 09:00"), "nicht lesbar"),
        ([START, "DURATION:PT"], ("2026-01-05 09:00", "2026-01-05 09:00"), ""),
        ([START, "DURATION:morgen"], ("2026-01-05 09:00", "2026-01-05 09:00"), "(DURATION) ist nicht lesbar"),
        ([START, "DURATION:P99999999999D"], ("2026-01-05 09:00", "2026-01-05 09:00"), "nicht lesbar"),
        ([START, "DURATION:-PT1H"], ("2026-01-05 09:00", "2026-01-05 09:00"), "negativ"),
        (["DTSTART:20260105T090000", "DTEND:20260105T100000"], ("2026-01-05 09:00", "2026-01-05 10:00"), ""),
        (["DTSTART:2026-01-05T09:00:00", "DURATION:PT1H"], ("2026-01-05 09:00", "2026-01-05 10:00"), ""),
        (["DTSTART:20260705T070000Z", "DURATION:PT1H"], ("2026-07-05 09:00", "2026-07-05 10:00"), ""),
        ([f"{START}Z"], ("2026-01-05 09:00", "2026-01-05 09:00"), "Zeitzone gilt"),
        (["DTSTART;TZID=UTC:20260105T090000"], ("2026-01-05 10:00", "2026-01-05 10:00"), ""),
    ],
)
def test_timed_event(lines: list[str], expected: tuple[str, str], note: str) -> None:
    """Beginning and end are wall times of the office; an end that cannot be used is named and left out."""
    event = one(*lines)
    assert span(event) == (*expected, False, BERLIN)
    assert note in " ".join(event.notes)
    assert bool(note) == bool(event.notes)


@pytest.mark.parametrize(
    ("lines", "end", "note"),
    [
        (["DTSTART;VALUE=DATE:20260105"], "2026-01-06", ""),
        (["DTSTART:20260105"], "2026-01-06", ""),
        (["DTSTART:2026-01-05"], "2026-01-06", ""),
        (["DTSTART;VALUE=DATE:20260105T000000"], "2026-01-06", ""),
        (["DTSTART;TZID=Europe/Berlin;VALUE=DATE:20260105"], "2026-01-06", ""),
        (["DTSTART;VALUE=DATE:20260105", "DTEND;VALUE=DATE:20260108"], "2026-01-08", ""),
        (["DTSTART;VALUE=DATE:20260105", "DTEND;VALUE=DATE:20260105"], "2026-01-06", ""),
        (["DTSTART;VALUE=DATE:20260105", "DTEND;VALUE=DATE:20260101"], "2026-01-06", "vor dem"),
        (["DTSTART;VALUE=DATE:20260105", "DTEND:20260106T180000"], "2026-01-07", ""),
        (["DTSTART;VALUE=DATE:20260105", "DURATION:P2D"], "2026-01-07", ""),
        (["DTSTART;VALUE=DATE:20260105", "DURATION:PT36H"], "2026-01-07", ""),
    ],
)
def test_all_day_event(lines: list[str], end: str, note: str) -> None:
    """A date is a whole day; its end is exclusive and at least one day later."""
    event = one(*lines)
    assert span(event) == ("2026-01-05 00:00", f"{end} 00:00", True, BERLIN)
    assert note in " ".join(event.notes)


def test_repeated_hour() -> None:
    """A time in UTC keeps its reading of the repeated hour; an event that ends in it stays in UTC."""
    second = one("DTSTART:20261025T013000Z", "DTEND:20261025T023000Z")
    assert span(second) == ("2026-10-25 02:30", "2026-10-25 03:30", False, BERLIN)
    assert second.fold == 1
    within = one("DTSTART:20261025T003000Z", "DTEND:20261025T011500Z")
    assert span(within) == ("2026-10-25 00:30", "2026-10-25 01:15", False, "UTC")
    assert within.notes == ()


# --- events that cannot be read ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        ([], "der Beginn (DTSTART) fehlt"),
        (["DTSTART:00000101T090000"], "„00000101T090000“ ist nicht lesbar"),
        (["DTSTART;VALUE=DATE:00000101"], "nicht lesbar"),
        (["DTSTART:20261301T090000"], "nicht lesbar"),
        (["DTSTART:PT1H"], "nicht lesbar"),
        (["DTSTART:090000"], "nicht lesbar"),
        (["DTSTART:"], "nicht lesbar"),
        (["DTSTART:\x1b[2Jheute"], "„\ufffd[2Jheute“"),
        (["DTSTART:99990101T090000Z"], "nicht lesbar"),
        ([START, "RECURRENCE-ID:gestern"], "(RECURRENCE-ID) „gestern“"),
    ],
)
def test_unreadable_event_is_named_and_costs_no_other(lines: list[str], reason: str) -> None:
    """An event without a usable beginning is named with its place, its title and the reason."""
    found = read(
        *("BEGIN:VEVENT", "UID:1", START, "END:VEVENT"),
        *("BEGIN:VEVENT", "UID:2", "SUMMARY:Haushalt\\, Entwurf", *lines, "END:VEVENT"),
        *("BEGIN:VEVENT", "UID:3", START, "END:VEVENT"),
    )
    assert [event.uid for event in found.events] == ["1", "3"]
    (skipped,) = found.skipped
    assert skipped.position == 2
    assert skipped.reason.startswith("Termin 2 „Haushalt, Entwurf“: ")
    assert reason in skipped.reason


def test_event_cut_off_is_named() -> None:
    """A download that broke off costs the last event only."""
    lines = ("BEGIN:VCALENDAR", "BEGIN:VEVENT", "UID:1", START, "END:VEVENT", "BEGIN:VEVENT", "UID:2", "DTS")
    found = read_calendar("\r\n".join(lines).encode(), BERLIN)
    assert [event.uid for event in found.events] == ["1"]
    assert [skipped.reason for skipped in found.skipped] == [
        "Termin 2: der Termin ist nicht abgeschlossen (END:VEVENT fehlt)."
    ]


def test_unforeseen_error_costs_one_event(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever goes wrong inside one event, the others are read."""
    calls = iter([RuntimeError("?")])

    def person(item: object) -> str:
        for problem in calls:
            raise problem
        return "x"

    monkeypatch.setattr("ob_buero_tui.exchange.ics_event.person_of", person)
    event = ("BEGIN:VEVENT", START, "ORGANIZER:mailto:a@example.org", "END:VEVENT")
    found = read(*event, *event)
    assert len(found.events) == 1
    assert "RuntimeError" in found.skipped[0].reason


# --- text and people --------------------------------------------------------------------------------------


def test_text_and_lists() -> None:
    """Escapes are resolved, lists split at commas that are not escaped, people read with their names."""
    event = one(
        START,
        "SUMMARY:Ratssitzung\\, öffentlich\\; Teil 1",
        "DESCRIPTION:Zeile 1\\nZeile 2\\NZeile 3\\\\n",
        "LOCATION:Rathaus",
        "CATEGORIES:Gremium,Haushalt\\, 2026",
        "CATEGORIES:Intern",
        'ORGANIZER;CN="Büro, OB":MAILTO:buero@example.org',
        "ATTENDEE;CN=Erika ^'Eri^' Muster:mailto:erika@exa",
        " mple.org",
        "ATTENDEE:mailto:max@example.org",
        "ATTENDEE;CN=max@example.org:mailto:max@example.org",
        "URL:https://example.org/a\\,b",
        "CLASS:confidential",
        "TRANSP:TRANSPARENT",
        "STATUS:tentative",
        "SEQUENCE:7",
        "DTSTAMP:20260101T080000Z",
        "LAST-MODIFIED:kaputt",
    )
    assert event.summary == "Ratssitzung, öffentlich; Teil 1"
    assert event.description == "Zeile 1\nZeile 2\nZeile 3\\n"
    assert event.categories == ("Gremium", "Haushalt, 2026", "Intern")
    assert event.organizer == "Büro, OB <buero@example.org>"
    assert event.attendees == ('Erika "Eri" Muster <erika@example.org>', "max@example.org", "max@example.org")
    assert event.url == "https://example.org/a,b"
    assert (event.class_, event.transparent, event.status, event.sequence) == (
        "CONFIDENTIAL",
        True,
        "TENTATIVE",
        7,
    )
    assert event.dtstamp == datetime(2026, 1, 1, 8, tzinfo=UTC)
    assert event.last_modified is None


def test_all_text_is_cleaned() -> None:
    """No control character and no hidden direction reaches a record, except in the raw text."""
    bad = "\x1b]0;x\x07\u202eab\u200b"
    texts = ("SUMMARY", "DESCRIPTION", "LOCATION", "URL", "CATEGORIES", "STATUS", "CLASS")
    event = one(
        START,
        *(f"{name}:{bad}" for name in texts),
        *(f"{name};CN={bad}:mailto:{bad}" for name in ("ORGANIZER", "ATTENDEE")),
        f"RRULE:FREQ={bad}",
        f"EXDATE:{bad}",
    )
    shown = repr([getattr(event, name) for name in EventRecord.__slots__ if name != "raw"])
    assert not set(shown) & set("\x1b\x07\u202e\u200b")
    assert not any(code in shown for code in ("\\x1b", "\\x07", "\\u202e", "\\u200b"))
    assert bad in event.raw


def test_missing_uid_is_made_from_the_content() -> None:
    """The made UID is stable over exports, which change the stamps, and differs for other events."""
    first = ("SUMMARY:a", START)
    made = [
        read("BEGIN:VEVENT", *lines, "END:VEVENT").events[0]
        for lines in (
            first,
            ("DTSTAMP:20260101T000000Z", *first),
            ("LAST-MODIFIED:20260102T000000Z", *first),
            ("SUMMARY:b", START),
        )
    ]
    assert made[0].uid == made[1].uid == made[2].uid != made[3].uid
    assert made[0].uid.startswith("sha256-")
    assert "Kennung" in made[0].notes[0]


def test_odd_status_and_sequence() -> None:
    """What is no status counts as confirmed and is named; what is no number counts as zero."""
    event = one(START, "STATUS:VIELLEICHT", "SEQUENCE:neu")
    assert (event.status, event.sequence) == ("CONFIRMED", 0)
    assert "„VIELLEICHT“" in event.notes[0]


# --- files ------------------------------------------------------------------------------------------------


def test_several_calendars_and_other_components() -> None:
    """All calendars of a file are read, each with its own method; what is left out is counted."""
    event = "BEGIN:VEVENT\nUID:{}\nDTSTART:20260105\nBEGIN:VALARM\nTRIGGER:PT-2H\nEND:VALARM\nEND:VEVENT\n"
    text = (
        f"BEGIN:VCALENDAR\nMETHOD:CANCEL\n{event.format(1)}END:VCALENDAR\n"
        f"BEGIN:VCALENDAR\n{event.format(2)}BEGIN:VTODO\nEND:VTODO\nEND:VCALENDAR\n{event.format(3)}"
    )
    found = read_calendar(text.encode(), BERLIN)
    assert [(item.uid, item.status) for item in found.events] == [
        ("1", "CANCELLED"),
        ("2", "CONFIRMED"),
        ("3", "CONFIRMED"),
    ]
    assert found.notes == ("1 Aufgabe und 3 Erinnerungen wurden nicht übernommen.",)


def test_doubled_uid_is_named() -> None:
    """Two events with one identifier are both read and named; a changed date is no double."""
    event = ("BEGIN:VEVENT", "UID:a", START, "END:VEVENT")
    changed = ("BEGIN:VEVENT", "UID:a", START, "RECURRENCE-ID:20260105T080000Z", "END:VEVENT")
    assert len(read(*event, *event).events) == 2
    assert read(*event, *event).notes == ("Mehrere Termine haben dieselbe Kennung: „a“.",)
    assert read(*event, *changed).notes == ()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "leer"),
        (b"\r\n \x00", "leer"),
        (b"Sehr geehrte Damen und Herren", "keinen Kalender"),
        (b"<!DOCTYPE html><html>Anmeldung</html>", "Internetseite"),
        (b"BEGIN:VCARD\r\nFN:x\r\nEND:VCARD\r\n", "Visitenkarten"),
        (b"%PDF-1.7\n\x00\xff", "keinen Kalender"),
        (bytes(range(256)) * 20, "keinen Kalender"),
    ],
)
def test_foreign_file_is_refused(data: bytes, reason: str) -> None:
    """What is no calendar is refused in German, with what to do now."""
    with pytest.raises(Refusal, match=reason) as caught:
        read_calendar(data, BERLIN)
    assert caught.value.now


def test_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that is too large, or holds too many events, is refused with its numbers."""
    event = ("BEGIN:VEVENT", START, "END:VEVENT")
    monkeypatch.setattr(ics, "MAX_EVENTS", 3)
    assert len(read(*event * 3).events) == 3
    with pytest.raises(Refusal, match="4 Termine"):
        read(*event * 4)
    monkeypatch.setattr(ics, "MAX_BYTES", 100)
    with pytest.raises(Refusal, match="50 MB"):
        read_calendar(b"x" * 101, BERLIN)
    with pytest.raises(Refusal, match="„Mond“"):
        read_calendar(b"", "Mond")


def test_empty_calendar_and_old_line_ends() -> None:
    """A calendar without events says so; a file with carriage returns alone is read."""
    assert read("X-WR-CALNAME:leer").notes == ("Die Datei enthält keine Termine.",)
    text = "BEGIN:VCALENDAR\rBEGIN:VEVENT\rUID:a\rDTSTART:20260105\rEND:VEVENT\rEND:VCALENDAR\r"
    assert len(read_calendar(text.encode(), BERLIN).events) == 1


@settings(deadline=None)
@given(st.data())
def test_any_damage_is_survived(data: st.DataObject) -> None:
    """Bytes overwritten or cut out anywhere give records, named losses, or a refusal; never another error."""
    whole = "\r\n".join(
        [
            *("BEGIN:VCALENDAR", *OUTLOOK, "BEGIN:VEVENT", "UID:s", "RRULE:FREQ=WEEKLY;COUNT=3"),
            'DTSTART;TZID="(UTC+01:00) Amsterdam, Berlin, Bern":20260705T090000',
            *("EXDATE:20260712T070000Z", "DURATION:PT1H", "ATTENDEE;CN=x:mailto:a@example.org", "END:VEVENT"),
            *("BEGIN:VEVENT", "UID:s", "RECURRENCE-ID:20260719T070000Z", "DTSTART:20260720T070000Z"),
            *("END:VEVENT", "END:VCALENDAR", ""),
        ]
    ).encode()
    damaged = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(damaged) - 1))
        length = data.draw(st.integers(0, 12))
        damaged[place : place + length] = data.draw(st.binary(max_size=6))
    try:
        found = read_calendar(bytes(damaged), BERLIN)
    except Refusal:
        return
    for event in found.events:
        assert event.dtend >= event.dtstart
        assert event.uid
