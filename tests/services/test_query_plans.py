"""What is asked at every step finds its rows by an index: of 100,000 requests, none reads them all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from intake_samples import mail
from sqlalchemy import event
from sqlalchemy import text as sql

from ob_buero_tui.exchange.ics import read_calendar
from ob_buero_tui.services.calendar.known_values import COLUMNS, known_values
from ob_buero_tui.services.intake.files import import_files
from ob_buero_tui.services.intake.mail_events import answers_of, calendar_notes
from ob_buero_tui.services.requests.record import record
from ob_buero_tui.services.search import search
from ob_buero_tui.services.workplace import Workplace

Make = Callable[..., int]
Plans = list[tuple[str, str]]


@contextmanager
def plans_of(place: Workplace) -> Iterator[Plans]:
    """Everything that was asked within, with SQLite's plan for it."""
    found: Plans = []

    @event.listens_for(place.engine, "before_cursor_execute")
    def note(_connection: Any, cursor: Any, statement: str, values: Any, _context: Any, many: bool) -> None:
        if statement.lstrip().upper().startswith("SELECT") and not many:
            steps = cursor.connection.execute(f"EXPLAIN QUERY PLAN {statement}", values).fetchall()
            found.append((statement, "\n".join(str(step[3]) for step in steps)))

    try:
        yield found
    finally:
        event.remove(place.engine, "before_cursor_execute", note)


def scans(found: Plans, table: str = "request") -> list[str]:
    """The statements that read a whole table; an index made for the few that are wanted is none."""
    return [
        statement
        for statement, plan in found
        for step in plan.splitlines()
        if f"{step} ".startswith(f"SCAN {table} ")
        and "ix_request_" not in step.replace("ix_request_received", "")
    ]


def in_thread(place: Workplace, key: int) -> None:
    with place.engine.connect().execution_options(writing=True) as connection, connection.begin():
        connection.execute(sql("UPDATE request SET thread = '<a@example.org>' WHERE id = :key"), {"key": key})


def test_the_exchange_of_a_record_is_found_by_its_index(place: Workplace, make_request: Make) -> None:
    first, second = make_request(), make_request(subject="Antwort dazu")
    for key in (first, second):
        in_thread(place, key)
    with plans_of(place) as found:
        assert [key for key, _ in record(place, first).thread] == [second]
    assert scans(found) == []


def test_a_letter_finds_its_exchange_by_the_index(place: Workplace, tmp_path: Path) -> None:
    import_files(place, [mail(tmp_path, "eins.eml", message_id="a@example.org")])
    answer = mail(
        tmp_path,
        "zwei.eml",
        message_id="b@example.org",
        more="In-Reply-To: <a@example.org>\nReferences: <a@example.org>",
    )
    with plans_of(place) as found:
        assert import_files(place, [answer]).problems == ()
    assert scans(found) == []


@pytest.mark.parametrize(
    "text",
    [
        "votum:zusage",
        "votum:ja",
        "ergebnis:absage",
        "durch:ob",
        "zuständig:ich",
        "hat:votum",
        "ort:halle,hafen",
    ],
)
def test_what_few_requests_have_is_found_by_an_index_of_those(place: Workplace, text: str) -> None:
    with plans_of(place) as found:
        search(place, text)
    assert scans(found) == []


@pytest.mark.parametrize("name", COLUMNS)
def test_what_was_entered_before_is_read_from_an_index_of_its_own(
    place: Workplace, make_event: Make, name: str
) -> None:
    for value in ("B", "A", "B", ""):
        make_event(**{name: value})
    make_event(**{name: "C", "confidentiality": "persoenlich", "owner": "karl.lorenz"})
    with plans_of(place) as found:
        assert known_values(place, name) == ("B", "A")
    (plan,) = (plan for statement, plan in found if f"event.{name}" in statement)
    assert f"USING COVERING INDEX ix_event_{name}" in plan


def test_what_a_mail_says_of_appointments_is_found_by_an_index(place: Workplace, make_event: Make) -> None:
    make_event(uid="a@example.org")
    lines = ("UID:a@example.org", "DTSTAMP:20261101T080000Z", "DTSTART:20261201T090000Z", "SUMMARY:Messe")
    who = "ATTENDEE;PARTSTAT=ACCEPTED:mailto:a@example.org"
    answer = (
        "BEGIN:VCALENDAR",
        "METHOD:REPLY",
        "BEGIN:VEVENT",
        *lines,
        who,
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    )
    (record,) = read_calendar("\r\n".join(answer).encode(), place.zone).events
    with place.reading() as session, plans_of(place) as found:
        assert calendar_notes(session, (replace(record, method="REQUEST"),))
        answers_of(session, (record,), "a@example.org")
    assert len(found) > 1
    assert not scans(found, "event")
