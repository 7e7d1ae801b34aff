"""The day a request was closed begins its retention: kept whenever it is closed or opened, in one place."""

from __future__ import annotations

import ast
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

import ob_buero_tui
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.disposing.taking_over import take_over
from ob_buero_tui.services.erasing.duties import Duties
from ob_buero_tui.services.requests.closing import finish
from ob_buero_tui.services.requests.outcomes import hand_over
from ob_buero_tui.services.requests.verbs import set_closed
from ob_buero_tui.services.undo import undo
from ob_buero_tui.services.work import transaction
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.requests import Request
from office_fixtures import Clock

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


def test_a_second_ending_does_not_begin_the_retention_anew(
    place: Workplace, make_request: Callable[..., int], clock: Clock
) -> None:
    key = make_request()
    _set(place, key, closed=True)
    clock.advance(days=900)
    _set(place, key, closed=True)
    assert _closed(place, key) == CLOSED


def test_what_was_filed_is_kept_while_it_is_open_again_or_not_yet_taken(
    place: Workplace, make_request: Callable[..., int]
) -> None:
    key = make_request(kind="anliegen")
    _set(place, key, closed=True)
    with transaction(place, "test_rows") as work:
        work.get(Request, key).filed_at = work.at
    waits = "für die E-Akte ausgegeben, die Übernahme ist nicht vermerkt"
    assert waits in _duty(place, key)
    waiting = place.out_folder / "e-akte" / "2026-0001 Anliegen"
    waiting.mkdir(parents=True)
    told = "2026-0001 von der E-Akte übernommen. Im Ausgangskorb liegt noch e-akte/2026-0001 Anliegen"
    assert take_over(place, [key]).text == f"{told}: dort löschen"
    assert _duty(place, key) == ""
    with pytest.raises(Refusal, match="schon vermerkt"):
        take_over(place, [key])
    undo(place)
    assert waits in _duty(place, key)
    take_over(place, [key])
    _set(place, key, closed=False)
    assert _duty(place, key) == "2026-0001 ist noch nicht abgeschlossen"
    _set(place, key, closed=True)
    assert "aufzubewahren bis" in _duty(place, key)  # what lies in the E-Akte is not all of it any more
    with pytest.raises(Refusal, match="nicht für die E-Akte ausgegeben"):
        take_over(place, [key])


def _set(place: Workplace, key: int, *, closed: bool) -> None:
    with transaction(place, "test_rows") as work:
        set_closed(work, work.get(Request, key), closed=closed)


def _duty(place: Workplace, key: int) -> str:
    with place.reading() as session:
        return Duties(place, session).of("request", key)
