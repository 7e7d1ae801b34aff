"""Who is known of a name that was typed: offered truly, linked only when sure, and what was typed stays."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from ob_buero_tui.services.requests.callers import callers
from ob_buero_tui.services.requests.creating import Captured, create_request
from ob_buero_tui.services.requests.record import record
from ob_buero_tui.services.work import transaction
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.people import Organization, Person
from ob_buero_tui.store.requests import Message, Request


def add(place: Workplace, given: str, family: str, **values: Any) -> int:
    with transaction(place, "note") as work:
        row = Person(given_name=given, family_name=family, **values)
        work.session.add(row)
        work.session.flush()
        return row.id


def asked(place: Workplace, **values: Any) -> Request:
    """The stored request of a call."""
    given = {"kind": None, "channel": "Telefon", "subject": "Schlagloch"}
    key = create_request(place, Captured(**(given | values))).ids[0]
    with place.reading() as session:
        return session.get_one(Request, key)


@pytest.mark.parametrize(
    "typed",
    [
        {"name": "Herr Bernd Meier", "tel": "0171 777"},
        {"name": "Herr Meier"},
        {"name": "Meier"},
        {"name": "Bernd Meier", "email": "meier@paar.example.org"},
        {"name": "A. Meier", "email": "meier@paar.example.org"},
        {"name": "Anna Meier", "tel": "0171 777"},
        {"name": "Anna Meier", "email": "andere@example.org"},
        {"name": "Herr Anna Meier"},
    ],
)
def test_nobody_is_linked_whom_the_typed_does_not_name_in_full(
    place: Workplace, typed: dict[str, str]
) -> None:
    known = add(place, "Anna", "Meier", form_of_address="Frau", tel="0555 1", email="meier@paar.example.org")
    request = asked(place, **typed)
    assert request.requester_id not in (None, known)
    with place.reading() as session:
        letter = session.scalars(select(Message)).one()
    assert (letter.sender_name, letter.sender_address) == (typed["name"], typed.get("email", ""))
    assert letter.body == f"Kontakt: {', '.join(typed.values())}"


def test_a_number_typed_behind_the_name_is_the_number(place: Workplace) -> None:
    request = asked(place, name="Herr Bernd Meier, 0171 777")
    with place.reading() as session:
        person = session.get_one(Person, request.requester_id)
        assert (person.form_of_address, person.given_name, person.family_name, person.tel) == (
            "Herr",
            "Bernd",
            "Meier",
            "0171 777",
        )


@pytest.mark.parametrize(
    ("given", "family", "typed"),
    [
        ("Özlem", "Özdemir", "özlem özdemir"),
        ("Karl", "Müller", "Karl Mueller"),
        ("Jürgen", "MÖLLER", "juergen möller"),
        ("Łukasz", "Świder", "lukasz swider"),
        ("Zoé", "Méndez", "Zoe Mendez"),
        ("Karl", "von der Au", "Karl von der Au"),
    ],
)
def test_a_name_is_known_however_it_is_written(place: Workplace, given: str, family: str, typed: str) -> None:
    known = add(place, given, family, tel="+49 (0)555 1234")
    add(place, given, f"{family}s")
    (one,) = callers(place, typed)
    assert (one.id, one.sure) == (known, True)
    assert asked(place, name=typed, tel="0555 12-34").requester_id == known


def test_a_particle_in_a_column_of_its_own_is_part_of_the_name(place: Workplace) -> None:
    known = add(place, "Karl", "Au", affix="von der")
    assert [one.id for one in callers(place, "Karl von der Au")] == [known]


def test_of_several_all_are_counted_and_none_is_linked(place: Workplace) -> None:
    keys = {add(place, given, "Meier") for given in ("Anna", "Berta", "Clara", "Dora", "Erika")}
    found = callers(place, "Meier")
    assert {one.id for one in found} == keys
    assert not any(one.sure for one in found)
    other = add(place, "Anna", "Meier", tel="0555 7")
    assert not any(one.sure for one in callers(place, "Anna Meier"))
    assert callers(place, "Anna Meier", "0555 7")[0].id == other
    assert callers(place, "Anna Meier", "0555 7")[0].sure


def test_who_died_is_named_so_and_never_linked(place: Workplace) -> None:
    dead = add(place, "Anna", "Meier", deceased_on=date(2026, 3, 2))
    (one,) = callers(place, "Anna Meier")
    assert (one.deceased, one.sure) == (True, False)
    assert "verstorben am Mo 2.03.2026" in one.label
    assert asked(place, name="Anna Meier").requester_id != dead


def test_by_an_address_somebody_is_offered_and_not_linked(place: Workplace) -> None:
    known = add(place, "Anna", "Meier", email="Meier@paar.example.org")
    (one,) = callers(place, "Bernd Meier", "", "meier@PAAR.example.org")
    assert (one.id, one.sure) == (known, False)
    assert asked(place, name="Bernd Meier", person_id=known).requester_id == known


@pytest.mark.parametrize("typed", ["ÖZDEMIR gmbh", "Oezdemir GmbH", "ög", " Özdemir  GmbH"])
def test_a_body_is_known_however_it_is_written(place: Workplace, typed: str) -> None:
    with transaction(place, "note") as work:
        work.session.add(Organization(name="Özdemir GmbH", short_name="ÖG"))
        work.session.add(Organization(name="Ortsverein"))
    assert asked(place, organization=typed).organization_id == 1


def test_a_call_that_is_typed_in_full_misses_nothing(place: Workplace) -> None:
    request = asked(
        place,
        kind="telefonnotiz",
        name="Erika Beispiel",
        tel="0555 1234",
        fields={"rueckruf": "", "rueckruf_durch": "PS", "rueckruf_bis": "morgen 10 Uhr"},
    )
    assert {key: request.fields[key] for key in ("anrufer", "nummer", "worum", "rueckruf")} == {
        "anrufer": "Erika Beispiel",
        "nummer": "0555 1234",
        "worum": "Schlagloch",
        "rueckruf": "erbeten",
    }
    (check,) = [one for one in record(place, request.id).findings if one.key == "pflichtangaben"]
    assert check.text.endswith("fehlt keine")


def test_what_was_typed_for_a_field_counts_more(place: Workplace) -> None:
    request = asked(place, kind="telefonnotiz", fields={"rueckruf": "ruft", "worum": "Bus"})
    assert (request.fields["rueckruf"], request.fields["worum"]) == ("ruft wieder an", "Bus")
