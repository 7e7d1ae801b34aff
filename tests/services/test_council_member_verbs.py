"""Changing who is in a body: what was before stays to be read."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from body_kit import member, person
from council_kit import add_body

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.council.body_members import person_places
from ob_buero_tui.services.council.body_terms import change_fraction, end_body
from ob_buero_tui.services.council.body_view import body_view
from ob_buero_tui.services.council.member_verbs import MemberEntry, add_member, change_member, drop_member
from ob_buero_tui.services.people.belonging import end_membership
from ob_buero_tui.services.undo import undo
from ob_buero_tui.services.workplace import Workplace

TODAY = date(2026, 11, 25)
SINCE = date(2025, 11, 1)
FROM = date(2026, 12, 1)
BEFORE = FROM - timedelta(days=1)


def told(place: Workplace, body: int, day: date = TODAY) -> list[str]:
    return [
        " ".join(
            part
            for part in (
                one.line.name.removeprefix("Kim "),
                one.line.role,
                one.line.fraction,
                f"für {one.stands_for.removeprefix('Kim ')}" if one.stands_for else "",
                "später" if one.coming else "",
            )
            if part
        )
        for one in body_view(place, body, day).members
    ]


def test_a_new_member_stands_in_the_list_from_the_first_day(place: Workplace) -> None:
    body, ahrens = add_body(place, "Rat"), person(place, "Ahrens")
    done = add_member(place, body, MemberEntry(person_id=ahrens, start=FROM))
    assert done.text == "Kim Ahrens: gehört zu „Rat“"
    assert told(place, body) == ["Ahrens Mitglied später"]
    assert told(place, body, FROM) == ["Ahrens Mitglied"]
    undo(place)
    assert told(place, body, FROM) == []


def test_nobody_has_the_same_place_twice_in_one_time(place: Workplace) -> None:
    body, ahrens = add_body(place, "Rat"), person(place, "Ahrens")
    member(place, body, ahrens, start_date=SINCE, end_date=BEFORE)
    add_member(place, body, MemberEntry(person_id=ahrens, start=FROM))
    add_member(place, body, MemberEntry(person_id=ahrens, role="Schriftführerin", start=FROM))
    with pytest.raises(Refusal, match="schon seit Di"):
        add_member(place, body, MemberEntry(person_id=ahrens, role="sachkundige Bürgerin", start=FROM))


def test_a_change_ends_the_old_place_and_begins_a_new_one(place: Workplace) -> None:
    body, mitte = add_body(place, "Rat"), add_body(place, "Fraktion Mitte", short_name="Mitte")
    ahrens, brand = person(place, "Ahrens"), person(place, "Brand")
    held = member(place, body, ahrens, start_date=SINCE)
    member(place, body, brand, "Vertretung", start_date=SINCE, substitute_for_id=held)
    change_member(place, held, MemberEntry(person_id=ahrens, role="Vorsitzende", fraction_id=mitte), FROM)
    assert told(place, body, BEFORE)[:2] == ["Ahrens Mitglied", "Brand Vertretung für Ahrens"]
    assert told(place, body, FROM) == ["Ahrens Vorsitzende Mitte", "Brand Vertretung für Ahrens"]
    undo(place)
    assert told(place, body, FROM) == ["Ahrens Mitglied", "Brand Vertretung für Ahrens"]


def test_what_was_entered_wrongly_is_put_right_for_all_its_time(place: Workplace) -> None:
    body, ahrens = add_body(place, "Rat"), person(place, "Ahrens")
    held = member(place, body, ahrens, start_date=SINCE)
    change_member(place, held, MemberEntry(person_id=ahrens, role="beratendes Mitglied", start=SINCE))
    assert told(place, body, SINCE) == ["Ahrens beratendes Mitglied"]
    change_member(place, held, MemberEntry(person_id=ahrens, role="Mitglied"), SINCE)
    assert told(place, body, SINCE) == ["Ahrens Mitglied"], "from its first day on there is nothing before"


@pytest.mark.parametrize(
    ("on", "why"), [(SINCE - timedelta(days=1), "beginnt erst"), (date(2027, 3, 1), "endet schon")]
)
def test_a_change_lies_within_the_membership(place: Workplace, on: date, why: str) -> None:
    body, ahrens = add_body(place, "Rat"), person(place, "Ahrens")
    held = member(place, body, ahrens, start_date=SINCE, end_date=date(2027, 2, 28))
    with pytest.raises(Refusal, match=why):
        change_member(place, held, MemberEntry(person_id=ahrens, role="Vorsitz"), on)


def test_only_another_member_of_the_same_body_is_stood_in_for(place: Workplace) -> None:
    rat, other = add_body(place, "Rat"), add_body(place, "Ausschuss")
    ahrens, brand = person(place, "Ahrens"), person(place, "Brand")
    held = member(place, rat, ahrens)
    for body, who in ((other, brand), (rat, ahrens)):
        with pytest.raises(Refusal, match="nur ein anderes Mitglied"):
            add_member(place, body, MemberEntry(person_id=who, substitute_for_id=held))
    done = add_member(place, rat, MemberEntry(person_id=brand, role="", substitute_for_id=held))
    assert done.text == "Kim Brand: vertritt in „Rat“"
    assert body_view(place, rat, TODAY).members[0].substitutes == ("Kim Brand",)


def test_with_a_membership_its_substitutes_end(place: Workplace) -> None:
    body, ahrens, brand = add_body(place, "Rat"), person(place, "Ahrens"), person(place, "Brand")
    held = member(place, body, ahrens, start_date=SINCE)
    member(place, body, brand, substitute_for_id=held)
    end_membership(place, held, BEFORE)
    assert len(told(place, body, BEFORE)) == 2
    assert told(place, body, FROM) == []


def test_only_what_the_office_entered_by_mistake_is_taken_out(place: Workplace) -> None:
    body, ahrens, brand = add_body(place, "Rat"), person(place, "Ahrens"), person(place, "Brand")
    own, of_ris = (
        member(place, body, ahrens),
        member(place, body, brand, oparl_id="https://ris.example.org/1"),
    )
    stands = member(place, body, brand, substitute_for_id=own)
    with pytest.raises(Refusal, match="Ratsinformationssystem"):
        drop_member(place, of_ris)
    with pytest.raises(Refusal, match="Vertretung eingetragen"):
        drop_member(place, own)
    drop_member(place, stands)
    drop_member(place, own)
    assert told(place, body) == ["Brand Mitglied"]


def test_the_end_of_a_body_ends_what_goes_on_in_it(place: Workplace) -> None:
    body, ahrens, brand = add_body(place, "Rat"), person(place, "Ahrens"), person(place, "Brand")
    member(place, body, ahrens, start_date=SINCE)
    member(place, body, brand, end_date=date(2026, 1, 31))
    done = end_body(place, body, BEFORE)
    assert done.text == "„Rat“ besteht bis Mo 30.11.2026, 1 Mitgliedschaft mit beendet"
    assert told(place, body, BEFORE) == ["Ahrens Mitglied"]
    assert told(place, body, FROM) == []


def test_a_change_of_fraction_reaches_every_body(place: Workplace) -> None:
    rat, ausschuss = add_body(place, "Rat"), add_body(place, "Ausschuss")
    mitte, rand = add_body(place, "Fraktion Mitte", short_name="Mitte"), add_body(place, "Fraktion Rand")
    ahrens = person(place, "Ahrens")
    member(place, mitte, ahrens, "Fraktionsvorsitzende", start_date=SINCE)
    for body in (rat, ausschuss):
        member(place, body, ahrens, start_date=SINCE, on_behalf_of_id=mitte)
    done = change_fraction(place, ahrens, mitte, rand, FROM)
    assert done.text == "Kim Ahrens: Fraktion geändert ab Di 1.12.2026, 2 Gremien"
    assert told(place, rat, BEFORE) == ["Ahrens Mitglied Mitte", "Ahrens Mitglied Fraktion Rand später"]
    assert told(place, ausschuss, FROM) == ["Ahrens Mitglied Fraktion Rand"]
    assert (told(place, mitte, FROM), told(place, rand, FROM)) == ([], ["Ahrens Mitglied"])
    assert [one.text for one in person_places(place, ahrens, FROM)[1]] == [
        "Ausschuss · Mitglied · für Fraktion Rand · seit Di 1.12.2026",
        "Fraktion Rand · Mitglied · seit Di 1.12.2026",
        "Rat · Mitglied · für Fraktion Rand · seit Di 1.12.2026",
    ]
    with pytest.raises(Refusal, match="nirgends"):
        change_fraction(place, ahrens, mitte, rand, FROM)


def test_who_leaves_every_fraction_stays_in_the_bodies(place: Workplace) -> None:
    rat, mitte = add_body(place, "Rat"), add_body(place, "Fraktion Mitte")
    ahrens = person(place, "Ahrens")
    member(place, rat, ahrens, on_behalf_of_id=mitte)
    member(place, mitte, ahrens)
    change_fraction(place, ahrens, mitte, None, FROM)
    assert told(place, rat, FROM) == ["Ahrens Mitglied"]
    assert told(place, mitte, FROM) == []
