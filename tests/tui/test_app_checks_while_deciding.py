"""Whoever decides sees what the checks warn of, in the very dialog."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from app_kit import at_desk

from ob_buero_tui.office import Office
from ob_buero_tui.rules.checks import Finding, Level
from ob_buero_tui.tui.screens.dialogs.frame import Dialog
from ob_buero_tui.tui.widgets.check_lines import check_lines

Make = Callable[..., int]


def finding(level: Level, rule: str = "stichwort", text: str = "Wahlkampf") -> Finding:
    return Finding(
        key=rule, label="Wörter", rule=rule, level=level, text=text, source="Hausregel", unconfirmed=True
    )


def test_warnings_come_first_with_their_source_and_open_questions_are_counted() -> None:
    told = check_lines(
        [
            finding(Level.OPEN),
            finding(Level.INFO, "schulferien", "in den Ferien"),
            finding(Level.INFO, "angabe"),
            finding(Level.OK),
            finding(Level.WARN),
            finding(Level.WARN, "konflikt"),
        ],
        without=("konflikt",),
    )
    assert told == (
        "! Wörter: Wahlkampf [Hausregel, noch zu bestätigen]",
        "i Wörter: in den Ferien [Hausregel, noch zu bestätigen]",
        "? 1 Prüfpunkt ist noch offen",
    )


def test_many_are_counted() -> None:
    assert check_lines([finding(Level.WARN)] * 8)[-1] == "  und 3 weitere Hinweise im Eingang"


@pytest.mark.parametrize("key", ["a", "n", "v"])
async def test_the_checks_stand_in_the_dialog_of_each_decision(
    office: Office, make_request: Make, key: str
) -> None:
    make_request(
        kind="einladung",
        subject="Einladung der Fraktion zum Wahlkampf",
        event_start=datetime.fromisoformat("2026-12-27T18:00"),
    )
    async with at_desk(office, size=(120, 50)) as desk:
        await desk.until(lambda: desk.ids)
        await desk.press(key)
        await desk.opened(Dialog)
        await desk.shows("Prüfpunkte sind noch offen")
        assert "in den Weihnachtsferien" in " ".join(desk.text.split())
