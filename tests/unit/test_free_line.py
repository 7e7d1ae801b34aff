"""What is asked for free times in one line."""

# ruff: noqa: DTZ001 wall times are naive by design

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from ob_buero_tui.rules.free_line import FreeWish, parse_free
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.workdays import WorkCalendar

NOW = datetime(2026, 11, 25, 9, 42)
TODAY = NOW.date()
HOURS = (time(8), time(18))
CAL = WorkCalendar(first=date(2025, 1, 1), last=date(2028, 12, 31), holidays={}, closed={})


def read(text: str) -> FreeWish:
    return parse_free(text, NOW, CAL, HOURS)


def test_the_example_of_the_handbook() -> None:
    found = read(
        "60 Minuten, nächste drei Wochen, vormittags, mit Frau Beispiel und Raum Ratssaal, 30 Minuten Fahrt"
    )
    assert found == FreeWish(
        minutes=60, first=TODAY, last=TODAY + timedelta(weeks=3), begin=time(8), end=time(12),
        people=("Frau Beispiel",), room="Ratssaal", travel_min=30,
    )  # fmt: skip
    assert found.text == (
        "1 Std. · 25.11.–16.12.2026 · 08:00–12:00 Uhr · für OB und Frau Beispiel · Raum Ratssaal"
        " · je 30 Min. Fahrt"
    )


def test_nothing_said_is_an_hour_in_three_weeks() -> None:
    assert read("") == FreeWish(minutes=60, first=TODAY, last=date(2026, 12, 16), begin=time(8), end=time(18))


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("1,5 Stunden", {"minutes": 90}),
        ("90 min", {"minutes": 90}),
        ("eine halbe Stunde", {"minutes": 30}),
        ("eine Stunde", {"minutes": 60}),
        ("zwei Std.", {"minutes": 120}),
        ("anderthalb Stunden", {"minutes": 90}),
        ("Fahrt 20 Minuten", {"travel_min": 20}),
        ("nachmittags", {"begin": time(12), "end": time(18)}),
        ("am Vormittag", {"begin": time(8), "end": time(12)}),
        ("abends", {"begin": time(17), "end": time(22)}),
        ("9-12 Uhr", {"begin": time(9), "end": time(12)}),
        ("ab 14 Uhr", {"begin": time(14)}),
        ("bis 16:30", {"end": time(16, 30)}),
        ("nächste Woche", {"first": date(2026, 11, 30), "last": date(2026, 12, 6)}),
        ("diese Woche", {"first": TODAY, "last": date(2026, 11, 29)}),
        ("14 Tage", {"last": date(2026, 12, 9)}),
        ("in den nächsten zwei Monaten", {"last": date(2027, 1, 25)}),
        ("nächsten Monat", {"first": date(2026, 12, 1), "last": date(2026, 12, 31)}),
        ("KW 50", {"first": date(2026, 12, 7), "last": date(2026, 12, 13)}),
        ("im Dezember", {"first": date(2026, 12, 1), "last": date(2026, 12, 31)}),
        ("Januar", {"first": date(2027, 1, 1), "last": date(2027, 1, 31)}),
        ("morgen", {"first": date(2026, 11, 26), "last": date(2026, 11, 26)}),
        ("fr", {"first": date(2026, 11, 27), "last": date(2026, 11, 27)}),
        ("bis 4.12.", {"last": date(2026, 12, 4)}),
        ("vom 1.12. bis 12.12.", {"first": date(2026, 12, 1), "last": date(2026, 12, 12)}),
        ("ab 1.12.", {"first": date(2026, 12, 1), "last": date(2026, 12, 22)}),
        ("montags und mittwochs", {"weekdays": (0, 2)}),
        ("di-do", {"weekdays": (1, 2, 3)}),
        ("auch samstags", {"weekdays": (0, 1, 2, 3, 4, 5)}),
        ("am Wochenende", {"weekdays": (5, 6)}),
        ("freitags", {"weekdays": (4,)}),
        ("im Ratssaal", {"room": "Ratssaal"}),
        ("mit 1. BM", {"people": ("1. BM",)}),
        ("für 1. BM", {"people": ("1. BM",), "mayor": False}),
        ("mit Eva Beispiel und Jan Muster", {"people": ("Eva Beispiel", "Jan Muster")}),
    ],
)
def test_each_part_says_one_thing(text: str, values: dict[str, Any]) -> None:
    usual = read("")
    found = read(text)
    assert {name: getattr(found, name) for name in values} == values
    others = set(FreeWish.__dataclass_fields__) - set(values)
    assert {name: getattr(found, name) for name in others} == {name: getattr(usual, name) for name in others}


def test_blanks_and_und_divide_too() -> None:
    assert read("60 min nächste woche und Raum Ratssaal") == read("60 min, nächste woche, Raum Ratssaal")
    assert read("90 min vormittags und im Ratssaal") == read("90 min, vormittags, im Ratssaal")


def test_a_refusal_shows_what_was_typed() -> None:
    with pytest.raises(Refusal, match="„Übernächst Früh“"):
        read("60 min, Übernächst Früh")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("irgendwann", "irgendwann"),
        ("60 Minuten, blau", "blau"),
        ("5 Stunden, vormittags", "passen nicht"),
        ("vom 12.12. bis 1.12.", "Ende liegt vor"),
        ("ohne OB", "niemand genannt"),
        ("0 Minuten", "Dauer"),
        ("400 Tage", "mehr als ein Jahr"),
    ],
)
def test_what_is_not_understood_is_named(text: str, why: str) -> None:
    with pytest.raises(Refusal, match=why):
        read(text)
