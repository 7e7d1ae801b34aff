"""The office of the service tests, for the tests of the whole app."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from ob_buero_tui.services.workplace import Workplace

_SERVICES = Path(__file__).parents[1] / "services" / "conftest.py"
_SPEC = importlib.util.spec_from_file_location("office_fixtures", _SERVICES)
assert _SPEC is not None
assert _SPEC.loader is not None
_FIXTURES = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(_FIXTURES)

catalog = _FIXTURES.catalog
template = _FIXTURES.template
clock = _FIXTURES.clock
database = _FIXTURES.database
open_desk = _FIXTURES.open_desk
office = _FIXTURES.office
place = _FIXTURES.place
other_place = _FIXTURES.other_place
make_request = _FIXTURES.make_request
make_event = _FIXTURES.make_event


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
