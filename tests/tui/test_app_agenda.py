"""Tagesordnung and Themenspeicher by keys: an agenda of fourteen items, and all of it taken back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from app_kit import Desk, at_desk

from ob_buero_tui.office import Office
from ob_buero_tui.services.council.meeting import meeting
from ob_buero_tui.services.council.topic_list import WAITING, ids
from ob_buero_tui.services.council.verbs import tick_step
from ob_buero_tui.services.work import transaction
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.council import Consultation, ConsultationOrganization, Paper
from ob_buero_tui.store.people import Organization
from ob_buero_tui.tui.screens.agenda import AgendaScreen
from ob_buero_tui.tui.screens.dialogs.choose import Choose
from ob_buero_tui.tui.screens.dialogs.confirm import Confirm
from ob_buero_tui.tui.screens.dialogs.prompt_line import PromptLine
from ob_buero_tui.tui.screens.dialogs.told import Told
from ob_buero_tui.tui.screens.topics import TopicScreen

Make = Callable[..., int]
PAPERS = (("Haushalt 2027", "oeffentlich"), ("Radweg", "oeffentlich"), ("Verkauf Am Hafen", "vertraulich"))


@pytest.fixture
def rat(make_meeting: Make, place: Workplace) -> int:
    """A session that this office leads, and three papers that wait for its body."""
    with transaction(place, "note") as work:
        body = Organization(
            name="Stadtrat", short_name="Rat", classification="Parlament", categories=[], extra={}
        )
        work.session.add(body)
        work.session.flush()
        key = body.id
        for number, (name, level) in enumerate(PAPERS, 1):
            paper = Paper(name=name, reference=f"BV {number}", confidentiality=level, extra={})
            work.session.add(paper)
            work.session.flush()
            station = Consultation(paper_id=paper.id, position=0, role="Entscheidung", extra={})
            work.session.add(station)
            work.session.flush()
            work.session.add(ConsultationOrganization(consultation_id=station.id, organization_id=key))
    return make_meeting(body=key)


def numbers(place: Workplace, meeting_id: int) -> list[str]:
    """Number and title of each item."""
    return [f"{one.number} {one.name}" for one in meeting(place, meeting_id).agenda]


def agenda_of(desk: Desk) -> AgendaScreen:
    """The Tagesordnung."""
    screen = desk.app.desk_screen
    assert isinstance(screen, AgendaScreen)
    return screen


async def at_agenda(desk: Desk) -> AgendaScreen:
    """From the Sitzungen by Enter into the agenda of the session."""
    await desk.press("f4")
    await desk.until(
        lambda: desk.app.desk_screen is not None and desk.app.desk_screen.screen_key == "sitzungen"
    )
    await desk.press("enter", "enter")
    await desk.until(lambda: isinstance(desk.app.desk_screen, AgendaScreen))
    await desk.quiet()
    return agenda_of(desk)


async def test_an_agenda_of_fourteen_items_with_three_papers_and_undo(
    office: Office, place: Workplace, rat: int
) -> None:
    """I for what always stands there, + for lines, a for what waits; J and > place; u takes it all back."""
    async with at_desk(office) as desk:
        screen = await at_agenda(desk)
        assert screen.panel.region.right <= screen.size.width, "list and panel share the width"
        await desk.press("I")
        await desk.until(lambda: len(numbers(place, rat)) == 9)
        await desk.press("+")
        for line in ("Haushalt im Überblick", "BV 1", "N Klage gegen den Bescheid"):
            await desk.opened(PromptLine)
            await desk.type(line)
            if line == "BV 1":
                await desk.shows("→ Vorlage BV 1: Haushalt 2027")
            await desk.press("enter")
            await desk.until(lambda: desk.app.desk_screen is not desk.app.screen)
        await desk.opened(PromptLine)
        await desk.press("enter")
        await desk.closed()
        for _ in range(2):
            await desk.press("a")
            await desk.opened(Choose)
            await desk.press("1")
            await desk.closed()
        assert len(numbers(place, rat)) == 14
        assert "N 3 Verkauf Am Hafen" in numbers(place, rat)
        assert "Ö 6 Haushalt 2027" in numbers(place, rat)
        screen.list.select(next(one.id for one in meeting(place, rat).agenda if one.name == "Haushalt 2027"))
        await desk.press("L")
        await desk.until(lambda: "Ö 5.1 Haushalt 2027" in numbers(place, rat))
        await desk.press("H")
        await desk.until(lambda: "Ö 6 Haushalt 2027" in numbers(place, rat))
        await desk.press("K")
        await desk.until(lambda: "Ö 5 Haushalt 2027" in numbers(place, rat))
        await desk.press("p")
        await desk.opened(Choose)
        await desk.press("enter")
        await desk.opened(Told)
        await desk.shows("II. Nichtöffentlicher Teil")
        await desk.press("escape")
        await desk.closed()
        for _ in range(9):
            await desk.press("u")
            await desk.quiet()
        assert numbers(place, rat) == []


async def test_what_is_not_public_becomes_so_only_after_a_question(
    office: Office, place: Workplace, rat: int
) -> None:
    async with at_desk(office) as desk:
        screen = await at_agenda(desk)
        await desk.press("+")
        await desk.opened(PromptLine)
        await desk.type("N Klage gegen den Bescheid")
        await desk.press("enter")
        await desk.until(lambda: numbers(place, rat) == ["N 1 Klage gegen den Bescheid"])
        while desk.app.screen is not screen:
            await desk.press("escape")
        await desk.press("f")
        await desk.opened(Confirm)
        await desk.shows("Der volle Titel steht dann in jeder öffentlichen Tagesordnung.")
        await desk.press("enter")
        await desk.closed()
        assert numbers(place, rat) == ["N 1 Klage gegen den Bescheid"]
        await desk.press("f")
        await desk.opened(Confirm)
        await desk.press("j")
        await desk.until(lambda: numbers(place, rat) == ["Ö 1 Klage gegen den Bescheid"])


async def test_a_late_item_asks_for_its_ground_and_an_item_is_withdrawn_with_a_reason(
    office: Office, place: Workplace, rat: int
) -> None:
    """After the dispatch; the reason stays with the item, and n once more puts it on again."""
    tick_step(place, [rat], "versand")
    async with at_desk(office) as desk:
        await at_agenda(desk)
        await desk.press("+")
        await desk.opened(PromptLine)
        await desk.type("Nachtrag")
        await desk.press("enter")
        await desk.shows("Warum kann der Punkt nicht warten")
        await desk.type("Frist des Landes")
        await desk.press("enter")
        await desk.shows("Leer oder Esc")
        await desk.press("escape")
        await desk.closed()
        (item,) = meeting(place, rat).agenda
        assert (item.number, item.late, item.late_note) == ("Ö 1", True, "Frist des Landes")
        await desk.press("n")
        await desk.opened(PromptLine)
        await desk.type("Gutachten fehlt")
        await desk.press("enter")
        await desk.closed()
        assert meeting(place, rat).agenda[0].withdrawn_note == "Gutachten fehlt"
        await desk.press("n")
        await desk.until(lambda: not meeting(place, rat).agenda[0].withdrawn)
        await desk.press("D")
        await desk.says("Setzen Sie ihn mit n ab")


async def test_topics_are_typed_placed_by_a_key_and_come_back(
    office: Office, place: Workplace, rat: int
) -> None:
    """One line each; two marked ones come on one session as one step; w brings one back."""
    async with at_desk(office) as desk:
        await desk.press("g", "t")
        await desk.until(lambda: isinstance(desk.app.desk_screen, TopicScreen))
        await desk.press("+")
        for line in ("Bericht zur Lage @Rat (Amt 20)", "N Stelle der Amtsleitung"):
            await desk.opened(PromptLine)
            await desk.type(line)
            await desk.press("enter")
            await desk.until(lambda: desk.app.desk_screen is not desk.app.screen)
        await desk.opened(PromptLine)
        await desk.press("escape")
        await desk.closed()
        assert len(ids(place, WAITING)) == 2
        await desk.press("*", "a")
        await desk.opened(Choose)
        await desk.press("enter")
        await desk.closed()
        assert numbers(place, rat) == ["Ö 1 Bericht zur Lage", "N 1 Stelle der Amtsleitung"]
        await desk.press("2", "enter", "enter")
        await desk.until(lambda: isinstance(desk.app.desk_screen, AgendaScreen))
        await desk.quiet()
        await desk.press("w")
        await desk.until(lambda: len(ids(place, WAITING)) == 1)
        assert len(numbers(place, rat)) == 1
