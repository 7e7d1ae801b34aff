"""Taking down a call from anywhere, and a letter on paper in the Eingang."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from app_kit import at_desk

from ob_buero_tui.office import Office
from ob_buero_tui.services.requests.creating import Captured, create_request
from ob_buero_tui.services.requests.inbox import ALL, ids
from ob_buero_tui.services.requests.record import record
from ob_buero_tui.services.requests.verbs import note
from ob_buero_tui.services.work import transaction
from ob_buero_tui.store.people import Person
from ob_buero_tui.tui.screens.calendar import CalendarScreen
from ob_buero_tui.tui.screens.dialogs.capture import CaptureDialog
from ob_buero_tui.tui.screens.dialogs.choose import Choose
from ob_buero_tui.tui.screens.dialogs.new_request import NewRequestDialog
from ob_buero_tui.tui.screens.dialogs.prompt_line import OneLine


async def test_a_call_is_taken_down_in_the_calendar_and_the_calendar_stays(office: Office) -> None:
    with transaction(office.place, "note") as work:
        work.session.add(Person(given_name="Erika", family_name="Beispiel", tel="0555 4711"))
    async with at_desk(office) as desk:
        await desk.press("f3")
        await desk.opened(CalendarScreen)
        await desk.press("T")
        await desk.opened(CaptureDialog)
        await desk.type("erika beispiel")
        await desk.shows("→ bekannt: Erika Beispiel · 0555 4711")
        await desk.press("tab")
        await desk.type("Bus fährt nicht")
        await desk.press("ctrl+s")
        await desk.opened(CalendarScreen)
        await desk.until(lambda: len(ids(office.place, ALL)) == 1)
    view = record(office.place, ids(office.place, ALL)[0])
    assert (view.subject, view.requester, view.channel) == ("Bus fährt nicht", "Erika Beispiel", "Telefon")


async def test_what_was_typed_survives_esc_until_it_is_thrown_away(office: Office) -> None:
    async with at_desk(office) as desk:
        await desk.press("T")
        await desk.opened(CaptureDialog)
        await desk.type("Herr Ohneland")
        await desk.press("escape")
        await desk.closed()
        await desk.press("T")
        await desk.opened(CaptureDialog)
        await desk.shows("Herr Ohneland")
        await desk.press("ctrl+s")
        await desk.shows("! Das wurde nicht gespeichert. Es steht nicht da, worum es geht.")
        await desk.press("ctrl+d")
        await desk.closed()
        await desk.press("T")
        await desk.opened(CaptureDialog)
        assert "Ohneland" not in desk.text
    assert not ids(office.place, ALL)


async def test_a_letter_on_paper_asks_how_it_came_and_of_what_kind_it_is(office: Office) -> None:
    async with at_desk(office) as desk:
        await desk.press("+")
        await desk.opened(Choose)
        await desk.press("4")
        await desk.opened(NewRequestDialog)
        await desk.shows("Neuer Eingang · Fax")
        await desk.press("s")
        await desk.press("tab")
        await desk.type("Schirmherrschaft Waldlauf")
        await desk.press("tab")
        await desk.type("Wir bitten um Antwort.")
        await desk.press("ctrl+s")
        await desk.shows("Strg+S noch einmal speichert es so.")
        await desk.press("ctrl+s")
        await desk.until(lambda: len(desk.ids) == 1)
        assert desk.cursor == desk.ids[0]
    view = record(office.place, ids(office.place, ALL)[0])
    assert (view.channel, view.kind, view.body) == ("Fax", "schirmherrschaft", "Wir bitten um Antwort.")


async def test_a_bare_family_name_is_offered_and_taken_with_a_key(office: Office) -> None:
    with transaction(office.place, "note") as work:
        work.session.add(Person(given_name="Anna", family_name="Meier", tel="0555 4711"))
    async with at_desk(office) as desk:
        await desk.press("T")
        dialog = await desk.opened(CaptureDialog)
        await desk.type("Herr Meier")
        await desk.shows("→ bekannt: Anna Meier · 0555 4711 (Strg+K übernimmt)")
        await desk.press("ctrl+k")
        await desk.shows("✓ übernommen: Anna Meier · 0555 4711")
        assert dialog.query_one("#tel", OneLine).value == "0555 4711"
        await desk.type("s")
        assert "übernommen" not in desk.text, "another name unmakes the choice"
        await desk.press("backspace", "ctrl+k", "tab")
        await desk.type("Bus fährt nicht")
        await desk.press("ctrl+s")
        await desk.closed()
        await desk.until(lambda: len(ids(office.place, ALL)) == 1)
    view = record(office.place, ids(office.place, ALL)[0])
    assert view.requester == "Anna Meier"
    assert view.body == "Kontakt: Herr Meier, 0555 4711"


async def test_a_call_waits_for_the_other_desk_without_stopping_and_is_saved_once(
    office: Office, database: Path
) -> None:
    async with at_desk(office) as desk:
        await desk.press("T")
        await desk.opened(CaptureDialog)
        await desk.type("Erika Beispiel")
        await desk.press("tab")
        await desk.type("Bus")
        with closing(sqlite3.connect(database, isolation_level=None, timeout=0)) as other:
            other.execute("BEGIN IMMEDIATE")
            await desk.press("ctrl+s")
            await desk.until(lambda: desk.app.waiting)
            await desk.press("ctrl+s", "escape", "ctrl+d")
            assert isinstance(desk.app.screen, CaptureDialog), "the loop goes on, and nothing else begins"
            other.execute("ROLLBACK")
        await desk.closed()
    assert len(ids(office.place, ALL)) == 1


async def test_a_call_that_could_not_be_saved_stays_in_the_dialog(office: Office, database: Path) -> None:
    async with at_desk(office) as desk:
        desk.app.patient = desk.app.patient.with_patience(50)
        await desk.press("T")
        await desk.opened(CaptureDialog)
        await desk.type("Erika Beispiel")
        await desk.press("tab")
        await desk.type("Bus")
        with closing(sqlite3.connect(database, isolation_level=None, timeout=0)) as other:
            other.execute("BEGIN IMMEDIATE")
            await desk.press("ctrl+s")
            await desk.shows("! Das wurde noch nicht gespeichert.")
            other.execute("ROLLBACK")
        await desk.press("ctrl+s")
        await desk.closed()
    assert len(ids(office.place, ALL)) == 1


async def test_while_the_number_is_typed_the_open_matters_of_the_caller_appear(office: Office) -> None:
    with transaction(office.place, "note") as work:
        work.session.add(Person(given_name="Erika", family_name="Beispiel", tel="+49 (555) 47 11-0"))
    captured = Captured(
        kind="anliegen",
        channel="Brief",
        subject="Radweg Hafenstraße",
        name="Erika Beispiel",
        tel="0555 47110",
    )
    first = create_request(office.place, captured).ids[0]
    note(office.place, [first], "ist freundlich, hat es eilig")
    async with at_desk(office) as desk:
        await desk.press("T")
        await desk.opened(CaptureDialog)
        await desk.type("0555 471")
        await desk.shows("Erika Beispiel")
        await desk.shows("Offen   2026-0001 Anliegen: Radweg Hafenstraße (neu)")
        await desk.shows("Notiz   Mi 25.11. PS: ist freundlich")
        await desk.press("escape")
        await desk.closed()
