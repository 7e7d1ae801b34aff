"""Adding and editing contacts: what is typed, what another desk did meanwhile, notices and levels."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select

from ob_buero_tui.office import Office
from ob_buero_tui.rules.locks import Lock
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.visibility import Confidentiality
from ob_buero_tui.services.people.belonging import add_membership, end_membership
from ob_buero_tui.services.people.contact import contact
from ob_buero_tui.services.people.editing import (
    classify_contact,
    contact_form,
    create_contact,
    edit_contact,
    note_contact,
    set_locks,
)
from ob_buero_tui.services.requests.editing import StaleForm
from ob_buero_tui.services.work import transaction
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.people import Membership, Organization, Person

ERIKA = {
    "form_of_address": "Frau",
    "given_name": "Erika",
    "family_name": "Beispiel",
    "email": "Erika@Example.org",
    "street_address": "Hinterhaus\nGartenweg 1",
    "rank": "90",
    "birthday": "17.05.1960",
    "categories": "Sport, Neujahrsempfang, Sport",
}


@pytest.fixture
def erika(place: Workplace) -> int:
    """A person as a form gave her back."""
    return create_contact(place, "person", ERIKA).ids[0]


def person(place: Workplace, key: int) -> Person:
    """A stored person."""
    with place.reading() as session:
        return session.get_one(Person, key)


def test_a_person_is_added_and_comes_back_as_typed(place: Workplace, erika: int) -> None:
    row = person(place, erika)
    assert (row.email, row.rank, row.birthday) == ("erika@example.org", 90, date(1960, 5, 17))
    assert (row.categories, row.source, row.source_on) == (["Sport", "Neujahrsempfang"], "Büro", place.today)
    filled = contact_form(place, "person", erika)
    assert filled.values["birthday"] == "17.05.1960"
    assert filled.values["categories"] == "Sport, Neujahrsempfang"
    assert filled.values["street_address"] == "Hinterhaus\nGartenweg 1"
    assert set(contact_form(place, "person").values.values()) == {""}


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("email", "kein Klammeraffe"),
        ("birthday", "31.02.1960"),
        ("birthday", "1960"),
        ("rank", "hoch"),
        ("form_of_address", "Fräulein"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_label(place: Workplace, column: str, text: str) -> None:
    label = next(one.label for one in contact_form(place, "person").columns if one.name == column)
    with pytest.raises(Refusal, match=label):
        create_contact(place, "person", ERIKA | {column: text})


@pytest.mark.parametrize(
    ("table", "values"), [("person", {"tel": "1"}), ("organization", {"short_name": "X"})]
)
def test_nobody_is_without_a_name(place: Workplace, table: str, values: dict[str, str]) -> None:
    with pytest.raises(Refusal, match="fehlt der Name"):
        create_contact(place, table, values)


def test_two_desks_edit_different_fields(
    place: Workplace, erika: int, open_desk: Callable[[str], Office]
) -> None:
    mine, theirs = contact_form(place, "person", erika).values, contact_form(place, "person", erika).values
    other = open_desk("karl.lorenz").place
    edit_contact(other, "person", erika, theirs, {**theirs, "tel": "05555 1", "locality": "Ostheim"})
    edit_contact(place, "person", erika, mine, {**mine, "mobile": "0170", "locality": "Ostheim"})
    row = person(place, erika)
    assert (row.tel, row.mobile, row.locality) == ("05555 1", "0170", "Ostheim")


def test_two_desks_edit_the_same_field(
    place: Workplace, erika: int, open_desk: Callable[[str], Office]
) -> None:
    before = contact_form(place, "person", erika).values
    edit_contact(open_desk("karl.lorenz").place, "person", erika, before, {**before, "tel": "1"})
    with pytest.raises(StaleForm) as refused:
        edit_contact(place, "person", erika, before, {**before, "tel": "2"})
    assert refused.value.differences == (("Telefon", "1", "2"),)
    assert person(place, erika).tel == "1"


def test_what_the_office_entered_stands_against_older_cards(place: Workplace, erika: int) -> None:
    assert person(place, erika).extra["REV"].startswith("2026-11-25T08:42")


def test_an_edit_that_changes_nothing_leaves_no_trace(place: Workplace, erika: int) -> None:
    before = contact_form(place, "person", erika).values
    version = person(place, erika).version
    edit_contact(place, "person", erika, before, before)
    assert person(place, erika).version == version


def test_notes_are_added_with_day_and_initials(place: Workplace, erika: int) -> None:
    note_contact(place, "person", erika, "mag Tee")
    note_contact(place, "person", erika, "kommt\nmit Hund")
    assert person(place, erika).note == "Mi 25.11.2026 PS: mag Tee\nMi 25.11.2026 PS: kommt\nmit Hund"
    with pytest.raises(Refusal, match="leer"):
        note_contact(place, "person", erika, " ")


def test_notices_are_kept_and_told(place: Workplace, erika: int) -> None:
    wanted = {Lock.AUSKUNFTSSPERRE_51: date(2028, 5, 1), Lock.WIDERSPRUCH_50_5: None}
    set_locks(place, erika, wanted)
    assert person(place, erika).locks == ["widerspruch_50_5", "auskunftssperre_51:2028-05-01"]
    assert contact(place, "person", erika).locks == (
        "Widerspruch gegen Jubiläumsdaten (§ 50 Abs. 5 BMG)",
        "Auskunftssperre (§ 51 BMG) bis 1.05.2028",
    )
    set_locks(place, erika, {})
    assert person(place, erika).locks == []


def test_levels(place: Workplace, erika: int) -> None:
    assert classify_contact(place, "person", [erika], Confidentiality.VERTRAULICH).text == "jetzt vertraulich"
    assert person(place, erika).confidentiality == "vertraulich"
    with pytest.raises(Refusal, match="nicht persönlich sein"):
        classify_contact(place, "person", [erika], Confidentiality.PERSOENLICH)


def test_memberships_begin_and_end(place: Workplace, erika: int) -> None:
    add_membership(place, erika, "Turnverein", "Vorsitz", date(2020, 1, 1))
    with pytest.raises(Refusal, match="gehört schon"):
        add_membership(place, erika, "turnverein")
    with place.reading() as session:
        key = session.scalars(select(Membership.id)).one()
        assert session.scalars(select(Organization.name)).all() == ["Turnverein"]
    assert contact(place, "person", erika).memberships[0].label == "Turnverein · Vorsitz · seit 1.01.2020"
    with pytest.raises(Refusal, match="beginnt erst"):
        end_membership(place, key, date(2019, 1, 1))
    end_membership(place, key, date(2026, 1, 31))
    assert contact(place, "person", erika).memberships[0].label.endswith("1.01.2020–31.01.2026")


@pytest.mark.parametrize("typed", ["noch ein Wort", "y" * 20_001])
def test_a_note_that_does_not_fit_is_refused_and_nothing_is_cut(
    place: Workplace, erika: int, typed: str
) -> None:
    note_contact(place, "person", erika, "x" * 19_970)
    before = contact(place, "person", erika).notes
    with pytest.raises(Refusal, match=r"20\.000 Zeichen"):
        note_contact(place, "person", erika, typed)
    assert contact(place, "person", erika).notes == before


@pytest.mark.parametrize(("column", "size"), [("note", 20_001), ("tel", 301)])
def test_a_form_cuts_nothing_silently(place: Workplace, column: str, size: int) -> None:
    with pytest.raises(Refusal, match="zu lang"):
        create_contact(place, "person", ERIKA | {column: "x" * size})


def test_every_refusal_of_a_membership_says_what_to_do(place: Workplace, erika: int) -> None:
    add_membership(place, erika, "Turnverein", start=date(2020, 1, 1))
    with place.reading() as session:
        key = session.scalars(select(Membership.id)).one()
    with transaction(place, "note") as work:
        waiting = Membership(organization_id=1)
        work.session.add(waiting)
        work.session.flush()
        no_one = waiting.id
    for step in (
        lambda: add_membership(place, erika, " "),
        lambda: add_membership(place, erika, "Turnverein"),
        lambda: end_membership(place, no_one, date(2026, 1, 1)),
        lambda: end_membership(place, key, date(2019, 1, 1)),
    ):
        with pytest.raises(Refusal) as refused:
            step()
        assert refused.value.now
