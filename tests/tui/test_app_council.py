"""Sitzungen: the list with its lights, the chain in words, ticking, the agenda and its papers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from app_kit import Desk, at_desk

from ob_buero_tui.office import Office
from ob_buero_tui.services.council.meeting import meeting
from ob_buero_tui.services.undo import undo
from ob_buero_tui.services.work import transaction
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.council import AgendaItem, Consultation, Meeting, Paper
from ob_buero_tui.store.people import Organization
from ob_buero_tui.tui.commands import command
from ob_buero_tui.tui.screens.agenda import AgendaScreen
from ob_buero_tui.tui.screens.calendar import CalendarScreen
from ob_buero_tui.tui.screens.council import CouncilScreen
from ob_buero_tui.tui.screens.dialogs.choose import Choose
from ob_buero_tui.tui.screens.dialogs.confirm import Confirm
from ob_buero_tui.tui.screens.dialogs.note import NoteDialog
from ob_buero_tui.tui.screens.papers import PaperScreen

AGENDA = (("Ö 1", "Eröffnung", True), ("Ö 2", "Haushalt", True), ("N 1", "Grundstück", False))
HOSTILE = "Rat\x1b]0;weg\x07 [red]Bau[/red]"


@pytest.fixture
def council(make_meeting: Callable[..., int], place: Workplace) -> list[int]:
    """A council and a committee with sessions, one of them past, and an agenda with a paper."""
    moment = datetime.fromisoformat
    rat = make_meeting(body="Stadtrat")
    bau = make_meeting(body="Bauausschuss", name="Sondersitzung", start=moment("2026-12-02T18:00"))
    make_meeting(body=1, start=moment("2026-10-08T17:00"))
    with transaction(place, "note") as work:
        given: dict[str, Any] = {"extra": {}}
        paper = Paper(name="Haushalt 2027", reference="BV 2026 0359", paper_type="Beschlussvorlage", **given)
        first = AgendaItem(meeting_id=rat, number="Ö 1", name="Eröffnung", public=True, position=0, **given)
        item = AgendaItem(meeting_id=rat, number="Ö 2", name="Haushalt", public=True, position=1, **given)
        hidden = AgendaItem(
            meeting_id=rat, number="N 1", name="Grundstück", public=False, position=2, **given
        )
        work.session.add_all([paper, first, item, hidden])
        work.session.flush()
        links = {"paper_id": paper.id, "meeting_id": rat, "agenda_item_id": item.id, "role": "Entscheidung"}
        work.session.add(Consultation(**links, **given))
    return [bau, rat]


def screen_of(desk: Desk) -> CouncilScreen:
    """The Sitzungen."""
    screen = desk.app.desk_screen
    assert isinstance(screen, CouncilScreen)
    return screen


async def at_council(desk: Desk) -> CouncilScreen:
    """Go to the Sitzungen."""
    await desk.press("f4")
    return await desk.opened(CouncilScreen)


async def test_coming_sessions_stand_with_their_lights(office: Office, council: list[int]) -> None:
    async with at_desk(office, size=(160, 40)) as desk:
        screen = await at_council(desk)
        assert list(screen.list._ids) == council
        await desk.shows("Gremium")
        await desk.shows("Bauausschuss · Sondersitzung")
        await desk.shows("Fristen")
        assert "▌!" in desk.text, "what is overdue has the sign it has in every list"
        await desk.press("j")
        await desk.shows("Zugang")
        await desk.shows("Nichtöffentlich")
        await desk.shows("BV 2026 0359 · Entscheidung")
        await desk.press("2")
        await desk.until(lambda: len(screen.list._ids) == 3)


async def test_a_step_is_ticked_and_opened_again_and_undone(office: Office, council: list[int]) -> None:
    def done() -> list[str]:
        return [one.kind for one in meeting(office.place, council[1]).row.deadlines if one.done_on]

    async with at_desk(office) as desk:
        await at_council(desk)
        await desk.press("j", "e")
        await desk.opened(Choose)
        await desk.press("enter")
        await desk.closed()
        await desk.until(lambda: len(done()) == 1)
        await desk.says("u nimmt es zurück")
        await desk.press("u")
        await desk.until(lambda: not done())


async def test_marked_sessions_are_ticked_only_after_a_look(office: Office, council: list[int]) -> None:
    def done() -> list[int]:
        rows = [meeting(office.place, key).row for key in council]
        return [sum(one.done_on is not None for one in row.deadlines) for row in rows]

    async with at_desk(office) as desk:
        await desk.press("f4", "*", "e")
        dialog = await desk.opened(Confirm)
        assert "2 Sitzungen: den nächsten Schritt als erledigt abhaken?" in desk.text
        assert "Antragsschluss" in desk.text
        await desk.press("n")
        await desk.closed()
        assert done() == [0, 0]
        await desk.press("e")
        assert await desk.opened(Confirm) is not dialog
        await desk.press("j")
        await desk.closed()
        assert done() == [1, 1]


async def test_a_note_stays_with_the_session(office: Office, council: list[int]) -> None:
    async with at_desk(office) as desk:
        await at_council(desk)
        await desk.press("c")
        await desk.opened(NoteDialog)
        await desk.type("Saal prüfen")
        await desk.press("ctrl+s")
        await desk.closed()
        await desk.until(lambda: "Saal prüfen" in meeting(office.place, council[0]).note)


async def test_a_paper_is_read_and_leads_to_its_session(office: Office, council: list[int]) -> None:
    async with at_desk(office) as desk:
        screen = await at_council(desk)
        await desk.press("j", "enter", "enter")
        await desk.opened(AgendaScreen)
        await desk.shows("BV 2026 0359")
        await desk.press("j", "enter", "enter")
        await desk.opened(PaperScreen)
        await desk.shows("Haushalt 2027")
        await desk.shows("Beschlussvorlage")
        await desk.press("enter")
        await desk.opened(Choose)
        await desk.press("enter")
        await desk.until(lambda: isinstance(desk.app.screen, CouncilScreen))
        await desk.until(lambda: screen.list.cursor == council[1])


async def test_search_opens_sessions_and_papers_where_they_stand(office: Office, council: list[int]) -> None:
    async with at_desk(office) as desk:
        await desk.press("/")
        await desk.quiet()
        await desk.type("sondersi")
        await desk.shows("Sitzung")
        await desk.press("enter")
        await desk.opened(CouncilScreen)
        await desk.until(lambda: screen_of(desk).list.cursor == council[0])
        await desk.press("/")
        await desk.quiet()
        await desk.type("0359")
        await desk.shows("Haushalt 2027")
        await desk.press("enter")
        await desk.opened(PaperScreen)
        await desk.shows("Beratungsfolge")


async def test_a_body_gets_another_ladungsfrist_and_no_mayor(office: Office, council: list[int]) -> None:
    async with at_desk(office) as desk:
        screen = await at_council(desk)
        before = screen.current_meeting()
        assert before is not None
        screen.action_choose_rule()
        await desk.opened(Choose)
        await desk.press("3", "enter")
        await desk.closed()
        await desk.until(lambda: meeting(office.place, council[0]).ladungsfrist != before.ladungsfrist)
        screen.action_toggle_attendance()
        await desk.until(lambda: not meeting(office.place, council[0]).mayor_attends)
        await desk.shows("ohne OB")
    undo(office.place)
    assert meeting(office.place, council[0]).mayor_attends


async def test_narrow_and_hostile(office: Office, council: list[int]) -> None:
    with transaction(office.place, "note") as work:
        work.get(Organization, 1).name = HOSTILE
        work.get(Meeting, council[1]).name = HOSTILE
    async with at_desk(office, size=(80, 24)) as desk:
        await at_council(desk)
        await desk.shows("[red]Bau[/red]")
        assert "\x1b" not in desk.text
        await desk.press("j", "enter")
        await desk.shows("Fristen")
        await desk.press("escape", "escape")
        await desk.says("nichts mehr zu schließen")


async def test_the_calendar_leads_to_the_session_and_back(
    office: Office, council: list[int], make_event: Callable[..., int]
) -> None:
    start = datetime.fromisoformat("2026-12-10T17:00")
    event = make_event(summary="Stadtrat", calendar="rat", dtstart=start, dtend=start.replace(hour=20))
    with transaction(office.place, "note") as work:
        work.get(Meeting, council[1]).event_id = event
    async with at_desk(office) as desk:
        screen = await at_council(desk)
        await desk.press("j")
        screen.run_command(command("show_event"))
        await desk.opened(CalendarScreen)
        await desk.shows("Donnerstag, 10.12.2026")
        await desk.shows("Enter öffnet die Sitzung")
        await desk.press("enter", "enter")
        await desk.opened(CouncilScreen)
        await desk.until(lambda: screen.list.cursor == council[1])


async def test_without_sessions_it_says_what_to_do(office: Office) -> None:
    async with at_desk(office) as desk:
        await at_council(desk)
        await desk.shows("Noch keine Sitzungen. + legt eine an")
        assert not screen_of(desk).check_action("finish", ())
