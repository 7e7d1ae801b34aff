"""The text of a calendar file: decoding, cutting, and splitting into properties."""

from __future__ import annotations

from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar.parser import Contentline

from ob_buero_tui.exchange.ics_raw import RawFile, decode, lines, properties, split_file

HANGS = 30
"""Seconds after which something hangs; how fast it is, benchmarks tell."""

WANTED = frozenset(("SUMMARY", "ATTENDEE", "DTSTART", "DESCRIPTION"))


def events(found: RawFile) -> list[tuple[int, str | None]]:
    """Return the events of all calendars."""
    return [event for calendar in found.calendars for event in calendar.events]


@pytest.mark.parametrize(
    ("data", "text", "note"),
    [
        ("BEGIN:Prüfung".encode(), "BEGIN:Prüfung", ""),
        (b"\xef\xbb\xbfBEGIN:x", "BEGIN:x", ""),
        ("SUMMARY:Grußwort".encode("cp1252"), "SUMMARY:Grußwort", "Windows-1252"),
        ("SUMMARY:Grußwort für 5 €".encode("cp1252"), "SUMMARY:Grußwort für 5 €", "Windows-1252"),
        ("A:Grüße\n".encode() + "B:Grüße".encode("cp1252"), "A:Grüße\nB:Grüße", "Windows-1252"),
        (b"A:Gr\xc3\r\n \xbc\xc3\x9fe", "A:Grüße", "mitten im Zeichen"),
        ("BEGIN:ü".encode("utf-16"), "BEGIN:ü", "UTF-16"),
        (b"A:\x81\xfc", "A:\ufffdü", "Windows-1252"),
    ],
)
def test_decode(data: bytes, text: str, note: str) -> None:
    """UTF-8 comes first, then what other programs write; every byte gives some text."""
    got, said = decode(data)
    assert got == text
    assert note in said
    assert bool(note) == bool(said)


@given(st.binary(max_size=300))
def test_decode_never_fails(data: bytes) -> None:
    """Any bytes give text, and cutting it never fails."""
    split_file(decode(data)[0])


def test_raw_text_is_exact() -> None:
    """The text of an event is the file's own, folds, foreign properties and alarms included."""
    event = (
        'BEGIN:VEVENT\r\nSUMMARY:Sitz\r\n ung\r\nX-Fremd;A="b:c":d\r\nBEGIN:VALARM\r\n'
        "SUMMARY:innen\r\nEND:VALARM\r\nend:vevent"
    )
    text = f"BEGIN:VCALENDAR\r\nMETHOD:PUBLISH\r\n{event}\r\nX-WR-TIMEZONE:Europe/Berlin\r\nEND:VCALENDAR\r\n"
    (calendar,) = split_file(text).calendars
    assert calendar.events == [(1, event)]
    assert "METHOD:PUBLISH" in "".join(calendar.header)
    assert "X-WR-TIMEZONE" in "".join(calendar.header)
    assert "SUMMARY" not in "".join(calendar.header)
    found, inner = properties(event, WANTED)
    assert [item.value for item in found["SUMMARY"]] == ["Sitzung"]
    assert inner == {"VALARM": 1}


def test_event_without_end_costs_no_other() -> None:
    """An event whose END is missing is lost alone, whatever ends it: an event, the calendar, the file."""
    good = "BEGIN:VEVENT\nUID:1\nEND:VEVENT"
    bad = "BEGIN:VEVENT\nUID:2\nBEGIN:VALARM"
    text = f"BEGIN:VCALENDAR\n{good}\n{bad}\n{good}\n{bad}\nEND:VCALENDAR\nBEGIN:VCALENDAR\n{good}\n{bad}"
    found = split_file(text)
    assert [position for position, _ in events(found)] == [1, 2, 3, 4, 5, 6]
    assert [part for _, part in events(found)] == [good, None, good, None, good, None]
    assert len(found.calendars) == 2


def test_other_components() -> None:
    """Tasks are counted, zones kept, an unknown wrapper is looked through, a stray END is passed over."""
    text = "\n".join(
        [
            *("BEGIN:VCALENDAR", "END:VEVENT", "BEGIN:X-MAPPE", "BEGIN:VTODO", "UID:t", "END:VTODO"),
            *("BEGIN:VEVENT", "UID:1", "END:VEVENT", "END:X-MAPPE"),
            *("BEGIN:VTIMEZONE", "TZID:A", "BEGIN:STANDARD", "END:STANDARD", "END:VTIMEZONE"),
            "END:VCALENDAR",
        ]
    )
    found = split_file(text)
    assert found.others == {"VTODO": 1}
    assert [position for position, _ in events(found)] == [1]
    assert len(found.calendars[0].timezones) == 1


@pytest.mark.parametrize(
    "text",
    [
        "BEGIN:VEVENT\n" * 20_000,
        "BEGIN:X\n" * 50_000 + "END:Y\n" * 50_000,
        "BEGIN:VCALENDAR\n" + "X:1\nBEGIN:A\nEND:A\n" * 20_000,
        "BEGIN:VEVENT\n" + "\n" * 500_000 + "END:VEVENT",
        "BEGIN:VEVENT\nATTENDEE" + ';CN="' * 100_000 + ":x\nEND:VEVENT",
        "BEGIN:VEVENT\nSUMMARY" + ";" * 300_000 + "\nEND:VEVENT",
        "BEGIN:VEVENT\nSUMMARY:" + " \n " * 100_000 + "\nEND:VEVENT",
    ],
    ids=["nested", "unmatched", "header", "newlines", "quotes", "semicolons", "folds"],
)
def test_hostile_text_takes_linear_time(text: str) -> None:
    """Deep nesting and endless runs of one character are cut and split at once."""
    before = perf_counter()
    for _, part in events(split_file(text)):
        if part is not None:
            properties(part, WANTED)
    assert perf_counter() - before < HANGS


@pytest.mark.parametrize(
    ("line", "name", "expected"),
    [
        ('ATTENDEE;CN="Meier: Amt; Büro";ROLE=CHAIR:mailto:a@example.org', "CN", "Meier: Amt; Büro"),
        ("ATTENDEE; CN = Meier :mailto:a@example.org", "CN", "Meier"),
        ("attendee;cn=Meier:mailto:a@example.org", "CN", "Meier"),
        ("ATTENDEE;X=1;CN=Meier:mailto:a@example.org", "CN", "Meier"),
        ('ATTENDEE;CN="Meier:mailto:a@example.org', "ROLE", ""),
    ],
)
def test_parameters(line: str, name: str, expected: str) -> None:
    """A parameter is found with and without quotation marks, also in lines that are not quite right."""
    found, _ = properties(f"BEGIN:VEVENT\n{line}\nEND:VEVENT", WANTED)
    assert found["ATTENDEE"][0].parameter(name) == expected
    assert found["ATTENDEE"][0].value.endswith("mailto:a@example.org")


@given(
    st.text(alphabet=st.characters(exclude_characters='\r\n"', exclude_categories=["Cs", "Cc"]), max_size=40),
    st.text(alphabet=st.characters(exclude_characters="\r\n", exclude_categories=["Cs", "Cc"]), max_size=40),
)
def test_split_like_icalendar(name: str, value: str) -> None:
    """A line that icalendar writes and reads is split at the same colon."""
    line = f'ATTENDEE;CN="{name}":{value}'
    _, _, expected = Contentline(line).raw_parts()
    found, _ = properties(line, WANTED)
    assert found["ATTENDEE"][0].value == expected
    assert found["ATTENDEE"][0].parameter("CN") == name.strip()


def test_lines_are_unfolded() -> None:
    """A fold disappears with its one blank; empty lines and the end of a line do too."""
    assert list(lines("A:1\r\n 2\n\t3\r\n\r\nB:4")) == ["A:123", "B:4"]
