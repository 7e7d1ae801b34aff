"""Subjects of the same event are known again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ob_buero_tui.rules.alike import alike, event_words


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Weihnachtsmarkt Altstadt 2026", "Weihnachtsmarkt in der Altstadt 2019", True),
        ("Einladung: 12. Benefizlauf Kinderhospiz", "Schirmherrschaft 11. Benefizlauf Kinderhospiz", True),
        ("Benefizlauf", "Benefizlauf 2025", True),
        ("Sommerfest Kleingärtner Ostheim", "Sommerfest Schützenverein Nord", False),
        ("Konzert 2026", "Konzert 2025", False),
        ("Einladung 2026", "Einladung 2025", False),
        ("Grußwort zum 100-jährigen Bestehen", "Einladung zum Richtfest", False),
        ("Orgelsommer St. Marien", "ORGELSOMMER ST. MARIEN – Eröffnung", True),
    ],
)
def test_events_are_alike_whatever_the_year(one: str, other: str, same: bool) -> None:
    assert alike(event_words(one), event_words(other)) is same


def test_words_of_the_catalog_tell_nothing() -> None:
    assert event_words("Terminwunsch Jour fixe", {"terminwunsch"}) == {"jour", "fixe"}


@given(st.text(max_size=80), st.text(max_size=80))
def test_alike_goes_both_ways(one: str, other: str) -> None:
    first, second = event_words(one), event_words(other)
    assert alike(first, second) is alike(second, first)
    assert alike(first, first) or len(first) < 2
