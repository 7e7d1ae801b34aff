"""An office with five requests, and terminals that are gone after each test."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ob_buero_tui.services.drafts import load_draft
from ob_buero_tui.services.work import USE_CASES

if sys.platform == "win32":
    collect_ignore_glob = ["*.py"]
else:
    from pty_kit import Terminal


@pytest.fixture
def fill(open_desk: Callable[[str], Any]) -> Callable[..., list[int]]:
    """Puts requests into the test's database and closes it again."""

    def make(*subjects: str, **more: Any) -> list[int]:
        office = open_desk("petra.sander")
        run = USE_CASES["test_create_request"].run
        made = [
            run(
                office.place,
                {"subject": subject, "due_on": date(2026, 11, 26 + place), "kind": "grusswort", **more},
            )
            for place, subject in enumerate(subjects)
        ]
        office.close()
        return made

    return make


@pytest.fixture
def five(fill: Callable[..., list[int]]) -> list[int]:
    """Five requests, Sache 1 to Sache 5, in the order of the list."""
    return fill(*(f"Sache {place}" for place in range(1, 6)))


@pytest.fixture
def terminal(database: Path) -> Iterator[Callable[..., Terminal]]:
    """Opens the app on the test's database in a terminal, and waits for its first list."""
    opened: list[Terminal] = []

    def start(*, ready: str = "OB-Büro · Eingang", **how: Any) -> Terminal:
        opened.append(Terminal(database, **how))
        if ready:
            opened[-1].shows(ready)
        return opened[-1]

    yield start
    for each in opened:
        each.child.close(force=True)


@pytest.fixture
def look(open_desk: Callable[[str], Any]) -> Callable[[], Any]:
    """Opens the test's database beside the app, to look into it."""
    return lambda: open_desk("petra.sander").place


@pytest.fixture
def draft(look: Callable[[], Any]) -> Callable[[], dict[str, str] | None]:
    """The text of the note on the first request that was typed and not saved."""
    return lambda: load_draft(look(), "note:request:1")
