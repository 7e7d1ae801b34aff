"""Everything known of one: what leads to a person or a body, and what an audience may see of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.visibility import Audience, Confidentiality
from ob_buero_tui.services.people.addressing import couple_forms, greeting_list
from ob_buero_tui.services.people.contact import contact
from ob_buero_tui.services.people.editing import classify_contact, create_contact
from ob_buero_tui.services.people.listing import contact_ids, contact_rows, splits
from ob_buero_tui.services.work import transaction
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.council import Meeting, MeetingParticipant, Paper, PaperParty
from ob_buero_tui.store.people import Membership, Organization, Person
from ob_buero_tui.store.requests import RequestEvent


def add(place: Workplace, given: str = "Erika", family: str = "Beispiel", **values: str) -> int:
    """A person."""
    return create_contact(place, "person", {"given_name": given, "family_name": family} | values).ids[0]


def test_requests_events_and_papers_of_a_person(
    place: Workplace, make_request: Callable[..., int], make_event: Callable[..., int]
) -> None:
    key, club = add(place), create_contact(place, "organization", {"name": "Turnverein"}).ids[0]
    asked = make_request(requester_id=key)
    named = make_request(kind="gratulation", fields={"person": "Frau Erika Beispiel"})
    make_request(subject="Erika Beispiel kommt nur im Betreff vor")
    make_request(kind="gratulation", fields={"person": "Erika Beispielhaft"})
    linked, attended = make_event(), make_event(attendee="Erika Beispiel", summary="Richtfest")
    make_event(attendee="Karl Beispiel")
    with transaction(place, "note") as work:
        work.session.add(RequestEvent(request_id=asked, event_id=linked))
        work.session.add(Membership(person_id=key, organization_id=club, role="Vorsitz"))
        paper, meeting = Paper(name="Sportstätten", reference="2026/17"), Meeting(name="Sportausschuss")
        work.session.add_all([paper, meeting])
        work.session.flush()
        work.session.add(PaperParty(paper_id=paper.id, person_id=key, role="originator_person"))
        work.session.add(MeetingParticipant(meeting_id=meeting.id, person_id=key))
    view = contact(place, "person", key)
    assert [line.id for line in view.requests] == [named, asked]
    assert {line.id for line in view.events} == {linked, attended}
    assert [line.label for line in view.papers] == ["2026/17 Sportstätten"]
    assert [line.label for line in view.meetings] == ["ohne Datum Sportausschuss"]
    assert [(line.table, line.id) for line in view.memberships] == [("organization", club)]
    assert [line.text for line in view.history] == ["angelegt"]
    body = contact(place, "organization", club)
    assert [(line.table, line.id, line.label) for line in body.memberships] == [
        ("person", key, "Erika Beispiel · Vorsitz")
    ]
    assert body.salutation == "Sehr geehrte Damen und Herren,"


def test_what_is_hidden_is_not_linked(
    place: Workplace, make_request: Callable[..., int], make_event: Callable[..., int]
) -> None:
    key = add(place)
    secret = {"confidentiality": "persoenlich", "owner": "karl.lorenz"}
    request, event = make_request(requester_id=key, **secret), make_event(attendee="Erika Beispiel", **secret)
    make_request(requester_id=key, trashed_at=place.clock())
    with transaction(place, "note") as work:
        work.session.add(RequestEvent(request_id=request, event_id=event))
    view = contact(place, "person", key)
    assert (view.requests, view.events) == ((), ())


def test_the_press_sees_only_who_is_open(place: Workplace) -> None:
    key = add(place, note="mag Tee")
    assert contact_ids(place, "personen", Audience.PRESS) == []
    classify_contact(place, "person", [key], Confidentiality.OEFFENTLICH)
    assert contact_ids(place, "personen", Audience.PRESS) == [key]


def test_forms_of_address_are_computed_and_overridden(place: Workplace) -> None:
    key = add(place, form_of_address="Frau", job_title="Landrätin", private_locality="Ostheim")
    view = contact(place, "person", key)
    assert view.address == ("Frau Landrätin", "Erika Beispiel", "Ostheim")
    assert (view.salutation, view.spoken, view.rank) == ("Sehr geehrte Frau Landrätin,", "Frau Landrätin", 80)
    assert (view.overridden, view.unconfirmed) == (False, True)
    assert view.rule == "Landrat/Landrätin (BMI-Ratgeber)"
    own = add(place, salutation="Liebe Erika,", postal_address="Erika\nHier", rank="5")
    view = contact(place, "person", own)
    assert (view.address, view.salutation, view.rank) == (("Erika", "Hier"), "Liebe Erika,", 5)
    assert view.overridden
    assert not view.unconfirmed


def test_a_list_of_greetings_and_a_couple(place: Workplace) -> None:
    mayor = add(place, "Max", form_of_address="Herr", job_title="Oberbürgermeister")
    citizen = add(place, form_of_address="Frau")
    first = add(place, "Ina", form_of_address="Frau", rank="1")
    assert [line.id for line in greeting_list(place, [citizen, mayor, first])] == [first, mayor, citizen]
    both = couple_forms(place, citizen, first)
    assert both.lines == ("Frau Erika und Frau Ina Beispiel",)


def test_facts_name_what_a_foreign_file_told(place: Workplace) -> None:
    key = add(place, tel="05555 1")
    with transaction(place, "note") as work:
        row = work.get(Person, key)
        row.extra = {"BDAY": "--0517", "URL": "example.org", "REV": "x", "oparl": {"a": 1}, "TEL": ["1", "2"]}
        row.source, row.source_on = "kontakte.vcf", date(2026, 3, 1)
    facts = dict(contact(place, "person", key).facts)
    assert facts["Geburtstag"] == "17.05."
    assert facts["Weitere Nummer"] == "1, 2"
    assert facts["Quelle"] == "kontakte.vcf vom So 1.03.2026"
    assert "REV" not in facts
    assert "oparl" not in facts


def test_lists_in_the_order_of_the_alphabet(place: Workplace) -> None:
    keys = {name: add(place, "Kim", name) for name in ("Zander", "Öhler", "Abel", "Ödland", "of")}
    assert contact_ids(place, "personen") == [
        keys[one] for one in ("Abel", "Ödland", "Öhler", "of", "Zander")
    ]


def test_splits_count_what_they_list(place: Workplace) -> None:
    add(place)
    dead = add(place, "Karl")
    with transaction(place, "note") as work:
        work.get(Person, dead).deceased_on = date(2026, 1, 1)
        work.session.add_all([Organization(name="Verein"), Organization(name="Rat", oparl_id="x")])
    assert {one.key: one.count for one in splits(place)} == {
        "personen": 1,
        "organisationen": 1,
        "gremien": 1,
        "verstorben": 1,
    }
    assert all(len(contact_ids(place, one.key)) == one.count for one in splits(place))
    assert contact_rows(place, "verstorben", [dead])[dead].deceased
    with pytest.raises(Refusal, match="gibt es nicht"):
        contact_ids(place, "freunde")


def test_rows_tell_where_somebody_belongs(place: Workplace) -> None:
    key = add(
        place,
        affix="Graf",
        family="von Beispiel",
        honorific_prefix="Dr.",
        mobile="0170",
        job_title="Dirigent",
    )
    with transaction(place, "note") as work:
        work.session.add_all([Organization(name="Alt"), Organization(name="Neu")])
        work.session.flush()
        work.session.add(Membership(person_id=key, organization_id=1, end_date=date(2020, 1, 1)))
        work.session.add(Membership(person_id=key, organization_id=2))
        work.get(Person, key).locks = ["auskunftssperre_51"]
    row = contact_rows(place, "personen", [key, 4711])[key]
    assert (row.name, row.detail, row.organization, row.tel, row.locked) == (
        "Graf von Beispiel, Erika Dr.",
        "Dirigent",
        "Neu",
        "0170",
        True,
    )
