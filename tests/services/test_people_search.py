"""People and bodies in the search: what a hit tells, and who is found outside the house."""

from __future__ import annotations

from collections.abc import Callable

from ob_buero_tui.rules.visibility import Audience, Confidentiality
from ob_buero_tui.services.people.belonging import add_membership
from ob_buero_tui.services.people.contact import contact
from ob_buero_tui.services.people.editing import classify_contact, create_contact
from ob_buero_tui.services.people.listing import contact_ids, splits
from ob_buero_tui.services.search import search
from ob_buero_tui.services.work import transaction
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.people import Organization, Person


def test_a_person_is_found_by_body_and_function(place: Workplace) -> None:
    values = {"given_name": "Erika", "family_name": "Beispiel", "job_title": "Dirigentin"}
    key = create_contact(place, "person", values | {"honorific_prefix": "Dr."}).ids[0]
    add_membership(place, key, "Bläserkreis Ostheim", "Leitung")
    assert [hit.title for hit in search(place, "dirig")] == ["Dr. Erika Beispiel"]
    found = search(place, "blaeserkreis")
    assert {(hit.type, hit.title) for hit in found} == {
        ("person", "Dr. Erika Beispiel"),
        ("organization", "Bläserkreis Ostheim"),
    }
    assert all("Bläserkreis" in hit.snippet for hit in found)


def test_who_never_asked_is_found_outside_by_the_own_level(
    place: Workplace, make_request: Callable[..., int]
) -> None:
    keys = [
        create_contact(place, "person", {"given_name": name, "family_name": "Beispiel"}).ids[0]
        for name in ("Erika", "Karl", "Ina", "Tom")
    ]
    classify_contact(place, "person", [keys[1]], Confidentiality.VERTRAULICH)
    make_request(requester_id=keys[2], confidentiality="vertraulich")
    make_request(requester_id=keys[3], trashed_at=place.clock())
    assert {hit.id for hit in search(place, "beispiel") if hit.type == "person"} == set(keys)
    outside = search(place, "beispiel", audience=Audience.DEPUTY)
    assert {hit.id for hit in outside if hit.type == "person"} == {keys[0]}
    assert not [hit for hit in search(place, "beispiel", audience=Audience.PRESS) if hit.type == "person"]


def test_what_the_councils_system_deleted_is_listed_no_more_but_marked(place: Workplace) -> None:
    with transaction(place, "note") as work:
        gone, there = {"oparl": {"deleted": True}}, {"oparl": {"deleted": False}}
        for number, extra in enumerate((gone, there)):
            work.session.add(
                Organization(
                    name=f"Ausschuss {number}", oparl_id=f"https://ris.example.org/o/{number}", extra=extra
                )
            )
            work.session.add(
                Person(
                    family_name=f"Rat {number}", oparl_id=f"https://ris.example.org/p/{number}", extra=extra
                )
            )
    assert contact_ids(place, "gremien") == [2]
    assert contact_ids(place, "personen") == [2]
    assert [(one.key, one.count) for one in splits(place)][::2] == [("personen", 1), ("gremien", 1)]
    fact = ("Ratsinformationssystem", "dort gelöscht")
    assert fact in contact(place, "organization", 1).facts
    assert fact not in contact(place, "organization", 2).facts
