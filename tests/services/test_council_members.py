"""Who belongs to a body on a day."""

from __future__ import annotations

from datetime import date

from body_kit import member, person
from council_kit import add_body

from ob_buero_tui.services.council.memberships import chair_of, clerk_of, members_at
from ob_buero_tui.services.workplace import Workplace

DAY = date(2026, 11, 25)


def names(place: Workplace, body: int, day: date = DAY) -> list[str]:
    with place.reading() as session:
        return [f"{line.name} {line.role}" for line in members_at(session, [body], day)[body]]


def test_members_are_those_of_the_day_with_its_first_and_last(place: Workplace) -> None:
    body = add_body(place, "Stadtrat")
    ahrens, brand = person(place, "Ahrens"), person(place, "Brand")
    member(place, body, ahrens, end_date=date(2026, 10, 31))
    member(place, body, brand, start_date=date(2026, 11, 1))
    assert names(place, body, date(2026, 10, 31)) == ["Kim Ahrens Mitglied"]
    assert names(place, body, date(2026, 11, 1)) == ["Kim Brand Mitglied"]


def test_the_chair_comes_first_and_who_stands_in_last(place: Workplace) -> None:
    body, fraction = add_body(place, "Stadtrat"), add_body(place, "Fraktion Mitte", short_name="Mitte")
    ahrens, brand, claus, decker = (person(place, name) for name in ("Ahrens", "Brand", "Claus", "Decker"))
    held = member(place, body, ahrens, on_behalf_of_id=fraction)
    member(place, body, claus, "Vorsitzende")
    member(place, body, brand, "stellv. Vorsitzender")
    member(place, body, decker, "Vertretung", substitute_for_id=held)
    with place.reading() as session:
        lines = members_at(session, [body, fraction], DAY)
    assert [line.person_id for line in lines[body]] == [claus, brand, ahrens, decker]
    assert [line.fraction for line in lines[body]] == ["", "", "Mitte", ""]
    assert lines[body][-1].substitute_for_id == held
    assert lines[fraction] == ()


def test_a_person_is_told_once_by_the_higher_role(place: Workplace) -> None:
    body = add_body(place, "Stadtrat")
    ahrens, brand = person(place, "Ahrens"), person(place, "Brand")
    member(place, body, ahrens)
    member(place, body, ahrens, "Vorsitzende")
    held = member(place, body, brand)
    member(place, body, ahrens, "stellv. Mitglied", substitute_for_id=held)
    assert names(place, body) == ["Kim Ahrens Vorsitzende", "Kim Brand Mitglied"]


def test_who_advises_or_takes_the_minutes_has_no_vote(place: Workplace) -> None:
    body = add_body(place, "Stadtrat")
    for family, role, said in (
        ("Ahrens", "Mitglied", None),
        ("Brand", "beratendes Mitglied", None),
        ("Claus", "Schriftführerin", None),
        ("Decker", "Mitglied", False),
        ("Ebers", "beratendes Mitglied", True),
    ):
        member(place, body, person(place, family), role, voting_right=said)
    with place.reading() as session:
        found = {line.name: line.voting for line in members_at(session, [body], DAY)[body]}
    assert found == {
        "Kim Ahrens": True,
        "Kim Brand": False,
        "Kim Claus": False,
        "Kim Decker": False,
        "Kim Ebers": True,
    }


def test_chair_and_clerk_are_those_of_the_day(place: Workplace) -> None:
    body = add_body(place, "Stadtrat")
    ahrens, brand, claus = (person(place, name) for name in ("Ahrens", "Brand", "Claus"))
    member(place, body, ahrens, "Vorsitzende", end_date=date(2026, 6, 30))
    member(place, body, brand, "Vorsitzender", start_date=date(2026, 7, 1))
    member(place, body, ahrens, "stellv. Schriftführerin")
    member(place, body, claus, "Mitglied")
    member(place, body, claus, "Schriftführer")
    empty = add_body(place, "Ausschuss")
    with place.reading() as session:
        assert chair_of(session, body, date(2026, 6, 30)) == ahrens
        assert chair_of(session, body, DAY) == brand
        assert clerk_of(session, body, DAY) == claus, "a member may take the minutes"
        assert clerk_of(session, empty, DAY) is None


def test_the_dead_leave_and_who_is_personal_keeps_the_name(place: Workplace) -> None:
    body = add_body(place, "Stadtrat")
    member(place, body, person(place, "Ahrens", deceased_on=date(2026, 11, 1)))
    member(place, body, person(place, "Brand", confidentiality="persoenlich"))
    assert names(place, body) == ["(persönlich) Mitglied"]
    assert len(names(place, body, date(2026, 11, 1))) == 2
