"""Whatever is done to a series in whatever order: no date is lost, none comes back, undo takes all back."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from series_fuzz_kit import RULES, VERBS, ZONES, Fuzzed

from ob_buero_tui.services.calendar.scopes import Scope
from ob_buero_tui.services.undo import undo
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.calendar import Event  # noqa: F401 the tables are mapped before the first example
from office_fixtures import contents

LONGER = int(os.environ.get("OB_BUERO_SERIES_LONGER", "1"))
STEPS = st.lists(
    st.tuples(st.sampled_from(VERBS), st.sampled_from(list(Scope)), st.integers(0, 11), st.integers(0, 2)),
    min_size=1,
    max_size=6,
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("series")


@settings(
    max_examples=3 * LONGER, deadline=None, suppress_health_check=list(HealthCheck), derandomize=LONGER == 1
)
@given(zone=st.sampled_from(ZONES), rule=st.sampled_from(RULES), count=st.integers(3, 7), steps=STEPS)
def test_dates_stay_and_stay_away(
    place: Workplace, folder: Path, zone: str, rule: str, count: int, steps: list[tuple[str, Scope, int, int]]
) -> None:
    empty = contents(place)
    series = Fuzzed(place, folder, zone, rule, count)
    before = contents(place)
    try:
        for verb, scope, index, longer in steps:
            series.do(verb, scope, index, longer)
            days = series.days()
            assert max(days.values(), default=1) == 1, "no date stands twice"
            assert not set(days) & series.removed, "what was thrown away stays away"
            assert series.kept <= set(days), "what nobody threw away stays"
    finally:
        for _ in range(40):
            if contents(place) == before:
                break
            undo(place)
        after = contents(place)
        undo(place)
    assert after == before
    assert contents(place)["event"] == empty["event"]
