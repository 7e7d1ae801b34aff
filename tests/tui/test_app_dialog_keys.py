"""Keys that come faster than a dialog deals with them: nothing typed is lost, nothing closed twice."""

from __future__ import annotations

from collections.abc import Callable

from app_kit import at_desk
from textual.events import Key
from textual.widgets import Input

from ob_buero_tui.office import Office
from ob_buero_tui.services.answers.composing import compose
from ob_buero_tui.services.answers.views import Question
from ob_buero_tui.tui.screens.dialogs.answer import AnswerDialog
from ob_buero_tui.tui.screens.dialogs.decided import ChooseAndDecide
from ob_buero_tui.tui.screens.dialogs.prompt_line import PromptLine
from ob_buero_tui.tui.screens.dialogs.questions import QuestionsDialog
from ob_buero_tui.tui.screens.inbox import InboxScreen
from ob_buero_tui.tui.widgets.choice_list import Choice


async def test_a_second_enter_on_its_way_closes_no_other_screen(
    office: Office, make_request: Callable[..., int]
) -> None:
    make_request()
    async with at_desk(office) as desk:
        answers: list[str | None] = []
        line = PromptLine("Wer?")
        desk.app.push_screen(line, answers.append)
        await desk.opened(PromptLine)
        await desk.type("KL")
        field = line.query_one(Input)
        for _ in range(2):  # both before the first is dealt with, as a held key or a fast hand sends them
            field.post_message(Input.Submitted(field, "KL"))
        await desk.closed()
        assert answers == ["KL"]
        assert isinstance(desk.app.screen, InboxScreen)


async def test_what_was_typed_before_the_last_key_is_taken(
    office: Office, make_request: Callable[..., int]
) -> None:
    # On a busy machine letters wait in the field's queue when the key that ends the dialog is dealt with.
    make_request()
    async with at_desk(office) as desk:
        answers: list[dict[str, str] | None] = []
        asked = QuestionsDialog("Zusage", [Question(key="ort", label="Ort")])
        desk.app.push_screen(asked, answers.append)
        await desk.opened(QuestionsDialog)
        field = asked.query_one(Input)
        for letter in "Rathaus":
            field.post_message(Key(letter, letter))
        asked.action_take()
        await desk.closed()
        assert answers == [{"ort": "Rathaus"}]


async def test_letters_right_behind_the_tab_stand_in_the_answer(
    office: Office, make_request: Callable[..., int]
) -> None:
    # All of them wait in the app's queue when Tab is dealt with; a digit among them would send the answer.
    key = make_request(kind="einladung")
    async with at_desk(office) as desk:
        desk.app.push_screen(AnswerDialog(office.place, compose(office.place, key, "zwischenbescheid")))
        dialog = await desk.opened(AnswerDialog)
        desk.send("tab", *"Um 3 Uhr ")
        await desk.until(lambda: "Um 3 Uhr " in dialog._area.text)
        assert dialog.is_current


async def test_letters_right_behind_the_tab_stand_in_the_remark(
    office: Office, make_request: Callable[..., int]
) -> None:
    make_request()
    async with at_desk(office) as desk:
        asked = ChooseAndDecide(office.place, "Absage", [Choice(key="a", label="Termin")], remark="Warum")
        desk.app.push_screen(asked)
        await desk.opened(ChooseAndDecide)
        desk.send("tab", *"1 Grund")
        await desk.until(lambda: asked.query_one(Input).value == "1 Grund")
        assert asked.is_current
