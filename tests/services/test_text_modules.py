"""Text modules at the desk: those that fit, filled with what is known, gaps for the rest."""

# ruff: noqa: DTZ001 wall times are naive by design

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.requests.text_modules import filled_modules
from ob_buero_tui.services.work import transaction
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.calendar import Event
from ob_buero_tui.store.people import Person
from ob_buero_tui.store.requests import Request, RequestEvent

Make = Callable[..., int]


def texts(place: Workplace, key: int) -> dict[str, str]:
    return {module.key: module.text for module in filled_modules(place, key)}


@pytest.fixture
def invitation(place: Workplace, make_request: Make) -> int:
    """An invitation with a date, from a person."""
    with transaction(place, "test_person") as work:
        person = Person(family_name="Beispiel", given_name="Erika", form_of_address="Frau")
        work.session.add(person)
        work.session.flush()
        key = person.id
    return make_request(
        kind="einladung", subject="Sommerfest {grund}", requester_id=key, due_on=date(2026, 11, 27),
        received_at=datetime(2026, 11, 18, 8, tzinfo=UTC), event_start=datetime(2026, 12, 1, 18),
    )  # fmt: skip


def test_a_module_is_filled_and_names_what_is_missing(place: Workplace, invitation: int) -> None:
    found = texts(place, invitation)
    assert found["zusage"].startswith(
        "Sehr geehrte Frau Beispiel,\n\nvielen Dank für Ihre Nachricht vom 18. November 2026 "
        "zu „Sommerfest {grund}“. "
        "Frau Oberbürgermeisterin nimmt den Termin am 1. Dezember 2026, 18:00 Uhr gern wahr (Ort: [Ort])."
    )
    assert "vom 18. November 2026" in found["eingangsbestaetigung"]
    assert "2026-0001" in found["eingangsbestaetigung"]
    assert "rechnen bis 27. November 2026" in found["zwischenbescheid"]
    assert "[Vertretung]" in found["vertretung"]


def test_kind_state_and_reason_choose(place: Workplace, invitation: int, make_request: Make) -> None:
    assert "zusage_grusswort" not in texts(place, invitation)
    declined = make_request(kind="grusswort", state="abgesagt", reason="Neutralität")
    assert list(texts(place, declined)) == ["absage_neutralitaet", "absage"]
    assert "Grund: Neutralität." in texts(place, declined)["absage"]
    agreed = make_request(kind="grusswort", state="zugesagt")
    assert next(iter(texts(place, agreed))) == "zusage_grusswort"
    assert {"zusage", "dank"} < set(texts(place, agreed))


def test_a_letter_names_the_occasion_and_not_the_subject_of_the_mail(
    place: Workplace, make_request: Make
) -> None:
    mail = {"subject": "Bitte um ein Grußwort", "state": "zugesagt"}
    found = texts(place, make_request(kind="grusswort", fields={"anlass": "50 Jahre „Wehreblick“"}, **mail))
    assert "mit einem Grußwort an „50 Jahre ‚Wehreblick‘“." in found["zusage_grusswort"]
    assert found["dank"].splitlines()[2].startswith("für „50 Jahre ‚Wehreblick‘“ am")
    assert "Ihr Termin „50 Jahre ‚Wehreblick‘“" in found["verschiebung"]
    patron = texts(place, make_request(kind="schirmherrschaft", fields={"veranstaltung": "Lauf"}, **mail))
    assert "Schirmherrschaft für „Lauf“" in patron["zusage_schirmherrschaft"]
    # A word chosen of a list names no occasion; nor does a field that nobody filled.
    for values in ({"kind": "gratulation", "fields": {"anlass": "Geburtstag"}}, {"kind": "grusswort"}):
        assert "für „Bitte um ein Grußwort“" in texts(place, make_request(**values, **mail))["dank"]
    assert (
        "dass „Lauf“ nicht"
        in texts(
            place,
            make_request(kind="schirmherrschaft", fields={"veranstaltung": "Lauf"}, state="ausgefallen"),
        )["ausfall"]
    )


def test_the_deputy_is_the_one_whose_calendar_it_is(
    place: Workplace, invitation: int, make_event: Make
) -> None:
    event = make_event(calendar="bm1")
    with transaction(place, "test_link") as work:
        work.session.add(RequestEvent(request_id=invitation, event_id=event))
    assert "in Vertretung 1. stellvertretende Bürgermeisterin." in texts(place, invitation)["vertretung"]
    with transaction(place, "test_trash") as work:
        work.get(Event, event).trashed_at = work.at
    assert "[Vertretung]" in texts(place, invitation)["vertretung"]


def test_nobody_known_is_addressed_politely(place: Workplace, make_request: Make) -> None:
    assert texts(place, make_request())["rueckfrage"].startswith("Sehr geehrte Damen und Herren,\n")


def test_what_is_personal_to_another_desk_is_refused(
    other_place: Workplace, place: Workplace, invitation: int
) -> None:
    with transaction(place, "test_own") as work:
        request = work.get(Request, invitation)
        request.confidentiality, request.owner = "persoenlich", place.desk.account
    assert texts(place, invitation)
    with pytest.raises(Refusal):
        filled_modules(other_place, invitation)
