"""The day a request was closed begins its retention: kept whenever it is closed or opened, in one place."""

from __future__ import annotations

import ast
from collections.abc import Callable
from datetime import date
from pathlib import Path

import ob_buero_tui
from ob_buero_tui.services.requests.closing import finish
from ob_buero_tui.services.requests.outcomes import hand_over
from ob_buero_tui.services.undo import undo
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.requests import Request

CLOSED = (True, date(2026, 11, 25))
OPEN = (False, None)


def _closed(place: Workplace, key: int) -> tuple[bool, date | None]:
    with place.reading() as session:
        row = session.get_one(Request, key)
        return row.closed, row.closed_on


def test_closing_opening_and_undo_keep_the_day(place: Workplace, make_request: Callable[..., int]) -> None:
    key = make_request()
    assert _closed(place, key) == OPEN
    hand_over(place, [key], "Amt 66")
    assert _closed(place, key) == CLOSED
    hand_over(place, [key], "Amt 66", date(2026, 12, 9))  # it is expected back, so it is open again
    assert _closed(place, key) == OPEN
    finish(place, [key], drop_tasks=True)
    assert _closed(place, key) == CLOSED
    undo(place)
    assert _closed(place, key) == OPEN


def test_closed_is_written_in_one_place_only() -> None:
    root = Path(ob_buero_tui.__file__).parent
    found = [
        f"{path.relative_to(root)}:{node.lineno}"
        for path in root.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr == "closed" and isinstance(node.ctx, ast.Store)
        if getattr(node.value, "id", "") != "self"
    ]
    assert len(found) == 1, found
    assert found[0].startswith("services/requests/verbs.py")
