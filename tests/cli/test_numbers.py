"""`stats`: its JSON to the last key, its text, wrong use."""

from __future__ import annotations

import json

from ob_buero_tui.cli.stats import stats_shape
from ob_buero_tui.services.stats import KindNumbers, Numbers, Stats

NUMBERS = {
    "received", "accepted", "declined", "by_deputy", "median_days", "answered_late", "overdue",
}  # fmt: skip


def test_the_shape_has_stable_keys() -> None:
    one = KindNumbers(kind="grusswort", label="Grußwort", this=Numbers(received=2), last=Numbers())
    total = KindNumbers(kind="", label="Alle", this=Numbers(received=2), last=Numbers())

    shape = json.loads(json.dumps(stats_shape(Stats(year=2026, kinds=(one,), total=total))))

    assert set(shape) == {"year", "kinds", "total"}
    assert set(shape["kinds"][0]) == {"kind", "label", "years"}
    assert set(shape["kinds"][0]["years"]) == {"2026", "2025"}
    assert set(shape["kinds"][0]["years"]["2026"]) == NUMBERS
    assert shape["total"]["kind"] is None
