"""Nothing typed is lost, nothing hostile is drawn, and the foot of the answer says what the keys do."""

# ruff: noqa: DTZ001 wall times are naive by design

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from app_kit import Desk, at_desk
from textual.app import App, ComposeResult

from ob_buero_tui.exchange.docx_out import text_docx
from ob_buero_tui.office import Office
from ob_buero_tui.services.answers import speeches
from ob_buero_tui.services.requests.declining import decline
from ob_buero_tui.services.work import transaction
from ob_buero_tui.store.requests import Message, Request
from ob_buero_tui.tui.screens.dialogs.answer import AnswerDialog
from ob_buero_tui.tui.screens.dialogs.choose import Choose
from ob_buero_tui.tui.screens.dialogs.confirm import Confirm
from ob_buero_tui.tui.widgets.asked_line import OneLine

Make = Callable[..., int]
WORD, BACK = "in Word weiterschreiben", "aus Word übernehmen"


@pytest.fixture
def speech(make_request: Make) -> int:
    return make_request(kind="grusswort", subject="100 Jahre", fields={"umfang": 20})


async def begin(desk: Desk) -> AnswerDialog:
    await desk.press("t")
    choose = await desk.opened(Choose)
    letters = {one.label: one.letter for one in choose._list.choices}
    await desk.press(letters["Grußwort oder Rede schreiben"])
    return await desk.opened(AnswerDialog)


async def take(desk: Desk, dialog: AnswerDialog, step: str) -> None:
    dialog._steps.focus()
    await desk.quiet()
    await desk.press({one.label: one.letter for one in dialog._steps.choices}[step])
    await desk.until(lambda: desk.app.screen is not dialog)


async def test_text_joined_from_word_survives_esc(office: Office, speech: int) -> None:
    async with at_desk(office) as desk:
        dialog = await begin(desk)
        path = speeches.to_word(office.place, dialog._draft)
        path.write_bytes(text_docx(dialog._draft.title, ["Aus Word geschrieben."]))
        await take(desk, dialog, BACK)
        dialog = await desk.opened(AnswerDialog)
        assert dialog._area.text == "Aus Word geschrieben."
        await desk.press("escape")
        await desk.closed()
        again = await begin(desk)
        assert again._area.text == "Aus Word geschrieben."


async def test_strg_d_asks_and_enter_keeps(office: Office, speech: int) -> None:
    async with at_desk(office) as desk:
        dialog = await begin(desk)
        await desk.type("Eine halbe Stunde Arbeit")
        await desk.press("ctrl+d")
        await desk.opened(Confirm)
        await desk.press("enter")
        await desk.opened(AnswerDialog)
        assert dialog._area.text == "Eine halbe Stunde Arbeit"
        await desk.press("ctrl+d")
        await desk.opened(Confirm)
        await desk.press("j")
        await desk.opened(AnswerDialog)
        assert dialog._area.text == ""


async def test_the_foot_says_where_tab_goes(office: Office, speech: int) -> None:
    async with at_desk(office) as desk:
        await begin(desk)
        assert "Tab Text" not in desk.text
        assert "Tab weiter bis zu den Wegen hinaus" in desk.text
        await desk.press("tab")
        await desk.shows("Tab Text")
        await desk.press("x")
        await desk.says("Tab führt in den Text")


async def test_a_confidential_speech_is_asked_before_it_lies_in_the_folder(
    office: Office, speech: int
) -> None:
    with transaction(office.place, "test_level") as work:
        work.get(Request, speech).confidentiality = "vertraulich"
    async with at_desk(office) as desk:
        dialog = await begin(desk)
        await desk.type("Geheim")
        await take(desk, dialog, WORD)
        await desk.opened(Confirm)
        assert "vertraulich" in desk.text
        await desk.press("enter")
        await desk.opened(AnswerDialog)
        assert not speeches.working_folder(office.place).exists()


async def test_an_overtaken_answer_offers_what_fits_now(office: Office, make_request: Make) -> None:
    key = make_request(kind="einladung", subject="Fest", event_start=datetime(2026, 12, 21, 18))
    with transaction(office.place, "test_letter") as work:
        work.session.add(
            Message(request_id=key, sender_name="E", sender_address="e@tsv.example.org", body="…")
        )
    async with at_desk(office) as desk:
        await desk.press("t")
        await desk.opened(Choose)
        await desk.press("enter")
        await desk.opened(AnswerDialog)
        decline(office.place, [key], "Terminkonflikt")
        await desk.press("enter")
        await desk.says("Inzwischen: abgesagt")
        await desk.opened(Choose)
        assert "Absage" in desk.text
        assert not office.place.out_folder.exists()


async def test_one_line_takes_no_escape_sequence_as_its_value() -> None:
    hostile = "\x1b[2Jroh \u202egnp"

    class Probe(App[None]):
        def compose(self) -> ComposeResult:
            yield OneLine(hostile)

    async with Probe().run_test() as pilot:
        line = pilot.app.query_one(OneLine)
        for _ in range(2):
            assert "\x1b" not in line.value
            assert "\u202e" not in line.value
            assert "roh" in line.value
            line.value = hostile
