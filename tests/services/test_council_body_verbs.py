"""Entering bodies, and the lists and views of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from body_kit import member, person
from council_kit import add_body

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.council.bodies import BodyEntry, body_entry, create_body, edit_body
from ob_buero_tui.services.council.body_view import body_ids, body_rows, body_splits, body_view
from ob_buero_tui.services.search import search
from ob_buero_tui.services.workplace import Workplace

TODAY = date(2026, 11, 25)


def test_a_body_is_entered_changed_and_listed_by_its_sort(place: Workplace) -> None:
    (rat,) = create_body(place, BodyEntry(name="Rat", voting_member_count=40)).ids
    ausschuss = BodyEntry(name="Ausschuss", part_of_id=rat, start_date=date(2027, 1, 1))
    (part,) = create_body(place, ausschuss).ids
    (bund,) = create_body(place, BodyEntry(name="Verbund", organization_type="externes Gremium")).ids
    add_body(place, "Turnverein")
    assert [one.label for one in body_splits(place, TODAY)] == [
        *("Gremien", "Fraktionen", "Extern", "Ämter", "Zuständig")
    ]
    assert [one.count for one in body_splits(place, TODAY)] == [2, 0, 1, 0, 0]
    assert body_ids(place, "gremium", TODAY) == [rat, part], "what others belong to comes first"
    assert body_ids(place, "gremium", date(2025, 1, 1)) == [rat], "what was not there yet"
    assert body_ids(place, "extern", TODAY) == [bund]
    entry = body_entry(place, rat)
    edit_body(place, rat, entry, replace(entry, end_date=date(2026, 10, 31), classification="Parlament"))
    assert body_ids(place, "gremium", TODAY) == [part]
    assert body_entry(place, rat).classification == "Parlament"


def test_seats_and_fractions_are_counted_on_the_day(place: Workplace) -> None:
    rat = add_body(place, "Rat", voting_member_count=3, organization_type="Gremium")
    mitte, rand = add_body(place, "Mitte"), add_body(place, "Rand")
    for family, role, fraction in (
        ("Ahrens", "Vorsitzende", mitte),
        ("Brand", "Mitglied", rand),
        ("Claus", "Mitglied", mitte),
        ("Decker", "beratendes Mitglied", rand),
        ("Ebers", "Schriftführer", None),
    ):
        member(place, rat, person(place, family), role, on_behalf_of_id=fraction)
    view = body_view(place, rat, TODAY)
    assert (view.row.filled, view.row.seats, view.members_only) == (3, 3, 5)
    assert (view.chairs, view.deputies, view.clerks) == (("Kim Ahrens",), (), ("Kim Ebers",))
    assert view.fractions == (("Mitte", 2), ("Rand", 1))
    assert body_rows(place, [rat], TODAY)[rat].chair == "Kim Ahrens"


def test_who_takes_minutes_has_no_seat(place: Workplace) -> None:
    rat = add_body(place, "Rat", member_count=2, organization_type="Gremium")
    for family, role in (
        ("Ahrens", "Vorsitzende"),
        ("Brand", "beratendes Mitglied"),
        ("Ebers", "Schriftführer"),
    ):
        member(place, rat, person(place, family), role)
    assert (body_rows(place, [rat], TODAY)[rat].filled, body_rows(place, [rat], TODAY)[rat].seats) == (2, 2)


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"name": "  "}, "fehlt der Name"),
        ({"name": "RAT"}, "gibt es schon"),
        ({"voting_member_count": 4, "member_count": 3}, "nicht mehr Sitze stimmberechtigt"),
        ({"voting_member_count": -1}, "Zahl von 0"),
        ({"start_date": TODAY, "end_date": date(2026, 1, 1)}, "liegt vor"),
    ],
)
def test_what_does_not_fit_is_refused(place: Workplace, values: dict[str, object], why: str) -> None:
    create_body(place, BodyEntry(name="Rat"))
    with pytest.raises(Refusal, match=why):
        create_body(place, BodyEntry(**({"name": "Ausschuss"} | values)))  # type: ignore[arg-type]


def test_a_field_that_another_desk_changed_is_not_overwritten(
    place: Workplace, other_place: Workplace
) -> None:
    (rat,) = create_body(place, BodyEntry(name="Rat", voting_member_count=40)).ids
    before = body_entry(place, rat)
    edit_body(other_place, rat, before, replace(before, voting_member_count=42))
    with pytest.raises(Refusal, match="„Stimmberechtigte Sitze“ hat inzwischen jemand anders geändert"):
        edit_body(place, rat, before, replace(before, voting_member_count=44))
    edit_body(place, rat, before, replace(before, short_name="Rat der Stadt"))
    now = body_entry(place, rat)
    assert (now.voting_member_count, now.short_name) == (42, "Rat der Stadt")


def test_under_its_new_name_a_body_finds_its_people(place: Workplace) -> None:
    (rat,) = create_body(place, BodyEntry(name="Rat")).ids
    member(place, rat, person(place, "Ahrens"))
    before = body_entry(place, rat)
    edit_body(place, rat, before, replace(before, name="Stadtverordnetenversammlung"))
    assert {hit.type for hit in search(place, "stadtverordnetenversammlung")} >= {
        "person",
        "organization",
    }
