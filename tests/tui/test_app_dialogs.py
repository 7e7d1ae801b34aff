"""The dialogs: accepting, the form with its drafts and conflicts, finishing, ticking, other desks between."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from app_kit import Desk, at_desk
from textual.widgets import Input

from ob_buero_tui.office import Office
from ob_buero_tui.rules.checks import Level
from ob_buero_tui.rules.visibility import Confidentiality
from ob_buero_tui.services.drafts import load_draft
from ob_buero_tui.services.requests import accepting
from ob_buero_tui.services.requests.editing import Edited, classify, edit_request, form
from ob_buero_tui.services.tasks import open_task_views
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.tui.screens.calendar import CalendarScreen
from ob_buero_tui.tui.screens.dialogs.accept import AcceptDialog
from ob_buero_tui.tui.screens.dialogs.both_values import BothValuesDialog
from ob_buero_tui.tui.screens.dialogs.choose import Choose
from ob_buero_tui.tui.screens.dialogs.edit import EditDialog
from ob_buero_tui.tui.screens.dialogs.note import NoteDialog
from ob_buero_tui.tui.screens.dialogs.prompt_line import PromptLine
from ob_buero_tui.tui.widgets.finding_list import FindingList


async def empty_field(desk: Desk) -> None:
    """Take everything out of the field with the focus."""
    await desk.press("home", "shift+end", "delete")


async def field(desk: Desk, name: str, text: str) -> None:
    """Write into a field of the form."""
    desk.app.screen.query_one(f"#{name}", Input).focus()
    await empty_field(desk)
    await desk.type(text)


async def test_accepting_shows_travel_conflicts_and_tasks_for_the_date_typed(
    office: Office, five: list[int], make_event: Callable[..., int]
) -> None:
    moment = datetime.fromisoformat
    make_event(
        summary="Haushaltsklausur", dtstart=moment("2026-12-14T14:00"), dtend=moment("2026-12-14T17:00")
    )
    async with at_desk(office) as desk:
        await desk.press("j", "j", "a")
        await desk.opened(AcceptDialog)
        await desk.shows("Termin   Sa 12.12.2026 15:00")
        await desk.shows("✓ keine Überschneidung")
        await desk.shows("Aufgabe ")
        await empty_field(desk)
        await desk.shows("Ohne Datum: nur die Zusage")
        await desk.type("bald")
        await desk.shows("! „bald“ wurde nicht als Tag verstanden.")
        await desk.press("enter")
        assert isinstance(desk.app.screen, AcceptDialog), "Enter takes nothing that is not understood"
        await empty_field(desk)
        await desk.type("14.12.")
        await desk.shows("! Überschneidung mit „Haushaltsklausur“ 14:00–17:00")
        await desk.press("tab")
        await empty_field(desk)
        await desk.shows("Es fehlt die Uhrzeit")
        await desk.type("18")
        await desk.shows("Das Ende liegt nicht nach dem Beginn")
        await desk.press("tab")
        await empty_field(desk)
        await desk.shows("Mo 14.12.2026 18:00–")
        await desk.shows("✓ keine Überschneidung")
        await desk.press("tab")
        await empty_field(desk)
        await desk.type("Hafen")
        await desk.press("enter")
        await desk.closed()
        await desk.says("2026-0003: angenommen, 1 Termin")
        view = desk.record(five[2])
        assert view.event_start == moment("2026-12-14T18:00")
        assert view.event_place == "Hafen"
        assert len(view.events) == 1
        assert view.tasks
        await desk.press("u")
        await desk.says("Zurückgenommen")
        assert desk.record(five[2]).events == ()
        assert desk.record(five[2]).tasks == ()


async def test_accepting_twice_is_refused(office: Office, place: Workplace, five: list[int]) -> None:
    async with at_desk(office) as desk:
        await desk.press("j", "j", "a")
        await desk.opened(AcceptDialog)
        accepting.accept(place, [accepting.propose(place, five[2]).plan])
        await desk.press("enter")
        await desk.says("ist schon angenommen")
        assert len(desk.record(five[2]).events) == 1


async def test_finishing_with_open_tasks(office: Office, place: Workplace, five: list[int]) -> None:
    accepting.accept(place, [accepting.propose(place, five[2]).plan])
    tasks = len(open_task_views(place, five[2:3]))
    async with at_desk(office) as desk:
        await desk.app.open_record("request", five[2])
        await desk.press("e")
        await desk.opened(Choose)
        await desk.shows("offene Aufgabe")
        await desk.press("escape")
        await desk.closed()
        assert desk.record(five[2]).state_label == "zugesagt"
        await desk.press("e")
        for left in range(tasks, 0, -1):
            await desk.until(lambda: isinstance(desk.app.screen, Choose) and desk.app.screen.is_current)
            await desk.shows(f"noch {left} offene Aufgabe")
            await desk.press("1")
            await desk.quiet()
        await desk.closed()
        await desk.says("2026-0003: erledigt")
        assert all(task.done for task in desk.record(five[2]).tasks)


async def test_finishing_lets_tasks_fall_away_as_one_step(
    office: Office, place: Workplace, five: list[int]
) -> None:
    accepting.accept(place, [accepting.propose(place, five[2]).plan])
    async with at_desk(office) as desk:
        await desk.app.open_record("request", five[2])
        before = desk.record(five[2]).tasks
        await desk.press("e")
        await desk.opened(Choose)
        await desk.press(str(len(before) + 1))
        await desk.closed()
        await desk.says("2026-0003: erledigt")
        assert desk.record(five[2]).tasks == ()
        await desk.press("u")
        await desk.says("Zurückgenommen")
        assert desk.record(five[2]).tasks == before


async def test_a_question_is_ticked_by_space(office: Office, five: list[int]) -> None:
    def answers() -> dict[str, Level]:
        return {each.key: each.level for each in desk.record(five[0]).findings if each.rule == "frage"}

    async with at_desk(office) as desk:
        await desk.press("tab")
        checks = desk.inbox.query_one(FindingList)
        assert checks.has_focus
        for _ in desk.record(five[0]).findings:
            if checks.current is None or checks.current.rule != "frage":
                await desk.press("down")
        assert checks.current is not None
        key = checks.current.key
        for levels in ([Level.OK], [Level.WARN, Level.INFO], [Level.OPEN], [Level.OK]):
            await desk.press(" ")
            await desk.until(lambda levels=levels: answers()[key] in levels)
            assert checks.current.key == key, "the cursor stays on the question"
            assert checks.has_focus
        await desk.press("u")
        await desk.until(lambda: answers()[key] is Level.OPEN)


async def test_the_form_has_the_fields_of_the_kind(office: Office, five: list[int]) -> None:
    async with at_desk(office, size=(120, 50)) as desk:
        await desk.press("b")
        dialog = await desk.opened(EditDialog)
        assert "Redaktionsschluss" not in desk.text, "only a written one has it"
        desk.app.screen.query_one("#feld-form").focus()
        await desk.press("s")
        await desk.shows("● schriftlich")
        await desk.shows("Redaktionsschluss")
        assert "Redezeit" not in desk.text
        await field(desk, "feld-umfang", "viel")
        await desk.shows("! „Umfang“ wurde nicht übernommen")
        await desk.press("ctrl+s")
        await desk.shows("„Redaktionsschluss“ fehlt: Diese Angabe wird gebraucht.")
        assert desk.app.screen is dialog
        await field(desk, "feld-umfang", "1.500")
        await desk.shows("→ 1.500 Zeichen")
        await field(desk, "feld-redaktionsschluss", "14.12. 12:00")
        await desk.shows("Mo 14.12.2026, 12:00 Uhr")
        await field(desk, "event_date", "12.12.")
        await desk.press("ctrl+s")
        await desk.shows("Zum Tag fehlt die Uhrzeit.")
        await field(desk, "event_from", "15")
        await field(desk, "event_place", "Festhalle")
        await desk.press("ctrl+s")
        await desk.shows("Strg+S noch einmal speichert es so.")
        assert "„Anlass“ fehlt" not in desk.text, "it was missing before, and nobody touched it"
        await desk.press("ctrl+s")
        await desk.closed()
        view = desk.record(five[0])
        assert dict(view.fields)["Umfang"] == "1.500 Zeichen"
        assert view.event_place == "Festhalle"
        await desk.press("b")
        await desk.opened(EditDialog)
        desk.app.screen.query_one("#kind").focus()
        await desk.press("e")
        await desk.until(lambda: not desk.app.screen.query("#feld-umfang"))
        await desk.press("ctrl+s", "ctrl+s")
        await desk.closed()
        assert desk.record(five[0]).kind == "einladung"


async def test_what_was_typed_survives_esc_and_comes_back(
    office: Office, place: Workplace, five: list[int]
) -> None:
    async with at_desk(office) as desk:
        await desk.press("b")
        await desk.opened(EditDialog)
        await field(desk, "subject", "Halb fertig")
        await desk.press("escape")
        await desk.closed()
        assert desk.record(five[0]).subject == "100 Jahre TSV"
        await desk.press("b")
        await desk.opened(EditDialog)
        await desk.shows("Halb fertig")
        await desk.says("Der Entwurf vom letzten Mal ist wieder da")
        await desk.press("ctrl+s")
        await desk.closed()
        await desk.shows("Halb fertig")
        assert load_draft(place, f"request:{five[0]}") is None
        await desk.press("c")
        await desk.opened(NoteDialog)
        await desk.type("halbe Notiz")
        await desk.press("escape")
        await desk.closed()
        await desk.press("c")
        await desk.opened(NoteDialog)
        await desk.shows("halbe Notiz")


def other_edit(place: Workplace, request_id: int, subject: str) -> None:
    """Another desk saves the form."""
    start = form(place, request_id)
    edited = Edited(
        kind=start.kind,
        subject=subject,
        event_start=None,
        event_end=None,
        event_place=start.event_place,
        file_reference=start.file_reference,
        fields=start.fields,
    )
    edit_request(place, request_id, start.version, edited)


async def test_a_conflict_shows_both_values(office: Office, other_place: Workplace, five: list[int]) -> None:
    async with at_desk(office) as desk:
        await desk.press("b")
        dialog = await desk.opened(EditDialog)
        await field(desk, "subject", "Mein Betreff")
        other_edit(other_place, five[0], "Deren Betreff")
        await desk.press("ctrl+s")
        both = await desk.opened(BothValuesDialog)
        await desk.shows("○ hier                   Mein Betreff")
        await desk.shows("○ KL Mi 25.11. 09:42     Deren Betreff")
        await desk.press("enter")
        await desk.shows("! 1 Feld ist noch zu wählen: h oder a.")
        assert desk.app.screen is both
        await desk.press("escape")
        await desk.until(lambda: desk.app.screen is dialog)
        assert desk.record(five[0]).subject == "Deren Betreff"
        assert dialog.query_one("#subject", Input).value == "Mein Betreff"
        await desk.press("ctrl+s")
        await desk.opened(BothValuesDialog)
        await desk.press("h", "enter")
        await desk.closed()
        assert desk.record(five[0]).subject == "Mein Betreff"


async def test_an_old_draft_does_not_write_over_what_others_changed(
    office: Office, other_place: Workplace, place: Workplace, five: list[int]
) -> None:
    async with at_desk(office) as desk:
        await desk.press("b")
        await desk.opened(EditDialog)
        await field(desk, "file_reference", "I/4711")
        await desk.press("escape")
        await desk.closed()
        begun = {"file_reference": "I/4711", "vorher:file_reference": "", "version": "1"}
        assert load_draft(place, f"request:{five[0]}") == begun
        other_edit(other_place, five[0], "Deren Betreff")
        await desk.press("b")
        dialog = await desk.opened(EditDialog)
        assert dialog.query_one("#subject", Input).value == "Deren Betreff"
        await desk.press("ctrl+s")
        await desk.closed()  # each desk changed another field: there is nothing to ask
        assert desk.record(five[0]).subject == "Deren Betreff"
        assert form(place, five[0]).file_reference == "I/4711"


async def test_a_text_of_several_lines_stays_as_it_is(
    office: Office, make_request: Callable[..., int]
) -> None:
    spec = next(
        (kind.key, each.key)
        for kind in office.place.catalog.kinds.values()
        for each in kind.fields
        if each.type.value == "langtext"
    )
    made = make_request(kind=spec[0], fields={spec[1]: "erste Zeile\nzweite Zeile"})
    async with at_desk(office) as desk:
        await desk.press("b")
        await desk.opened(EditDialog)
        await field(desk, "subject", "Neu")
        await desk.press("ctrl+s")
        await desk.closed()
        assert form(desk.app.place, made).fields[spec[1]] == "erste Zeile\nzweite Zeile"


async def test_a_verb_on_what_another_desk_made_personal(
    office: Office, other_place: Workplace, five: list[int]
) -> None:
    async with at_desk(office) as desk:
        classify(other_place, five[:1], Confidentiality.PERSOENLICH)
        await desk.press("n")
        await desk.until(lambda: desk.toasts or isinstance(desk.app.screen, Choose))
        if isinstance(desk.app.screen, Choose):
            await desk.press("1")
        await desk.says("2026-0001 ist persönlich")
        desk.app.data_changed()
        await desk.shows("(persönlich)")
        assert "100 Jahre TSV" not in desk.text
        for verb in "ab":
            desk.app.clear_notifications()
            await desk.press(verb)
            await desk.says("2026-0001 ist persönlich")
        await desk.press("/")
        await desk.quiet()
        await desk.type("jahre tsv")
        await desk.quiet()
        assert "2026-0001" not in desk.text.split("Suche")[1].split("└")[0]


async def test_an_appointment_of_another_desk_is_masked(
    office: Office, other_place: Workplace, place: Workplace, five: list[int]
) -> None:
    accepting.accept(other_place, [accepting.propose(other_place, five[2]).plan])
    classify(other_place, five[2:3], Confidentiality.PERSOENLICH)
    async with at_desk(office) as desk:
        await desk.press("g", "d")
        await desk.opened(PromptLine)
        await desk.type("12.12.")
        await desk.press("enter")
        screen = await desk.opened(CalendarScreen)
        await desk.shows("belegt")
        assert screen.grid.current is not None
        await desk.press("enter", "enter", "a", "n", "D", "c", "!")
        assert desk.app.screen is screen
        assert "Richtfest" not in desk.text
        assert "Festhalle" not in desk.text


async def test_verbs_on_an_appointment(office: Office, make_event: Callable[..., int]) -> None:
    moment = datetime.fromisoformat
    make_event(
        summary="Jour fixe",
        status="TENTATIVE",
        dtstart=moment("2026-11-25T10:00"),
        dtend=moment("2026-11-25T11:00"),
    )
    async with at_desk(office) as desk:
        await desk.press("f3")
        screen = await desk.opened(CalendarScreen)
        await desk.shows("Jour fixe")
        await desk.press("a")
        await desk.says("„Jour fixe“: bestätigt")
        await desk.press("!")
        await desk.says("wichtig")
        await desk.press("n")
        await desk.opened(PromptLine)
        await desk.type("krank")
        await desk.press("enter")
        await desk.opened(CalendarScreen)
        await desk.says("abgesagt: krank")
        await desk.press("c")
        await desk.opened(NoteDialog)
        await desk.type("Vertretung klären")
        await desk.press("ctrl+s")
        await desk.opened(CalendarScreen)
        await desk.shows("Vertretung klären")
        await desk.press("D")
        await desk.until(lambda: screen.grid.current is None)
        for _ in range(5):
            await desk.press("u")
        await desk.until(lambda: screen.grid.current is not None)
        assert screen.grid.current.status.value == "TENTATIVE"
        assert screen.grid.current.summary == "Jour fixe"
