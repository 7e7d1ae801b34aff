"""Recurring events: rules that make others hang, and what happens on odd days."""

# Wall times are naive by design.
# ruff: noqa: DTZ001

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from recurrence_kit import BERLIN, HOUR, days, rules, series, starts

from ob_buero_tui.rules.recurrence import (
    MAX_INSTANCES,
    Override,
    check_rule,
    expand,
    recurrence_id_text,
)

HANGS = 30
"""Seconds after which something hangs; how fast it is, benchmarks tell."""

S = datetime(2026, 1, 5, 9, 0)
JANUARY = (date(2026, 1, 1), date(2026, 2, 1))
NUMBERS = ",".join(map(str, range(60)))


# --- rules that would run away ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "reason"),
    [
        ("FREQ=SECONDLY", "nur täglich"),
        ("FREQ=MINUTELY;INTERVAL=5", "nur täglich"),
        ("FREQ=HOURLY", "nur täglich"),
        ("FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30", "nur täglich"),
        ("INTERVAL=2", "nur täglich"),
        ("FREQ=FOO", "nur täglich"),
        ("FREQ=DAILY;INTERVAL=0", "INTERVAL"),
        ("FREQ=DAILY;INTERVAL=-1", "INTERVAL"),
        ("FREQ=DAILY;INTERVAL=1001", "INTERVAL"),
        ("FREQ=DAILY;INTERVAL=x", "INTERVAL"),
        ("FREQ=DAILY;COUNT=999999999", "10.000"),
        ("FREQ=DAILY;COUNT=0", "COUNT"),
        ("FREQ=DAILY;COUNT=" + "9" * 400, "COUNT"),
        ("FREQ=DAILY;UNTIL=20261399", "UNTIL"),
        ("FREQ=DAILY;UNTIL=", "UNTIL"),
        ("FREQ=DAILY;UNTIL=00000101", "UNTIL"),
        ("FREQ=DAILY;BYDAY=XX", "BYDAY"),
        ("FREQ=MONTHLY;BYDAY=99MO", "BYDAY"),
        ("FREQ=DAILY;BYMONTH=13", "BYMONTH"),
        ("FREQ=MONTHLY;BYSETPOS=0", "BYSETPOS"),
        ("FREQ=DAILY;BYEASTER=0", "BYEASTER"),
        ("FREQ=YEARLY;RSCALE=CHINESE;SKIP=FORWARD", "RSCALE"),
        ("FREQ=DAILY;FREQ=WEEKLY", "nicht lesbar"),
        ("FREQ=DAILY;" + "BYMONTH=1;" * 400, "zu lang"),
        ("KAPUTT", "nicht lesbar"),
        (f"FREQ=DAILY;BYHOUR={NUMBERS[:61]};BYMINUTE={NUMBERS}", "zu viele Uhrzeiten"),
    ],
)
def test_rule_is_not_expanded(rule: str, reason: str) -> None:
    """A wrong or hostile rule gives the first date and a German reason, at once."""
    before = perf_counter()
    of = series(datetime(2026, 1, 5, 9), rule)
    there = expand(of, date(2026, 1, 1), date(2026, 2, 1))
    later = expand(of, date(2036, 1, 1), date(2036, 2, 1))
    assert perf_counter() - before < HANGS
    assert [item.local_start for item in there.occurrences] == [of.dtstart]
    assert reason in there.unsupported
    assert there.unsupported.endswith("Es gilt nur der erste Termin.")
    assert later.occurrences == ()
    assert later.unsupported == there.unsupported
    assert reason in check_rule(rule, of.dtstart, False, BERLIN)


@pytest.mark.parametrize("freq", ["YEARLY", "MONTHLY", "WEEKLY", "DAILY"])
@pytest.mark.parametrize("count", ["", ";COUNT=10000"])
def test_rule_that_never_matches_ends(freq: str, count: str) -> None:
    """A rule for 30 February ends soon, near and far from its first date."""
    of = series(datetime(1970, 1, 1, 9), f"FREQ={freq};BYMONTH=2;BYMONTHDAY=30{count}")
    before = perf_counter()
    assert starts(of, date(1970, 1, 1), date(1970, 2, 1)) == ["1970-01-01 09:00"]
    assert starts(of, date(2026, 1, 1), date(2027, 1, 1)) == []
    assert perf_counter() - before < HANGS


def test_counting_through_a_thousand_years_is_refused() -> None:
    """A count that would have to look at too many days is not expanded."""
    of = series(datetime(1000, 1, 1), "FREQ=DAILY;COUNT=10000;BYMONTH=2;BYMONTHDAY=30")
    assert "zu viele Rechenschritte" in expand(of, date(2026, 1, 1), date(2026, 2, 1)).unsupported


def test_too_many_dates_in_the_window() -> None:
    """More than the limit of dates in one window is not expanded; the limit itself is."""
    end = date(2026, 1, 5) + timedelta(days=MAX_INSTANCES)
    full = expand(series(S, "FREQ=DAILY"), date(2026, 1, 5), end)
    assert len(full.occurrences) == MAX_INSTANCES
    over = expand(series(S, "FREQ=DAILY"), date(2026, 1, 5), end + timedelta(days=1))
    assert len(over.occurrences) == 1
    assert "5.000" in over.unsupported


def test_old_series_is_fast() -> None:
    """Fifty windows far behind the first date of a daily series take no time."""
    of = series(datetime(1970, 1, 1, 9), "FREQ=DAILY")
    expand(of, date(2026, 1, 1), date(2026, 2, 1))
    before = perf_counter()
    for year in range(2000, 2050):
        assert len(starts(of, date(year, 6, 1), date(year, 7, 1))) == 30
    assert perf_counter() - before < HANGS


# --- rules of our own -------------------------------------------------------------------------------------


def test_wall_time_stays_over_both_changes() -> None:
    """Nine o'clock stays nine o'clock; a time in the gap is shown an hour later, on that day only."""
    of = series(datetime(2026, 3, 22, 2, 30), "FREQ=WEEKLY", length=timedelta(minutes=30))
    found = expand(of, date(2026, 3, 22), date(2026, 4, 6)).occurrences
    assert [f"{item.local_start:%d.%m. %H:%M}" for item in found] == [
        "22.03. 02:30",
        "29.03. 03:30",
        "05.04. 02:30",
    ]
    assert [item.recurrence_id for item in found][1] == "2026-03-29T02:30:00"
    assert [f"{item.starts:%H:%M}" for item in found] == ["01:30", "01:30", "00:30"]
    assert all(item.ends - item.starts == timedelta(minutes=30) for item in found)
    assert found[1].local_end == datetime(2026, 3, 29, 4, 0)


def test_exception_finds_a_date_in_the_gap_under_its_shown_time() -> None:
    """An EXDATE that was given in UTC names 03:30 for the date at 02:30; both mean the same instant."""
    of = series(datetime(2026, 3, 22, 2, 30), "FREQ=WEEKLY", exdates=(datetime(2026, 3, 29, 3, 30),))
    assert starts(of, date(2026, 3, 22), date(2026, 4, 6)) == ["2026-03-22 02:30", "2026-04-05 02:30"]


def test_night_shift_keeps_its_end_on_the_wall() -> None:
    """From ten to six is six o'clock also in the night that is an hour shorter."""
    of = series(datetime(2026, 3, 28, 22), "FREQ=DAILY;COUNT=2", length=timedelta(hours=8))
    first, second = expand(of, date(2026, 3, 1), date(2026, 4, 6)).occurrences
    assert first.local_end == datetime(2026, 3, 29, 6)
    assert first.ends - first.starts == timedelta(hours=7)
    assert second.ends - second.starts == timedelta(hours=8)


def test_fold_of_the_first_date() -> None:
    """The second of two equal wall times keeps its instant and its length."""
    of = series(datetime(2026, 10, 25, 2, 30), length=timedelta(minutes=15), fold=1)
    (found,) = expand(of, date(2026, 10, 25), date(2026, 10, 26)).occurrences
    assert found.starts == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert found.ends == datetime(2026, 10, 25, 1, 45, tzinfo=UTC)
    assert found.recurrence_id == ""


def test_until_given_as_a_date_includes_its_day() -> None:
    """RFC 5545, 3.3.10: UNTIL bounds inclusively; a date means the whole day, also for timed events."""
    timed = series(S, "FREQ=DAILY;UNTIL=20260107")
    assert starts(timed, *JANUARY)[-1] == "2026-01-07 09:00"
    all_day = days(date(2026, 1, 5), "FREQ=DAILY;UNTIL=20260106T230000Z")
    assert starts(all_day, *JANUARY)[-1] == "2026-01-07 00:00"


def test_until_in_utc_is_compared_as_an_instant() -> None:
    """UNTIL in UTC names the last start exactly; one second less leaves it out."""
    assert len(starts(series(S, "FREQ=DAILY;UNTIL=20260107T080000Z"), *JANUARY)) == 3
    assert len(starts(series(S, "FREQ=DAILY;UNTIL=20260107T075959Z"), *JANUARY)) == 2


def test_29_february_stays_in_leap_years() -> None:
    """A yearly date on 29 February appears in leap years only; 2100 is none."""
    of = days(date(2024, 2, 29), "FREQ=YEARLY")
    found = starts(of, date(2088, 1, 1), date(2110, 1, 1))
    assert found == [f"{year}-02-29 00:00" for year in (2088, 2092, 2096, 2104, 2108)]


def test_cancelled_and_moved_dates() -> None:
    """A cancelled date is gone, a moved one stands at its new place under its old name."""
    changes = (
        Override(
            recurrence_id=datetime(2026, 1, 12, 9),
            dtstart=datetime(2026, 1, 12, 9),
            dtend=datetime(2026, 1, 12, 10),
            all_day=False,
            tzid=BERLIN,
            cancelled=True,
        ),
        Override(
            recurrence_id=datetime(2026, 1, 19, 9),
            dtstart=datetime(2026, 1, 20),
            dtend=datetime(2026, 1, 21),
            all_day=True,
            tzid=BERLIN,
        ),
    )
    of = series(S, "FREQ=WEEKLY", overrides=changes)
    found = expand(of, date(2026, 1, 12), date(2026, 1, 27)).occurrences
    assert [(item.recurrence_id, item.overridden) for item in found] == [
        ("2026-01-19T09:00:00", 1),
        ("2026-01-26T09:00:00", None),
    ]
    assert found[0].all_day
    assert found[0].local_start == datetime(2026, 1, 20)


def test_the_last_override_for_a_date_counts() -> None:
    """Two overrides for one date never show the date twice."""
    first, second = (
        Override(recurrence_id=S, dtstart=start, dtend=start + HOUR, all_day=False, tzid=BERLIN)
        for start in (S + HOUR, S + 3 * HOUR)
    )
    of = series(S, "FREQ=WEEKLY;COUNT=1", overrides=(first, second))
    (found,) = expand(of, date(2026, 1, 1), date(2026, 2, 1)).occurrences
    assert found.overridden == 1


def test_window_in_another_zone() -> None:
    """The days of the window may be those of the office, whatever zone an event keeps."""
    of = series(datetime(2026, 1, 5, 20), tzid="America/New_York")
    assert expand(of, date(2026, 1, 6), date(2026, 1, 7), tzid=BERLIN).occurrences
    assert not expand(of, date(2026, 1, 5), date(2026, 1, 6), tzid=BERLIN).occurrences
    assert expand(of, date(2026, 1, 5), date(2026, 1, 6)).occurrences


@settings(deadline=None)
@given(rules(), st.datetimes(datetime(2024, 1, 1), datetime(2026, 12, 31)), st.integers(0, 60))
def test_neighbouring_windows_lose_and_double_nothing(rule: str, dtstart: datetime, hours: int) -> None:
    """A year in twelve windows holds the same dates as the year at once."""
    of = series(dtstart.replace(microsecond=0), rule, timedelta(hours=hours))
    edges = [date(2026, month, 1) for month in range(1, 13)] + [date(2027, 1, 1)]
    pieces = {
        item.recurrence_id: item
        for first, end in pairwise(edges)
        for item in expand(of, first, end, tzid=BERLIN).occurrences
    }
    whole = expand(of, edges[0], edges[-1], tzid=BERLIN).occurrences
    assert {item.recurrence_id: item for item in whole} == pieces
    assert len(whole) == len(pieces)
    assert list(whole) == sorted(whole, key=lambda item: item.starts)
    assert all(item.ends >= item.starts for item in whole)


def test_long_single_event_is_found_in_its_middle() -> None:
    """An event of many years, and one that ends at the end of the calendar, are found and not refused."""
    of = series(datetime(2020, 1, 1), length=datetime(9998, 12, 31) - datetime(2020, 1, 1))
    assert starts(of, date(2026, 1, 1), date(2026, 1, 2)) == ["2020-01-01 00:00"]


def test_recurrence_id_text() -> None:
    """A date of a series is named by its original start; all-day dates by their day."""
    assert recurrence_id_text(S, all_day=False) == "2026-01-05T09:00:00"
    assert recurrence_id_text(S, all_day=True) == "2026-01-05"
