"""Sitzungen: council data is fetched beside the work, and what came is said."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from app_kit import at_desk

from ob_buero_tui.office import Office
from ob_buero_tui.tui.commands import command
from ob_buero_tui.tui.screens.council import CouncilScreen
from ob_buero_tui.tui.screens.dialogs.prompt_line import PromptLine
from oparl_server import SCHEMA, Answer, Ris, serving


@pytest.fixture
def ris(monkeypatch: pytest.MonkeyPatch) -> Iterator[Ris]:
    """A council information system with one session."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with serving() as found:
        found.lists["meetings"] = [
            {
                "id": f"{found.home}/meeting/1",
                "type": f"{SCHEMA}/Meeting",
                "name": "Geholte Sitzung",
                "start": "2026-12-03T17:00:00+01:00",
            }
        ]
        yield found


async def test_a_fetch_runs_beside_the_work_and_says_what_came(office: Office, ris: Ris) -> None:
    assert command("fetch_council").keys == ()
    async with at_desk(office) as desk:
        await desk.press("f4")
        screen = desk.app.desk_screen
        assert isinstance(screen, CouncilScreen)

        screen.action_fetch_council()
        await desk.opened(PromptLine)
        await desk.type("ftp://x")
        await desk.press("enter")
        assert isinstance(desk.app.screen, PromptLine), "that is no address"
        await desk.press("ctrl+u")
        await desk.type(ris.system)
        await desk.press("enter")
        await desk.says("Stadt Beispiel: 1 Sitzung")
        await desk.closed()
        ris.odd["/system"] = Answer(status=404)
        screen.action_fetch_council()
        await desk.opened(PromptLine)
        await desk.press("enter")
        await desk.says("gibt es dort nicht (404)")
