"""The verbs of the Eingang, pressed as a clerk does: what they ask, do, and where the cursor is then."""

from __future__ import annotations

from dataclasses import replace

import pytest
from app_kit import at_desk

from ob_buero_tui.config import AfterVerb
from ob_buero_tui.office import Office
from ob_buero_tui.tui.screens.dialogs.choose import Choose
from ob_buero_tui.tui.screens.dialogs.defer import DeferDialog
from ob_buero_tui.tui.screens.dialogs.edit import EditDialog
from ob_buero_tui.tui.screens.dialogs.note import NoteDialog
from ob_buero_tui.tui.screens.dialogs.prompt_line import PromptLine


async def test_the_day_begins_in_the_list_of_what_is_new(office: Office, five: list[int]) -> None:
    async with at_desk(office) as desk:
        assert desk.ids == five
        assert desk.cursor == five[0]
        assert desk.inbox.list.has_focus
        assert desk.text.startswith(" OB-Büro · Eingang")
        assert "100 Jahre TSV" in desk.text
        assert "Mi 25.11.2026" in desk.text
        await desk.shows("2026-0001")


async def test_absagen_with_a_reason_of_the_kind(office: Office, five: list[int]) -> None:
    async with at_desk(office) as desk:
        await desk.press("n")
        dialog = await desk.opened(Choose)
        assert "2026-0001 absagen" in desk.text
        reason = dialog._list.choices[1].label
        await desk.press("2")
        await desk.closed()
        await desk.says(f"2026-0001: abgesagt: {reason}")
        assert desk.record(five[0]).state_label == "abgesagt"
        assert desk.cursor == five[1]
        assert desk.ids == five[1:]
        await desk.shows("2026-0002")


async def test_absagen_with_a_typed_reason(office: Office, five: list[int]) -> None:
    async with at_desk(office) as desk:
        await desk.press("n")
        dialog = await desk.opened(Choose)
        await desk.press(str(len(dialog._list.choices)))
        await desk.opened(PromptLine)
        await desk.press("enter")
        assert isinstance(desk.app.screen, PromptLine), "an empty reason is not taken"
        await desk.shows("braucht einen Grund")
        await desk.type("Urlaub bis Ostern")
        await desk.press("enter")
        await desk.closed()
        await desk.says("Urlaub bis Ostern")
        assert "Grund: Urlaub bis Ostern" in desk.record(five[0]).notes
        assert desk.cursor == five[1]


async def test_esc_does_nothing_at_all(office: Office, five: list[int]) -> None:
    async with at_desk(office) as desk:
        for verb in "anwzcb":
            await desk.press(verb)
            await desk.until(lambda: desk.app.screen is not desk.inbox)
            await desk.press("escape")
            await desk.closed()
        assert desk.cursor == five[0]
        assert desk.toasts == []
        await desk.press("u")
        await desk.says("Zurückgenommen")
        assert five[4] not in desk.ids, "the newest step is still the creation of the fifth"


async def test_wiedervorlage_to_a_typed_day(office: Office, five: list[int]) -> None:
    async with at_desk(office) as desk:
        for place, (typed, day) in enumerate((("+3t", "30.11."), ("24.12.", "24.12."), ("kw50", "7.12."))):
            await desk.press("w")
            await desk.opened(DeferDialog)
            await desk.type(typed)
            await desk.shows(f"{day}2026")
            await desk.press("enter")
            await desk.closed()
            assert f"{day}2026" in desk.record(five[place]).notes[0]
            assert desk.cursor == five[place + 1]


async def test_wiedervorlage_refuses_what_it_does_not_understand(office: Office, five: list[int]) -> None:
    async with at_desk(office) as desk:
        await desk.press("w")
        await desk.opened(DeferDialog)
        for wrong in ("bald", "heute", "31.2.", "9", "fr 14 Uhr", "7 Tage vor dem Termin"):
            await desk.type(wrong)
            await desk.press("enter")
            assert isinstance(desk.app.screen, DeferDialog)
            assert "! " in desk.text
            await desk.press("home", "shift+end", "delete")
        await desk.press("escape")
        await desk.closed()
        assert desk.record(five[0]).notes == ()


async def test_wiedervorlage_by_digit_and_zustaendig(office: Office, five: list[int]) -> None:
    async with at_desk(office) as desk:
        await desk.press("w")
        await desk.opened(DeferDialog)
        await desk.press("1")
        await desk.shows("→ Do 26.11.2026")
        await desk.press("enter")
        await desk.closed()
        await desk.says("auf Wiedervorlage Do 26.11.2026")
        assert desk.cursor == five[1]
        await desk.press("z")
        await desk.opened(Choose)
        await desk.press("enter")
        await desk.closed()
        await desk.says("zuständig PS")
        assert desk.record(five[1]).assigned_to == "PS"
        assert desk.cursor == five[2]


async def test_zustaendig_by_new_initials(office: Office, five: list[int]) -> None:
    async with at_desk(office) as desk:
        await desk.press("z")
        dialog = await desk.opened(Choose)
        other = next(each for each in dialog._list.choices if each.label.startswith("anderes"))
        await desk.press(other.letter)
        await desk.opened(PromptLine)
        await desk.type("KL")
        await desk.press("enter")
        await desk.closed()
        await desk.until(lambda: desk.record(five[0]).assigned_to == "KL")


async def test_a_note_stays_on_its_record(office: Office, five: list[int]) -> None:
    async with at_desk(office) as desk:
        await desk.press("c")
        await desk.opened(NoteDialog)
        await desk.type("Rückruf")
        await desk.press("enter")
        await desk.type("um 3")
        await desk.press("ctrl+s")
        await desk.closed()
        await desk.says("Notiz gespeichert")
        assert any("Rückruf\num 3" in note for note in desk.record(five[0]).notes)
        assert desk.cursor == five[0], "a note does not go on"
        assert not desk.app.__dict__["__watchers"]["theme"], "the app holds a field that is gone"
        await desk.press("c")
        dialog = await desk.opened(NoteDialog)
        assert dialog._area.text == "", "a saved note leaves no draft"


async def test_wichtig_and_erledigt_and_papierkorb(office: Office, five: list[int]) -> None:
    async with at_desk(office) as desk:
        await desk.press("!")
        await desk.says("wichtig")
        assert desk.record(five[0]).important
        assert desk.cursor == five[0]
        await desk.press("e")
        await desk.says("2026-0001: erledigt")
        assert desk.cursor == five[1]
        await desk.press("D")
        await desk.says("2026-0002: in den Papierkorb gelegt")
        assert desk.ids == five[2:]
        assert desk.cursor == five[2]


async def test_bearbeiten_opens_the_form(office: Office, five: list[int]) -> None:
    async with at_desk(office) as desk:
        await desk.press("b")
        await desk.opened(EditDialog)
        await desk.press("home", "shift+end", "delete")
        await desk.type("120 Jahre TSV")
        await desk.press("ctrl+s")
        await desk.closed()
        await desk.says("2026-0001: gespeichert")
        assert desk.record(five[0]).subject == "120 Jahre TSV"
        assert desk.cursor == five[0]
        await desk.shows("120 Jahre TSV")


@pytest.mark.parametrize(
    ("after", "expected"), [(AfterVerb.BLEIBEN, 2), (AfterVerb.ZURUECK, 1), (AfterVerb.WEITER, 3)]
)
async def test_where_the_cursor_goes_is_a_setting(
    office: Office, five: list[int], after: AfterVerb, expected: int
) -> None:
    office = replace(office, settings=replace(office.settings, after_verb=after))
    async with at_desk(office) as desk:
        await desk.press("j", "j", "z")
        await desk.opened(Choose)
        await desk.press("enter")
        await desk.closed()
        await desk.says("zuständig")
        await desk.until(lambda: desk.cursor == five[expected])


async def test_every_verb_goes_on_to_the_next_record(office: Office, five: list[int]) -> None:
    async with at_desk(office) as desk:
        for place, (verb, answer) in enumerate([("n", "1"), ("w", "enter"), ("z", "enter"), ("a", "enter")]):
            assert desk.cursor == five[place]
            await desk.press(verb)
            await desk.until(lambda: desk.app.screen is not desk.inbox)
            await desk.press(answer)
            await desk.closed()
            await desk.says(f"2026-000{place + 1}")
            await desk.until(lambda place=place: desk.cursor == five[place + 1])
            panel, expected = desk.inbox.panel, five[place + 1]
            await desk.until(lambda p=panel, e=expected: p.record is not None and p.record.id == e)
        await desk.press("g", "g")
        assert desk.cursor == five[2], "the third one, only assigned, is still there"
        await desk.press("D")
        await desk.until(lambda: desk.cursor == five[4])


async def test_at_the_end_the_cursor_stays_or_moves_up(office: Office, five: list[int]) -> None:
    async with at_desk(office) as desk:
        await desk.press("G", "z")
        await desk.opened(Choose)
        await desk.press("enter")
        await desk.closed()
        await desk.says("zuständig")
        assert desk.cursor == five[4], "what stays in the list keeps the cursor"
        await desk.press("e")
        await desk.says("erledigt")
        assert desk.cursor == five[3]


async def test_a_finished_list_ends_with_a_calm_sentence(office: Office, five: list[int]) -> None:
    async with at_desk(office) as desk:
        for request_id in five:
            await desk.press("e")
            await desk.until(lambda done=request_id: done not in desk.ids)
        assert desk.cursor is None
        await desk.shows("Nichts Neues.")
        await desk.shows("Kein Eingang ausgewählt")
        assert " a annehmen" not in desk.text
        for verb in ("a", "n", "w", "e", "D", "b", "c", "!", "z", "y"):
            await desk.press(verb)
        assert desk.app.screen is desk.inbox
