"""What a merging must not lose without a word: a death, terms of office, uids, values and the history."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from sqlalchemy import select

from ob_buero_tui.services.people.contact import contact
from ob_buero_tui.services.people.editing import create_contact, note_contact
from ob_buero_tui.services.people.merging import merge_contacts
from ob_buero_tui.services.people.preview import merge_preview
from ob_buero_tui.services.undo import undo
from ob_buero_tui.services.work import transaction
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.calendar import Event
from ob_buero_tui.store.people import Membership, Organization, Person
from ob_buero_tui.store.requests import Request


def add(place: Workplace, **values: str) -> int:
    """A person called Erika Beispiel."""
    return create_contact(place, "person", {"given_name": "Erika", "family_name": "Beispiel"} | values).ids[0]


def body(place: Workplace, **values: object) -> int:
    """A club with values that no form has."""
    key = create_contact(place, "organization", {"name": "Turnverein"}).ids[0]
    with transaction(place, "note") as work:
        for name, value in values.items():
            setattr(work.get(Organization, key), name, value)
    return key


def dies(place: Workplace, key: int) -> None:
    """Set the day of a death, as an import of another house might have."""
    with transaction(place, "note") as work:
        work.get(Person, key).deceased_on = date(2026, 11, 20)


def test_a_dead_double_stops_what_is_meant_for_the_kept_one(
    place: Workplace, make_request: Callable[..., int]
) -> None:
    keep, other = add(place, categories="Sport"), add(place, categories="Presse")
    dies(place, other)
    greeting = make_request(kind="gratulation", fields={"person": "Erika Beispiel"})
    second = make_request(kind="gratulation", requester_id=other, fields={}, subject="90. Geburtstag")
    told = merge_preview(place, "person", keep, [other])[0].stopping
    done = merge_contacts(place, "person", keep, [other])
    with place.reading() as session:
        person = session.get_one(Person, keep)
        assert (person.deceased_on, person.categories) == (date(2026, 11, 20), [])
        rows = [session.get_one(Request, key) for key in (greeting, second)]
        assert [row.closed for row in rows] == [True, True]
    assert [f"{row.number} „{row.subject}“ wird beendet." for row in rows] == list(told[1:3])
    assert told[0] == "Der Eintrag gilt danach als verstorben am Fr 20.11.2026."
    assert told[3] == "Wird aus 2 Verteilern genommen."
    for row in rows:
        assert f"{row.number} ist beendet: verstorben." in done.text
    assert "Aus 2 Verteilern genommen." in done.text


def test_a_living_double_does_not_bring_the_dead_back_on_a_list(place: Workplace) -> None:
    keep, other = add(place), add(place, categories="Presse")
    dies(place, keep)
    assert merge_preview(place, "person", keep, [other])[0].stopping[-1] == "Wird aus 1 Verteiler genommen."
    merge_contacts(place, "person", keep, [other])
    with place.reading() as session:
        assert session.get_one(Person, keep).categories == []


def test_two_living_stop_nothing(place: Workplace, make_request: Callable[..., int]) -> None:
    keep, other = add(place, categories="Sport"), add(place)
    make_request(kind="gratulation", fields={"person": "Erika Beispiel"})
    assert merge_preview(place, "person", keep, [other])[0].stopping == ()
    assert merge_contacts(place, "person", keep, [other]).text == "Erika Beispiel: 1 Eintrag zusammengeführt"


def test_terms_of_one_role_are_two_memberships(place: Workplace) -> None:
    keep, other, club = add(place), add(place), body(place)
    terms = ((keep, date(2024, 1, 1), None), (other, date(2010, 1, 1), date(2018, 1, 1)))
    with transaction(place, "note") as work:
        for person, start, end in (*terms, (other, date(2024, 1, 1), None)):
            work.session.add(
                Membership(
                    person_id=person, organization_id=club, role="Vorsitz", start_date=start, end_date=end
                )
            )
    merge_contacts(place, "person", keep, [other])
    with place.reading() as session:
        rows = session.execute(select(Membership.person_id, Membership.start_date, Membership.end_date))
        assert [tuple(row) for row in rows] == [(keep, *terms[0][1:]), (keep, *terms[1][1:])]


def test_all_uids_are_kept(place: Workplace) -> None:
    keys = [add(place) for _ in range(3)]
    with transaction(place, "note") as work:
        for key in keys:
            work.get(Person, key).uid = f"uid-{key}"
        work.get(Person, keys[2]).extra = {"merged_uids": ["uid-0"]}
    merge_contacts(place, "person", keys[0], keys[1:])
    with place.reading() as session:
        row = session.get_one(Person, keys[0])
        assert row.uid == f"uid-{keys[0]}"
        assert row.extra["merged_uids"] == [f"uid-{keys[1]}", f"uid-{keys[2]}", "uid-0"]
    assert not any("uid" in value for _, value in contact(place, "person", keys[0]).facts)


def test_that_the_mayor_stays_away_is_kept_and_lost_values_are_noted(place: Workplace) -> None:
    keep = body(place, member_count=5, ladungsfrist="nw", extra={"URL": "a.example.org", "REV": "2026"})
    other = body(
        place,
        mayor_attends=False,
        member_count=7,
        ladungsfrist="eigene",
        start_date=date(2010, 1, 1),
        extra={"URL": "b.example.org", "ORG": "Vorstand", "REV": "2027", "TEL": ["1", "2"]},
    )
    merge_contacts(place, "organization", keep, [other])
    with place.reading() as session:
        row = session.get_one(Organization, keep)
        assert (row.mayor_attends, row.member_count, row.start_date) == (False, 5, date(2010, 1, 1))
        assert row.extra == {"URL": "a.example.org", "ORG": "Vorstand", "REV": "2027", "TEL": ["1", "2"]}
        for lost in ("Mitglieder: 7", "Ladungsfrist: eigene", "Website: b.example.org"):
            assert lost in row.note
        assert "nimmt an Sitzungen teil: nein" in row.note


def test_the_history_of_the_merged_away_stays_in_view(place: Workplace) -> None:
    keep, other, third = add(place), add(place), add(place)
    note_contact(place, "person", third, "aus dem dritten")
    note_contact(place, "person", other, "aus dem zweiten")
    own = len(contact(place, "person", keep).history)
    merge_contacts(place, "person", other, [third])
    merge_contacts(place, "person", keep, [other])
    texts = [line.text for line in contact(place, "person", keep).history]
    assert len([text for text in texts if "Notiz" in text]) == 2
    undo(place)
    assert len([one for one in contact(place, "person", keep).history if not one.undone]) == own + 1
    assert not any("Notiz" in line.text for line in contact(place, "person", keep).history)


def test_where_the_mayor_stays_away_after_a_merging_the_coming_sessions_take_no_time(
    place: Workplace, make_meeting: Callable[..., int], make_event: Callable[..., int]
) -> None:
    keep, other = body(place), body(place, mayor_attends=False)
    begin = datetime.fromisoformat("2026-12-10T17:00")
    event = make_event(summary="Sitzung", calendar="rat", dtstart=begin, dtend=begin.replace(hour=20))
    make_meeting(body=keep, event_id=event, start=begin)
    merge_contacts(place, "organization", keep, [other])
    with place.reading() as session:
        assert session.get_one(Event, event).transparent is True
    undo(place)
    with place.reading() as session:
        assert session.get_one(Event, event).transparent is False
