"""Vorlagen: a paper is made, sent through the bodies, supplemented, and what it lacks is seen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from app_kit import Desk, at_desk
from sqlalchemy import select
from test_app_locked import locked

from ob_buero_tui.office import Office
from ob_buero_tui.services.council import papers
from ob_buero_tui.services.council.consultations import add_consultation
from ob_buero_tui.services.council.paper_edit import PaperValues, create_paper
from ob_buero_tui.services.council.papers import paper_record
from ob_buero_tui.services.work import transaction
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.council import Paper
from ob_buero_tui.store.people import Organization
from ob_buero_tui.tui.screens.dialogs.choose import Choose
from ob_buero_tui.tui.screens.dialogs.paper_form import PaperDialog
from ob_buero_tui.tui.screens.dialogs.paper_way import WayDialog
from ob_buero_tui.tui.screens.papers import PaperScreen

HOSTILE = "Steg\x1b]0;x\x07 [red]neu[/red]"


@pytest.fixture
def council(place: Workplace, make_meeting: Callable[..., int]) -> dict[str, int]:
    """A committee and a council with a coming session each, and an office of the administration."""
    committee = make_meeting(
        body="Bauausschuss", name="Bau", start=datetime.fromisoformat("2026-12-08T17:00")
    )
    council = make_meeting(body="Stadtrat", start=datetime.fromisoformat("2026-12-17T17:00"))
    with transaction(place, "note") as work:
        office = Organization(
            name="Tiefbauamt", organization_type="Verwaltungsbereich", extra={}, categories=[]
        )
        work.session.add(office)
        work.session.flush()
        return {"Bauausschuss": committee, "Stadtrat": council, "office": office.id}


async def at_papers(desk: Desk) -> PaperScreen:
    """Go to the Vorlagen."""
    await desk.press("g", "v")
    return await desk.opened(PaperScreen)


async def test_a_second_press_while_the_first_waits_makes_no_second_paper(
    office: Office, council: dict[str, int], database: Path
) -> None:
    async with at_desk(office, size=(120, 36)) as desk:
        await at_papers(desk)
        await desk.press("+")
        await desk.opened(PaperDialog)
        await desk.type("Brücke über die Wehre")
        with locked(database):
            desk.send("ctrl+s")
            await desk.until(lambda: desk.app.waiting)
            await desk.press("ctrl+s", "escape", "enter", "!")
            await desk.says("Es läuft noch ein Schritt.")
            assert desk.app.waiting
        await desk.closed()
    with office.place.reading() as session:
        assert [each.name for each in session.scalars(select(Paper))] == ["Brücke über die Wehre"]


async def test_a_paper_is_made_and_put_before_two_bodies(office: Office, council: dict[str, int]) -> None:
    place = office.place
    async with at_desk(office, size=(120, 36)) as desk:
        screen = await at_papers(desk)
        await desk.shows("Keine Vorlage steht für eine Sitzung an")
        await desk.press("+")
        await desk.opened(PaperDialog)
        await desk.type("Brücke über die Wehre")
        await desk.press("tab", "tab")
        await desk.type("tief")
        await desk.shows("→ Tiefbauamt")
        await desk.press("tab")
        await desk.shows("→ BV 2026 0001, die nächste")
        await desk.press("ctrl+s")
        await desk.closed()
        await desk.until(lambda: screen.list.cursor is not None)
        key = screen.list.cursor
        assert key is not None
        await desk.shows("Beratungsfolge fehlt")
        await desk.press("C")
        await desk.opened(WayDialog)
        for body, role in (("1", "1"), ("2", "2")):
            await desk.press("+")
            await desk.opened(Choose)
            await desk.press(body)
            await desk.shows("Wozu liegt sie dem Gremium vor?")
            await desk.press(role)
            await desk.shows("In welcher Sitzung?")
            await desk.press("1")
            await desk.opened(WayDialog)
        await desk.until(lambda: len(paper_record(place, key).stations) == 2)
        ways = [(one.body, one.role) for one in paper_record(place, key).stations]
        assert ways == [("Bauausschuss", "Vorberatung"), ("Stadtrat", "Entscheidung")]
        await desk.press("K")
        await desk.shows("kommt nach der Entscheidung")
        await desk.press("u")
        await desk.until(lambda: paper_record(place, key).stations[0].body == "Bauausschuss")
        await desk.press("escape")
        await desk.closed()
        await desk.shows("nicht freigegeben (Entwurf)")


async def test_state_document_agenda_and_supplement(office: Office, council: dict[str, int]) -> None:
    place = office.place
    body = next(iter(place_bodies(place, council["Stadtrat"])))
    key = create_paper(
        place, PaperValues(name="Brücke", kind="beschlussvorlage", office_id=council["office"])
    ).ids[0]
    add_consultation(place, key, body, "Entscheidung", meeting_id=council["Stadtrat"])
    async with at_desk(office, size=(120, 36)) as desk:
        screen = await at_papers(desk)
        await desk.until(lambda: screen.list.cursor == key)
        await desk.press("e")
        await desk.opened(Choose)
        await desk.press("3")
        await desk.until(lambda: paper_record(place, key).state == "freigegeben")
        await desk.closed()
        await desk.press("A")
        await desk.shows("Text der Vorlage")
        await desk.type("Bruecke.docx")
        await desk.press("enter")
        await desk.until(lambda: paper_record(place, key).files == (("Vorlage", "Bruecke.docx"),))
        await desk.closed()
        await desk.press("a")
        await desk.opened(Choose)
        await desk.press("1")
        await desk.until(lambda: paper_record(place, key).stations[0].number != "")
        await desk.closed()
        await desk.press("i")
        await desk.opened(PaperDialog)
        await desk.press("ctrl+s")
        await desk.closed()
        await desk.until(lambda: len(papers.paper_ids(place, papers.EVERY)) == 2)
        await desk.shows("BV 2026 0001/1")
        await desk.shows("ergänzt BV 2026 0001")
        assert screen.list.has_focus, "the next arrow moves on in the list"


async def test_what_is_led_elsewhere_is_read_and_hostile_text_stays_text(
    office: Office, council: dict[str, int]
) -> None:
    with transaction(office.place, "note") as work:
        work.session.add(
            Paper(name=HOSTILE, reference="VO/1/26", oparl_id="https://ris.example.org/1", extra={})
        )
    async with at_desk(office, size=(80, 24)) as desk:
        await at_papers(desk)
        await desk.press("4")
        await desk.shows("[red]neu[/red]")
        assert "\x1b" not in desk.text
        await desk.press("b")
        await desk.says("führt das Ratsinformationssystem")
        await desk.press("enter")
        await desk.shows("hier lässt sie sich lesen")


def place_bodies(place: Workplace, meeting_id: int) -> list[int]:
    """The bodies that sit in a session."""
    from sqlalchemy import select

    from ob_buero_tui.store.council import MeetingOrganization

    with place.reading() as session:
        sits = select(MeetingOrganization.organization_id).where(MeetingOrganization.meeting_id == meeting_id)
        return list(session.scalars(sits))
