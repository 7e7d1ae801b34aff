"""Deciding by keys: who decided, deputies, questions, every other outcome, and batches."""

# Wall times are naive by design.
# ruff: noqa: DTZ001

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import pytest
from app_kit import Desk, at_desk
from textual.widgets import Input

from ob_buero_tui.office import Office
from ob_buero_tui.services.requests import accepting, inquiring
from ob_buero_tui.services.requests.voting import set_votum
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.requests import Request
from ob_buero_tui.tui.screens.dialogs.accept import AcceptDialog
from ob_buero_tui.tui.screens.dialogs.choose import Choose
from ob_buero_tui.tui.screens.dialogs.clashes import ClashDialog
from ob_buero_tui.tui.screens.dialogs.confirm import Confirm
from ob_buero_tui.tui.screens.dialogs.decided import ChooseAndDecide, ConfirmAndDecide
from ob_buero_tui.tui.screens.dialogs.deputy import DeputyDialog
from ob_buero_tui.tui.screens.dialogs.inquiry import InquiryDialog
from ob_buero_tui.tui.screens.dialogs.note import NoteDialog
from ob_buero_tui.tui.screens.dialogs.prompt_line import PromptLine
from ob_buero_tui.tui.screens.dialogs.votum import VotumDialog
from ob_buero_tui.tui.screens.flows.outcomes import vote
from ob_buero_tui.tui.screens.inbox import InboxScreen

Make = Callable[..., int]
START = datetime(2026, 12, 11, 11, 0)
SIZES = [(80, 24), (120, 36)]


@pytest.fixture
def einladung(make_request: Make) -> int:
    return make_request(subject="Richtfest", kind="einladung", event_start=START)


@pytest.fixture
def second(make_request: Make) -> int:
    return make_request(subject="Festakt", kind="einladung", event_start=datetime(2026, 12, 12, 11, 0))


async def entered(desk: Desk, key: int, state: str) -> None:
    """Wait until a request stands in a state."""
    await desk.until(lambda: desk.record(key).state_label == state)
    await desk.closed()


@pytest.mark.parametrize("size", SIZES)
async def test_a_and_enter_accept_with_everything_on_the_first_picture(
    office: Office, place: Workplace, einladung: int, size: tuple[int, int]
) -> None:
    set_votum(place, [einladung], "zusage", "passt")
    async with at_desk(office, size=size) as desk:
        await desk.press("a")
        await desk.opened(AcceptDialog)
        assert "keine Überschneidung" in desk.text
        assert "Votum der Büroleitung: Zusage: passt (PS Mi 25.11.)" in desk.text
        assert "entschieden durch OB" in desk.text
        assert "Enter Termin und Aufgaben anlegen" in desk.text
        await desk.press("enter")
        await entered(desk, einladung, "zugesagt")
        assert desk.record(einladung).decided == "entschieden durch OB am Mi 25.11.2026, eingetragen PS"


async def test_f9_says_who_decided_and_the_desk_keeps_it(office: Office, einladung: int, second: int) -> None:
    async with at_desk(office) as desk:
        first, other = desk.ids[0], desk.ids[1]
        await desk.press("n")
        await desk.opened(ChooseAndDecide)
        await desk.press("f9", "1")
        await entered(desk, first, "abgesagt")
        assert desk.record(first).decided.startswith("entschieden durch Büroleitung")
        await desk.until(lambda: desk.cursor == other)
        await desk.press("n")
        dialog = await desk.opened(ChooseAndDecide)
        assert dialog.decision.decider == "bueroleitung"


async def test_a_reason_takes_more_words_for_the_file(office: Office, einladung: int) -> None:
    async with at_desk(office) as desk:
        await desk.press("n")
        await desk.opened(ChooseAndDecide)
        await desk.press("tab")
        await desk.type("Haushalt noch nicht beschlossen")
        await desk.press("tab", "3")
        await entered(desk, einladung, "abgesagt")
        notes = desk.record(einladung).notes
        assert "Grund: Neutralität" in notes
        assert notes[-1].endswith("Haushalt noch nicht beschlossen")


@pytest.mark.parametrize("size", SIZES)
async def test_v_and_a_digit_ask_then_a_promises(
    office: Office, einladung: int, make_event: Make, size: tuple[int, int]
) -> None:
    make_event(calendar="bm1", summary="Markt", dtstart=START, dtend=datetime(2026, 12, 11, 12, 0))
    async with at_desk(office, size=size) as desk:
        await desk.press("v")
        await desk.opened(DeputyDialog)
        assert "Überschneidung mit „Markt“ 11:00–12:00" in desk.text
        assert "Allgemeine Vertretung in der Verwaltung" in desk.text
        assert "2026: 0× vertreten" in desk.text
        await desk.press("2")
        await entered(desk, einladung, "Vertretung angefragt")
        desk.inbox.choose_split("einladung")
        await desk.until(lambda: desk.cursor == einladung)
        await desk.press("a")
        await entered(desk, einladung, "zugesagt mit Vertretung")
        await desk.says("hat die Vertretung zugesagt")


async def test_n_on_an_asked_deputy_offers_the_next(office: Office, einladung: int) -> None:
    async with at_desk(office) as desk:
        await desk.press("v")
        await desk.opened(DeputyDialog)
        await desk.press("1")
        await entered(desk, einladung, "Vertretung angefragt")
        desk.inbox.choose_split("einladung")
        await desk.until(lambda: desk.cursor == einladung)
        await desk.press("n")
        await desk.opened(Choose)
        await desk.press("1")
        await desk.opened(DeputyDialog)
        assert "hat abgelehnt" in desk.text
        await desk.press("enter")
        await entered(desk, einladung, "Vertretung angefragt")
        first, second = desk.record(einladung).deputies
        assert first.startswith("1. stellvertretende Bürgermeisterin: hat abgelehnt")
        assert second.startswith("2. stellvertretender Bürgermeister: angefragt")


async def test_r_asks_an_amt_and_takes_its_answer(office: Office, einladung: int) -> None:
    async with at_desk(office) as desk:
        await desk.press("r")
        await desk.opened(Choose)
        await desk.press("2")
        await desk.opened(PromptLine)
        await desk.type("66")
        await desk.shows("→ Amt 66 Tiefbauamt")
        await desk.press("enter")
        await desk.opened(InquiryDialog)
        await desk.press("ctrl+s")
        await entered(desk, einladung, "wartet auf Antwort")
        desk.inbox.choose_split("wartet")
        await desk.until(lambda: desk.cursor == einladung)
        await desk.press("r")
        await desk.opened(Choose)
        await desk.press("1")
        await desk.opened(NoteDialog)
        await desk.type("Keine Bedenken.")
        await desk.press("ctrl+s")
        await entered(desk, einladung, "neu")
        assert "Keine Bedenken." in desk.record(einladung).inquiries[0]


async def test_the_question_to_the_sender_begins_with_what_is_missing(office: Office, einladung: int) -> None:
    async with at_desk(office) as desk:
        await desk.press("r")
        await desk.opened(Choose)
        await desk.press("1")
        await desk.opened(InquiryDialog)
        await desk.shows("Bitte teilen Sie uns noch mit:")
        await desk.press("escape")
        await desk.closed()
        assert desk.record(einladung).state_label == "neu"


async def test_capital_z_hands_over_until_a_day(office: Office, einladung: int) -> None:
    async with at_desk(office) as desk:
        await desk.press("Z")
        await desk.opened(PromptLine)
        await desk.type("dez")
        await desk.shows("Welches ist gemeint?")
        await desk.press("enter", "2", "enter")
        await desk.opened(ChooseAndDecide)
        await desk.press("1")
        await entered(desk, einladung, "abgegeben")
        assert "an Dez. II Dezernat II" in desk.record(einladung).decided


async def test_m_moves_the_date_in_words(office: Office, einladung: int) -> None:
    async with at_desk(office) as desk:
        await desk.press("m")
        await desk.opened(PromptLine)
        await desk.type("18.12. 15 Uhr")
        await desk.press("enter")
        await entered(desk, einladung, "verschoben")
        assert desk.record(einladung).event_start == datetime(2026, 12, 18, 15, 0)
        assert desk.cursor == einladung, "it is decided next"


@pytest.mark.parametrize(
    ("digit", "state"), [("6", "zurückgezogen"), ("8", "ausgefallen"), ("9", "verfristet")]
)
async def test_capital_e_offers_every_outcome(office: Office, einladung: int, digit: str, state: str) -> None:
    async with at_desk(office) as desk:
        await desk.press("E")
        await desk.opened(Choose)
        await desk.press(digit)
        await desk.opened(PromptLine)
        await desk.press("enter")
        await entered(desk, einladung, state)


async def test_capital_e_puts_off(office: Office, einladung: int) -> None:
    async with at_desk(office) as desk:
        await desk.press("E")
        await desk.opened(Choose)
        await desk.press("5")
        await desk.opened(ChooseAndDecide)
        await desk.press("enter")
        await entered(desk, einladung, "vertagt")
        assert desk.record(einladung).wiedervorlage_on == date(2026, 12, 2)


async def test_e_names_open_questions_and_lets_them_fall_away(
    office: Office, place: Workplace, einladung: int
) -> None:
    due = date(2026, 12, 9)
    inquiring.inquire(place, [einladung], inquiring.Question(text="Wann?", due_on=due, department="amt66"))
    async with at_desk(office) as desk:
        desk.inbox.choose_split("wartet")
        await desk.until(lambda: desk.cursor == einladung)
        await desk.press("e")
        await desk.opened(Choose)
        await desk.shows("Ohne Antwort: Rückfrage an Amt 66")
        await desk.press("2")
        await entered(desk, einladung, "erledigt")


async def test_a_batch_is_accepted_after_one_look_that_names_what_is_left_out(
    office: Office, place: Workplace, einladung: int, second: int, make_request: Make
) -> None:
    third = make_request(subject="schon zugesagt", kind="einladung", event_start=START)
    accepting.accept(place, [accepting.propose(place, third).plan])
    async with at_desk(office) as desk:
        desk.inbox.choose_split("alle")
        await desk.until(lambda: len(desk.ids) == 3)
        await desk.press("*", "a")
        await desk.opened(ConfirmAndDecide)
        assert "3 Eingänge: 2 annehmen; 1 nicht möglich" in desk.text
        assert "ist schon angenommen" in desk.text
        await desk.press("j")
        await desk.opened(ClashDialog)
        assert "Überschneidung mit „schon zugesagt“" in desk.text
        await desk.type("Grußwort zuerst")
        await desk.press("enter")
        await entered(desk, einladung, "zugesagt")
        assert desk.record(second).state_label == "zugesagt"


async def test_a_batch_is_deputized_by_one(office: Office, einladung: int, second: int) -> None:
    async with at_desk(office) as desk:
        await desk.press("*", "v")
        await desk.opened(ChooseAndDecide)
        await desk.press("3")
        await entered(desk, einladung, "Vertretung angefragt")
        assert desk.record(second).deputies[0].startswith("Stadtdirektor: angefragt")


async def test_a_batch_is_handed_over_after_one_look(office: Office, einladung: int, second: int) -> None:
    async with at_desk(office) as desk:
        await desk.press("*", "Z")
        await desk.opened(PromptLine)
        await desk.type("Kreis Nordwald")
        await desk.press("enter")
        await desk.opened(ChooseAndDecide)
        await desk.press("3")
        await desk.opened(Confirm)
        await desk.press("enter")
        await entered(desk, second, "abgegeben")
        assert desk.record(einladung).state_label == "abgegeben"


async def test_the_votum_is_changed_from_the_present_one(
    office: Office, place: Workplace, einladung: int
) -> None:
    set_votum(place, [einladung], "absage", "zu weit")
    async with at_desk(office) as desk:
        await desk.until(lambda: desk.cursor == einladung)
        screen = desk.app.desk_screen
        assert isinstance(screen, InboxScreen)
        screen.run_flow(vote, advance=False)
        dialog = await desk.opened(VotumDialog)
        assert dialog.query_one("#why", Input).value == "zu weit"
        await desk.press("enter")
        await desk.closed()
    with place.reading() as session:
        row = session.get_one(Request, einladung)
        assert (row.votum, row.votum_text) == ("absage", "zu weit")
