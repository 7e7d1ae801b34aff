"""What is in the trash comes back by its list; any step comes back by the history of all steps."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from app_kit import Desk, at_desk

from ob_buero_tui.office import Office
from ob_buero_tui.rules.visibility import Confidentiality
from ob_buero_tui.services.drafts import load_draft
from ob_buero_tui.services.requests import inbox, verbs
from ob_buero_tui.services.requests.editing import classify
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.tui import app as app_module
from ob_buero_tui.tui.palette import Palette
from ob_buero_tui.tui.screens.dialogs.capture import CaptureDialog
from ob_buero_tui.tui.screens.dialogs.confirm import Confirm
from ob_buero_tui.tui.screens.dialogs.history import History
from ob_buero_tui.tui.screens.inbox import InboxScreen


async def run(desk: Desk, name: str) -> None:
    """Run a command by its name in the palette."""
    await desk.press("ctrl+p")
    await desk.opened(Palette)
    await desk.type(name)
    await desk.press("enter")


async def test_the_trash_is_shown_and_gives_back(office: Office, five: list[int]) -> None:
    async with at_desk(office) as desk:
        await desk.press("D")
        await desk.says("in den Papierkorb gelegt")
        await run(desk, "papierkorb zeigen")
        await desk.until(lambda: desk.inbox.split == inbox.TRASH)
        await desk.until(lambda: desk.ids == five[:1])
        await desk.shows("D zurückholen")
        assert "a annehmen" not in desk.text
        assert desk.inbox.list.border_title == "Papierkorb"
        await desk.press("a")
        assert desk.app.screen is desk.inbox
        await desk.press("D")
        await desk.says("2026-0001: aus dem Papierkorb geholt")
        await desk.shows("Der Papierkorb ist leer")
        await desk.press("escape")
        await desk.until(lambda: desk.ids == five)
        await desk.press("u")
        await desk.until(lambda: desk.ids == five[1:])


async def test_a_digit_leaves_the_trash(office: Office, five: list[int]) -> None:
    async with at_desk(office) as desk:
        await run(desk, "papierkorb zeigen")
        await desk.shows("Der Papierkorb ist leer")
        await desk.press("9")
        await desk.until(lambda: sorted(desk.ids) == five)
        await desk.shows("a annehmen")


async def test_another_desks_step_is_taken_back_after_a_question(
    office: Office, other_place: Workplace, five: list[int]
) -> None:
    verbs.trash(other_place, five[:1])
    async with at_desk(office) as desk:
        assert desk.ids == five[1:]
        await run(desk, "verlauf aller")
        dialog = await desk.opened(History)
        assert len(dialog._list.choices) == 6
        await desk.shows("in den Papierkorb gelegt")
        await desk.press("enter")
        await desk.opened(Confirm)
        await desk.shows("Der Schritt stammt vom Arbeitsplatz")
        await desk.press("enter")  # no, as it is another desk's: back to the list
        await desk.opened(History)
        await desk.shows("in den Papierkorb gelegt · Eingang 2026-0001")
        await desk.press("escape")
        await desk.opened(InboxScreen)
        assert desk.ids == five[1:]
        await run(desk, "verlauf aller")
        await desk.opened(History)
        await desk.press("enter")
        await desk.opened(Confirm)
        await desk.press("j")
        await desk.says("Zurückgenommen")
        await desk.until(lambda: desk.ids == five)
        await run(desk, "verlauf aller")
        await desk.opened(History)
        await desk.press("enter")
        await desk.says("selbst ein Zurücknehmen")
        await desk.press("j", "enter")
        await desk.says("schon zurückgenommen")
        await desk.press("escape")
        await desk.opened(InboxScreen)


async def test_a_personal_step_of_another_desk_is_refused(
    office: Office, other_place: Workplace, five: list[int]
) -> None:
    classify(other_place, five[:1], Confidentiality.PERSOENLICH)
    async with at_desk(office) as desk:
        await run(desk, "verlauf aller")
        await desk.opened(History)
        await desk.press("enter")
        await desk.opened(Confirm)
        await desk.press("j")
        await desk.says("Dieser Schritt betrifft Persönliches.")


async def test_a_large_batch_runs_beside_the_screen(
    office: Office, five: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app_module, "FEW_RECORDS", 4)
    monkeypatch.setattr(app_module, "FEW_CHANGES", 4)
    go, threads = threading.Event(), []

    def slowly(original: Callable[..., Any]) -> Callable[..., Any]:
        def step(place: Workplace, *args: Sequence[int]) -> Any:
            threads.append(threading.current_thread())
            assert go.wait(10)
            return original(place, *args)

        return step

    monkeypatch.setattr(verbs, "mark_important", slowly(verbs.mark_important))
    async with at_desk(office) as desk:
        await desk.press("*", "!")
        await desk.shows("läuft …")
        await desk.press("D", "2", "ctrl+p", "u")
        assert desk.app.screen is desk.inbox
        assert desk.inbox.split == inbox.NEW
        go.set()
        await desk.says("wichtig")
        assert desk.ids == five, "no key that was pressed meanwhile did anything"
        assert threads[0] is not threading.main_thread()
        await desk.press("u")
        await desk.says("Zurückgenommen")
        assert not any(desk.record(each).important for each in five)


async def test_a_small_batch_runs_at_once(
    office: Office, five: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: list[threading.Thread] = []
    original = verbs.mark_important

    def step(place: Workplace, ids: Sequence[int]) -> Any:
        threads.append(threading.current_thread())
        return original(place, ids)

    monkeypatch.setattr(verbs, "mark_important", step)
    async with at_desk(office) as desk:
        await desk.press("*", "!")
        await desk.says("wichtig")
    assert threads == [threading.main_thread()]


async def test_the_watcher_ends_with_the_app(office: Office) -> None:
    async with at_desk(office) as desk:
        watcher = desk.app.watcher
        assert watcher is not None
    assert desk.app.watcher is None
    assert office.place.engine.pool.checkedout() == 0  # type: ignore[attr-defined]


async def test_arrows_choose_the_step_in_a_long_history(office: Office, five: list[int]) -> None:
    for _ in range(6):
        for key in five:
            verbs.mark_important(office.place, [key])
    async with at_desk(office) as desk:
        await run(desk, "verlauf aller schritte")
        history = await desk.opened(History)
        await desk.press("down", "down")
        chosen = history._list.current
        assert chosen is not None
        assert chosen.key == "2", "the arrows move the cursor and do not scroll the list away from under it"


async def test_ctrl_q_leaves_from_a_dialog_and_keeps_what_was_typed(office: Office, five: list[int]) -> None:
    async with at_desk(office) as desk:
        await desk.press("T")
        await desk.opened(CaptureDialog)
        await desk.type("Herr Ohneland")
        await desk.press("ctrl+q")
        await desk.until(lambda: desk.app._exit)
    draft = load_draft(office.place, "capture:Telefon:telefonnotiz")
    assert draft is not None
    assert draft["name"] == "Herr Ohneland"
