"""Where a contact is named: in whatever order its names stand, and nowhere else."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ob_buero_tui.services.people.contact import contact
from ob_buero_tui.services.people.editing import create_contact
from ob_buero_tui.services.workplace import Workplace

MakeRequest = Callable[..., int]


@pytest.fixture
def jurist(place: Workplace) -> int:
    """A person with an umlaut, two given names and an address."""
    names = {"given_name": "Jörg Uwe", "family_name": "Bußmann-Löwe", "email": "jbl@example.org"}
    return create_contact(place, "person", names).ids[0]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Herr Jörg Uwe Bußmann-Löwe", True),
        ("Bußmann-Löwe, Jörg", True),
        ("Joerg Bussmann Loewe und Frau", True),
        ("Jörg Löwe", False),
        ("Uwe Bußmann-Löwe", False),
        ("Jörg und Karl Bußmann-Löwe", False),
    ],
)
def test_a_person_is_found_by_the_full_name(
    place: Workplace, jurist: int, make_request: MakeRequest, make_event: MakeRequest, text: str, meant: bool
) -> None:
    request = make_request(kind="gratulation", fields={"person": text})
    organized, attended = make_event(organizer=text), make_event(attendee=f"BM1, {text}")
    view = contact(place, "person", jurist)
    assert [line.id for line in view.requests] == ([request] if meant else [])
    assert {line.id for line in view.events} == ({organized, attended} if meant else set())


def test_an_organizer_is_found_by_the_address_where_the_name_stands_elsewhere(
    place: Workplace, jurist: int, make_event: MakeRequest
) -> None:
    own = make_event(organizer="mailto:JBL@example.org", description="Gespräch mit Jörg Bußmann-Löwe")
    make_event(organizer="mailto:other@example.org", description="mit Jörg Bußmann-Löwe, jbl@example.org")
    assert [line.id for line in contact(place, "person", jurist).events] == [own]


def test_every_name_of_those_who_attend_is_looked_at(place: Workplace, make_event: MakeRequest) -> None:
    key = create_contact(place, "person", {"given_name": "Ina", "family_name": "Vogt"}).ids[0]
    attended = [
        make_event(attendee=name) for name in ("Ina Vogt", "BM1", "Ämter: Ina Vogt", "ina vogt", "OB")
    ]
    found = {line.id for line in contact(place, "person", key).events}
    assert found == {attended[0], attended[2], attended[3]}


def test_what_lies_in_the_trash_is_not_linked(
    place: Workplace, jurist: int, make_request: MakeRequest, make_event: MakeRequest
) -> None:
    gone = {"trashed_at": place.clock()}
    make_request(kind="gratulation", fields={"person": "Jörg Bußmann-Löwe"}, **gone)
    make_event(attendee="Jörg Bußmann-Löwe", **gone)
    make_event(organizer="Jörg Bußmann-Löwe", **gone)
    view = contact(place, "person", jurist)
    assert (view.requests, view.events) == ((), ())


def test_a_body_is_found_by_its_whole_name(place: Workplace, make_event: MakeRequest) -> None:
    key = create_contact(place, "organization", {"name": "Turn- und Sportverein Lindenau e. V."}).ids[0]
    own = make_event(organizer="Vorstand des Turn- und Sportverein Lindenau e.V.")
    make_event(organizer="Sportverein Lindenau und Turn e. V.")
    assert [line.id for line in contact(place, "organization", key).events] == [own]
