"""The forms of the Eingang: a control for each type, all mistakes at once, names that complete themselves."""

from __future__ import annotations

from app_kit import Desk, at_desk
from textual.widgets import Input

from ob_buero_tui.office import Office
from ob_buero_tui.services.drafts import load_draft
from ob_buero_tui.services.requests.editing import Edited, edit_request, form
from ob_buero_tui.services.requests.inbox import ALL, ids
from ob_buero_tui.services.requests.record import record
from ob_buero_tui.services.work import transaction
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.people import Person
from ob_buero_tui.tui.screens.dialogs.both_values import BothValuesDialog
from ob_buero_tui.tui.screens.dialogs.capture import CaptureDialog
from ob_buero_tui.tui.screens.dialogs.choose import Choose
from ob_buero_tui.tui.screens.dialogs.edit import EditDialog
from ob_buero_tui.tui.screens.dialogs.new_request import NewRequestDialog


async def letter(desk: Desk) -> NewRequestDialog:
    """Open the form of a letter on paper."""
    await desk.press("+")
    await desk.opened(Choose)
    await desk.press("3")
    return await desk.opened(NewRequestDialog)


async def write(desk: Desk, name: str, text: str) -> None:
    """Put a text into a field of one line."""
    desk.app.screen.query_one(f"#{name}", Input).value = text
    await desk.quiet()


async def test_a_kind_says_its_mistakes_at_their_fields(office: Office) -> None:
    # What each of the kinds refuses is tested with its form, without a screen.
    async with at_desk(office) as desk:
        dialog = await letter(desk)
        for kind in office.place.catalog.active_kinds[::4]:
            dialog.query_one("#kind").focus()
            await desk.press(kind.picker_key)
            await write(desk, "subject", "x" * 412)
            await write(desk, "event_date", "24.11.2026")
            await write(desk, "event_from", "14")
            await desk.press("ctrl+s")
            assert desk.app.screen is dialog
            told = {name: row._problem.text for name, row in dialog.form._rows.items() if row._problem}
            assert told["subject"] == "„Worum geht es“ ist zu lang: 412 von 300 Zeichen. Kürzen Sie um 112."
            assert told["event_date"] == "„Tag“: Di 24.11.2026 liegt in der Vergangenheit."
            missing = [spec for spec in kind.fields if spec.required and not spec.when]
            assert {told[f"feld-{spec.key}"] for spec in missing} == {
                f"„{spec.label}“ fehlt: Diese Angabe wird gebraucht." for spec in missing
            }
            assert desk.app.focused is not None
            assert desk.app.focused.id == "subject", "the focus is at the first one"
            await write(desk, "subject", kind.label)
            assert not dialog.form._rows["subject"].is_wrong, "what is mended is no longer told"
    assert not ids(office.place, ALL)


async def test_a_doubt_is_told_once_and_then_saved(office: Office) -> None:
    async with at_desk(office) as desk:
        await letter(desk)
        await desk.press("g", "tab")
        await desk.type("Grußwort TSV")
        await desk.press("ctrl+s")
        await desk.shows("Strg+S noch einmal speichert es so.")
        assert desk.app.focused is not None
        assert desk.app.focused.id == "feld-form"
        await desk.press("ctrl+s")
        await desk.closed()
    (made,) = ids(office.place, ALL)
    assert (record(office.place, made).kind, record(office.place, made).channel) == ("grusswort", "Brief")


async def test_a_known_name_is_taken_by_arrow_and_enter_and_linked(office: Office) -> None:
    with transaction(office.place, "note") as work:
        names = [("Erika", "Beispiel", "Vorsitz"), ("Erika", "Beispielmann", ""), ("Karl", "Anders", "")]
        work.session.add_all(
            [Person(given_name=one, family_name=two, job_title=job) for one, two, job in names]
        )
    async with at_desk(office) as desk:
        dialog = await letter(desk)
        await desk.press("tab")
        await desk.type("erika beisp")
        await desk.shows("Erika Beispielmann")
        await desk.shows("Vorsitz")
        assert "Karl Anders" not in desk.text
        await desk.press("down", "enter")
        assert dialog.query_one("#name", Input).value == "Erika Beispiel"
        assert desk.app.focused is not None
        assert desk.app.focused.id == "subject"
        await desk.type("Besuch")
        await desk.press("shift+tab")
        await desk.press("end")
        await desk.type("ska")
        await desk.shows("neu, nicht in den Personen")
        await desk.press("backspace", "backspace", "backspace", "backspace")
        await desk.shows("Erika Beispielmann")
        await desk.press("escape")
        assert desk.app.screen is dialog, "Esc closes the list of names first"
        await desk.type("l")
        await desk.press("ctrl+s")
        await desk.closed()
    (made,) = ids(office.place, ALL)
    assert record(office.place, made).requester == "Erika Beispiel"


async def test_a_draft_that_is_kept_while_one_types_costs_no_suggestion(office: Office) -> None:
    with transaction(office.place, "note") as work:
        work.session.add(Person(given_name="Erika", family_name="Beispielmann"))
    async with at_desk(office) as desk:
        dialog = await letter(desk)
        await desk.press("tab")
        dialog.query_one("#name", Input).value = "erika beisp"
        dialog.save_draft()  # as its timer does, before the form has heard of the letters
        await desk.shows("Erika Beispielmann")
        for kind in ("ehrung", "grusswort"):
            dialog.query_one("#name", Input).value = f"erika {kind}"
            await dialog.form.show_kind(office.place.catalog.kinds[kind])
            await desk.shows("neu, nicht in den Personen")
            dialog.query_one("#name", Input).value = ""
            await desk.until(lambda: "neu, nicht in den Personen" not in desk.text)


async def test_what_is_hidden_by_an_answer_comes_back_as_typed(office: Office, five: list[int]) -> None:
    async with at_desk(office, size=(80, 24)) as desk:
        await desk.press("b")
        dialog = await desk.opened(EditDialog)
        choice = dialog.query_one("#feld-form")
        choice.focus()
        await desk.press("s")
        await write(desk, "feld-umfang", "1.500")
        choice.focus()
        await desk.press("m")
        assert not dialog.form._rows["feld-umfang"].display
        await desk.press("backspace", "right")
        assert dialog.query_one("#feld-umfang", Input).value == "1.500"
        dialog.query_one("#feld-foto").focus()
        await desk.press("j")
        await desk.shows("● ja")
        await desk.press("n", "o", "space")
        await desk.shows("● ja")
        dialog.query_one("#feld-stichworte").focus()
        await desk.press("e", "enter", "f")
        await desk.shows("3 von 20.000 Zeichen")


async def test_a_clash_is_chosen_field_by_field_and_the_rest_is_put_together(
    office: Office,
    other_place: Workplace,
    place: Workplace,
    five: list[int],
) -> None:
    async with at_desk(office) as desk:
        await desk.press("b")
        dialog = await desk.opened(EditDialog)
        await write(desk, "subject", "Mein Betreff")
        await write(desk, "event_place", "Mein Ort")
        await write(desk, "file_reference", "I/1")
        theirs = form(other_place, five[0])
        edited = Edited(
            kind=theirs.kind,
            subject="Deren Betreff",
            event_start=None,
            event_end=None,
            event_place="Deren Ort",
            file_reference="",
            fields={**theirs.fields, "anlass": "Jubiläum"},
        )
        edit_request(other_place, five[0], theirs.version, edited)
        await desk.press("ctrl+s")
        await desk.opened(BothValuesDialog)
        assert "Aktenzeichen" not in desk.text.split("an zwei Plätzen")[1].split("Esc zurück")[0]
        await desk.press("a", "h", "enter")
        await desk.closed()
        dialog.save_draft()  # its timer may come once more before the answered dialog is gone
    saved = form(place, five[0])
    assert (saved.subject, saved.event_place, saved.file_reference) == ("Deren Betreff", "Mein Ort", "I/1")
    assert saved.fields["anlass"] == "Jubiläum"
    assert load_draft(place, f"request:{five[0]}") is None


async def test_a_day_is_told_in_full_while_typed_and_an_ambiguous_one_is_asked(office: Office) -> None:
    async with at_desk(office) as desk:
        dialog = await letter(desk)
        await write(desk, "subject", "Besuch")
        day = dialog.query_one("#event_date", Input)
        day.focus()
        await desk.until(lambda: desk.app.focused is day)
        await desk.type("24.12.")
        await desk.shows("→ Do 24.12.2026")
        day.value = ""
        await desk.type("nächsten freitag")
        await desk.shows("? „nächsten freitag“ ist nicht eindeutig.")
        await desk.shows("1 Fr 27.11.2026")
        await desk.press("enter")
        await desk.shows("Ziffer wählt.")
        assert desk.app.focused is day, "nobody leaves before it is chosen"
        await desk.press("2")
        await desk.until(lambda: "4.12.2026" in day.value)
        await desk.press("enter")
        await desk.until(lambda: desk.app.focused is not day)
        assert dialog.form.values["event_date"] == day.value


async def test_an_ambiguous_day_of_a_call_is_asked_too(office: Office) -> None:
    async with at_desk(office) as desk:
        await desk.press("T")
        dialog = await desk.opened(CaptureDialog)
        day = dialog.query_one("#feld-rueckruf_bis", Input)
        day.focus()
        await desk.until(lambda: desk.app.focused is day)
        await desk.type("nächsten freitag")
        await desk.shows("1 Fr 27.11.2026")
        await desk.press("enter")
        assert desk.app.focused is day
        await desk.press("1")
        await desk.until(lambda: "27.11.2026" in day.value)
