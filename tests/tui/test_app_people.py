"""The Personen screen at a driven desk: lists, what is known of one, and the ways through it."""

from __future__ import annotations

import re
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from app_kit import at_desk
from people_kit import add, at_people, ids, run, three_people
from rich.cells import cell_len
from sqlalchemy import select

from ob_buero_tui.office import Office
from ob_buero_tui.services.people.listing import PEOPLE, contact_ids
from ob_buero_tui.services.people.views import ContactRow
from ob_buero_tui.services.work import transaction
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.people import Person
from ob_buero_tui.tui.screens.dialogs.choose import Choose
from ob_buero_tui.tui.screens.dialogs.contact import ContactDialog
from ob_buero_tui.tui.screens.dialogs.prompt_line import PromptLine
from ob_buero_tui.tui.screens.inbox import InboxScreen
from ob_buero_tui.tui.screens.people import PeopleScreen
from ob_buero_tui.tui.widgets.contact_rows import contact_columns, draw_contact, heading

HOSTILE = "[red]Eva[/] \x1b[31mFalle\u202e"


@pytest.fixture
def people(place: Workplace) -> SimpleNamespace:
    """Three people, two of them doubles, and a club to which the first belongs."""
    return three_people(place)


async def test_the_list_and_everything_known_of_one(office: Office, people: SimpleNamespace) -> None:
    async with at_desk(office, size=(160, 44)) as desk:
        screen = await at_people(desk)
        assert ids(screen) == [people.anna, people.first, people.second]
        await desk.shows("Ährenfeld, Anna")
        await desk.shows("Funktion")
        for text in ("Frau Anna Ährenfeld", "59990 Lindenau", "Sehr geehrte Frau Ährenfeld,", "0555 4711"):
            await desk.shows(text)
        await desk.shows("Turnverein Süd · Vorsitz · seit 1.01.2020")
        assert "überschrieben" not in desk.text
        await desk.press("2")
        await desk.shows("Turnverein Süd")
        await desk.until(lambda: re.search(r"Name {10,}Art {3}", desk.text) is not None)
        await desk.press("4")
        await desk.shows("Niemand ist als verstorben vermerkt.")
        await desk.press("1", "G", "2", "1")
        assert screen.list.cursor == people.anna, "the cursor begins anew in another table"


async def test_an_empty_office_says_what_to_do(office: Office) -> None:
    async with at_desk(office) as desk:
        await at_people(desk)
        await desk.shows("Noch keine Personen. + legt eine an")
        await desk.press("3")
        await desk.shows("Noch keine Gremien. Sie kommen mit den Sitzungen: Strg+P")


async def test_enter_leads_to_what_belongs_to_a_contact(
    office: Office, people: SimpleNamespace, make_request: Callable[..., int]
) -> None:
    request = make_request(subject="Grußwort Festschrift", requester_id=people.anna)
    async with at_desk(office) as desk:
        screen = await at_people(desk)
        await desk.press("enter", "enter")
        await desk.opened(Choose)
        await desk.shows("Grußwort Festschrift")
        await desk.press("1")
        await desk.closed()
        await desk.until(lambda: screen.list.cursor == people.club and screen.table == "organization")
        await desk.shows("Ährenfeld · Vorsitz")
        await desk.press("enter")
        await desk.opened(Choose)
        await desk.press("escape")
        await desk.closed()
        await desk.press("b")
        await desk.opened(ContactDialog)
        await desk.press("escape")
        await desk.closed()
        await desk.press("escape", "1", "enter", "enter")
        await desk.opened(Choose)
        await desk.press("2")
        await desk.opened(InboxScreen)
        await desk.until(lambda: desk.cursor == request)
        await run(desk, "Zur Person")
        await desk.opened(PeopleScreen)
        await desk.until(lambda: screen.list.cursor == people.anna)


async def test_letters_and_the_beginning_of_a_name_lead_through_the_list(
    office: Office, place: Workplace
) -> None:
    names = ("Adler", "Älter", "Azur", "Busch", "Mohn", "Möhre", "Zander")
    keys = {name: add(place, name, "Eva") for name in names}
    async with at_desk(office) as desk:
        screen = await at_people(desk)
        assert screen.letters.letter == "A"
        await desk.press("right")
        assert screen.list.cursor == keys["Busch"]
        await desk.until(lambda: screen.letters.letter == "B")
        await desk.press("right", "right")
        assert screen.list.cursor == keys["Zander"]
        await desk.press("right", "left")
        assert screen.list.cursor == keys["Möhre"], "ö counts as oe"
        await desk.press("g", "n")
        await desk.opened(PromptLine)
        await desk.type("az")
        await desk.shows("→ Azur, Eva")
        await desk.press("enter")
        await desk.closed()
        assert screen.list.cursor == keys["Azur"]
        await desk.pilot.click(screen.letters, offset=(1 + 2 * 12, 0))
        await desk.until(lambda: screen.list.cursor == keys["Möhre"])


async def test_a_search_opens_people_and_bodies_here(office: Office, people: SimpleNamespace) -> None:
    async with at_desk(office) as desk:
        await desk.press("/")
        await desk.type("turnverein")
        await desk.shows("Organisation")
        await desk.press("enter")
        screen = await desk.opened(PeopleScreen)
        await desk.until(lambda: screen.list.cursor == people.club and screen.table == "organization")
        await desk.press("/")
        await desk.type("ährenfeld")
        await desk.shows("Person")
        await desk.press("enter")
        await desk.until(lambda: screen.table == "person" and screen.list.cursor == people.anna)


@pytest.mark.parametrize("size", [(40, 10), (60, 16), (80, 24), (120, 36), (200, 60)])
async def test_hostile_names_act_on_nothing_at_any_size(
    office: Office, place: Workplace, size: tuple[int, int]
) -> None:
    with transaction(place, "note") as work:
        texts = {"family_name": HOSTILE, "job_title": HOSTILE, "tel": HOSTILE, "note": HOSTILE * 50}
        work.session.add(Person(**texts, postal_address=f"{HOSTILE}\n{HOSTILE}", salutation=HOSTILE))
    async with at_desk(office, size=size) as desk:
        await at_people(desk)
        await desk.shows("[red]Eva[/]")
        assert "\x1b" not in desk.text
        assert "\u202e" not in desk.text
        await desk.press("enter")
        await desk.shows("[red]Eva[/]")
        await desk.press("enter")
        await desk.press("y")
        await desk.opened(Choose)
        await desk.press("escape")
        await desk.closed()
        await desk.press("b")
        dialog = await desk.opened(ContactDialog)
        assert "\x1b" not in desk.text
        await desk.press("escape")
        await desk.closed()
        assert dialog._saved == {}, "opening a form changes nothing"
        await desk.press("escape", "d")
        await desk.says("Keine doppelten Einträge gefunden.")


async def test_the_keys_of_people_do_not_act_on_organizations(
    office: Office, people: SimpleNamespace
) -> None:
    async with at_desk(office) as desk:
        screen = await at_people(desk)
        assert screen.check_action("mark_deceased", ())
        await desk.press("2")
        assert not screen.check_action("mark_deceased", ())
        assert screen.check_action("edit", ())


async def test_what_another_desk_took_away_is_said(
    office: Office, other_place: Workplace, people: SimpleNamespace
) -> None:
    async with at_desk(office) as desk:
        screen = await at_people(desk)
        with transaction(other_place, "note") as work:
            work.session.delete(work.session.scalars(select(Person).where(Person.id == people.second)).one())
        await desk.press("G")
        await desk.press("b")
        await desk.says("Diesen Kontakt gibt es nicht mehr.")
        desk.app.data_changed()
        await desk.until(lambda: ids(screen) == contact_ids(office.place, PEOPLE))


@pytest.mark.parametrize("width", [36, 60, 75, 110])
def test_a_row_fills_its_cells_and_says_what_its_sign_means(width: int) -> None:
    row = ContactRow(id=1, name="Beispiel, Karl", detail="Pfarrer", tel="0555 4711", locked=True)
    text = "".join(part for part, _ in draw_contact(row, width, marked=True, _today=None))
    assert cell_len(text) == width
    assert "gesperrt" in text
    assert text.startswith("▌!x ")
    assert cell_len("".join(part for part, _ in heading(width, bodies=False))) == width


def test_the_wider_the_more_columns() -> None:
    shown = [contact_columns(width) for width in (20, 50, 75, 95, 120)]
    counts = [
        sum(size > 0 for size in (each.detail, each.locality, each.organization, each.tel)) for each in shown
    ]
    assert counts == [0, 1, 2, 3, 4]
