"""Wiedervorlagen: bound to an appointment, woken by an answer or its change, and what undo gives back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.zones import to_utc
from ob_buero_tui.services.calendar.date_verbs import cancel_dates, trash_dates
from ob_buero_tui.services.calendar.scopes import Scope
from ob_buero_tui.services.follow_ups import selecting
from ob_buero_tui.services.follow_ups.card import card
from ob_buero_tui.services.follow_ups.rows import rows
from ob_buero_tui.services.history import history_of
from ob_buero_tui.services.intake.files import import_files
from ob_buero_tui.services.requests import inbox
from ob_buero_tui.services.requests.closing import finish
from ob_buero_tui.services.requests.exceptions import sort_out
from ob_buero_tui.services.requests.record import record
from ob_buero_tui.services.requests.verbs import defer
from ob_buero_tui.services.undo import redo, undo
from ob_buero_tui.services.work import USE_CASES, Work, use_case
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.calendar import Event
from ob_buero_tui.store.documents import Document
from ob_buero_tui.store.requests import Request, RequestEvent
from office_fixtures import Clock

Make = Callable[..., int]
TODAY = date(2026, 11, 25)
LATER = date(2026, 12, 16)


@use_case("test_link")
def link(work: Work, request_id: int, event_id: int) -> None:
    """Give a request an appointment."""
    work.session.add(RequestEvent(request_id=request_id, event_id=event_id))


@use_case("test_move_event")
def move_event(work: Work, event_id: int, start: datetime) -> None:
    """Move an appointment, as the calendar will."""
    event = work.get(Event, event_id)
    event.dtstart, event.dtend = start, start + timedelta(hours=1)
    event.starts_at, event.ends_at = (to_utc(one, event.tzid, 0) for one in (event.dtstart, event.dtend))
    work.tell(table="event", ids=[event_id])


@use_case("test_move_own_date")
def move_own_date(work: Work, request_id: int, start: datetime | None) -> None:
    """Change the date a request names."""
    work.get(Request, request_id).event_start = start


@use_case("test_send_answer")
def send_answer(work: Work, request_id: int, message_id: str) -> None:
    """Note an answer that left the house."""
    work.session.add(
        Document(
            request_id=request_id, kind="antwort", title="Antwort", state="hinaus", message_id=message_id
        )
    )


for verb in ("test_link", "test_move_event", "test_move_own_date", "test_send_answer"):
    USE_CASES.pop(verb, None)  # what undoes every use case does not know them


def at(text: str) -> datetime:
    """A wall time."""
    return datetime.fromisoformat(text)


def request(place: Workplace, key: int) -> Request:
    """A request as it is stored now."""
    with place.reading() as session:
        return session.get_one(Request, key)


@pytest.fixture
def linked(place: Workplace, make_request: Make, make_event: Make) -> tuple[int, int]:
    """A request with its appointment on Wednesday 16 December."""
    key, event = make_request(), make_event(dtstart=at("2026-12-16T10:00"), dtend=at("2026-12-16T11:00"))
    link(place, key, event)
    return key, event


def letter(folder: Path, name: str, message_id: str, sent: str, references: str = "") -> Path:
    """A mail as a file."""
    path = folder / f"{name}.eml"
    cited = f"In-Reply-To: {references}\nReferences: {references}\n" if references else ""
    path.write_text(
        f"From: Erika Beispiel <erika@verein.example.org>\nTo: buero@stadt.example.org\nSubject: {name}\n"
        f"Date: {sent}\nMessage-ID: {message_id}\n{cited}\nGuten Tag, {name}.\n",
        encoding="utf-8",
    )
    return path


def arrived(place: Workplace, path: Path) -> int:
    """Import a letter and return the key of the request it became."""
    import_files(place, [path])
    with place.reading() as session:
        return max(row.id for row in session.query(Request))


# Bound to an appointment


def test_bound_to_the_appointment_before_a_closed_day(place: Workplace, linked: tuple[int, int]) -> None:
    key, event = linked
    done = defer(place, [key], None, "Rede durchsehen", before=3)
    row = request(place, key)
    assert (row.wiedervorlage_on, row.wiedervorlage_days) == (date(2026, 12, 11), 3), "Sunday moves to Friday"
    assert row.wiedervorlage_event_id == event
    assert done.text == "2026-0001: auf Wiedervorlage Fr 11.12.2026, 3 Tage vor dem Termin"


def test_after_the_appointment_moves_forward(place: Workplace, linked: tuple[int, int]) -> None:
    defer(place, [linked[0]], None, before=-3)
    assert request(place, linked[0]).wiedervorlage_on == date(2026, 12, 21)


def test_it_follows_the_appointment_and_comes_back_with_undo(
    place: Workplace, linked: tuple[int, int]
) -> None:
    key, event = linked
    defer(place, [key], None, before=7)
    assert request(place, key).wiedervorlage_on == date(2026, 12, 9)
    move_event(place, event, at("2026-12-23T10:00"))
    assert request(place, key).wiedervorlage_on == LATER
    assert request(place, key).woken_by == ""
    undo(place)
    assert request(place, key).wiedervorlage_on == date(2026, 12, 9)
    redo(place)
    assert request(place, key).wiedervorlage_on == LATER


def test_a_day_that_has_passed_with_the_move_wakes(place: Workplace, linked: tuple[int, int]) -> None:
    key, event = linked
    defer(place, [key], None, "Rede", before=7)
    move_event(place, event, at("2026-11-27T10:00"))
    row = request(place, key)
    assert (row.wiedervorlage_on, row.woken_on, row.woken_by) == (TODAY, TODAY, "termin")
    assert inbox.rows(place, [key])[key].woken == "Termin anders"
    assert row.wiedervorlage_note == "Rede"
    undo(place)
    assert (request(place, key).woken_by, request(place, key).wiedervorlage_days) == ("", 7)


def test_without_an_appointment_the_own_date_counts(place: Workplace, make_request: Make) -> None:
    key = make_request(event_start=at("2026-12-16T18:00"))
    defer(place, [key], None, before=7)
    assert request(place, key).wiedervorlage_on == date(2026, 12, 9)
    move_own_date(place, key, at("2026-12-17T18:00"))
    assert request(place, key).wiedervorlage_on == date(2026, 12, 10)
    move_own_date(place, key, None)
    assert request(place, key).woken_by == "termin"


def test_nothing_to_be_bound_to_is_refused(place: Workplace, make_request: Make) -> None:
    with pytest.raises(Refusal, match="keinen Termin"):
        defer(place, [make_request()], None, before=7)
    with pytest.raises(Refusal, match="schon vorbei"):
        defer(place, [make_request(event_start=at("2026-11-27T18:00"))], None, before=7)


# Waking


@pytest.mark.parametrize(
    "end",
    [
        lambda place, event: cancel_dates(place, str(event), Scope.SERIE, "krank"),
        lambda place, event: trash_dates(place, str(event), Scope.SERIE),
    ],
)
@pytest.mark.parametrize("before", [None, 7])
def test_an_appointment_that_goes_wakes(
    place: Workplace, linked: tuple[int, int], before: int | None, end: Callable[..., Any]
) -> None:
    key, event = linked
    defer(place, [key], None if before else LATER, "Rede", before=before)
    assert key in inbox.ids(place, "wartet")
    end(place, event)
    row = request(place, key)
    assert (row.wiedervorlage_on, row.woken_by) == (TODAY, "termin")
    assert key in inbox.ids(place, "neu")
    with place.reading() as session:
        assert "1 Wiedervorlage zurück" in history_of(place, session, "request", [key])[-1].text
    undo(place)
    assert key in inbox.ids(place, "wartet")


def test_a_typed_day_is_woken_by_the_move_unless_it_shall_not(
    place: Workplace, linked: tuple[int, int]
) -> None:
    key, event = linked
    defer(place, [key], LATER, wakes=False)
    move_event(place, event, at("2026-12-23T10:00"))
    assert request(place, key).woken_by == ""
    defer(place, [key], LATER)
    move_event(place, event, at("2026-12-22T10:00"))
    assert request(place, key).woken_by == "termin"


def test_an_answer_wakes_and_undoing_the_import_restores(place: Workplace, tmp_path: Path) -> None:
    first = letter(tmp_path, "Anfrage", "<a@verein.example.org>", "Mon, 23 Nov 2026 09:00:00 +0100")
    key = arrived(place, first)
    defer(place, [key], LATER, "Zusage da?")
    answer = letter(
        tmp_path, "Nachtrag", "<b@verein.example.org>", "Wed, 25 Nov 2026 08:00:00 +0100",
        "<a@verein.example.org>",
    )  # fmt: skip
    new = arrived(place, answer)
    row = request(place, key)
    assert (row.wiedervorlage_on, row.woken_on, row.woken_by) == (TODAY, TODAY, "antwort")
    assert row.wiedervorlage_note == "Zusage da?"
    assert {key, new} <= set(inbox.ids(place, "neu"))
    undo(place)
    row = request(place, key)
    assert (row.wiedervorlage_on, row.woken_on, row.woken_by) == (LATER, None, "")


def test_an_answer_to_what_we_sent_wakes(place: Workplace, make_request: Make, tmp_path: Path) -> None:
    key = make_request(received_at=at("2026-11-20T08:00+00:00"))
    send_answer(place, key, "wir@stadt.example.org")
    defer(place, [key], LATER)
    arrived(
        place,
        letter(
            tmp_path, "Danke", "<c@verein.example.org>", "Wed, 25 Nov 2026 08:00:00 +0100",
            "<wir@stadt.example.org>",
        ),
    )  # fmt: skip
    assert request(place, key).woken_by == "antwort"


@pytest.mark.parametrize("state", ["closed", "unwanted", "older"])
def test_what_no_answer_wakes(place: Workplace, tmp_path: Path, state: str) -> None:
    key = arrived(
        place, letter(tmp_path, "Anfrage", "<a@verein.example.org>", "Mon, 23 Nov 2026 09:00:00 +0100")
    )
    defer(place, [key], LATER, wakes=state != "unwanted")
    if state == "closed":
        finish(place, [key])
    day = "Fri, 20 Nov" if state == "older" else "Wed, 25 Nov"
    arrived(
        place,
        letter(
            tmp_path, "Antwort", "<b@verein.example.org>", f"{day} 2026 08:00:00 +0100",
            "<a@verein.example.org>",
        ),
    )  # fmt: skip
    row = request(place, key)
    assert row.woken_by == ""
    assert row.wiedervorlage_on == (None if state == "closed" else LATER), "what is closed stays away"


# Its day, and put off again


def test_its_day_brings_it_back(place: Workplace, make_request: Make, clock: Clock) -> None:
    key = make_request()
    defer(place, [key], TODAY + timedelta(days=1))
    assert key not in inbox.ids(place, "neu")
    clock.advance(days=1)
    assert key in inbox.ids(place, "neu")
    assert request(place, key).woken_by == ""


def test_closed_meanwhile_it_does_not_come_back(
    place: Workplace, linked: tuple[int, int], clock: Clock
) -> None:
    key, event = linked
    defer(place, [key], None, before=7)
    finish(place, [key])
    row = request(place, key)
    assert (row.wiedervorlage_on, row.wiedervorlage_event_id, row.wiedervorlage_days) == (None, None, None)
    cancel_dates(place, str(event), Scope.SERIE, "krank")
    clock.advance(days=30)
    assert request(place, key).woken_by == ""
    assert key not in inbox.ids(place, "neu")
    undo(place)
    undo(place)
    assert request(place, key).wiedervorlage_days == 7


def test_what_is_back_already_stays_as_it_is(place: Workplace, linked: tuple[int, int], clock: Clock) -> None:
    key, event = linked
    defer(place, [key], TODAY + timedelta(days=1))
    clock.advance(days=2)
    cancel_dates(place, str(event), Scope.SERIE, "krank")
    row = request(place, key)
    assert (row.wiedervorlage_on, row.woken_by) == (TODAY + timedelta(days=1), "")


def test_put_off_again_forgets_what_woke_it(place: Workplace, linked: tuple[int, int]) -> None:
    key, event = linked
    defer(place, [key], None, "Rede", before=7)
    cancel_dates(place, str(event), Scope.SERIE, "krank")
    assert request(place, key).woken_by == "termin"
    defer(place, [key], LATER, "nachfassen")
    row = request(place, key)
    assert (row.woken_on, row.woken_by, row.wiedervorlage_days) == (None, "", None)
    assert row.wiedervorlage_note == "nachfassen"


def test_a_batch_is_one_step_and_its_exceptions_are_named(
    place: Workplace, linked: tuple[int, int], make_request: Make
) -> None:
    dated, plain = make_request(event_start=at("2026-12-17T10:00")), make_request()
    closed = make_request(closed=True, state="erledigt")
    found = sort_out(place, [linked[0], dated, plain, closed], "defer_bound")
    assert found.possible == (linked[0], dated)
    assert [one.reason for one in found.exempt] == ["hat keinen Termin", "ist abgeschlossen"]
    done = defer(place, found.possible, None, before=7)
    assert done.text == "2 Eingänge: auf Wiedervorlage 7 Tage vor dem Termin"
    assert [request(place, key).wiedervorlage_on for key in found.possible] == [
        date(2026, 12, 9),
        date(2026, 12, 10),
    ]
    undo(place)
    assert [request(place, key).wiedervorlage_on for key in found.possible] == [None, None]


# Shown


def test_list_and_record_say_why_it_is_back(place: Workplace, linked: tuple[int, int]) -> None:
    key, event = linked
    defer(place, [key], None, "Rede durchsehen", before=7)
    assert record(place, key).notes[0] == "Wiedervorlage Mi 9.12.2026, 7 Tage vor dem Termin: Rede durchsehen"
    assert rows(place, "wiedervorlagen", [key])[key].about == "7 Tage vor dem Termin · Rede durchsehen"
    assert dict(card(place, "request", key).facts)["Gebunden"] == "7 Tage vor dem Termin"
    cancel_dates(place, str(event), Scope.SERIE, "krank")
    back = "zurück: Termin verlegt oder abgesagt"
    assert record(place, key).notes[0] == f"Wiedervorlage {back} am Mi 25.11.2026: Rede durchsehen"
    shown = rows(place, "wiedervorlagen", [key])[key]
    assert (shown.on, shown.about, shown.overdue) == (TODAY, f"{back} · Rede durchsehen", False)
    facts = dict(card(place, "request", key).facts)
    assert (facts["Wieder am"], facts["Früher"], facts["Nächstes"]) == (
        "Mi 25.11.2026",
        back,
        "Rede durchsehen",
    )


def test_what_is_back_today_stands_before_what_still_sleeps(
    place: Workplace, linked: tuple[int, int], make_request: Make
) -> None:
    key, event = linked
    sleeps = make_request(wiedervorlage_on=TODAY + timedelta(days=1))
    defer(place, [key], LATER)
    assert selecting.ids(place, "wiedervorlagen") == (sleeps, key)
    cancel_dates(place, str(event), Scope.SERIE, "krank")
    assert selecting.ids(place, "wiedervorlagen") == (key, sleeps)
