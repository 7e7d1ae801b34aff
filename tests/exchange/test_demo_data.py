"""The demo office holds what real programs write, and its dates, addresses and numbers are sound."""

from __future__ import annotations

import email
import re
import tomllib
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from email.message import EmailMessage
from email.policy import default
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

import icalendar
import pytest
import recurring_ical_events

DEMO = Path(__file__).parents[2] / "data" / "demo"
MAILS = sorted((DEMO / "mail").glob("*.eml"))
ICS = DEMO / "calendar" / "ob.ics"
NOW = datetime(2026, 11, 25, 8, 42, tzinfo=UTC)
WEEKDAYS = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag")
HALF_YEAR = ("Januar", "Februar", "März", "April", "Mai", "Juni")
MONTHS = (*HALF_YEAR, "Juli", "August", "September", "Oktober", "November", "Dezember")
DATED = re.compile(
    rf"\b({'|'.join(WEEKDAYS)}|Mo|Di|Mi|Do|Fr|Sa|So)[,.]? (?:den |dem )?(\d{{1,2}})\.\s?"
    rf"({'|'.join(MONTHS)}|\d{{1,2}}\.)(?:\s?(\d{{4}}))?"
)
DOMAIN = re.compile(r"(?:[\w-]+\.)+(?:org|com|net|de|eu|fr|pl|info|io|app)\b", re.IGNORECASE)
PHONE = re.compile(r"(?<![\w-])(?:\+\d\d|0\d{2,4})[ /-]\d[\d ]{4,}")
# The numbers the Bundesnetzagentur keeps free for fiction (and their French counterpart, 03 53 01).
FICTION = re.compile(r"(030 23125|069 90009|040 66969|0221 4710|089 99998) \d{3}$|\+33 3 53 01 \d\d \d\d$")


def read(path: Path) -> EmailMessage:
    message = email.message_from_bytes(path.read_bytes(), policy=default)
    assert isinstance(message, EmailMessage)
    return message


def texts(message: EmailMessage) -> Iterator[str]:
    """Headers and decoded text parts, HTML without its tags, soft-wrapped lines as one."""
    yield "\n".join(str(value) for value in message.values())
    for part in message.walk():
        if part.get_content_maintype() == "text":
            text = str(part.get_content()).replace("\r\n", "\n")
            text = re.sub(r"<[^>]+>", "", text) if part.get_content_subtype() == "html" else text
            text = text.replace("\n ", "") if part.get_content_subtype() == "calendar" else text
            yield re.sub(r"[ ]\n", " ", text)
        elif part.get_content_type() == "message/delivery-status":
            yield part.as_string()


def all_texts() -> list[tuple[str, str]]:
    found = [(path.name, text) for path in MAILS for text in texts(read(path))]
    calendars = [
        (path.name, path.read_text(encoding="utf-8").replace("\r\n ", "").replace("\n ", ""))
        for path in sorted(ICS.parent.glob("*.ics"))
    ]
    others = [(path.name, path.read_text(encoding="utf-8")) for path in DEMO.glob("*.toml")]
    return [*found, *calendars, *others]


@cache
def events() -> list[Any]:
    """Every VEVENT as it stands in the file."""
    return list(icalendar.Calendar.from_ical(ICS.read_bytes()).walk("VEVENT"))


@cache
def days() -> dict[date, list[Any]]:
    """What takes place on each day of the quarter, series expanded."""
    found: dict[date, list[Any]] = {date(2026, 11, 1) + timedelta(days=n): [] for n in range(92)}
    query = recurring_ical_events.of(icalendar.Calendar.from_ical(ICS.read_bytes()))
    for event in query.between(min(found), max(found) + timedelta(days=1)):
        start = event["DTSTART"].dt
        found[start.date() if isinstance(start, datetime) else start].append(event)
    return found


def clashes(day: date) -> list[tuple[str, str]]:
    """Pairs of timed, blocking events of the day that overlap."""
    timed = [
        event
        for event in days()[day]
        if isinstance(event["DTSTART"].dt, datetime) and event["TRANSP"] == "OPAQUE"
    ]
    timed.sort(key=lambda event: event["DTSTART"].dt)
    return [
        (str(one["SUMMARY"]), str(two["SUMMARY"]))
        for one, two in combinations(timed, 2)
        if two["DTSTART"].dt < one["DTEND"].dt
    ]


def test_there_are_60_mails_from_the_two_weeks_before_the_demo() -> None:
    assert [path.name[:2] for path in MAILS] == [f"{number:02}" for number in range(1, 61)]
    dates = [read(path)["date"].datetime for path in MAILS]
    # Two batches, as they are imported: the handbook's walk knows the first by their numbers.
    for batch, first in ((dates[:25], date(2026, 11, 16)), (dates[25:], date(2026, 11, 12))):
        assert batch == sorted(batch)
        assert batch[0].date() == first
        assert batch[-1] < NOW


@pytest.mark.parametrize("path", MAILS, ids=lambda path: path.stem)
def test_every_mail_is_sound(path: Path) -> None:
    data = path.read_bytes()
    assert b"\n" not in data.replace(b"\r\n", b"")
    message = read(path)
    assert [defect for part in message.walk() for defect in part.defects] == []
    assert all(message[name] for name in ("From", "To", "Subject", "Date", "Message-ID"))
    body = message.get_body(("plain", "html"))
    text = body.get_content() if body else next(iter(message.iter_parts())).get_content()
    assert len(text.strip().splitlines()) >= 5
    assert "\ufffd" not in text


def test_message_ids_differ_and_threads_hold_together() -> None:
    by_id = {str(read(path)["Message-ID"]): path.name for path in MAILS}
    assert len(by_id) == 60
    for number, later in (("02", ["11", "20"]), ("28", ["54"])):
        first = next(key for key, name in by_id.items() if name.startswith(number))
        answers = [path.name for path in MAILS if first in str(read(path)["References"] or "")]
        assert [name[:2] for name in answers] == later


def test_the_mails_show_the_shapes_that_real_programs_write() -> None:
    messages = [read(path) for path in MAILS]
    parts = [part for message in messages for part in message.walk()]
    types = [part.get_content_type() for part in parts]
    assert {"multipart/alternative", "multipart/mixed", "multipart/report", "text/calendar"} <= set(types)
    encodings = {str(part["Content-Transfer-Encoding"]) for part in parts}
    assert encodings >= {"quoted-printable", "base64", "8bit"}
    assert {(part.get_content_charset() or "") for part in parts} >= {"utf-8", "iso-8859-1", "windows-1252"}
    assert sum(message.get_content_type() == "text/html" for message in messages) >= 2
    pdfs = [part.get_payload(decode=True) for part in parts if part.get_content_type() == "application/pdf"]
    assert pdfs
    for pdf in pdfs:
        assert isinstance(pdf, bytes)
        assert pdf.startswith(b"%PDF-1.")
        assert pdf.endswith(b"%%EOF\n")
        table = int(pdf.rsplit(b"startxref\n", 1)[1].split(b"\n")[0])
        assert pdf[table:].startswith(b"xref\n")


def test_every_weekday_matches_its_date() -> None:
    seen = 0
    for name, text in all_texts():
        for found in DATED.finditer(text):
            word, day, month_text, year_text = found.groups()
            month = MONTHS.index(month_text) + 1 if month_text in MONTHS else int(month_text.rstrip("."))
            year = int(year_text) if year_text else (2026 if month >= 11 else 2027)
            weekday = WEEKDAYS[date(year, month, int(day)).weekday()]
            assert weekday.startswith(word), f"{name}: {found[0]} is a {weekday}"
            seen += 1
    assert seen > 90


def test_every_address_is_under_example_org() -> None:
    seen = 0
    for name, text in all_texts():
        for host in DOMAIN.findall(text):
            assert host.lower().endswith(".example.org"), f"{name}: {host}"
            seen += 1
        for host in re.findall(r"(?:@|https?://)([\w.-]+)", text):
            assert host.lower().rstrip(".").endswith(".example.org"), f"{name}: {host}"
    assert seen > 100


def test_every_phone_number_is_kept_free_for_fiction() -> None:
    numbers = [(name, found.strip()) for name, text in all_texts() for found in PHONE.findall(text)]
    assert len(numbers) > 30
    assert [pair for pair in numbers if not FICTION.match(pair[1])] == []


def test_every_event_has_uid_and_start_and_every_override_its_series() -> None:
    assert 200 <= len(events()) <= 260
    keys = set()
    series = {str(event["UID"]) for event in events() if "RRULE" in event}
    for event in events():
        assert event["UID"]
        assert event["DTSTART"].dt < event["DTEND"].dt
        moved = event.get("RECURRENCE-ID")
        keys.add((str(event["UID"]), moved.dt if moved else None))
        assert moved is None or str(event["UID"]) in series
    assert len(keys) == len(events())
    assert any("EXDATE" in event for event in events())
    assert {str(event["STATUS"]) for event in events()} == {"CONFIRMED", "TENTATIVE", "CANCELLED"}
    assert {str(event["CLASS"]) for event in events()} == {"PUBLIC", "CONFIDENTIAL", "PRIVATE"}


def test_the_calendar_file_is_folded_as_rfc_5545_wants() -> None:
    data = ICS.read_bytes()
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert max(len(line) for line in data.split(b"\r\n")) <= 75


def test_the_calendar_clashes_on_purpose_and_only_then() -> None:
    found = {day: pairs for day in days() if (pairs := clashes(day))}
    assert sum(len(pairs) for pairs in found.values()) == 9
    assert ("Richtfest Kita Nord", "Pressegespräch Haushalt 2027") in found[date(2026, 11, 25)]
    november = {date(2026, 11, day) for day in (11, 18, 25, 26)}
    assert set(found) == november | {date(2026, 12, 9), date(2026, 12, 16), date(2027, 1, 20)}


def test_the_day_of_the_demo_is_full_but_readable() -> None:
    day = days()[date(2026, 11, 25)]
    assert 8 <= len(day) <= 10
    assert any("Bürgersprechstunde" in str(event["SUMMARY"]) for event in day)


def test_the_demo_says_when_and_where_it_plays() -> None:
    settings = tomllib.loads((DEMO / "demo.toml").read_text(encoding="utf-8"))
    assert settings["date"] == date(2026, 11, 25)
    assert settings["time"] == time(9, 42)
    assert settings["initials"] in settings["desks"]
    assert settings["town"] == "Lindenau an der Wehre"
