"""Doubles are proposed, merged by a person, and nothing of either is lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.people.doubles import SAME_EMAIL, SAME_NAME, SAME_PLACE, duplicates
from ob_buero_tui.services.people.editing import create_contact
from ob_buero_tui.services.people.merging import merge_contacts
from ob_buero_tui.services.undo import undo
from ob_buero_tui.services.work import transaction
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.council import Meeting, MeetingOrganization, MeetingParticipant, Paper, PaperParty
from ob_buero_tui.store.people import Membership, Organization, Person
from ob_buero_tui.store.requests import Request


def add(place: Workplace, given: str = "Erika", **values: str) -> int:
    """A person called Beispiel."""
    return create_contact(place, "person", {"given_name": given, "family_name": "Beispiel"} | values).ids[0]


def body(place: Workplace, name: str = "Turnverein", **values: str) -> int:
    """An organization."""
    return create_contact(place, "organization", {"name": name} | values).ids[0]


def test_everything_leads_to_the_kept_one(
    place: Workplace, make_request: Callable[..., int], dump: Callable[..., Any]
) -> None:
    keep, other, club = add(place), add(place), body(place)
    request = make_request(requester_id=other)
    with transaction(place, "note") as work:
        paper, meeting, second = Paper(name="V"), Meeting(), Meeting()
        work.session.add_all([paper, meeting, second])
        work.session.flush()
        work.session.add_all(
            [
                Membership(person_id=other, organization_id=club, role="Vorsitz"),
                Membership(person_id=keep, organization_id=club, role="Vorsitz"),
                Membership(person_id=other, organization_id=club, role="Kasse"),
                PaperParty(paper_id=paper.id, person_id=other, role="originator_person"),
                MeetingParticipant(meeting_id=meeting.id, person_id=other),
                MeetingParticipant(meeting_id=meeting.id, person_id=keep),
                MeetingParticipant(meeting_id=second.id, person_id=other),
            ]
        )
    before = dump(place)
    assert merge_contacts(place, "person", keep, [other]).text == "Erika Beispiel: 1 Eintrag zusammengeführt"
    with place.reading() as session:
        assert session.scalars(select(Person.id)).all() == [keep]
        assert session.get_one(Request, request).requester_id == keep
        roles = session.execute(select(Membership.person_id, Membership.role).order_by(Membership.role))
        assert [tuple(row) for row in roles] == [(keep, "Kasse"), (keep, "Vorsitz")]
        assert session.scalars(select(PaperParty.person_id)).all() == [keep]
        assert session.scalars(select(MeetingParticipant.person_id)).all() == [keep, keep]
    undo(place)
    assert dump(place) == before


def test_gaps_are_filled_and_what_differs_is_noted(place: Workplace) -> None:
    keep = add(place, tel="1", categories="Sport", note="mag Tee")
    other = add(
        place, tel="2", mobile="0170", categories="Sport, Presse", note="mit Hund", street_address="A\nB"
    )
    with transaction(place, "note") as work:
        work.get(Person, other).confidentiality = "vertraulich"
        work.get(Person, other).uid = "uid-2"
        work.get(Person, other).locks = ["auskunftssperre_51"]
    merge_contacts(place, "person", keep, [other, keep])
    with place.reading() as session:
        row = session.get_one(Person, keep)
        assert (row.tel, row.mobile, row.categories) == ("1", "0170", ["Sport", "Presse"])
        assert row.note == "mag Tee\nmit Hund\nAus der Zusammenführung: Telefon: 2"
        assert (row.confidentiality, row.uid, row.locks) == ("vertraulich", "uid-2", ["auskunftssperre_51"])


def test_an_id_of_the_councils_system_moves(place: Workplace, dump: Callable[..., Any]) -> None:
    keep, other = add(place), add(place)
    with transaction(place, "note") as work:
        work.get(Person, other).oparl_id = "https://ris.example.org/person/1"
    before = dump(place)
    merge_contacts(place, "person", keep, [other])
    with place.reading() as session:
        assert session.get_one(Person, keep).oparl_id == "https://ris.example.org/person/1"
    undo(place)
    assert dump(place) == before


def test_two_ids_of_the_councils_system_are_two_people(place: Workplace) -> None:
    keys = [add(place), add(place)]
    with transaction(place, "note") as work:
        for key in keys:
            work.get(Person, key).oparl_id = f"https://ris.example.org/person/{key}"
    with pytest.raises(Refusal, match="Ratsinformationssystem"):
        merge_contacts(place, "person", keys[0], keys[1:])


def test_bodies_and_what_is_part_of_them(place: Workplace, make_request: Callable[..., int]) -> None:
    keep, other = body(place), body(place, "TV Lindenau")
    request = make_request(organization_id=other)
    with transaction(place, "note") as work:
        meeting = Meeting()
        work.session.add_all([meeting, Organization(name="Jugend", part_of_id=other)])
        work.session.flush()
        work.session.add(MeetingOrganization(meeting_id=meeting.id, organization_id=other))
        work.get(Organization, keep).part_of_id = other
    merge_contacts(place, "organization", keep, [other])
    with place.reading() as session:
        assert session.get_one(Request, request).organization_id == keep
        assert session.scalars(select(MeetingOrganization.organization_id)).all() == [keep]
        parts = session.scalars(select(Organization.part_of_id).order_by(Organization.id)).all()
        assert parts == [None, keep]
        assert "Name: TV Lindenau" in session.get_one(Organization, keep).note


def test_nothing_to_merge(place: Workplace) -> None:
    key = add(place)
    with pytest.raises(Refusal, match="kein zweiter"):
        merge_contacts(place, "person", key, [key])


def test_proposals(place: Workplace) -> None:
    couple = add(place, "Karl", email="e@example.org")
    mail = [add(place, email="e@example.org"), add(place, "E.", email="E@example.org")]
    street = [add(place, "Ina", street_address="Weg 1"), add(place, "INA", private_street_address="weg  1")]
    name = [add(place, "Tom"), add(place, "Tom", tel="1")]
    bodies = [body(place), body(place, "TURNVEREIN")]
    found = {(one.table, *one.ids): one.reason for one in duplicates(place)}
    assert found == {
        ("person", *mail): SAME_EMAIL,
        ("person", *street): SAME_PLACE,
        ("person", *name): SAME_NAME,
        ("organization", *bodies): "gleicher Name",
    }
    assert [one.sure for one in duplicates(place)] == [True, True, True, False]
    assert not [ids for ids in found if ids[0] == "person" and couple in ids[1:]]
