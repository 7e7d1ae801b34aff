"""The panel of one request: what it holds, its checks, its letters, and what is kept from whom."""

# Wall times are naive by design.
# ruff: noqa: DTZ001

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from ob_buero_tui.rules.checks import Level
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.requests.editing import tick_check
from ob_buero_tui.services.requests.record import record
from ob_buero_tui.services.requests.verbs import assign, defer, note
from ob_buero_tui.services.work import transaction
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.documents import Attachment
from ob_buero_tui.store.people import Organization, Person
from ob_buero_tui.store.requests import Message, RequestEvent
from ob_buero_tui.store.tasks import Task

Make = Callable[..., int]


def add(place: Workplace, *entries: Any) -> list[int]:
    """Write rows as one action and return their keys."""
    with transaction(place, "test_rows") as work:
        work.session.add_all(entries)
        work.session.flush()
        return [entry.id for entry in entries]


@pytest.fixture
def grusswort(place: Workplace, make_request: Make) -> int:
    """A Grußwort with sender, letter, attachment and fields."""
    person, body = add(
        place,
        Person(honorific_prefix="Dr.", given_name="Ursula", family_name="Dornieden", tel="030 23125 001",
               email="u.dornieden@example.org"),
        Organization(name="TSV Lindenau 1926 e. V."),
    )  # fmt: skip
    key = make_request(
        subject="Grußwort für die Festschrift", kind="grusswort", kind_proposed=True, requester_id=person,
        organization_id=body, received_at=datetime(2026, 11, 18, 9, 0, tzinfo=UTC),
        fields={
            "form": "schriftlich", "umfang": 1500, "foto": True, "redaktionsschluss": "2026-12-14T12:00:00",
        },
        due_on=date(2026, 11, 27), due_text="Entwurf, 10 Arbeitstage vor Redaktionsschluss",
        intake_notes=["Art vorgeschlagen"],
    )  # fmt: skip
    add(
        place,
        Message(
            request_id=key, sender_name="Ursula D.", sender_address="ud@example.org", body="Bitte\num 1.500"
        ),
        Attachment(
            request_id=key, filename="chronik.pdf", media_type="application/pdf", size=12, sha256="0" * 64
        ),
    )
    return key


def test_the_panel_holds_everything_about_a_request(place: Workplace, grusswort: int) -> None:
    view = record(place, grusswort)
    assert (view.number, view.kind, view.kind_label, view.sign) == (
        "2026-0001",
        "grusswort",
        "Grußwort",
        "Gw",
    )
    assert view.proposed
    assert (view.received_on, view.channel, view.state_label) == (date(2026, 11, 18), "E-Mail", "neu")
    assert (view.requester, view.organization) == ("Dr. Ursula Dornieden", "TSV Lindenau 1926 e. V.")
    assert view.contact == "030 23125 001 · u.dornieden@example.org"
    assert view.due_on == date(2026, 11, 27)
    assert view.due_text.startswith("Entwurf")
    assert view.body == "Bitte\num 1.500"
    assert [(one.name, one.size) for one in view.attachments] == [("chronik.pdf", 12)]
    assert view.notes == ("Art vorgeschlagen",)
    fields = dict(view.fields)
    assert fields["Umfang"] == "1.500 Zeichen"
    assert fields["Porträtfoto erwünscht"] == "ja"
    assert fields["Redaktionsschluss"] == "Mo 14.12.2026 12:00"
    assert fields["Anlass"] == ""
    assert "Redezeit" not in fields, "fields of another form are not asked for"


def test_without_a_person_the_letter_names_the_sender(place: Workplace, make_request: Make) -> None:
    key = make_request()
    add(place, Message(request_id=key, sender_name="", sender_address="post@example.org", body=""))
    view = record(place, key)
    assert (view.requester, view.contact) == ("post@example.org", "post@example.org")


def test_the_checks_of_the_kind_run_and_name_their_count(place: Workplace, grusswort: int) -> None:
    found = {one.key: one for one in record(place, grusswort).findings}
    assert found["pflichtangaben"].level is Level.OPEN
    assert "Anlass" in found["pflichtangaben"].text
    assert "18 Arbeitstage" in found["vorlauf"].text
    assert found["umfang"].level is Level.OK
    assert found["ortsbezug"].level is Level.OPEN
    assert found["ortsbezug"].rule == "frage"
    assert "konflikt" not in found, "a written one takes up no time"


def test_without_a_kind_nothing_is_checked(place: Workplace, make_request: Make) -> None:
    assert record(place, make_request()).findings == ()


@pytest.mark.parametrize(("passed", "level"), [(True, Level.OK), (False, Level.WARN), (None, Level.OPEN)])
def test_a_question_ticked_by_hand_shows_its_answer(
    place: Workplace, grusswort: int, passed: bool | None, level: Level
) -> None:
    tick_check(place, grusswort, "ortsbezug", True)
    tick_check(place, grusswort, "ortsbezug", passed)
    found = {one.key: one for one in record(place, grusswort).findings}
    assert found["ortsbezug"].level is level


def test_the_check_tells_what_the_calendar_holds_at_that_time(
    place: Workplace, make_request: Make, make_event: Make
) -> None:
    make_event(summary="Jour fixe", dtstart=datetime(2026, 12, 1, 11), dtend=datetime(2026, 12, 1, 12))
    own = make_event(summary="Das eigene", dtstart=datetime(2026, 12, 1, 10), dtend=datetime(2026, 12, 1, 11))
    key = make_request(
        kind="grusswort", fields={"form": "mündlich"}, event_start=datetime(2026, 12, 1, 10),
        event_end=datetime(2026, 12, 1, 11), event_place="Marktplatz",
    )  # fmt: skip
    add(place, RequestEvent(request_id=key, event_id=own))
    told = next(one.text for one in record(place, key).findings if one.key == "konflikt")
    assert "„Jour fixe“ 11:00–12:00" in told, "the way back from the Marktplatz takes 5 minutes of it"
    assert "eigene" not in told, "what it led to itself is no conflict"


def test_earlier_requests_of_the_same_people_are_told(place: Workplace, make_request: Make) -> None:
    (body,) = add(place, Organization(name="Löschzug Ostheim"))
    old = datetime(2025, 3, 3, 9, tzinfo=UTC)
    make_request(subject="Tag der offenen Tür", organization_id=body, received_at=old, state="zugesagt")
    make_request(
        subject="Vertrauliches", organization_id=body, confidentiality="persoenlich", owner="jemand.anders"
    )
    key = make_request(organization_id=body, kind="grusswort")
    told = next(one.text for one in record(place, key).findings if one.key == "vorgeschichte")
    assert "Mo 3.03.2025" in told
    assert "„Tag der offenen Tür“: zugesagt" in told
    assert "Vertrauliches" not in told


def test_tasks_appointments_notes_and_history_are_listed(
    place: Workplace, make_request: Make, make_event: Make
) -> None:
    key = make_request(reason="Terminkonflikt")
    event = make_event(summary="Richtfest")
    trashed = make_event(summary="Verworfen", trashed_at=datetime(2026, 11, 2, tzinfo=UTC))
    add(
        place,
        RequestEvent(request_id=key, event_id=event),
        RequestEvent(request_id=key, event_id=trashed),
        Task(label="Rede", request_id=key, due_on=date(2026, 11, 24), due_text="10 Arbeitstage vorher"),
        Task(label="Ablage", request_id=key, due_on=None),
        Task(label="Dank", request_id=key, due_on=date(2026, 11, 20), done_at=place.clock()),
    )
    note(place, [key], "Rückruf vereinbart")
    defer(place, [key], date(2026, 11, 30), "nachfassen")
    view = record(place, key)
    assert [one.label for one in view.events] == ["Di 1.12. 10:00 Richtfest (bestätigt)"]
    assert [(one.label, one.done, one.overdue) for one in view.tasks] == [
        ("Dank", True, False),
        ("Rede", False, True),
        ("Ablage", False, False),
    ]
    assert view.notes == (
        "Wiedervorlage Mo 30.11.2026: nachfassen",
        "Grund: Terminkonflikt",
        "Mi 25.11. 09:42 PS: Rückruf vereinbart",
    )
    assert [line.text for line in view.history][-2:] == [
        "Notiz hinzugefügt",
        "auf Wiedervorlage Mo 30.11. gelegt",
    ]
    assert {line.desk for line in view.history} == {"PS"}


def test_the_exchange_shows_the_other_letters_and_a_possible_double(
    place: Workplace, make_request: Make
) -> None:
    first = make_request(
        subject="Anfrage", thread="<1@example.org>", received_at=datetime(2026, 11, 2, tzinfo=UTC)
    )
    make_request(subject="Geheim", thread="<1@example.org>", confidentiality="persoenlich", owner="x.y")
    make_request(subject="Verworfen", thread="<1@example.org>", trashed_at=datetime(2026, 11, 3, tzinfo=UTC))
    make_request(subject="Anderes", thread="<2@example.org>")
    key = make_request(subject="Antwort", thread="<1@example.org>", double_of_id=first)
    assert record(place, key).thread == ((first, "möglicherweise doppelt zu 2026-0001 Mo 2.11. Anfrage"),)
    assert record(place, first).thread == ((key, "2026-0005 Mi 25.11. Antwort"),)
    assert record(place, make_request(thread="")).thread == ()


def test_a_personal_one_tells_another_desk_no_more_than_that_it_is_there(
    place: Workplace, other_place: Workplace, make_request: Make
) -> None:
    key = make_request(
        subject="Meine Kur", kind="einladung", confidentiality="persoenlich", owner=place.desk.account,
        fields={"anlass": "Kurklinik"}, event_place="Bad Meinberg", intake_notes=["Kurantrag"], reason="Kur",
    )  # fmt: skip
    add(place, Message(request_id=key, sender_name="Klinik", body="Kurbescheid"))
    assert record(place, key).body == "Kurbescheid"
    masked = record(other_place, key)
    assert masked.subject == "(persönlich)"
    assert masked.number == "2026-0001"
    shown = repr(masked)
    for secret in ("Kur", "Klinik", "Meinberg"):
        assert secret not in shown
    assert masked.findings == masked.history == ()


def test_no_verb_of_another_desk_opens_a_personal_one(
    place: Workplace, other_place: Workplace, make_request: Make
) -> None:
    key = make_request(subject="Meine Kur", confidentiality="persoenlich", owner=place.desk.account)
    with pytest.raises(Refusal, match="2026-0001 ist persönlich") as refused:
        assign(other_place, [key], "KL")
    assert "Kur" not in str(refused.value)
    assign(place, [key], "PS")


def test_a_request_that_is_gone_is_refused(place: Workplace) -> None:
    with pytest.raises(Refusal, match="gibt es nicht mehr"):
        record(place, 4711)


def test_an_earlier_request_is_told_though_newer_ones_are_hidden(
    place: Workplace, make_request: Make
) -> None:
    (key,) = add(place, Person(given_name="Erika", family_name="Beispiel"))
    old = datetime(2026, 1, 1, 9, tzinfo=UTC)
    make_request(subject="Lesbar", requester_id=key, received_at=old)
    for number in range(25):
        hidden = {"confidentiality": "persoenlich", "owner": "jemand.anders"}
        make_request(requester_id=key, received_at=old + timedelta(days=number + 1), **hidden)
    shown = record(place, make_request(kind="grusswort", requester_id=key))
    assert any("„Lesbar“" in finding.text for finding in shown.findings)
