"""The screen Gremien at a driven desk: bodies on a day, their members, who is responsible."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from app_kit import Desk, at_desk
from people_kit import add, run

from ob_buero_tui.office import Office
from ob_buero_tui.services.council.bodies import BodyEntry, create_body
from ob_buero_tui.services.council.body_view import body_view
from ob_buero_tui.services.council.member_verbs import MemberEntry, add_member
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.tui.screens.bodies import BodiesScreen
from ob_buero_tui.tui.screens.dialogs.choose import Choose
from ob_buero_tui.tui.screens.dialogs.prompt_line import PromptLine
from ob_buero_tui.tui.screens.dialogs.spec_form import SpecForm
from ob_buero_tui.tui.screens.dialogs.told import Told
from ob_buero_tui.tui.screens.people import PeopleScreen

SINCE = date(2025, 11, 1)


@pytest.fixture
def council(place: Workplace) -> SimpleNamespace:
    """A council of three seats with a chair and a member of a fraction, and another fraction."""
    (rat,) = create_body(place, BodyEntry(name="Rat der Stadt", short_name="Rat", voting_member_count=3)).ids
    mitte, rand = (
        create_body(
            place, BodyEntry(name=f"Fraktion {name}", short_name=name, organization_type="Fraktion")
        ).ids[0]
        for name in ("Mitte", "Rand")
    )
    anna, bert, carl = (add(place, family, "Kim") for family in ("Ahrens", "Brand", "Claus"))
    add_member(place, rat, MemberEntry(person_id=anna, role="Vorsitzende", start=SINCE))
    add_member(place, rat, MemberEntry(person_id=bert, fraction_id=mitte, start=SINCE))
    return SimpleNamespace(rat=rat, mitte=mitte, rand=rand, anna=anna, bert=bert, carl=carl)


async def at_bodies(desk: Desk) -> BodiesScreen:
    await desk.press("g", "m")
    return await desk.opened(BodiesScreen)


def told(place: Workplace, council: Any, day: date) -> list[tuple[str, str, str]]:
    members = body_view(place, council.rat, day).members
    return [(one.line.name, one.line.role, one.stands_for) for one in members if not one.coming]


async def test_a_body_is_shown_with_its_people_on_a_day(office: Office, council: SimpleNamespace) -> None:
    async with at_desk(office, size=(120, 36)) as desk:
        await at_bodies(desk)
        for text in ("Rat der Stadt", "! 3 stimmberechtigt, besetzt 2, 1 frei", "Kim Ahrens", "Mitte 1"):
            await desk.shows(text)
        await desk.shows("! nicht eingetragen")
        await desk.press("g", "d")
        await desk.opened(PromptLine)
        await desk.type("31.10.2025")
        await desk.press("enter")
        await desk.closed()
        await desk.shows("Stand 31.10.2025")
        await desk.shows("Mitglieder 0 · am Fr 31.10.2025")
        await desk.press("0")
        await desk.shows("Mitglieder 2 · heute")
        await desk.press("enter", "down", "enter")
        await desk.opened(PeopleScreen)
        await desk.shows("Brand, Kim")


async def test_a_member_changes_from_a_day_on_and_back(
    office: Office, place: Workplace, council: SimpleNamespace
) -> None:
    async with at_desk(office, size=(100, 30)) as desk:
        await at_bodies(desk)
        await desk.press("tab", "down", "b")
        await desk.opened(SpecForm)
        await desk.type("beratendes Mitglied")
        await desk.press("ctrl+s")
        await desk.closed()
        await desk.says("Kim Brand: beratendes Mitglied ab Mi 25.11.2026")
        assert told(place, council, date(2026, 11, 24))[1][1] == "Mitglied"
        assert told(place, council, date(2026, 11, 25))[1][1] == "beratendes Mitglied"
        await desk.press("u")
        await desk.shows("Mitglied")
        assert told(place, council, date(2026, 11, 25))[1][1] == "Mitglied"
        await desk.press("e")
        await desk.opened(PromptLine)
        await desk.type("31.12.")
        await desk.press("enter")
        await desk.closed()
        await desk.shows("bis 31.12.2026")
        assert len(told(place, council, date(2027, 1, 1))) == 1


async def test_a_new_member_somebody_who_stands_in_and_a_slip(
    office: Office, place: Workplace, council: SimpleNamespace
) -> None:
    async with at_desk(office, size=(80, 24)) as desk:
        await at_bodies(desk)
        await desk.press("enter", "plus")
        await desk.opened(SpecForm)
        await desk.press("ctrl+s")
        await desk.shows("„Person“ fehlt")
        await desk.type("Niemand Dort")
        await desk.press("ctrl+s")
        await desk.shows("steht nicht unter den Personen")
        await desk.press("escape")
        await desk.closed()
        await desk.press("v")
        await desk.opened(SpecForm)
        await desk.type("Claus Kim")
        await desk.press("down", "enter", "ctrl+s")
        await desk.closed()
        await desk.shows("1 Vertretung")
        today = date(2026, 11, 25)
        assert told(place, council, today)[1] == ("Kim Claus", "stellv. Mitglied", "Kim Ahrens")
        await desk.press("down", "D")
        await desk.says("Eintrag herausgenommen")
        assert len(told(place, council, today)) == 2


async def test_a_change_of_fraction_and_where_somebody_was(
    office: Office, place: Workplace, council: SimpleNamespace
) -> None:
    async with at_desk(office, size=(120, 36)) as desk:
        await at_bodies(desk)
        await desk.press("tab", "down")
        await run(desk, "Fraktionswechsel")
        await desk.opened(Choose)
        await desk.press("1")
        await desk.opened(PromptLine)
        await desk.type("1.12.")
        await desk.press("enter")
        await desk.closed()
        await desk.says("Fraktion geändert ab Di 1.12.2026, 1 Gremium")
        assert body_view(place, council.rat, date(2026, 12, 1)).fractions == (("Rand", 1),)
        assert body_view(place, council.rat, date(2026, 11, 30)).fractions == (("Mitte", 1),)
        await run(desk, "Mitgliedschaften am")
        await desk.opened(PromptLine)
        await desk.type("2.12.")
        await desk.press("enter")
        await desk.opened(Told)
        await desk.shows("Rat der Stadt · Mitglied · für Rand")
        await desk.press("escape")
        await desk.closed()


async def test_bodies_and_responsibilities_are_entered(
    office: Office, place: Workplace, council: SimpleNamespace
) -> None:
    async with at_desk(office, size=(100, 30)) as desk:
        screen = await at_bodies(desk)
        await desk.press("3", "plus")
        await desk.opened(SpecForm)
        await desk.type("Zweckverband Bad")
        await desk.press("ctrl+s")
        await desk.closed()
        await desk.says("„Zweckverband Bad“ angelegt")
        await desk.shows("externes Gremium")
        await desk.press("b")
        await desk.opened(SpecForm)
        await desk.press("tab")
        await desk.type("Bad")
        await desk.press("ctrl+s")
        await desk.closed()
        await desk.until(lambda: screen.view is not None and screen.view.row.short_name == "Bad")
        await desk.press("5", "plus")
        await desk.opened(SpecForm)
        await desk.type("Schulen")
        await desk.press("tab", "tab")
        await desk.type("Ahrens")
        await desk.press("down", "enter", "ctrl+s")
        await desk.closed()
        await desk.shows("Kim Ahrens")
        await desk.press("e")
        await desk.opened(PromptLine)
        await desk.type("31.12.")
        await desk.press("enter")
        await desk.closed()
        await desk.shows("bis Do 31.12.2026")
