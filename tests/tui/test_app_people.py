"""The Personen screen at a driven desk: lists, everything known of one, the form, doubles, a death."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace

import pytest
from app_kit import Desk, at_desk
from sqlalchemy import select
from textual.widgets import Input

from ob_buero_tui.office import Office
from ob_buero_tui.services.drafts import load_draft
from ob_buero_tui.services.people.contact import contact
from ob_buero_tui.services.people.editing import contact_form, create_contact, edit_contact
from ob_buero_tui.services.people.listing import DECEASED, PEOPLE, contact_ids
from ob_buero_tui.services.requests.record import record
from ob_buero_tui.services.work import transaction
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.people import Membership, Organization, Person
from ob_buero_tui.tui.screens.dialogs.choose import Choose
from ob_buero_tui.tui.screens.dialogs.confirm import Confirm
from ob_buero_tui.tui.screens.dialogs.contact import ContactDialog
from ob_buero_tui.tui.screens.dialogs.note import NoteDialog
from ob_buero_tui.tui.screens.dialogs.prompt_line import PromptLine
from ob_buero_tui.tui.screens.dialogs.told import Told
from ob_buero_tui.tui.screens.inbox import InboxScreen
from ob_buero_tui.tui.screens.people import PeopleScreen

HOSTILE = "[red]Eva[/] \x1b[31mFalle\u202e"


def add(place: Workplace, family: str, given: str = "", **values: str) -> int:
    """A person."""
    return create_contact(place, "person", {"family_name": family, "given_name": given} | values).ids[0]


@pytest.fixture
def people(place: Workplace) -> SimpleNamespace:
    """Three people, two of them doubles, and a club to which the first belongs."""
    anna = add(
        place,
        "Ährenfeld",
        "Anna",
        form_of_address="Frau",
        job_title="Vorsitzende",
        tel="0555 4711",
        street_address="Marktplatz 1",
        postal_code="59990",
        locality="Lindenau",
    )
    first = add(place, "Beispiel", "Karl", email="karl@example.org")
    second = add(place, "Beispiel", "Karl", email="karl@example.org", tel="0555 99")
    with transaction(place, "note") as work:
        club = Organization(name="Turnverein Süd", classification="Verein", source="Büro")
        work.session.add(club)
        work.session.flush()
        work.session.add(
            Membership(person_id=anna, organization_id=club.id, role="Vorsitz", start_date=date(2020, 1, 1))
        )
    return SimpleNamespace(anna=anna, first=first, second=second, club=club.id)


async def at_people(desk: Desk) -> PeopleScreen:
    """Go to the Personen."""
    await desk.press("f6")
    return await desk.opened(PeopleScreen)


def ids(screen: PeopleScreen) -> list[int]:
    """The listed keys."""
    return list(screen.list.ids)


async def run(desk: Desk, name: str) -> None:
    """Run a command from the palette."""
    await desk.press("ctrl+p")
    await desk.type(name)
    await desk.press("enter")


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
        await desk.shows("Name                        Art")
        await desk.press("4")
        await desk.shows("Niemand ist als verstorben vermerkt.")


async def test_an_empty_office_says_what_to_do(office: Office) -> None:
    async with at_desk(office) as desk:
        await at_people(desk)
        await desk.shows("Noch keine Personen. Holen Sie welche herein: ob-buero import")
        await desk.press("3")
        await desk.shows("Noch keine Gremien. Sie kommen mit den Sitzungen: ob-buero")


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


async def test_the_form_shows_the_salutation_while_one_types(office: Office, people: SimpleNamespace) -> None:
    async with at_desk(office) as desk:
        await at_people(desk)
        await desk.press("b")
        dialog = await desk.opened(ContactDialog)
        await desk.shows("Sehr geehrte Frau Ährenfeld,")
        dialog.query_one("#honorific_prefix", Input).focus()
        await desk.quiet()
        await desk.type("Dr.")
        await desk.shows("Sehr geehrte Frau Dr. Ährenfeld,")
        dialog.query_one("#salutation", Input).focus()
        await desk.quiet()
        await desk.type("Liebe Anna,")
        await desk.shows("Liebe Anna,")
        await desk.shows("überschrieben")
        await desk.press("ctrl+s")
        await desk.says("gespeichert")
        await desk.press("enter")
        await desk.shows("Liebe Anna,  überschrieben")
        await desk.press("u")
        await desk.shows("Sehr geehrte Frau Ährenfeld,")
    view = contact(office.place, "person", people.anna)
    assert (view.title, view.overridden) == ("Anna Ährenfeld", False)


async def test_typed_text_stays_as_a_draft_until_it_is_thrown_away(
    office: Office, people: SimpleNamespace
) -> None:
    async with at_desk(office) as desk:
        await at_people(desk)
        await desk.press("b")
        await desk.opened(ContactDialog)
        await desk.type("-Falke")
        await desk.press("escape")
        await desk.closed()
        await desk.press("b")
        await desk.opened(ContactDialog)
        await desk.shows("Ährenfeld-Falke")
        await desk.press("ctrl+d")
        await desk.closed()
        assert load_draft(office.place, f"contact:person:{people.anna}") is None
        await desk.press("b")
        await desk.opened(ContactDialog)
        assert "Falke" not in desk.text


async def test_a_conflict_shows_both_values_and_keeps_what_others_changed(
    office: Office, other_place: Workplace, people: SimpleNamespace
) -> None:
    async with at_desk(office) as desk:
        await at_people(desk)
        await desk.press("b")
        dialog = await desk.opened(ContactDialog)
        tel = dialog.query_one("#tel", Input)
        tel.focus()
        await desk.quiet()
        await desk.type("0")
        start = contact_form(other_place, "person", people.anna).values
        changed = {"tel": "0555 8888", "mobile": "0170 1"}
        edit_contact(other_place, "person", people.anna, start, dict(start) | changed)
        await desk.press("ctrl+s")
        await desk.opened(Confirm)
        await desk.shows("Telefon: dort „0555 8888“, hier „0555 47110“")
        await desk.press("j")
        await desk.closed()
    values = contact_form(office.place, "person", people.anna).values
    assert (values["tel"], values["mobile"]) == ("0555 47110", "0170 1")


async def test_a_new_person_and_a_new_organization(office: Office, people: SimpleNamespace) -> None:
    async with at_desk(office) as desk:
        screen = await at_people(desk)
        await desk.press("+")
        dialog = await desk.opened(ContactDialog)
        await desk.shows("Neue Person")
        await desk.press("h")
        await desk.press("ctrl+s")
        await desk.shows("! Das wurde nicht gespeichert. Es fehlt der Name.")
        dialog.query_one("#family_name", Input).focus()
        await desk.quiet()
        await desk.type("Zander")
        await desk.shows("Sehr geehrter Herr Zander,")
        await desk.press("ctrl+s")
        await desk.closed()
        await desk.until(lambda: screen.list.cursor == ids(screen)[-1] and len(ids(screen)) == 4)
        await desk.press("escape", "2", "+")
        await desk.opened(ContactDialog)
        await desk.shows("Neue Organisation")
        await desk.type("Angelverein")
        await desk.shows("Sehr geehrte Damen und Herren,")
        await desk.press("ctrl+s")
        await desk.closed()
        await desk.until(lambda: len(ids(screen)) == 2 and screen.list.cursor == ids(screen)[0])


async def test_a_note_is_added(office: Office, people: SimpleNamespace) -> None:
    async with at_desk(office) as desk:
        await at_people(desk)
        await desk.press("c")
        await desk.opened(NoteDialog)
        await desk.type("mag keine Lilien")
        await desk.press("ctrl+s")
        await desk.closed()
    assert "mag keine Lilien" in contact(office.place, "person", people.anna).notes


async def test_address_and_salutation_are_copied(office: Office, people: SimpleNamespace) -> None:
    async with at_desk(office) as desk:
        await at_people(desk)
        await desk.press("y")
        await desk.opened(Choose)
        await desk.press("1")
        await desk.says("Anschrift kopiert.")
        assert desk.app.clipboard.splitlines()[-2:] == ["Marktplatz 1", "59990 Lindenau"]
        await desk.press("y")
        await desk.opened(Choose)
        await desk.press("2")
        await desk.says("Briefanrede kopiert.")
        assert desk.app.clipboard == "Sehr geehrte Frau Ährenfeld,"


async def test_doubles_are_merged_in_one_step(office: Office, people: SimpleNamespace) -> None:
    async with at_desk(office) as desk:
        screen = await at_people(desk)
        await desk.press("d")
        await desk.opened(Choose)
        await desk.shows("Karl Beispiel (2)")
        await desk.press("enter")
        await desk.until(lambda: "Welcher Eintrag bleibt?" in desk.text)
        await desk.press("1")
        await desk.opened(Confirm)
        await desk.shows("Telefon: 0555 99")
        await desk.press("j")
        await desk.until(lambda: ids(screen) == [people.anna, people.first])
        assert contact_form(office.place, "person", people.first).values["tel"] == "0555 99"
        await desk.press("u")
        await desk.until(lambda: ids(screen) == [people.anna, people.first, people.second])


async def test_marked_contacts_are_merged_and_marks_stay_with_their_table(
    office: Office, people: SimpleNamespace
) -> None:
    async with at_desk(office) as desk:
        screen = await at_people(desk)
        await desk.press("x", "x", "d")
        await desk.until(lambda: "Welcher Eintrag bleibt?" in desk.text)
        await desk.press("escape")
        await desk.closed()
        assert len(screen.list.marked) == 2
        await desk.press("2")
        assert screen.list.marked == ()


async def test_a_death_says_what_stops_and_what_was_stopped(
    office: Office, people: SimpleNamespace, make_request: Callable[..., int]
) -> None:
    request = make_request(subject="90. Geburtstag", kind="gratulation", requester_id=people.anna, fields={})
    number = record(office.place, request).number
    async with at_desk(office) as desk:
        screen = await at_people(desk)
        await run(desk, "Verstorben")
        await desk.opened(PromptLine)
        await desk.shows(f"{number} „90. Geburtstag“ wird beendet.")
        for _ in range(12):
            await desk.press("backspace")
        await desk.type("1.12.2026")
        await desk.press("enter")
        await desk.shows("! Di 1.12.2026 liegt in der Zukunft.")
        for _ in range(12):
            await desk.press("backspace")
        await desk.type("24.11.")
        await desk.shows("→ Di 24.11.2026")
        await desk.press("enter")
        await desk.opened(Told)
        await desk.shows(f"{number} ist beendet: verstorben")
        await desk.press("enter")
        await desk.until(lambda: ids(screen) == [people.first, people.second])
        assert contact_ids(office.place, DECEASED) == [people.anna]
        await desk.press("4")
        await desk.shows("† verstorben am Di 24.11.2026")
        await desk.press("u")
        await desk.until(lambda: contact_ids(office.place, DECEASED) == [])


async def test_a_blocking_notice_is_shown_as_a_word(office: Office, people: SimpleNamespace) -> None:
    async with at_desk(office, size=(160, 40)) as desk:
        await at_people(desk)
        await run(desk, "Sperrvermerk")
        await desk.opened(Choose)
        await desk.press("2")
        await desk.opened(PromptLine)
        await desk.type("1.5.2028")
        await desk.press("enter")
        await desk.shows("! gesperrt: Auskunftssperre (§ 51 BMG) bis 1.05.2028")
        await desk.shows("Ährenfeld, Anna gesperrt")
        await run(desk, "Sperrvermerk")
        await desk.opened(Choose)
        await desk.press("2")
        await desk.closed()
        await desk.until(lambda: "gesperrt" not in desk.text)
        assert contact(office.place, "person", people.anna).locks == ()


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
