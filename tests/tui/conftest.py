"""Requests for the tests of the whole app."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from types import SimpleNamespace

import pytest
import quick_styles

from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.tui import background, ending

quick_styles.install()


@pytest.fixture
def five(make_request: Callable[..., int], place: Workplace) -> list[int]:
    """Five new requests in the order of the list; the last one has no kind, the third a date."""
    days = ("2026-11-27", "2026-11-30", "2026-12-01", "2026-12-03", None)
    kinds = ("grusswort", "grusswort", "einladung", "schirmherrschaft", None)
    names = ("100 Jahre TSV", "Benefizlauf", "Richtfest Grundschule", "Stadtlauf", "Radweg Hafenstraße")
    return [
        make_request(
            subject=name,
            kind=kind,
            due_on=datetime.fromisoformat(day).date() if day else None,
            event_start=datetime.fromisoformat("2026-12-12T15:00") if kind == "einladung" else None,
            event_place="Festhalle" if kind == "einladung" else "",
        )
        for day, kind, name in zip(days, kinds, names, strict=True)
    ]


@pytest.fixture(autouse=True)
def no_freezing(monkeypatch: pytest.MonkeyPatch) -> None:
    """The app freezes what its start made; here that would keep every test's garbage, and look through it."""
    monkeypatch.setattr(background, "gc", SimpleNamespace(collect=lambda: 0, freeze=lambda: None))


@pytest.fixture(autouse=True)
def sure_ends(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The clock that ends a process which hangs after a signal would end the one all tests run in."""
    begun: list[float] = []
    monkeypatch.setattr(ending, "end_for_sure", lambda: begun.append(ending.HANGS_SECONDS))
    return begun
