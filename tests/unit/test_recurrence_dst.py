"""The nights of the change of summer time, 2026 to 2030: our dates are those of both oracles."""

# Wall times are naive by design.

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from dateutil.rrule import rrulestr
from hypothesis import example, given, settings
from hypothesis import strategies as st
from recurrence_kit import BERLIN, matches_later, rules, series
from test_recurrence_oracle import compare

from ob_buero_tui.rules.recurrence import expand
from ob_buero_tui.rules.zones import to_local, to_utc

SPRING = [date(2026, 3, 29), date(2027, 3, 28), date(2028, 3, 26), date(2029, 3, 25), date(2030, 3, 31)]
AUTUMN = [date(2026, 10, 25), date(2027, 10, 31), date(2028, 10, 29), date(2029, 10, 28), date(2030, 10, 27)]
NIGHTS = [*SPRING, *AUTUMN]
HALVES = st.integers(0, 12).map(lambda half: timedelta(minutes=30 * half))
MIDNIGHT = datetime.min.time()


@settings(deadline=None, max_examples=150)
@given(
    night=st.sampled_from(NIGHTS),
    hour=HALVES,
    before=st.integers(0, 400),
    rule=rules(),
    length=st.integers(0, 30).map(lambda hours: timedelta(hours=hours)),
)
@example(SPRING[0], timedelta(hours=2, minutes=30), 1, "FREQ=DAILY", timedelta(hours=1))
@example(AUTUMN[0], timedelta(hours=2, minutes=30), 1, "FREQ=DAILY", timedelta(hours=1))
@example(AUTUMN[4], timedelta(hours=1), 7, "FREQ=WEEKLY", timedelta(hours=2))
def test_dates_around_a_night_are_those_of_the_oracles(
    night: date, hour: timedelta, before: int, rule: str, length: timedelta
) -> None:
    """A week around a night, with starts between midnight and six that may not exist or exist twice."""
    start = datetime.combine(night - timedelta(days=before), MIDNIGHT) + hour
    if not matches_later(rule, start):
        return
    first, end = night - timedelta(days=3), night + timedelta(days=4)
    of = series(start, rule, length)
    compare(of, first, end)
    naive = rrulestr(rule, dtstart=start)
    begin, stop = (datetime.combine(day, MIDNIGHT) for day in (first, end))
    walls = {*naive.between(begin, stop - timedelta(seconds=1), inc=True), start}
    instants = {to_utc(one, BERLIN) for one in walls if begin <= one < stop}
    ours = {one.starts for one in expand(of, first, end).occurrences}
    assert {one for one in ours if to_utc(begin, BERLIN) <= one} == instants


@pytest.mark.parametrize("night", SPRING)
def test_an_hour_that_does_not_exist_is_moved_forward(night: date) -> None:
    daily = series(datetime.combine(night - timedelta(days=2), MIDNIGHT) + timedelta(hours=2.5), "FREQ=DAILY")
    found = [one.local_start.hour for one in expand(daily, night, night + timedelta(days=2)).occurrences]
    assert found == [3, 2]


@pytest.mark.parametrize("night", AUTUMN)
def test_an_hour_that_exists_twice_takes_place_once(night: date) -> None:
    daily = series(datetime.combine(night - timedelta(days=2), MIDNIGHT) + timedelta(hours=2.5), "FREQ=DAILY")
    (found,) = expand(daily, night, night + timedelta(days=1)).occurrences
    assert found.starts == datetime.combine(night, MIDNIGHT, UTC) + timedelta(minutes=30)
    assert to_local(found.starts, BERLIN)[1] == 0
