"""How long records are kept: the count, and which class a record belongs to."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ob_buero_tui.rules.retention import RetentionBegin, RetentionClass, RetentionKind, class_of

REQUEST = RetentionKind.REQUEST


def of(**values: object) -> RetentionClass:
    """A class for requests."""
    given_values = {"key": "x", "label": "X", "table": REQUEST} | values
    return RetentionClass(**given_values)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("years", "begin", "closed", "last"),
    [
        (2, RetentionBegin.JAHRESENDE, date(2024, 1, 1), date(2026, 12, 31)),
        (2, RetentionBegin.JAHRESENDE, date(2024, 12, 31), date(2026, 12, 31)),
        (2, RetentionBegin.TAG, date(2024, 2, 29), date(2026, 2, 28)),
        (0, RetentionBegin.TAG, date(2026, 11, 25), date(2026, 11, 25)),
        (30, RetentionBegin.JAHRESENDE, date(9990, 5, 1), date.max),
    ],
)
def test_years_count_from_the_day_or_the_end_of_its_year(
    years: int, begin: RetentionBegin, closed: date, last: date
) -> None:
    one = of(years=years, begin=begin)
    assert one.last_day(closed) == last
    assert not one.is_over(closed, last)
    if last < date.max:
        assert one.is_over(closed, last + timedelta(days=1))


def test_what_is_kept_for_good_is_never_over() -> None:
    one = of(permanent=True)
    assert one.last_day(date(1920, 1, 1)) is None
    assert not one.is_over(date(1920, 1, 1), date.max)


def test_a_named_kind_wins_and_all_others_have_their_own_class() -> None:
    rest, named = of(key="rest"), of(key="named", kinds=("ehrung",))
    other = of(key="termine", table=RetentionKind.EVENT)
    assert class_of([rest, named, other], "request", "ehrung") is named
    assert class_of([rest, named, other], "request", "anliegen") is rest
    assert class_of([rest, named, other], "request", None) is rest
    assert class_of([rest, named, other], "meeting", None) is None


@settings(max_examples=50, deadline=None)
@given(st.dates(max_value=date(2900, 1, 1)), st.integers(0, 100), st.sampled_from(RetentionBegin))
def test_nothing_is_over_before_its_years(closed: date, years: int, begin: RetentionBegin) -> None:
    last = of(years=years, begin=begin).last_day(closed)
    assert last is not None
    assert last.year == closed.year + years
    assert last >= closed
