"""The panel's checklist, the files, the clipboard, the trash, and the verbs that ask how far they reach."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from app_kit import at_desk
from calendar_kit import MOMENT, events_of, form, kalender
from textual.widgets import Input

from ob_buero_tui.office import Office
from ob_buero_tui.rules.states import EventStatus
from ob_buero_tui.services.attachments import documents_of
from ob_buero_tui.services.follow_ups.verbs import add_task
from ob_buero_tui.tui.screens.dialogs.attachments import Attachments
from ob_buero_tui.tui.screens.dialogs.choose import Choose
from ob_buero_tui.tui.screens.dialogs.path_line import PathLine
from ob_buero_tui.tui.screens.dialogs.prompt_line import PromptLine
from ob_buero_tui.tui.screens.dialogs.scope import ScopeDialog


async def test_tasks_are_ticked_from_the_panel_and_from_the_grid(
    office: Office, make_event: Callable[..., int]
) -> None:
    key = make_event(summary="Empfang")
    for label in ("Blumen bestellen", "Rede schreiben"):
        add_task(office.place, label, date(2026, 11, 27), event_id=key)
    async with at_desk(office) as desk:
        await kalender(desk, "2026-12-01", "Empfang")
        await desk.shows("0 von 2 erledigt")
        await desk.press("tab", "j", "e")
        await desk.says("Rede schreiben")
        await desk.shows("1 von 2 erledigt")
        await desk.press("tab", "e")
        await desk.opened(Choose)
        await desk.press("enter")
        await desk.closed()
        await desk.shows("2 von 2 erledigt")
        await desk.press("u")
        await desk.shows("1 von 2 erledigt")


async def test_a_file_is_taken_in_and_listed(
    office: Office, make_event: Callable[..., int], tmp_path: Path
) -> None:
    key = make_event(summary="Empfang")
    file = tmp_path / "Programm.pdf"
    file.write_bytes(b"%PDF-1.7")
    async with at_desk(office) as desk:
        await kalender(desk, "2026-12-01", "Empfang")
        await desk.press("A")
        await desk.opened(Attachments)
        await desk.shows("Dieser Termin hat noch keine Unterlagen")
        await desk.press("plus")
        await desk.opened(PathLine)
        desk.app.screen.query_one(Input).value = str(file)
        await desk.press("enter")
        await desk.opened(Attachments)
        await desk.shows("„Programm.pdf“ aufgenommen")
        await desk.shows("PDF-Dokument")
        await desk.press("escape")
        await desk.closed()
        assert [one.name for one in documents_of(office.place, key)] == ["Programm.pdf"]
        await desk.shows("Unterlagen (A öffnet sie)")
        await desk.press("u")
        await desk.says("Zurückgenommen")
        assert documents_of(office.place, key) == ()


async def test_the_clipboard_gets_time_title_and_place(
    office: Office, make_event: Callable[..., int]
) -> None:
    make_event(summary="Empfang", location="Rathaus", contact_phone="0999 123")
    async with at_desk(office) as desk:
        await kalender(desk, "2026-12-01", "Empfang")
        for digit, text in (("1", "Di 1.12.2026, 10:00–11:00 (1 Std.), Empfang, Rathaus"), ("2", "0999 123")):
            await desk.press("y")
            await desk.opened(Choose)
            await desk.press(digit)
            await desk.closed()
            assert desk.app.clipboard == text


async def test_verbs_on_one_date_of_a_series_reach_it_alone(
    office: Office, make_event: Callable[..., int]
) -> None:
    key = make_event(summary="Jour fixe", rrule="FREQ=WEEKLY;COUNT=4", status="TENTATIVE")
    async with at_desk(office, size=(80, 24)) as desk:
        await kalender(desk, "2026-12-08", "Jour fixe")
        await desk.press("a")
        await desk.opened(ScopeDialog)
        await desk.press("enter")
        await desk.closed()
        assert form(desk, f"{key}@2026-12-08T10:00").status is EventStatus.CONFIRMED
        assert form(desk, f"{key}@2026-12-15T10:00").status is EventStatus.TENTATIVE
        await desk.press("exclamation_mark")
        await desk.opened(ScopeDialog)
        await desk.press("enter")
        await desk.closed()
        assert form(desk, f"{key}@2026-12-08T10:00").important
        assert not form(desk, f"{key}@2026-12-15T10:00").important
        await desk.press("n")
        await desk.opened(ScopeDialog)
        await desk.press("enter")
        await desk.opened(PromptLine)
        await desk.type("Feiertag")
        await desk.press("enter")
        await desk.closed()
        assert form(desk, f"{key}@2026-12-08T10:00").status is EventStatus.CANCELLED
        assert form(desk, f"{key}@2026-12-01T10:00").status is EventStatus.TENTATIVE
        await desk.press("D")
        await desk.opened(ScopeDialog)
        await desk.press("escape")
        await desk.closed()
        assert len(events_of(desk, "2026-12-08")) == 1, "Esc throws nothing away"
        await desk.press("D")
        await desk.opened(ScopeDialog)
        await desk.press("enter")
        await desk.closed()
        assert events_of(desk, "2026-12-08") == []
        assert len(events_of(desk, "2026-12-15")) == 1


async def test_appointments_come_back_from_the_trash(office: Office, make_event: Callable[..., int]) -> None:
    make_event(summary="Empfang")
    make_event(summary="Klausur", dtstart=MOMENT("2026-12-03T10:00"), dtend=MOMENT("2026-12-03T11:00"))
    async with at_desk(office, size=(80, 24)) as desk:
        await kalender(desk, "2026-12-01", "Empfang")
        await desk.press("D")
        await desk.until(lambda: events_of(desk, "2026-12-01") == [])
        await desk.press("ctrl+p")
        await desk.until(lambda: desk.app.screen is not desk.calendar)
        await desk.type("Papierkorb der")
        await desk.press("enter")
        await desk.opened(Choose)
        await desk.shows("Empfang")
        await desk.press("enter")
        await desk.closed()
        assert [one.summary for one in events_of(desk, "2026-12-01")] == ["Empfang"]
