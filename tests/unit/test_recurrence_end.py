"""Where a series ends: nothing of it takes place after the wall time that is told."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ob_buero_tui.rules.recurrence import Series, expand, last_start

BERLIN = "Europe/Berlin"
START = datetime.fromisoformat("2026-03-02T09:30")


@pytest.mark.parametrize(
    ("rrule", "expected"),
    [
        ("", "2026-03-02T09:30"),
        ("FREQ=DAILY;COUNT=3", "2026-03-04T09:30"),
        ("FREQ=WEEKLY;BYDAY=MO,TH;COUNT=4", "2026-03-12T09:30"),
        ("FREQ=WEEKLY;UNTIL=20260320T225959Z", "2026-03-20T23:59:59"),
        ("FREQ=WEEKLY", None),
        ("FREQ=SECONDLY", None),
        ("FREQ=YEARLY;COUNT=500", None),
        # The first date counts, also where the rule has none that early.
        ("FREQ=DAILY;UNTIL=20250101T000000Z", "2026-03-02T09:30"),
    ],
)
def test_the_end_of_a_rule(rrule: str, expected: str | None) -> None:
    last = last_start(rrule, START, False, BERLIN)
    assert last == (None if expected is None else datetime.fromisoformat(expected))


@given(
    freq=st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]),
    interval=st.integers(1, 5),
    count=st.integers(1, 30),
    by=st.sampled_from(["", ";BYDAY=FR", ";BYMONTHDAY=31", ";BYMONTH=2;BYMONTHDAY=29"]),
    day=st.integers(0, 1500),
)
def test_nothing_takes_place_after_the_end(freq: str, interval: int, count: int, by: str, day: int) -> None:
    start = START + timedelta(days=day)
    rule = f"FREQ={freq};INTERVAL={interval};COUNT={count}{by}"
    last = last_start(rule, start, False, BERLIN)
    if last is None:
        return
    series = Series(dtstart=start, dtend=start + timedelta(hours=1), all_day=False, tzid=BERLIN, rrule=rule)
    assert not expand(series, last.date() + timedelta(days=1), date(2150, 1, 1)).occurrences
    assert expand(series, last.date(), last.date() + timedelta(days=1)).occurrences
