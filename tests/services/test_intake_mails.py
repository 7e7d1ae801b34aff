"""A mail becomes a request: kind, dates, sender, exchange of letters, attachments."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from intake_samples import count, event, ics, mail, mail_with_calendar, rows, value
from sqlalchemy import select

from ob_buero_tui.services.history import history_of
from ob_buero_tui.services.intake.files import import_files
from ob_buero_tui.services.intake.report import Status
from ob_buero_tui.services.requests.record import record
from ob_buero_tui.services.undo import redo, undo
from ob_buero_tui.services.work import transaction
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.people import Organization, Person
from ob_buero_tui.store.requests import Request


def requests(place: Workplace) -> list[Request]:
    with place.reading() as session:
        return list(session.scalars(select(Request).order_by(Request.id)))


def add(place: Workplace, *items: object) -> None:
    with transaction(place, "test_add") as work:
        work.session.add_all(items)


def test_a_mail_becomes_a_request_with_a_proposed_kind(place: Workplace, tmp_path: Path) -> None:
    report = import_files(place, [mail(tmp_path)])
    (line,) = report.lines
    assert (line.status, line.text) == (
        Status.NEW,
        "neu: 2026-0001 Grußwort (Vorschlag) „Bitte um ein Grußwort“",
    )
    (request,) = requests(place)
    assert (request.kind, request.kind_proposed, request.state) == ("grusswort", True, "neu")
    assert (request.channel, request.number, line.ids) == ("E-Mail", "2026-0001", (request.id,))
    assert request.received_at == datetime(2026, 11, 18, 8, 0, tzinfo=UTC)
    assert request.due_on is not None
    assert request.due_text
    assert any(note.startswith("Art „Grußwort“ vorgeschlagen wegen") for note in request.intake_notes)
    assert rows(place, "SELECT sender_address, body FROM message") == [
        ("erika@verein.example.org", "wir bitten um ein Grußwort für unsere Festschrift.")
    ]
    assert count(place, "task") == 0, "a proposal makes no tasks"
    assert rows(place, "SELECT serial, request_id, state FROM request_number") == [
        (1, request.id, "vergeben")
    ]


def test_a_mail_that_fits_no_kind_comes_in_without_one(place: Workplace, tmp_path: Path) -> None:
    import_files(
        place, [mail(tmp_path, subject="Unser neuer Vorstand", body="Neuer Vorsitzender ist Herr Ahlers.")]
    )
    (request,) = requests(place)
    assert (request.kind, request.kind_proposed, request.due_on) == (None, False, None)


def test_a_bounce_comes_in_without_kind_and_person(place: Workplace, tmp_path: Path) -> None:
    bounce = mail(
        tmp_path,
        sender="Mail Delivery System <mailer-daemon@stadt.example.org>",
        subject="Undelivered Mail Returned to Sender",
        body="Ihr Grußwort für die Festschrift kam nicht an.",
    )
    import_files(place, [bounce])
    (request,) = requests(place)
    assert (request.kind, request.requester_id) == (None, None)
    assert count(place, "person") == 0


@pytest.mark.parametrize(
    ("date", "received", "note"),
    [
        ("Wed, 18 Nov 2026 09:00:30 +0100", "2026-11-18T08:00:30Z", ""),
        ("Fri, 27 Nov 2026 09:00:00 +0100", "2026-11-25T08:42:00Z", "liegt in der Zukunft"),
        ("Tue, 01 Jan 1985 00:00:00 +0000", "2026-11-25T08:42:00Z", "kann nicht stimmen"),
        ("vorgestern", "2026-11-25T08:42:00Z", "Als Eingang gilt die Zeit des Imports."),
    ],
)
def test_the_day_of_receipt_is_the_mails_own_where_it_can_be_true(
    place: Workplace, tmp_path: Path, date: str, received: str, note: str
) -> None:
    import_files(place, [mail(tmp_path, date=date)])
    assert value(place, "SELECT received_at FROM request") == received
    notes = " ".join(requests(place)[0].intake_notes)
    assert note in notes
    assert ("Als Eingang gilt die Zeit des Imports." in notes) is bool(note)


def test_the_sender_becomes_a_person_once(place: Workplace, tmp_path: Path) -> None:
    sender = "Dr. Erika von der Au <Erika@Verein.example.org>"
    import_files(
        place, [mail(tmp_path, f"{n}.eml", message_id=f"{n}@x.example.org", sender=sender) for n in range(3)]
    )
    assert rows(place, "SELECT honorific_prefix, given_name, family_name, email FROM person") == [
        ("Dr.", "Erika", "von der Au", "erika@verein.example.org")
    ]
    assert {request.requester_id for request in requests(place)} == {1}


def test_a_known_person_and_the_one_body_of_a_domain_are_found(place: Workplace, tmp_path: Path) -> None:
    add(
        place,
        Person(given_name="Erika", family_name="Muster", email="ERIKA@Verein.example.org"),
        Organization(name="Verein", email="info@verein.example.org"),
    )
    import_files(place, [mail(tmp_path)])
    assert [(row.requester_id, row.organization_id) for row in requests(place)] == [(1, 1)]
    assert count(place, "person") == 1


def test_two_bodies_of_a_domain_are_no_answer(place: Workplace, tmp_path: Path) -> None:
    add(place, *(Organization(name=name, email=f"{name}@verein.example.org") for name in ("eins", "zwei")))
    import_files(place, [mail(tmp_path)])
    assert requests(place)[0].organization_id is None


def test_a_domain_for_everybody_says_nothing(place: Workplace, tmp_path: Path) -> None:
    add(place, Organization(name="Turnverein", email="turnverein@web.de"))
    one = mail(tmp_path, "1.eml", sender="Erika Beispiel <erika.beispiel@web.de>")
    two = mail(tmp_path, "2.eml", sender="Turnverein <turnverein@web.de>", message_id="2@x.example.org")
    import_files(place, [one, two])
    assert [row.organization_id for row in requests(place)] == [None, 1]


VEREIN = "Heimatverein Kirchwehr"


@pytest.mark.parametrize(
    ("display", "person"),
    [
        (f"„{VEREIN}“", None),
        (f"{VEREIN} e. V.", None),
        ("Kirchwehr Aktuell", None),
        ("HVK Vorstand", None),
        ("", None),
        ("Vorstand", None),
        ("Karl Muster", ("", "Karl", "Muster")),
        ("Muster, Karl (Vorsitz)", ("", "Karl", "Muster")),
        ("Frau Muster", ("Frau", "", "Muster")),
        ("KARL MUSTER", ("", "KARL", "MUSTER")),
    ],
)
def test_a_bodys_own_address_makes_no_person_of_its_name(
    place: Workplace, tmp_path: Path, display: str, person: tuple[str, str, str] | None
) -> None:
    add(place, Organization(name=f"{VEREIN} e. V.", email="Vorstand@hv.example.org", tel="0555 1"))
    import_files(place, [mail(tmp_path, sender=f'"{display}" <vorstand@HV.example.org>')])
    (request,) = requests(place)
    assert request.organization_id == 1
    assert (request.requester_id is None) is (person is None)
    found = rows(place, "SELECT form_of_address, given_name, family_name FROM person")
    assert found == ([person] if person else [])
    shown = record(place, request.id)
    assert shown.organization == f"{VEREIN} e. V."
    assert "vorstand@hv.example.org" in shown.contact.lower()


def test_a_person_known_by_a_bodys_address_stays_its_person(place: Workplace, tmp_path: Path) -> None:
    add(
        place,
        Person(given_name="Karl", family_name="Muster", email="vorstand@hv.example.org"),
        Organization(name=VEREIN, email="vorstand@hv.example.org"),
    )
    import_files(place, [mail(tmp_path, sender=f"{VEREIN} <vorstand@hv.example.org>")])
    assert [(row.requester_id, row.organization_id) for row in requests(place)] == [(1, 1)]


def test_the_same_message_id_with_other_content_stays_apart_and_is_marked(
    place: Workplace, tmp_path: Path
) -> None:
    import_files(place, [mail(tmp_path, "1.eml"), mail(tmp_path, "2.eml", body="Nun anders.")])
    first, second = requests(place)
    assert (first.double_of_id, second.double_of_id) == (None, first.id)
    assert any("Möglicherweise doppelt: 2026-0001" in note for note in second.intake_notes)
    assert not any("doppelt" in note for note in first.intake_notes)


def test_mails_without_message_id_are_no_doubles(place: Workplace, tmp_path: Path) -> None:
    import_files(place, [mail(tmp_path, f"{n}.eml", message_id="", body=f"Brief {n}") for n in range(2)])
    assert [row.double_of_id for row in requests(place)] == [None, None]
    assert {row.thread for row in requests(place)} == {""}


LETTERS = {
    "frage": ("frage@x.example.org", ""),
    "antwort": ("antwort@x.example.org", "In-Reply-To: <frage@x.example.org>"),
    "nachfrage": ("nachfrage@x.example.org", "In-Reply-To: <antwort@x.example.org>"),
    "schluss": (
        "schluss@x.example.org",
        "References: <frage@x.example.org> <antwort@x.example.org>\nIn-Reply-To: <antwort@x.example.org>",
    ),
}


@pytest.mark.parametrize(
    "order",
    [
        ("frage", "antwort", "nachfrage", "schluss"),
        ("schluss", "nachfrage", "antwort", "frage"),
        ("nachfrage", "frage", "schluss", "antwort"),
        ("antwort", "nachfrage", "frage", "schluss"),
    ],
)
def test_an_exchange_of_letters_hangs_together_in_any_order(
    place: Workplace, tmp_path: Path, order: tuple[str, ...]
) -> None:
    for name in order:
        message_id, more = LETTERS[name]
        import_files(place, [mail(tmp_path, f"{name}.eml", message_id=message_id, more=more)])
    import_files(place, [mail(tmp_path, "fremd.eml", message_id="fremd@x.example.org")])
    *together, apart = requests(place)
    assert {row.thread for row in together} == {"frage@x.example.org"}
    assert apart.thread == "fremd@x.example.org"


def test_undo_takes_a_letter_out_of_the_exchange_again(place: Workplace, tmp_path: Path) -> None:
    for name in ("nachfrage", "antwort"):
        message_id, more = LETTERS[name]
        import_files(place, [mail(tmp_path, f"{name}.eml", message_id=message_id, more=more)])
    assert {row.thread for row in requests(place)} == {"frage@x.example.org"}
    undo(place)
    assert [row.thread for row in requests(place)] == ["antwort@x.example.org"]


def test_the_calendar_file_of_a_mail_names_the_appointment(place: Workplace, tmp_path: Path) -> None:
    fest = event(
        location="Festzelt", dtstart="20270605T130000Z", dtend="20270605T160000Z", summary="Sommerfest"
    )
    import_files(place, [mail_with_calendar(tmp_path, ics(fest, event("b@example.org")))])
    (request,) = requests(place)
    stored = rows(place, "SELECT event_start, event_end FROM request")
    assert stored == [("2027-06-05T15:00:00", "2027-06-05T18:00:00")], "in the office's own time"
    assert request.event_place == "Festzelt"
    notes = " ".join(request.intake_notes)
    assert "Termin aus der angehängten Kalenderdatei: Sa 5.06.2027 15:00, Festzelt." in notes
    assert "nennt 2 Termine" in notes
    assert count(place, "event") == 0


def test_a_broken_calendar_file_costs_the_mail_nothing(place: Workplace, tmp_path: Path) -> None:
    import_files(place, [mail_with_calendar(tmp_path, "BEGIN:UNSINN")])
    (request,) = requests(place)
    assert request.event_start is None
    assert "Die angehängte Kalenderdatei „fest.ics“ war nicht lesbar." in request.intake_notes


def test_attachments_lie_under_their_hash_and_survive_undo(place: Workplace, tmp_path: Path) -> None:
    path = mail_with_calendar(tmp_path, ics(event()))
    import_files(place, [path])
    ((name, size, sha256),) = rows(place, "SELECT filename, size, sha256 FROM attachment")
    assert name == "fest.ics"
    assert len(place.attachments.read(sha256)) == size
    undo(place)
    assert place.attachments.read(sha256)


def test_undo_removes_all_of_it_and_a_new_import_gets_a_new_number(place: Workplace, tmp_path: Path) -> None:
    path = mail_with_calendar(tmp_path, ics(event()))
    import_files(place, [path])
    undo(place)
    for table in ("request", "message", "attachment", "person", "imported_file", "search_doc"):
        assert count(place, table) == 0, table
    assert rows(place, "SELECT serial, state FROM request_number") == [(1, "storniert")]
    (line,) = import_files(place, [path]).lines
    assert line.text.startswith("neu: 2026-0002 ")
    assert rows(place, "SELECT serial, state FROM request_number") == [(1, "storniert"), (2, "vergeben")]


def test_redo_gives_the_old_number_back(place: Workplace, tmp_path: Path) -> None:
    import_files(place, [mail(tmp_path)])
    undo(place)
    redo(place)
    assert rows(place, "SELECT number FROM request") == [("2026-0001",)]
    assert rows(place, "SELECT state FROM request_number") == [("vergeben",)]
    assert value(place, "SELECT count(*) FROM search_doc WHERE type = 'request'") == 1


def test_numbers_count_per_year_of_the_import(place: Workplace, tmp_path: Path, clock: Any) -> None:
    import_files(place, [mail(tmp_path, "1.eml")])
    clock.now = datetime(2027, 1, 4, 8, 0, tzinfo=UTC)
    import_files(place, [mail(tmp_path, "2.eml", message_id="2@x.example.org")])
    assert [row.number for row in requests(place)] == ["2026-0001", "2027-0001"]


def test_the_history_says_where_a_request_comes_from(place: Workplace, tmp_path: Path) -> None:
    import_files(place, [mail(tmp_path)])
    with place.reading() as session:
        (line,) = history_of(place, session, "request", [1])
    assert (line.desk, line.text) == ("PS", "aus einer E-Mail übernommen")
    params = value(place, "SELECT params FROM action WHERE verb = 'import_mail'")
    assert "erika" not in params.lower()
    assert set(json.loads(params)) == {"table", "ids", "joined"}


def test_hostile_text_arrives_harmless(place: Workplace, tmp_path: Path) -> None:
    hostile = "\x1b]0;Titel\x07 [@click=app.quit]x[/] \u202egnp.exe ' OR 1=1; --"
    path = mail(
        tmp_path,
        "bö\x1b[2Jse.eml",
        subject=hostile,
        body=hostile,
        sender=f'"{hostile}" <x@verein.example.org>',
    )
    report = import_files(place, [path])
    stored = json.dumps(
        rows(place, "SELECT * FROM request") + rows(place, "SELECT * FROM message"), default=str
    )
    shown = report.lines[0].path + report.lines[0].text + report.summary + "".join(report.lines[0].notes)
    for bad in ("\x1b", "\x07", "\u202e"):
        assert bad not in shown
        assert json.dumps(bad)[1:-1] not in stored
    assert report.lines[0].status is Status.NEW


@pytest.mark.parametrize("level", ["vertraulich", "persoenlich"])
@pytest.mark.parametrize("how", ["answer", "double", "earlier"])
def test_a_further_letter_is_no_less_confidential(
    place: Workplace, tmp_path: Path, level: str, how: str
) -> None:
    later = {"message_id": "2@verein.example.org", "more": "In-Reply-To: <1@verein.example.org>"}
    first: dict[str, str] = later if how == "earlier" else {}
    import_files(place, [mail(tmp_path, **first)])
    owner = place.desk.account if level == "persoenlich" else ""
    with transaction(place, "test_level") as work:
        row = work.get(Request, 1)
        row.confidentiality, row.owner = level, owner
    second = later if how == "answer" else {"body": "Noch etwas."}
    import_files(place, [mail(tmp_path, "zwei.eml", **second)])
    assert [(row.confidentiality, row.owner) for row in requests(place)] == [(level, owner)] * 2
