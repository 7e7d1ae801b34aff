"""Arbeitstage, Werktage and Kalendertage are three different counts."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ob_buero_tui.rules.workdays import DayKind, WorkCalendar, between, move_back, shift

A, W, K = DayKind.ARBEITSTAGE, DayKind.WERKTAGE, DayKind.KALENDERTAGE
CAL = WorkCalendar(
    holidays={
        date(2026, 11, 1): "Allerheiligen",
        date(2026, 12, 25): "1. Weihnachtstag",
        date(2026, 12, 26): "2. Weihnachtstag",
        date(2027, 1, 1): "Neujahr",
    },
    closed={date(2026, 12, 24): "Heiligabend", date(2026, 12, 31): "Silvester"},
    first=date(2026, 1, 1),
    last=date(2027, 12, 31),
)
DAYS = st.dates(date(2025, 10, 1), date(2028, 3, 31))
KINDS = st.sampled_from(DayKind)


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        (date(2026, 11, 25), None),
        (date(2026, 11, 28), "Samstag"),
        (date(2026, 11, 29), "Sonntag"),
        (date(2026, 11, 1), "Allerheiligen"),
        (date(2026, 12, 24), "Heiligabend"),
        (date(2028, 12, 25), None),
        (date(2028, 12, 24), "Sonntag"),
    ],
)
def test_why_the_office_is_closed(day: date, reason: str | None) -> None:
    assert CAL.open_reason(day) == reason
    assert CAL.is_open(day) is (reason is None)


def test_outside_its_range_a_calendar_knows_only_weekends() -> None:
    narrow = WorkCalendar(
        holidays={date(2030, 5, 1): "Tag der Arbeit"},
        closed={},
        first=date(2026, 1, 1),
        last=date(2026, 12, 31),
    )
    assert not narrow.covers(date(2030, 5, 1))
    assert narrow.open_reason(date(2030, 5, 1)) is None
    assert between(narrow, date(2030, 4, 30), date(2030, 5, 1), A) == 1


def test_a_saturday_and_a_closed_day_of_the_office_are_werktage() -> None:
    assert CAL.is_werktag(date(2026, 11, 28))
    assert CAL.is_werktag(date(2026, 12, 24))
    assert not CAL.is_werktag(date(2026, 12, 26))
    assert not CAL.is_werktag(date(2026, 11, 29))


@pytest.mark.parametrize(
    ("start", "n", "kind", "end"),
    [
        # Redaktionsschluss Mon 14.12.: draft ten Arbeitstage, release five before (domain facts B1).
        (date(2026, 12, 14), -10, A, date(2026, 11, 30)),
        (date(2026, 12, 14), -5, A, date(2026, 12, 7)),
        (date(2026, 12, 23), 3, A, date(2026, 12, 30)),
        (date(2026, 12, 23), 3, W, date(2026, 12, 29)),
        (date(2026, 12, 23), 3, K, date(2026, 12, 26)),
        (date(2026, 11, 29), -1, A, date(2026, 11, 27)),
        (date(2026, 11, 29), 0, A, date(2026, 11, 29)),
    ],
)
def test_counting(start: date, n: int, kind: DayKind, end: date) -> None:
    assert shift(CAL, start, n, kind) == end


def test_lead_time_of_the_example_request() -> None:
    assert between(CAL, date(2026, 11, 18), date(2026, 12, 14), A) == 18
    assert between(CAL, date(2026, 11, 25), date(2026, 12, 14), A) == 13
    assert between(CAL, date(2026, 12, 14), date(2026, 11, 25), A) == -13
    assert between(CAL, date(2026, 12, 14), date(2026, 12, 14), A) == 0


@given(DAYS, st.integers(-300, 300), KINDS)
def test_between_counts_what_shift_went(day: date, n: int, kind: DayKind) -> None:
    assert between(CAL, day, shift(CAL, day, n, kind), kind) == n


@given(DAYS, DAYS, KINDS)
def test_between_equals_counting_day_by_day(start: date, end: date, kind: DayKind) -> None:
    if start <= end:
        days = [start + timedelta(days=i) for i in range(1, (end - start).days + 1)]
        assert between(CAL, start, end, kind) == sum(CAL.counts(day, kind) for day in days)
    else:
        days = [end + timedelta(days=i) for i in range((start - end).days)]
        assert between(CAL, start, end, kind) == -sum(CAL.counts(day, kind) for day in days)


@given(DAYS)
def test_moving_back_reaches_the_nearest_open_day(day: date) -> None:
    moved = move_back(CAL, day)
    assert moved.wanted == day
    assert CAL.is_open(moved.day)
    assert between(CAL, moved.day, day, A) == 0
    assert (moved.reason == "") is (moved.day == day)


def test_moving_back_names_the_reason() -> None:
    moved = move_back(CAL, date(2026, 12, 27))
    assert (moved.day, moved.reason) == (date(2026, 12, 23), "Sonntag")


def test_an_office_closed_for_good_moves_nothing() -> None:
    days = {date(2026, 1, 1) + timedelta(days=i): "geschlossen" for i in range(730)}
    closed = WorkCalendar(holidays={}, closed=days, first=date(2026, 1, 1), last=date(2027, 12, 31))
    assert move_back(closed, date(2027, 6, 1)).day == date(2027, 6, 1)
    assert move_back(CAL, date(1, 1, 6)).day == date(1, 1, 5)
