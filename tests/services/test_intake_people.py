"""Cards become people, bodies and memberships; what is known is completed, never emptied, never doubled."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from ob_buero_tui.services.intake.files import import_files
from ob_buero_tui.services.intake.report import FileLine, Status
from ob_buero_tui.services.people.contact import contact
from ob_buero_tui.services.undo import undo
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.people import Membership, Organization, Person

ERIKA = (
    "UID:erika-1",
    "REV:20260301T100000Z",
    "N:Beispiel;Erika;;Frau Dr.;MdL",
    "ORG:Turnverein Lindenau;Vorstand",
    "TITLE:Vorsitzende",
    "EMAIL:Erika@Verein.example.org",
    "TEL;TYPE=WORK:05555 100",
    "ADR;TYPE=WORK:;;Hallenweg 3;Lindenau;;12345;",
    "CATEGORIES:Neujahrsempfang",
)

Cards = Callable[..., FileLine]


def card(*lines: str) -> str:
    """One card."""
    return "\n".join(("BEGIN:VCARD", "VERSION:3.0", *lines, "END:VCARD", ""))


@pytest.fixture
def cards(place: Workplace, tmp_path: Path) -> Cards:
    """Imports cards as a file of its own each time."""
    count = iter(range(100))

    def run(*texts: str, dry_run: bool = False) -> FileLine:
        path = tmp_path / f"kontakte-{next(count)}.vcf"
        path.write_text("".join(texts), encoding="utf-8")
        return import_files(place, [path], dry_run=dry_run).lines[0]

    return run


def everybody(place: Workplace) -> list[Person]:
    """All people, in the order they came."""
    with place.reading() as session:
        return list(session.scalars(select(Person).order_by(Person.id)))


def the_one(place: Workplace) -> Person:
    """The only person there is."""
    found = everybody(place)
    assert len(found) == 1
    return found[0]


def test_a_card_becomes_a_person_a_body_and_a_membership(place: Workplace, cards: Cards) -> None:
    line = cards(card(*ERIKA))
    assert line.status is Status.NEW
    assert line.text == "1 Person neu, 1 Organisation neu, 1 Mitgliedschaft neu"
    person = the_one(place)
    assert (person.form_of_address, person.honorific_prefix, person.mandate) == ("Frau", "Dr.", "MdL")
    assert (person.email, person.job_title, person.source) == (
        "erika@verein.example.org",
        "Vorsitzende",
        "kontakte-0.vcf",
    )
    with place.reading() as session:
        assert session.scalars(select(Organization.name)).all() == ["Turnverein Lindenau"]
        membership = session.scalars(select(Membership)).one()
        assert (membership.person_id, membership.role) == (person.id, "Vorsitzende")


def test_again_there_is_nothing_new(place: Workplace, cards: Cards, dump: Callable[..., Any]) -> None:
    texts = (card(*ERIKA), card("FN:Karl Muster", "TEL:1"), card("FN:Nur Name"), card("ORG:Werft"))
    cards(*texts)
    before = dump(place)
    line = cards(*texts, "\n")
    assert line.status is Status.UNCHANGED
    assert line.text == "4 unverändert"
    assert dump(place) == before


def test_undoing_takes_all_of_a_file_back(place: Workplace, cards: Cards, dump: Callable[..., Any]) -> None:
    before = dump(place)
    cards(card(*ERIKA), card("FN:Karl Muster"))
    undo(place)
    assert dump(place) == before
    assert cards(card(*ERIKA), card("FN:Karl Muster")).status is Status.NEW


def test_a_trial_writes_nothing(place: Workplace, cards: Cards, dump: Callable[..., Any]) -> None:
    before = dump(place)
    assert cards(card(*ERIKA), dry_run=True).counts.persons == 1
    assert dump(place) == before


def test_gaps_are_filled_and_nothing_is_emptied(place: Workplace, cards: Cards) -> None:
    cards(card(*ERIKA))
    line = cards(card("UID:erika-1", "N:Beispiel;Erika", "TEL;TYPE=CELL:0170", "CATEGORIES:Sport"))
    assert line.text == "1 ergänzt"
    person = the_one(place)
    assert (person.mobile, person.tel, person.email) == ("0170", "05555 100", "erika@verein.example.org")
    assert person.categories == ["Neujahrsempfang", "Sport"]


def test_a_newer_card_counts_and_an_older_one_does_not(place: Workplace, cards: Cards) -> None:
    cards(card(*ERIKA))
    old = cards(card("UID:erika-1", "N:Beispiel;Erika", "REV:20250101T000000Z", "TEL;TYPE=WORK:alt"))
    assert the_one(place).tel == "05555 100"
    assert "Telefon" in old.notes[0]
    assert old.status is Status.UNCHANGED
    cards(card("UID:erika-1", "N:Beispiel;Erika", "REV:20270101T000000Z", "TEL;TYPE=WORK:neu"))
    person = the_one(place)
    assert (person.tel, person.email) == ("neu", "erika@verein.example.org")
    assert person.source_on.isoformat() == "2027-01-01"  # type: ignore[union-attr]


def test_notes_are_added_not_replaced(place: Workplace, cards: Cards) -> None:
    cards(card(*ERIKA, "NOTE:mag Tee"))
    cards(card("UID:erika-1", "N:Beispiel;Erika", "NOTE:kommt mit Hund"))
    cards(card("UID:erika-1", "N:Beispiel;Erika", "NOTE:mag Tee"))
    assert the_one(place).note == "mag Tee\nkommt mit Hund"


@pytest.mark.parametrize(
    "lines",
    [
        ("UID:erika-1", "N:Umbenannt;Erika"),
        ("N:Beispiel;Erika", "EMAIL:erika@verein.example.org"),
        ("N:Beispiel;E.", "EMAIL:ERIKA@verein.example.org"),
        ("N:Beispiel;Erika", "ORG:turnverein  lindenau"),
        ("N:BEISPIEL;Erika", "ADR;TYPE=HOME:;;Hallenweg 3;Lindenau;;12345;"),
        ("N:Beispiel;Erika", "TEL;TYPE=CELL:05555/100"),
    ],
)
def test_the_same_person_is_recognised(place: Workplace, cards: Cards, lines: tuple[str, ...]) -> None:
    cards(card(*ERIKA))
    cards(card(*lines))
    the_one(place)


@pytest.mark.parametrize(
    "lines",
    [
        ("N:Beispiel;Erika",),
        ("N:Beispiel;Erika", "ORG:Ein anderer Verein"),
        ("N:Beispiel;Erika", "EMAIL:andere@example.org"),
    ],
)
def test_by_name_alone_nobody_is_recognised(place: Workplace, cards: Cards, lines: tuple[str, ...]) -> None:
    cards(card(*ERIKA))
    line = cards(card(*lines))
    assert len(everybody(place)) == 2
    assert line.notes == ("„Erika Beispiel“ gibt es schon einmal: gleicher Name, bitte prüfen.",)


def test_a_couple_with_one_address_are_two(place: Workplace, cards: Cards) -> None:
    cards(
        card("N:Beispiel;Erika", "EMAIL:familie@example.org"),
        card("N:Beispiel;Karl", "EMAIL:familie@example.org"),
    )
    assert [one.given_name for one in everybody(place)] == ["Erika", "Karl"]


def test_twice_in_one_file_is_once(place: Workplace, cards: Cards) -> None:
    line = cards(card(*ERIKA), card(*ERIKA, "TEL;TYPE=CELL:0170"))
    assert line.counts.persons == 1
    assert the_one(place).mobile == "0170"


def test_a_card_of_a_body_and_its_members(place: Workplace, cards: Cards) -> None:
    cards(
        card("FN:Karl Muster", "ORG:Werft GmbH", "ROLE:Einkauf"),
        card(
            "FN:Werft GmbH",
            "ORG:Werft GmbH",
            "KIND:org",
            "EMAIL:post@werft.example.org",
            "URL:werft.example.org",
        ),
    )
    with place.reading() as session:
        body = session.scalars(select(Organization)).one()
        assert (body.email, body.website) == ("post@werft.example.org", "werft.example.org")
        assert session.scalars(select(Membership.organization_id)).all() == [body.id]


def test_bodies_of_one_name_in_two_towns_are_two(place: Workplace, cards: Cards) -> None:
    town = "ADR;TYPE=WORK:;;Weg 1;{};;;"
    for name in ("Ostheim", "Lindenau", "Ostheim"):
        cards(card("FN:Turnverein", "ORG:Turnverein", town.format(name), f"NOTE:{name}"))
    with place.reading() as session:
        assert session.scalars(select(Organization.locality)).all() == ["Ostheim", "Lindenau"]


def test_names_without_parts_and_former_titles(place: Workplace, cards: Cards) -> None:
    cards(card("FN:Dr. Anna von der Au"), card("N:Graf von Beispiel;Kim", "GENDER:M"))
    anna, kim = everybody(place)
    assert (anna.honorific_prefix, anna.given_name, anna.family_name) == ("Dr.", "Anna", "von der Au")
    assert (kim.affix, kim.family_name, kim.form_of_address) == ("Graf", "von Beispiel", "Herr")


def test_the_assistant_and_a_birthday_without_its_year_are_shown(place: Workplace, cards: Cards) -> None:
    cards(card("N:Beispiel;Erika", "X-MS-ASSISTANT:Frau Kolbe", "BDAY:--0229"), card("N:Muster;Kim"))
    erika = everybody(place)[0]
    facts = dict(contact(place, "person", erika.id).facts)
    assert (erika.assistant, erika.birthday, erika.extra["BDAY"]) == ("Frau Kolbe", None, "--0229")
    assert (facts["Vorzimmer"], facts["Geburtstag"]) == ("Frau Kolbe", "29.02.")


def test_a_bodys_front_office_is_kept(place: Workplace, cards: Cards) -> None:
    cards(card("ORG:Kreis Musterland", "X-MS-ASSISTANT:Frau Kolbe"))
    with place.reading() as session:
        body = session.scalars(select(Organization)).one()
    assert dict(contact(place, "organization", body.id).facts)["Vorzimmer"] == "Frau Kolbe"


@pytest.mark.parametrize(
    ("letter", "stored"),
    [("F", ("female", "Frau")), ("M", ("male", "Herr")), ("O", ("other", "")), ("U", ("", ""))],
)
def test_the_sex_has_the_words_of_council_files(
    place: Workplace, cards: Cards, letter: str, stored: tuple[str, str]
) -> None:
    cards(card("N:Beispiel;Kim", f"GENDER:{letter}"))
    person = the_one(place)
    assert (person.gender, person.form_of_address) == stored


def test_broken_cards_are_named_and_the_others_come(place: Workplace, cards: Cards) -> None:
    line = cards(card("TEL:1"), card(*ERIKA), "BEGIN:VCARD\nFN:Ohne Ende\n")
    assert line.status is Status.NEW
    assert "2 übersprungen: Karte 1: Die Karte hat weder Namen noch E-Mail-Adresse." in line.text
    assert len(line.problems) == 2
    the_one(place)


def test_what_is_no_card_is_refused(cards: Cards) -> None:
    line = cards("Einkaufsliste")
    assert line.status is Status.REFUSED
    assert "enthält keine vCard" in line.text


def test_a_sender_is_found_among_imported_people(place: Workplace, cards: Cards) -> None:
    from ob_buero_tui.exchange.mail import read_mail
    from ob_buero_tui.services.intake.requesters import find_requester
    from ob_buero_tui.services.intake.senders import sender_of

    cards(card(*ERIKA), card("FN:Werft", "ORG:Werft", "EMAIL:post@werft.example.org"))
    letter = "From: {}\nSubject: Einladung\n\nText\n"
    with place.reading() as session:
        known = find_requester(
            session, sender_of(read_mail(letter.format("erika@VEREIN.example.org").encode()))
        )
        assert known.person_id == the_one(place).id
        other = find_requester(
            session, sender_of(read_mail(letter.format("lager@werft.example.org").encode()))
        )
        assert other.organization_id == session.scalar(
            select(Organization.id).where(Organization.name == "Werft")
        )
