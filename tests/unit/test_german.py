"""How dates, times and numbers are written in German."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal

import pytest

from ob_buero_tui.rules import german

WEDNESDAY = date(2026, 11, 25)


def test_dates() -> None:
    assert german.short_date(WEDNESDAY) == "Mi 25.11."
    assert german.short_date(date(2026, 12, 1)) == "Di 1.12."
    assert german.short_date(date(2026, 12, 1), aligned=True) == "Di  1.12."
    assert german.long_date(WEDNESDAY) == "Mi 25.11.2026"
    assert german.weekday(WEDNESDAY) == "Mittwoch"
    assert german.weekday_short(WEDNESDAY) == "Mi"
    assert german.month(date(2026, 3, 1)) == "März"


def test_the_week_belongs_to_the_year_of_its_thursday() -> None:
    assert german.iso_week(WEDNESDAY) == 48
    assert german.iso_week(date(2027, 1, 1)) == 53


def test_clock() -> None:
    assert german.clock(time(9, 42)) == "09:42"
    assert german.clock(datetime.fromisoformat("2026-11-25 17:05")) == "17:05"


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        (date(2026, 11, 23), date(2026, 11, 29), "23.–29.11.2026"),
        (date(2026, 11, 30), date(2026, 12, 6), "30.11.–6.12.2026"),
        (date(2026, 12, 28), date(2027, 1, 3), "28.12.2026–3.01.2027"),
        (WEDNESDAY, WEDNESDAY, "25.11.2026"),
        (WEDNESDAY, date(2027, 11, 25), "25.11.2026–25.11.2027"),
    ],
)
def test_ranges_share_what_is_equal(first: date, last: date, text: str) -> None:
    assert german.date_range(first, last) == text


@pytest.mark.parametrize(
    ("minutes", "text"),
    [
        (0, "0 Min."),
        (20, "20 Min."),
        (60, "1 Std."),
        (80, "1 Std. 20 Min."),
        (-90, "−1 Std. 30 Min."),
        (1440, "24 Std."),
    ],
)
def test_durations(minutes: int, text: str) -> None:
    assert german.duration(minutes) == text


def test_numbers_and_plurals() -> None:
    assert german.number(1500) == "1.500"
    assert german.number(Decimal("1234567.50")) == "1.234.567,50"
    assert german.plural(1, "Tag", "Tage") == "1 Tag"
    assert german.plural(0, "Tag", "Tage") == "0 Tage"
    assert german.plural(1240, "Zeichen", "Zeichen") == "1.240 Zeichen"


def test_enumerations() -> None:
    assert german.join([]) == ""
    assert german.join(["a"]) == "a"
    assert german.join(["a", "b"]) == "a und b"
    assert german.join(["a", "b", "c"], "oder") == "a, b oder c"
