"""The search runs in a thread: what is typed last is what is shown, and Enter waits for it."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from app_kit import at_desk

from ob_buero_tui.office import Office
from ob_buero_tui.services.requests import inbox
from ob_buero_tui.services.search import Hit, search
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.tui.screens import list_view
from ob_buero_tui.tui.screens.dialogs import search as dialog_module
from ob_buero_tui.tui.screens.dialogs.search import Search


async def test_enter_opens_the_hit_of_what_is_typed(
    office: Office, five: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    go = threading.Event()
    asked: list[tuple[str, bool]] = []

    def slowly(place: Workplace, text: str, limit: int) -> tuple[Hit, ...]:
        asked.append((text, threading.current_thread() is threading.main_thread()))
        assert go.wait(10)
        return search(place, text, limit)

    monkeypatch.setattr(dialog_module, "search", slowly)
    async with at_desk(office) as desk:
        await desk.press("/")
        dialog = await desk.opened(Search)
        await desk.type("h")
        assert asked == [], "one letter asks nothing"
        await desk.type("afenstr")
        await desk.press("enter")
        assert desk.app.screen is dialog
        go.set()
        await desk.closed()
        assert desk.cursor == five[4]
    assert asked[-1] == ("hafenstr", False)
    assert not any(on_main for _, on_main in asked)


async def test_a_request_of_a_large_split_is_opened_without_reading_it_here(
    office: Office, five: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(list_view, "MANY", 2)
    here: list[str] = []
    ids = inbox.ids

    def watched(place: Workplace, split: str, sort: str = "") -> Any:
        if threading.current_thread() is threading.main_thread():
            here.append(split)
        return ids(place, split, sort)

    async with at_desk(office) as desk:
        await desk.press("2")
        await desk.until(lambda: desk.inbox.split != inbox.NEW and len(desk.ids) == 1)
        monkeypatch.setattr(inbox, "ids", watched)
        await desk.app.open_record("request", five[0])
        await desk.until(lambda: desk.cursor == five[0])
        await desk.until(lambda: desk.inbox.panel.has_focus_within)
        assert desk.inbox.split == inbox.ALL
        assert here == []
