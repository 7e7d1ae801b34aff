"""A card that comes again changes only what it changed itself: what the office did since then stays."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from ob_buero_tui.services.intake.files import import_files
from ob_buero_tui.services.intake.report import FileLine, Status
from ob_buero_tui.services.people.contact import contact
from ob_buero_tui.services.people.death import mark_deceased
from ob_buero_tui.services.people.editing import contact_form, create_contact, edit_contact
from ob_buero_tui.services.people.merging import merge_contacts
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.people import Person
from ob_buero_tui.store.requests import Request

Cards = Callable[..., FileLine]
ERIKA = {
    "REV": "20260301T100000Z",
    "N": "Beispiel;Erika",
    "TEL;TYPE=WORK": "100",
    "TEL;TYPE=CELL": "0170",
    "EMAIL": "erika@example.org",
    "NOTE": "mag Tee",
    "URL": "a.example.org",
    "CATEGORIES": "Sport,Presse",
}


def erika(uid: str = "erika-1", **changed: str | None) -> str:
    """Her card; `tel`, `rev` and so on change a line of it, None leaves it out."""
    names = {"tel": "TEL;TYPE=WORK", "mobile": "TEL;TYPE=CELL", "lists": "CATEGORIES", "died": "DEATHDATE"}
    lines = ERIKA | {names.get(name, name.upper()): text for name, text in changed.items()}
    body = "\n".join(f"{name}:{text}" for name, text in lines.items() if text is not None)
    return f"BEGIN:VCARD\nVERSION:4.0\nUID:{uid}\n{body}\nEND:VCARD\n"


@pytest.fixture
def cards(place: Workplace, tmp_path: Path) -> Cards:
    """Imports cards as a file of its own each time."""
    count = iter(range(100))

    def run(*texts: str) -> FileLine:
        path = tmp_path / f"kontakte-{next(count)}.vcf"
        path.write_text("".join(texts), encoding="utf-8")
        return import_files(place, [path]).lines[0]

    return run


def the_one(place: Workplace) -> Person:
    """The only person there is."""
    with place.reading() as session:
        return session.scalars(select(Person)).one()


def edit(place: Workplace, **values: str) -> None:
    """What the office enters in the form."""
    key = the_one(place).id
    before = dict(contact_form(place, "person", key).values)
    edit_contact(place, "person", key, before, before | values)


def test_a_later_card_changes_only_what_it_changed(place: Workplace, cards: Cards) -> None:
    cards(erika())
    edit(place, tel="999", note="")
    line = cards(erika(rev="20270101T000000Z", mobile="0171"))
    person = the_one(place)
    assert (person.tel, person.mobile, person.note) == ("999", "0171", "")
    told = "\n".join(line.notes)
    assert "„Erika Beispiel“: durch die neuere Karte ersetzt: Mobil (bisher „0170“)." in told
    assert "1 Angabe weicht ab, das Gespeicherte gilt weiter: Telefon." in told
    assert cards(erika(rev="20270101T000000Z", mobile="0171"), "\n").status is Status.UNCHANGED


def test_where_both_changed_the_later_card_counts_and_the_office_is_told(
    place: Workplace, cards: Cards
) -> None:
    cards(erika())
    edit(place, tel="999")
    line = cards(erika(rev="20270101T000000Z", tel="200"))
    assert the_one(place).tel == "200"
    assert any("Telefon (bisher „999“)" in note for note in line.notes)


def test_what_the_office_emptied_is_not_filled_again(place: Workplace, cards: Cards) -> None:
    cards(erika())
    edit(place, tel="")
    cards(erika(rev="20270101T000000Z"))
    assert the_one(place).tel == ""


def test_what_the_office_entered_before_any_card_stays(place: Workplace, cards: Cards) -> None:
    create_contact(
        place,
        "person",
        {"given_name": "Erika", "family_name": "Beispiel", "email": "erika@example.org", "tel": "999"},
    )
    line = cards(erika(rev="20270101T000000Z"))
    assert (the_one(place).tel, the_one(place).mobile) == ("999", "0170")
    assert "Telefon" in line.notes[0]


def test_a_list_the_office_removed_does_not_come_back(place: Workplace, cards: Cards) -> None:
    cards(erika())
    edit(place, categories="Presse")
    cards(erika(rev="20270101T000000Z"))
    assert the_one(place).categories == ["Presse"]
    cards(erika(rev="20270201T000000Z", lists="Sport,Presse,Neujahr"))
    assert the_one(place).categories == ["Presse", "Neujahr"]


def test_the_dead_come_on_no_list_again(place: Workplace, cards: Cards) -> None:
    cards(erika())
    mark_deceased(place, the_one(place).id, date(2026, 11, 20))
    line = cards(erika(rev="20270101T000000Z", lists="Sport,Presse,Neujahr"))
    assert the_one(place).categories == []
    assert any("verstorben" in note and "Verteiler" in note for note in line.notes)


def test_a_new_card_of_a_dead_person_stops_what_is_meant_for_her(
    place: Workplace, cards: Cards, make_request: Callable[..., int]
) -> None:
    key = make_request(kind="gratulation", fields={"person": "Erika Beispiel"})
    line = cards(erika(died="20261120"))
    person = the_one(place)
    assert (person.deceased_on, person.categories) == (date(2026, 11, 20), [])
    with place.reading() as session:
        assert session.get_one(Request, key).closed
    assert any("„Erika Beispiel“ ist verstorben" in note and "ist beendet" in note for note in line.notes)


def test_nobody_dies_tomorrow(place: Workplace, cards: Cards) -> None:
    line = cards(erika(died="20270101"))
    assert (the_one(place).deceased_on, the_one(place).categories) == (None, ["Sport", "Presse"])
    assert any("Todestag" in note and "Zukunft" in note for note in line.notes)


def test_both_uids_of_a_merged_person_are_known(place: Workplace, cards: Cards) -> None:
    cards(erika(), erika("erika-2", n="Anders;Erika", email=None, tel="300", mobile="300"))
    with place.reading() as session:
        keys = session.scalars(select(Person.id).order_by(Person.id)).all()
    merge_contacts(place, "person", keys[0], keys[1:])
    before = the_one(place)
    line = cards(erika(), erika("erika-2", n="Anders;Erika", email=None, tel="300", mobile="300"), "\n")
    assert line.status is Status.UNCHANGED
    assert (the_one(place).tel, the_one(place).note) == (before.tel, before.note)


def test_a_second_uid_of_a_known_person_is_remembered(place: Workplace, cards: Cards) -> None:
    cards(erika())
    cards(erika("erika-2", rev="20270101T000000Z"))
    cards(erika("erika-2", rev="20270101T000000Z", n="Neu;Erika", email="neu@example.org"))
    assert the_one(place).uid == "erika-1"


def test_no_bookkeeping_is_shown(place: Workplace, cards: Cards) -> None:
    cards(erika())
    assert "cards" not in dict(contact(place, "person", the_one(place).id).facts)
