"""Dialogs by their results, the palette by its German words, the help by live bindings."""

from __future__ import annotations

from typing import Any

import pytest
from textual import events
from textual.screen import Screen
from widgets_kit import Bare, screen_text

from ob_buero_tui.tui.commands import EINGANG, KALENDER, bindings_for, command, commands_for
from ob_buero_tui.tui.help import Help
from ob_buero_tui.tui.palette import Palette, available, search
from ob_buero_tui.tui.screens.dialogs.choose import Choice, Choose
from ob_buero_tui.tui.screens.dialogs.confirm import Confirm
from ob_buero_tui.tui.screens.dialogs.prompt_line import PromptLine, Understood

_OPEN = object()


async def answer(dialog: Screen[Any], *keys: str) -> Any:
    """What a dialog returns after some keys; `_OPEN` when it still stands."""
    found: list[Any] = []
    app = Bare()
    async with app.run_test(size=(100, 30)) as pilot:
        app.push_screen(dialog, found.append)
        await pilot.pause()
        await pilot.press(*keys)
        await pilot.pause()
        return found[0] if found else _OPEN


def reasons() -> Choose:
    """A choice of three without letters of their own."""
    return Choose(
        "Grund", [Choice(key=key, label=key.title()) for key in ("termin", "frist", "sonst")], current="frist"
    )


@pytest.mark.parametrize(
    ("keys", "result"),
    [
        (("enter",), "frist"),
        (("1",), "termin"),
        (("j", "enter"), "sonst"),
        (("up", "up", "enter"), "termin"),
        (("end", "enter"), "sonst"),
        (("9",), _OPEN),
        (("escape",), None),
    ],
)
async def test_choose(keys: tuple[str, ...], result: object) -> None:
    """A digit picks at once, Enter takes the entry under the cursor, Esc takes none."""
    assert await answer(reasons(), *keys) == result


async def test_choose_by_letter_and_click() -> None:
    """Own letters win over j and k; a click picks."""
    own = [Choice(key="ja", label="Ja", letter="j"), Choice(key="nein", label="Nein", letter="n")]
    assert await answer(Choose("Frage", own, current="nein"), "j") == "ja"
    found: list[object] = []
    app = Bare()
    async with app.run_test(size=(100, 30)) as pilot:
        dialog = reasons()
        app.push_screen(dialog, found.append)
        await pilot.pause()
        await pilot.click("ChoiceList", offset=(6, 2))
        await pilot.pause()
    assert found == ["sonst"]


@pytest.mark.parametrize(
    ("keys", "harmless", "result"),
    [(("j",), False, True), (("n",), True, False), (("enter",), True, True), (("enter",), False, False),
     (("escape",), True, False), (("x",), True, _OPEN)],
)  # fmt: skip
async def test_confirm(keys: tuple[str, ...], harmless: bool, result: object) -> None:
    """j and n answer; Enter takes the harmless answer, Esc never says yes."""
    assert await answer(Confirm("Löschen?", text="12 Vorgänge.", enter_is_yes=harmless), *keys) == result


def understand(text: str) -> Understood:
    """Takes only „fr“."""
    return Understood("Fr 27.11.2026") if text == "fr" else Understood("Bitte einen Tag angeben.", ok=False)


async def test_prompt_returns_what_is_understood() -> None:
    """Typing replaces the prefilled text; Enter does nothing until the text is understood."""
    assert await answer(PromptLine("Tag", value="+1w", understand=understand), "f", "r", "enter") == "fr"
    assert await answer(PromptLine("Tag", value="+1w", understand=understand), "enter") is _OPEN
    assert await answer(PromptLine("Tag", value="fr", understand=understand), "enter") == "fr"
    assert await answer(PromptLine("Tag", value="fr", understand=understand), "escape") is None


async def test_prompt_says_how_it_understands() -> None:
    """The line below follows every key, a refusal begins with its sign."""
    app = Bare()
    async with app.run_test(size=(100, 30)) as pilot:
        app.push_screen(PromptLine("Tag", understand=understand))
        await pilot.pause()
        assert "Bitte einen Tag angeben." in screen_text(app)
        assert "!" not in screen_text(app), "nothing is wrong before anything is typed"
        await pilot.press("f", "r")
        await pilot.pause()
        assert "Fr 27.11.2026" in screen_text(app)
        assert "! Bitte" not in screen_text(app)


async def test_prompt_keeps_all_lines_of_a_paste() -> None:
    """A paste of several lines becomes one line, cleaned, and nothing of it is lost."""
    app = Bare()
    async with app.run_test(size=(100, 30)) as pilot:
        prompt = PromptLine("Notiz", value="alt")
        app.push_screen(prompt)
        await pilot.pause()
        assert app.focused is not None
        app.focused.post_message(events.Paste("eins\nzwei\r\n\x1b[2Jdrei"))
        await pilot.pause()
        assert prompt.value == "eins zwei \ufffd[2Jdrei"


class Desk(Screen[None]):
    """A screen that can do three things, one of them not now."""

    screen_key = EINGANG
    BINDINGS = bindings_for(EINGANG)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return action != "decline"

    def action_accept(self) -> None: ...
    def action_decline(self) -> None: ...
    def action_confidentiality(self) -> None: ...


async def test_palette_offers_what_the_screen_can_do_now() -> None:
    """Only actions that exist and that check_action allows are offered; Enter returns the command."""
    found: list[object] = []
    app = Bare()
    async with app.run_test(size=(100, 30)) as pilot:
        desk = Desk()
        await app.push_screen(desk)
        offered = {each.id for each in available(desk)}
        assert {"accept", "confidentiality", "quit"} <= offered
        assert not {"decline", "undo", "move_down"} & offered
        app.push_screen(Palette(available(desk), key=EINGANG), found.append)
        await pilot.pause()
        await pilot.press(*"xyz")
        await pilot.pause()
        assert "Kein Befehl heißt so." in screen_text(app)
        await pilot.press("backspace", "backspace", "backspace", *"vertr", "enter")
        await pilot.pause()
        assert found == [command("confidentiality")]


def test_palette_finds_german_words_in_any_spelling() -> None:
    """Umlauts may be typed as ae or a; the label counts more than the sentence; own labels count."""
    every = list(commands_for(EINGANG))
    for query in ("rückgängig", "rueckgaengig", "ruckgangig"):
        assert search(every, query)[0].id == "undo", query
    assert search(every, "absagen")[0].id == "decline"
    assert search(every, "") == every
    assert search(list(commands_for(KALENDER)), "bestätigen", KALENDER)[0].id == "accept"


async def test_help_shows_live_bindings() -> None:
    """What cannot be done now is not in the help; Esc closes it."""
    app = Bare()
    async with app.run_test(size=(100, 60)) as pilot:
        desk = Desk()
        await app.push_screen(desk)
        await pilot.pause()
        app.push_screen(Help(desk, title="Eingang"))
        await pilot.pause()
        text = screen_text(app)
        assert "Hilfe · Eingang" in text
        assert "annehmen – Zusagen" in text
        assert "Vertraulichkeit ändern" in text
        assert "absagen – " not in text
        await pilot.press("end", "escape")
        await pilot.pause()
        assert app.screen is desk
