"""Verbs on people at a driven desk: the form, notes, copying, doubles, a death, blocking notices."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from app_kit import at_desk
from people_kit import at_people, ids, run, three_people
from textual.widgets import Input

from ob_buero_tui.office import Office
from ob_buero_tui.services.drafts import load_draft
from ob_buero_tui.services.people.contact import contact
from ob_buero_tui.services.people.editing import contact_form, edit_contact
from ob_buero_tui.services.people.listing import DECEASED, contact_ids
from ob_buero_tui.services.requests.record import record
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.tui.screens.dialogs.both_values import BothValuesDialog
from ob_buero_tui.tui.screens.dialogs.choose import Choose
from ob_buero_tui.tui.screens.dialogs.confirm import Confirm
from ob_buero_tui.tui.screens.dialogs.contact import ContactDialog
from ob_buero_tui.tui.screens.dialogs.note import NoteDialog
from ob_buero_tui.tui.screens.dialogs.prompt_line import PromptLine
from ob_buero_tui.tui.screens.dialogs.told import Told


@pytest.fixture
def people(place: Workplace) -> SimpleNamespace:
    """Three people, two of them doubles, and a club to which the first belongs."""
    return three_people(place)


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
        await desk.opened(BothValuesDialog)
        await desk.shows("○ hier                   0555 47110")
        await desk.shows("○ KL Mi 25.11. 09:42     0555 8888")
        await desk.press("h", "enter")
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
        assert not screen.list.marked


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
        await desk.shows("gesperrt · Vor")
        await run(desk, "Sperrvermerk")
        await desk.opened(Choose)
        await desk.press("2")
        await desk.closed()
        await desk.until(lambda: "gesperrt" not in desk.text)
        assert contact(office.place, "person", people.anna).locks == ()
