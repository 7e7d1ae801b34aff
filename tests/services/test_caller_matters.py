"""What a caller has open here, found by name, by a number in any form, or by the organization."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest

from ob_buero_tui.services.requests.caller_matters import matters
from ob_buero_tui.services.requests.callers import Typed, callers
from ob_buero_tui.services.requests.verbs import note
from ob_buero_tui.services.work import transaction
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.people import Organization, Person
from ob_buero_tui.store.requests import RequestEvent


@pytest.fixture
def world(
    place: Workplace, make_request: Callable[..., int], make_event: Callable[..., int]
) -> tuple[int, int]:
    """Erika Beispiel with an open letter, a closed one and an appointment, and her association."""
    with transaction(place, "note") as work:
        person = Person(given_name="Erika", family_name="Beispiel", mobile="+49 (0)171 / 55 47-11")
        body = Organization(name="TSV Beispieldorf", tel="0555 / 99 88 77", extra={}, categories=[])
        work.session.add_all([person, body])
        work.session.flush()
        keys = person.id, body.id
    first = make_request(subject="Radweg", requester_id=keys[0])
    make_request(subject="Alt", requester_id=keys[0], state="erledigt", closed=True)
    make_request(subject="Geheim", requester_id=keys[0], confidentiality="persoenlich", owner="jemand")
    make_request(subject="Vereinsfest", organization_id=keys[1])
    event = make_event(summary="Ortstermin", dtstart=datetime.fromisoformat("2026-12-01T10:00"))
    with transaction(place, "note") as work:
        work.session.add(RequestEvent(request_id=first, event_id=event))
    note(place, [first], "ruft oft an")
    return keys


@pytest.mark.parametrize(
    ("name", "tel"),
    [
        ("Erika Beispiel", ""),
        ("Beispiel", ""),
        ("0171 554711", ""),
        ("01715547", ""),
        ("", "+49 171 554711"),
        ("", "0049171554711"),
        ("", "0171-55 47 11"),
    ],
)
def test_a_person_is_found_by_name_or_number(
    place: Workplace, world: tuple[int, int], name: str, tel: str
) -> None:
    found = matters(place, name, tel)
    assert found.who.startswith("Erika Beispiel")
    assert [line.partition(" ")[2] for line in found.open] == ["Radweg (neu)"]
    assert found.events == ("Di 1.12. 10:00 Ortstermin",)
    assert found.notes == ("Mi 25.11. PS: ruft oft an",)


@pytest.mark.parametrize(
    ("name", "tel", "organization"),
    [
        ("", "", "tsv beispieldorf"),
        ("TSV Beispieldorf", "", ""),
        ("", "0555 998877", ""),
        ("0555998877", "", ""),
    ],
)
def test_an_organization_is_found_by_name_or_number(
    place: Workplace, world: tuple[int, int], name: str, tel: str, organization: str
) -> None:
    found = matters(place, name, tel, organization=organization)
    assert (found.who, len(found.open)) == ("TSV Beispieldorf", 1)


@pytest.mark.parametrize("typed", ["", "Bei", "0171", "0171 99", "Erika Anders", "%", "_____"])
def test_nobody_is_found_by_less(place: Workplace, world: tuple[int, int], typed: str) -> None:
    assert not matters(place, typed)


def test_of_two_with_one_number_nobody_is_shown_but_both_are_offered(
    place: Workplace, world: tuple[int, int]
) -> None:
    with transaction(place, "note") as work:
        work.session.add(Person(given_name="Otto", family_name="Beispiel", private_tel="0171 554711"))
    assert not matters(place, "0171554711")
    assert {one.label for one in callers(place, "0171554711")} == {"Erika Beispiel", "Otto Beispiel"}


@pytest.mark.parametrize(
    ("typed", "name", "tel"),
    [
        ("0555 4711", "", "0555 4711"),
        ("+49 555 4711", "", "+49 555 4711"),
        ("Tel. (0555) 4711-12", "", "(0555) 4711-12"),
        ("Anna Muster 0555 4711", "Anna Muster", "0555 4711"),
        ("1. FC Muster", "1. FC Muster", ""),
    ],
)
def test_a_number_typed_for_the_name_is_the_number(typed: str, name: str, tel: str) -> None:
    found = Typed.of(typed, "", "")
    assert (found.shown, found.tel) == (name, tel)
