"""All sixteen Länder for one session: dispatch, receipt, sentence, and what nobody has confirmed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from ob_buero_tui.catalog.council import ladungsfrist_for
from ob_buero_tui.catalog.model import Catalog
from ob_buero_tui.rules.laender import LAENDER
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.council.laender import laender

THURSDAY = date(2026, 12, 10)
RECEIPTS = {
    "BW": "2026-12-02",
    "BY": "2026-12-02",
    "BE": "2026-12-02",
    "BB": "2026-12-02",
    "HB": "2026-12-02",
    "HH": "2026-12-02",
    "HE": "2026-12-06",
    "MV": "2026-11-29",
    "NI": "2026-12-02",
    "NW": "2026-12-02",
    "RP": "2026-12-05",
    "SL": "2026-12-06",
    "SN": "2026-12-02",
    "ST": "2026-12-02",
    "SH": "2026-12-02",
    "TH": "2026-12-05",
}
CONFIRMED = {"RP", "TH"}
"""The Länder whose rule domain 3.1 gives from the text of the law; all others must be confirmed."""


@pytest.fixture(scope="module")
def shipped(catalog: Catalog) -> Catalog:
    """The shipped rules."""
    return catalog


def test_each_land_has_its_day_and_its_sentence(shipped: Catalog) -> None:
    found = {one.land: one for one in laender(shipped, THURSDAY)}
    assert {land: one.receipt.isoformat() for land, one in found.items()} == RECEIPTS
    assert {land for land, one in found.items() if not one.unconfirmed} == CONFIRMED
    for land, one in found.items():
        assert one.dispatch <= one.receipt
        assert "Zugang spätestens" in one.receipt_text
        assert "Versand spätestens" in one.dispatch_text
        assert one.source
        assert bool(one.hint) == (land not in CONFIRMED)
    assert found["RP"].receipt_text == (
        "4 volle Kalendertage: So 6. bis Mi 9.12.; Zugang spätestens Sa 5.12. (§ 34 Abs. 3 GemO RP)"
    )
    assert "Zugangsfiktion" in found["SH"].dispatch_text
    assert found["HE"].urgent.endswith("nie bei Wahlen und der Hauptsatzung")
    assert found["BW"].urgent.startswith("im Notfall ohne Frist")


def test_each_land_counts_by_its_own_holidays(shipped: Catalog) -> None:
    # Heilige Drei Könige is a holiday in BW, BY and ST alone.
    found = {one.land: one for one in laender(shipped, date(2027, 1, 14))}
    assert found["BY"].dispatch == found["BW"].dispatch == date(2027, 1, 5)
    assert "Heilige Drei Könige" not in found["NW"].dispatch_text


@pytest.mark.parametrize("land", LAENDER)
def test_the_default_of_each_land_is_its_own(shipped: Catalog, land: str) -> None:
    rule = ladungsfrist_for(replace(shipped, region=land))
    assert rule is not None
    assert rule.land == land


def test_a_day_too_far_off_is_refused(shipped: Catalog) -> None:
    with pytest.raises(Refusal):
        laender(shipped, date(1, 1, 3))
