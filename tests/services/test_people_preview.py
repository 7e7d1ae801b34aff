"""Ways through the lists of people, and what is told of a step before it is done."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ob_buero_tui.rules.locks import Lock
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.visibility import Confidentiality
from ob_buero_tui.services.people.death import mark_deceased
from ob_buero_tui.services.people.editing import (
    classify_contact,
    contact_form,
    create_contact,
    known_locks,
    set_locks,
)
from ob_buero_tui.services.people.finding import letter_of, place_of, senders_of, split_of
from ob_buero_tui.services.people.listing import BODIES, DECEASED, PEOPLE, contact_ids
from ob_buero_tui.services.people.merging import merge_contacts
from ob_buero_tui.services.people.preview import death_preview, merge_preview, typed_forms
from ob_buero_tui.services.requests.editing import classify
from ob_buero_tui.services.workplace import Workplace

NAMES = ("Zander", "ähre", "Ähm", "Ball", "Łuk", "Ölmann", "Ösel", "de Vries", "", "123", "Strauß", "Strauss")


def add(place: Workplace, family: str, **values: str) -> int:
    """A person."""
    return create_contact(place, "person", {"family_name": family, "given_name": "Eva"} | values).ids[0]


def test_every_name_is_found_where_it_is_listed(place: Workplace) -> None:
    keys = {add(place, name): name for name in NAMES}
    ids = contact_ids(place, PEOPLE)
    for key, name in keys.items():
        at = place_of(place, PEOPLE, ids, f"{name}, eva")
        assert at is not None
        assert at <= ids.index(key), f"{name} stands before the place that was told"
        told = keys[ids[at]].lower().replace("ß", "ss")
        assert told == name.lower().replace("ß", "ss"), f"{name} leads to {told}"


def test_bodies_are_found_too_and_an_empty_list_has_no_place(place: Workplace) -> None:
    assert place_of(place, BODIES, [], "x") is None
    for name in ("Turnverein", "Ärzteverein", "Łódź-Kreis"):
        create_contact(place, "organization", {"name": name})
    ids = contact_ids(place, BODIES)
    assert [place_of(place, BODIES, ids, typed) for typed in ("ä", "l", "t", "z")] == [0, 1, 2, 2]
    assert letter_of(place, BODIES, ids[0]) == "A"


def test_a_contact_is_in_the_split_that_lists_it(place: Workplace) -> None:
    key = add(place, "Ball")
    assert (split_of(place, "person", key), letter_of(place, PEOPLE, key)) == (PEOPLE, "B")
    mark_deceased(place, key, place.today)
    assert split_of(place, "person", key) == DECEASED
    with pytest.raises(Refusal):
        split_of(place, "person", 4711)


def test_a_sender_is_told_only_to_whom_may_see_the_request(
    place: Workplace, other_place: Workplace, make_request: Callable[..., int]
) -> None:
    key = add(place, "Ball")
    request = make_request(requester_id=key)
    assert [(one.table, one.id, one.label) for one in senders_of(other_place, request)] == [
        ("person", key, "Eva Ball")
    ]
    classify(place, [request], Confidentiality.PERSOENLICH)
    assert senders_of(other_place, request) == ()
    assert senders_of(place, request)
    assert senders_of(place, 4711) == ()


def test_a_form_is_addressed_as_it_will_be_when_it_is_saved(place: Workplace) -> None:
    typed = {
        "form_of_address": "Frau", "honorific_prefix": "Dr.", "family_name": "Ball", "given_name": "Eva",
        "street_address": "Markt 1", "postal_code": "59990", "locality": "Lindenau", "rank": "keiner",
    }  # fmt: skip
    found, own = typed_forms(place, "person", typed)
    assert (found.lines[-1], found.salutation, own) == (
        "59990 Lindenau",
        "Sehr geehrte Frau Dr. Ball,",
        False,
    )
    found, own = typed_forms(place, "person", typed | {"salutation": "Liebe Eva,"})
    assert (found.salutation, own) == ("Liebe Eva,", True)


def test_what_a_merging_is_told_to_keep_is_kept(place: Workplace, make_request: Callable[..., int]) -> None:
    keep = add(place, "Ball", tel="1", categories="Presse")
    other = add(place, "Ball", tel="2", mobile="3", categories="Rat")
    make_request(requester_id=other)
    (told,) = merge_preview(place, "person", keep, [other])
    assert told.filled == (("Mobil", "3"),)
    assert told.differing == (("Telefon", "1", "2"),)
    assert told.moving == ("1 Eingang",)
    merge_contacts(place, "person", keep, [other])
    values = contact_form(place, "person", keep).values
    assert (values["tel"], values["mobile"]) == ("1", "3")
    assert "Telefon: 2" in values["note"]


def test_what_a_death_will_stop_is_what_it_stops(place: Workplace, make_request: Callable[..., int]) -> None:
    key = add(place, "Ball", categories="Neujahr, Presse")
    assert death_preview(place, add(place, "Fern")) == ()
    make_request(kind="gratulation", requester_id=key, fields={}, subject="90. Geburtstag")
    told = death_preview(place, key)
    stopped = mark_deceased(place, key, place.today).stopped
    assert len(told) == len(stopped) == 2
    assert "wird beendet" in told[0]
    assert "ist beendet" in stopped[0]


def test_notices_are_known_with_their_last_day(place: Workplace) -> None:
    key = add(place, "Ball")
    wanted = {Lock.SPERRVERMERK_52: None, Lock.AUSKUNFTSSPERRE_51: place.today}
    set_locks(place, key, wanted)
    assert known_locks(place, key) == wanted
    classify_contact(place, "person", [key], Confidentiality.VERTRAULICH)
    assert known_locks(place, key) == wanted
