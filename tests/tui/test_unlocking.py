"""The screen before the desk: a wrong password is answered there, the right one ends it."""

from __future__ import annotations

import asyncio
from pathlib import Path

from textual import events
from textual.widgets import Checkbox, Static

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.tui.unlocking import SecretLine, UnlockApp

RIGHT = "vier  Wörter im Tresor"


def told(app: UnlockApp) -> str:
    return str(app.screen.query_one("#told", Static).content)


async def test_it_asks_until_a_password_fits() -> None:
    tried = []

    def only_right(password: str) -> None:
        tried.append(password)
        if password != RIGHT:
            raise Refusal("Das Kennwort passt nicht.")

    app = UnlockApp(Path("büro.sqlite"), try_password=only_right, can_keep=True)
    async with app.run_test(size=(80, 24)) as pilot:
        field = app.screen.query_one(SecretLine)
        await pilot.press("enter", *"falsch", "enter")
        while not tried or field.value:
            await asyncio.sleep(0)
            await pilot.pause()
        assert told(app) == "Das Kennwort passt nicht."
        assert app.focused is field
        assert "falsch" not in app.export_screenshot()
        field.post_message(events.Paste(f"{RIGHT}\nund noch eine Zeile"))
        await pilot.pause()
        assert any("ersten 22 von 42 Zeichen" in one.message for one in app._notifications), "and says so"
        assert field.value == RIGHT, "a pasted password keeps its blanks, and only its line counts"
        assert "Wörter" not in app.export_screenshot()
        app.screen.query_one("#keep", Checkbox).value = True
        await pilot.press("enter")
        while app.return_value is None:
            await pilot.pause()
    assert app.return_value == (RIGHT, True)
    assert tried == ["falsch", RIGHT], "an empty line is no try"


async def test_escape_opens_nothing() -> None:
    app = UnlockApp(Path("büro.sqlite"), try_password=lambda _: None)
    async with app.run_test(size=(40, 10)) as pilot:
        assert not app.screen.query(Checkbox), "no keyring, no offer"
        await pilot.press(*"abc", "escape")
    assert app.return_value is None
