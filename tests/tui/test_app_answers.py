"""Answering as a clerk does: three keys to a mail that is out, questions asked once, nothing typed lost."""

# ruff: noqa: DTZ001 wall times are naive by design

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from app_kit import at_desk

from ob_buero_tui.office import Office
from ob_buero_tui.services.answers.composing import compose
from ob_buero_tui.services.answers.sending import Order, send_answers
from ob_buero_tui.services.answers.views import How
from ob_buero_tui.services.answers.writing import answer_of
from ob_buero_tui.services.requests.record import record
from ob_buero_tui.services.work import transaction
from ob_buero_tui.store.requests import Message, Request
from ob_buero_tui.tui import outside
from ob_buero_tui.tui.screens.dialogs.answer import AnswerDialog
from ob_buero_tui.tui.screens.dialogs.choose import Choose
from ob_buero_tui.tui.screens.dialogs.confirm import Confirm
from ob_buero_tui.tui.screens.dialogs.questions import QuestionsDialog
from ob_buero_tui.tui.screens.dialogs.told import Told
from ob_buero_tui.tui.widgets.lines_view import LinesView
from ob_buero_tui.tui.widgets.record_panel import RecordPanel
from ob_buero_tui.tui.widgets.record_sections import Section

Make = Callable[..., int]


def letter(office: Office, request: int, address: str = "e@tsv.example.org") -> None:
    with transaction(office.place, "test_letter") as work:
        work.session.add(
            Message(
                request_id=request, sender_name="Erika B.", sender_address=address, subject="Fest", body="…"
            )
        )


@pytest.fixture
def mail(office: Office, make_request: Make) -> int:
    """A new invitation that came as a mail."""
    key = make_request(kind="einladung", subject="Sommerfest", event_start=datetime(2026, 12, 21, 18))
    letter(office, key)
    return key


def out(office: Office) -> list[Path]:
    folder = office.place.out_folder
    return sorted(path for path in folder.iterdir() if path.is_file()) if folder.exists() else []


async def test_three_keys_and_the_default_answer_is_out(office: Office, mail: int) -> None:
    async with at_desk(office) as desk:
        await desk.press("t")
        await desk.opened(Choose)
        assert "Eingangsbestätigung" in desk.text
        await desk.press("enter")
        await desk.opened(AnswerDialog)
        for part in (
            "e@tsv.example.org",
            "vielen Dank für Ihre Nachricht",
            "E-Mail-Entwurf (.eml)",
            "Im Auftrag",
        ):
            assert part in desk.text
        await desk.press("enter")
        await desk.closed()
        await desk.says("2026-0001: Antwort hinaus, E-Mail-Entwurf: 2026-0001 Erika B.eml")
        assert [path.name for path in out(office)] == ["2026-0001 Erika B.eml"]
        (answer,) = record(office.place, mail).answers
        assert (answer.state.value, answer.sent_how, answer.sent_by) == ("hinaus", "email", "PS")


async def test_u_after_that_offers_the_correction(office: Office, mail: int) -> None:
    async with at_desk(office) as desk:
        await desk.press("t")
        await desk.opened(Choose)
        await desk.press("enter")
        await desk.opened(AnswerDialog)
        await desk.press("enter")
        await desk.closed()
        await desk.says("hinaus")
        await desk.press("u")
        await desk.opened(Confirm)
        assert "Die Antwort zu 2026-0001" in desk.text
        await desk.press("j")
        await desk.says("Richtigstellung")
        assert [task.label for task in desk.record(mail).tasks][-1].startswith("Richtigstellung")


async def test_esc_keeps_what_was_typed_and_strg_s_saves_it(office: Office, mail: int) -> None:
    async with at_desk(office) as desk:
        for _ in range(2):
            await desk.press("t")
            await desk.opened(Choose)
            await desk.press("enter")
            dialog = await desk.opened(AnswerDialog)
            if "Mit herzlichem Gruß" not in dialog._area.text:
                await desk.press("tab")
                dialog._area.move_cursor(dialog._area.document.end)
                await desk.type(" Mit herzlichem Gruß")
                await desk.press("escape")
                await desk.closed()
        assert "Mit herzlichem Gruß" in dialog._area.text
        assert "nicht gesicherter Stand" in desk.text
        await desk.press("ctrl+s")
        await desk.closed()
        await desk.says("Entwurf gesichert")
        (answer,) = desk.record(mail).answers
        assert answer.text.endswith("Mit herzlichem Gruß")
        assert answer.state.value == "entwurf"
        await desk.press("t")
        choose = await desk.opened(Choose)
        assert choose._list.choices[0].hint == "Entwurf"


async def test_what_is_missing_is_asked_in_one_dialog(office: Office, make_request: Make) -> None:
    key = make_request(kind="einladung", subject="Fest", state="zugesagt", outcome="zusage")
    letter(office, key)
    async with at_desk(office) as desk:
        await desk.press("9")
        await desk.until(lambda: desk.cursor == key)
        await desk.press("t")
        await desk.opened(Choose)
        await desk.press("enter")
        dialog = await desk.opened(QuestionsDialog)
        await desk.type("irgendwann")
        await desk.press("tab")
        await desk.type("Festzelt")
        await desk.press("enter")
        await desk.until(lambda: desk.app.screen is not dialog)
        again = await desk.opened(QuestionsDialog)
        assert list(again._lines) == ["termin"]
        again._lines["termin"].value = ""
        await desk.type("21.12. 18 Uhr")
        await desk.press("enter")
        await desk.opened(AnswerDialog)
        assert "21. Dezember 2026, 18:00 Uhr" in desk.app.screen._area.text  # type: ignore[attr-defined]
        await desk.press("enter")
        await desk.closed()
        await desk.says("hinaus")
        assert desk.record(key).event_place == "Festzelt"


async def test_what_is_confidential_is_asked_once_more(office: Office, mail: int) -> None:
    with transaction(office.place, "test_level") as work:
        work.get(Request, mail).confidentiality = "vertraulich"
    async with at_desk(office) as desk:
        await desk.press("t")
        await desk.opened(Choose)
        await desk.press("enter")
        await desk.opened(AnswerDialog)
        await desk.press("enter")
        await desk.opened(Confirm)
        assert "vertraulich" in desk.text
        assert "Erika B." in desk.text
        await desk.press("enter")
        await desk.opened(AnswerDialog)
        assert out(office) == []
        await desk.press("enter")
        await desk.opened(Confirm)
        await desk.press("j")
        await desk.closed()
        await desk.until(lambda: len(out(office)) == 1)


async def test_a_refused_letter_keeps_the_dialog(office: Office, mail: int) -> None:
    async with at_desk(office) as desk:
        await desk.press("t")
        await desk.opened(Choose)
        await desk.press("enter")
        first = await desk.opened(AnswerDialog)
        await desk.press("5")
        await desk.until(lambda: desk.app.screen is not first)
        await desk.says("Anschrift ist nicht bekannt")
        dialog = await desk.opened(AnswerDialog)
        dialog._lines["address"].value = "TSV | Am Platz 1 | 59990 Lindenau"
        await desk.press("5")
        await desk.closed()
        await desk.says("Brief als PDF")
        assert out(office)[0].suffix == ".pdf"


async def test_marked_ones_get_the_same_text_and_the_others_are_named(
    office: Office, make_request: Make
) -> None:
    keys = [make_request(kind="einladung", subject=f"Fest {n}") for n in range(3)]
    for key in keys[:2]:
        letter(office, key)
    async with at_desk(office) as desk:
        for _ in keys:
            await desk.press("x")
        await desk.press("t")
        await desk.opened(Choose)
        await desk.press("enter")
        await desk.opened(Confirm)
        assert "3 Eingänge: 2 beantworten; 1 nicht möglich" in desk.text
        assert "2026-0003: es fehlt E-Mail-Adresse" in desk.text
        await desk.press("enter")
        await desk.closed()
        await desk.says("2 Antworten hinaus")
        assert len(out(office)) == 2


async def test_nobody_of_a_batch_can_be_answered(office: Office, make_request: Make) -> None:
    for n in range(2):
        make_request(kind="einladung", subject=f"Fest {n}")
    async with at_desk(office) as desk:
        await desk.press("x", "x", "t")
        await desk.opened(Choose)
        await desk.press("enter")
        await desk.opened(Told)
        assert out(office) == []


async def test_a_grusswort_is_counted_and_goes_to_word_and_back(office: Office, make_request: Make) -> None:
    import docx

    key = make_request(kind="grusswort", subject="100 Jahre", fields={"umfang": 20})
    async with at_desk(office) as desk:
        await desk.press("t")
        choose = await desk.opened(Choose)
        letter_of = {one.label: one.letter for one in choose._list.choices}
        await desk.press(letter_of["Grußwort oder Rede schreiben"])
        first = await desk.opened(AnswerDialog)
        await desk.type("Liebe Gäste, willkommen!")
        await desk.shows("24 von 20 Zeichen, 4 zu viel")
        await desk.press("tab")
        steps = {one.label: one.letter for one in first._steps.choices}
        await desk.press(steps["in Word weiterschreiben"])
        await desk.until(lambda: desk.app.screen is not first)
        second = await desk.opened(AnswerDialog)
        (path,) = (office.place.out_folder / "in-arbeit").iterdir()
        document = docx.Document(str(path))
        assert document.paragraphs[1].text == "Liebe Gäste, willkommen!"
        document.paragraphs[1].text = "Liebe Gäste!"
        document.save(str(path))
        await desk.press(steps["aus Word übernehmen"])
        await desk.until(lambda: desk.app.screen is not second)
        third = await desk.opened(AnswerDialog)
        assert third._area.text == "Liebe Gäste!"
        third._area.text = "Hier anders"
        await desk.press(steps["aus Word übernehmen"])
        await desk.until(lambda: desk.app.screen is not third)
        await desk.opened(Choose)
        assert "hier und in Word geändert" in desk.text
        await desk.press("1")
        last = await desk.opened(AnswerDialog)
        assert last._area.text == "Liebe Gäste!"
        await desk.press("ctrl+s")
        await desk.closed()
        (speech,) = desk.record(key).answers
        assert (speech.kind, speech.text) == ("grusswort", "Liebe Gäste!")


async def test_the_panel_tells_what_is_out(office: Office, mail: int) -> None:
    async with at_desk(office, size=(120, 36)) as desk:
        await desk.press("t")
        await desk.opened(Choose)
        await desk.press("enter")
        await desk.opened(AnswerDialog)
        await desk.press("3")
        await desk.closed()
        assert desk.app.clipboard.startswith("Sehr geehrte")
        view: Any = desk.inbox.panel
        assert view is not None
        from ob_buero_tui.tui.widgets.record_sections import Section, section_lines

        lines = section_lines(desk.record(mail), Section.ANTWORT, 60)
        told = "\n".join("".join(run[0] for run in each) for each in lines)
        assert "hinaus  Mi 25.11. 09:42 · kopierter Text · PS" in told
        assert "an Erika B. · e@tsv.example.org" in told


async def test_what_was_just_decided_is_answered_though_the_bar_has_gone_on(
    office: Office, mail: int, make_request: Make
) -> None:
    other = make_request(kind="einladung", subject="Anderes Fest", event_start=datetime(2026, 12, 22, 18))
    letter(office, other)
    async with at_desk(office) as desk:
        await desk.press("ctrl+t")
        assert desk.text.count("womit antworten") == 0
        await desk.press("n")
        await desk.opened(Choose)
        await desk.press("1")
        await desk.closed()
        await desk.says("Strg+T antwortet")
        await desk.press("ctrl+t")
        await desk.opened(Choose)
        assert "2026-0001: womit antworten?" in desk.text
        await desk.press("enter")
        await desk.opened(AnswerDialog)
        await desk.press("enter")
        await desk.closed()
        await desk.says("2026-0001: Antwort hinaus")
        assert record(office.place, mail).answers
        assert not record(office.place, other).answers


async def test_enter_in_the_section_opens_the_answer_as_it_left(
    office: Office, mail: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Though the folder it went to was emptied meanwhile."""
    opened: list[Path] = []
    monkeypatch.setattr(outside, "open_outside", opened.append)
    async with at_desk(office) as desk:
        await desk.until(lambda: desk.cursor == mail)
        panel = desk.app.desk_screen.query_one(RecordPanel)
        panel.show_section(Section.ANTWORT)
        panel.query_one(LinesView).focus()
        await desk.press("enter")
        await desk.says("noch keine Antwort als Datei")
        (gone,) = send_answers(
            office.place, [Order(answer=answer_of(compose(office.place, mail)), how=How.EMAIL)]
        ).gone
        assert gone.path is not None
        data = gone.path.read_bytes()
        gone.path.unlink()
        desk.app.data_changed()
        await desk.quiet()
        await desk.press("enter")
        await desk.says("wie es hinausging")
        assert [path.read_bytes() for path in opened] == [data]
    outside.COPIES.clear()
