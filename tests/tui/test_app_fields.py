"""Fields of the dialogs: fast hands, drafts, a locked file; and closing and batches as one action."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from app_kit import Desk, at_desk
from textual.widgets import Input

from ob_buero_tui.office import Office
from ob_buero_tui.services.drafts import load_draft
from ob_buero_tui.services.requests import accepting
from ob_buero_tui.services.requests.editing import Edited, edit_request, form
from ob_buero_tui.services.tasks import open_task_views
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.tui.screens.dialogs.accept import AcceptDialog, draft_name
from ob_buero_tui.tui.screens.dialogs.both_values import BothValuesDialog
from ob_buero_tui.tui.screens.dialogs.choose import Choose
from ob_buero_tui.tui.screens.dialogs.confirm import Confirm
from ob_buero_tui.tui.screens.dialogs.edit import EditDialog
from ob_buero_tui.tui.screens.dialogs.prompt_line import PromptLine
from ob_buero_tui.tui.screens.inbox import InboxScreen


def value(desk: Desk, name: str) -> str:
    """What a field of the open dialog holds."""
    return desk.app.screen.query_one(f"#{name}", Input).value


async def test_letters_right_after_tab_reach_the_next_field(office: Office, five: list[int]) -> None:
    async with at_desk(office) as desk:
        await desk.press("j", "j", "a")
        await desk.opened(AcceptDialog)
        for key in ("tab", *"18", "tab", *"19", "down", *" neu", "shift+tab", *"20"):
            desk._send(key)
        await desk.quiet()
        assert [value(desk, name) for name in ("date", "from", "to", "place")] == [
            "12.12.2026",
            "18",
            "20",
            "Festhalle neu",
        ]
        await desk.press("escape")
        await desk.closed()
        await desk.press("b")
        await desk.opened(EditDialog)
        for key in (*" X", "enter", *"13.12.", "tab", *"16"):
            desk._send(key)
        await desk.quiet()
        assert value(desk, "subject") == "Richtfest Grundschule X", "a subject is not replaced by typing"
        assert value(desk, "event_date") == "13.12."
        assert value(desk, "event_from") == "16"


async def test_a_changed_proposal_is_kept_until_it_is_carried_out(
    office: Office, place: Workplace, five: list[int]
) -> None:
    async with at_desk(office) as desk:
        await desk.press("j", "j", "a")
        await desk.opened(AcceptDialog)
        await desk.type("13.12.")
        desk.app.screen.query_one("#title", Input).focus()
        await desk.press("home", "shift+end", "delete")
        await desk.type("Richtfest mit Rede")
        desk.app.save_drafts()
        kept = {"date": "13.12.", "title": "Richtfest mit Rede"}
        assert load_draft(place, draft_name(five[2])) == kept
        await desk.press("escape")
        await desk.closed()
        await desk.press("a")
        await desk.opened(AcceptDialog)
        await desk.says("ist wieder da")
        assert value(desk, "date") == "13.12."
        await desk.shows("So 13.12.2026 15:00")
        await desk.press("enter")
        await desk.closed()
        await desk.says("angenommen")
        assert load_draft(place, draft_name(five[2])) is None
        assert "Richtfest mit Rede" in desk.record(five[2]).events[0].label


async def test_a_reason_half_written_is_kept_until_it_is_used(
    office: Office, place: Workplace, five: list[int]
) -> None:
    async def to_reason() -> PromptLine:
        await desk.press("n")
        dialog = await desk.opened(Choose)
        await desk.press(dialog._list.choices[-1].letter)
        return await desk.opened(PromptLine)

    async with at_desk(office) as desk:
        prompt = await to_reason()
        await desk.shows("Eine Absage braucht einen Grund.")
        assert "! Eine Absage" not in desk.text, "nothing is wrong before anything is typed"
        await desk.press("enter")
        assert desk.app.screen is prompt
        await desk.type("Stadtfest am")
        desk.app.save_drafts()
        assert load_draft(place, f"decline:request:{five[0]}") == {"text": "Stadtfest am"}
        await desk.press("escape")
        await desk.closed()
        prompt = await to_reason()
        assert prompt.value == "Stadtfest am"
        await desk.type(" selben Tag")
        await desk.press("enter")
        await desk.closed()
        await desk.says("abgesagt: Stadtfest am selben Tag")
        assert load_draft(place, f"decline:request:{five[0]}") is None


async def test_no_dialog_ends_the_app_while_the_file_is_held(
    office: Office, other_place: Workplace, database: Path, five: list[int]
) -> None:
    async with at_desk(office) as desk:
        await desk.press("b")
        dialog = await desk.opened(EditDialog)
        await desk.type(" neu")
        start = form(other_place, five[0])
        edited = Edited(
            kind=start.kind,
            subject="Deren Betreff",
            event_start=None,
            event_end=None,
            event_place="",
            file_reference="",
            fields=start.fields,
        )
        edit_request(other_place, five[0], start.version, edited)
        await desk.press("ctrl+s")
        await desk.opened(BothValuesDialog)
        await desk.press("h")
        other = sqlite3.connect(database, isolation_level=None)
        other.execute("BEGIN EXCLUSIVE")
        desk.app.patient = desk.app.patient.with_patience(50)
        await desk.press("enter")
        await desk.until(lambda: desk.app.screen is dialog)
        await desk.shows("! ")
        assert not desk.app.crashed
        other.execute("ROLLBACK")
        await desk.press("escape")
        await desk.opened(InboxScreen)
        desk.app.place.calendars.clear()
        desk.app.clear_notifications()
        other.execute("BEGIN EXCLUSIVE")
        await desk.press("g", "d")
        await desk.until(lambda: desk.toasts or isinstance(desk.app.screen, PromptLine))
        assert not desk.app.crashed
        assert desk.toasts
        other.execute("ROLLBACK")
        other.close()


async def test_without_a_place_no_travel_is_claimed(office: Office, make_request: Callable[..., int]) -> None:
    make_request(kind="einladung", event_start=datetime.fromisoformat("2027-01-16T15:00"))
    async with at_desk(office) as desk:
        await desk.press("a")
        await desk.opened(AcceptDialog)
        await desk.shows("✓ keine Überschneidung; ohne Ort ist keine Fahrt gerechnet")
        tasks = [line for line in desk.text.splitlines() if "Aufgabe  " in line]
        assert tasks
        assert not any(".01. " in line for line in tasks), "a day of next year is shown with its year"


async def test_closing_with_tasks_is_one_action_or_none(
    office: Office, place: Workplace, five: list[int]
) -> None:
    accepting.accept(place, [accepting.propose(place, five[2]).plan])
    desk_tasks = len(open_task_views(place, five[2:3]))
    assert desk_tasks > 1
    async with at_desk(office) as desk:
        await desk.app.open_record("request", five[2])
        await desk.press("e")
        await desk.opened(Choose)
        await desk.press("enter")
        await desk.shows("1 abgehakt")
        await desk.press("escape")
        await desk.closed()
        assert len(open_task_views(place, five[2:3])) == desk_tasks, "Esc leaves nothing half done"
        await desk.press("e")
        await desk.opened(Choose)
        await desk.press("enter")
        await desk.shows("übrige Aufgaben entfallen")
        await desk.press(str(desk_tasks))
        await desk.closed()
        await desk.says("2026-0003: erledigt")
        assert [task.done for task in desk.record(five[2]).tasks] == [True]
        await desk.press("u")
        await desk.says("Zurückgenommen")
        assert len(open_task_views(place, five[2:3])) == desk_tasks
        assert desk.record(five[2]).state_label == "zugesagt"


async def test_a_batch_says_which_of_its_appointments_overlap(
    office: Office, make_request: Callable[..., int]
) -> None:
    for name in ("Richtfest", "Empfang"):
        make_request(subject=name, kind="einladung", event_start=datetime.fromisoformat("2026-12-12T15:00"))
    async with at_desk(office) as desk:
        await desk.press("*", "a")
        await desk.opened(Confirm)
        await desk.shows("! 2026-0001 und 2026-0002 überschneiden sich.")


async def test_the_reasons_of_a_kind_only_where_all_are_of_it(
    office: Office, make_request: Callable[..., int]
) -> None:
    for day, kind in ((25, "anliegen"), (26, "anliegen"), (27, "grusswort")):
        make_request(subject=f"Sache {day}", kind=kind, due_on=date(2026, 11, day))

    async def labels() -> list[str]:
        await desk.press("n")
        dialog = await desk.opened(Choose)
        found = [each.label for each in dialog._list.choices]
        await desk.press("escape")
        await desk.closed()
        return found

    async with at_desk(office) as desk:
        one = await labels()
        assert "Stadt nicht zuständig" in one
        await desk.press(" ", " ")
        assert await labels() == one, "two of one kind"
        await desk.press(" ")
        mixed = await labels()
        assert "Stadt nicht zuständig" not in mixed
        assert "Terminkonflikt" in mixed
