"""A series chosen in a dialog, cut in two, and moved: what comes out repeats as it should."""

# Wall times are naive by design.
# ruff: noqa: DTZ001

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from recurrence_kit import BERLIN, HOUR, matches_later, rules

from ob_buero_tui.rules.recurrence import Series, expand
from ob_buero_tui.rules.recurrence_rule import Unsupported
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.series_make import (
    LAST,
    Freq,
    SeriesChoice,
    choice_of,
    completed,
    first_start,
    next_dates,
    rrule_of,
)
from ob_buero_tui.rules.series_shift import shifted
from ob_buero_tui.rules.series_split import parts_of, split_rule

START = datetime(2026, 12, 1, 10, 0)
STARTS = st.datetimes(datetime(2020, 1, 1), datetime(2027, 12, 31)).map(
    lambda at: at.replace(second=0, microsecond=0)
)


@st.composite
def choices(draw: st.DrawFn) -> SeriesChoice:
    """Draw what a dialog offers."""
    freq = draw(st.sampled_from(Freq))
    days = tuple(draw(st.lists(st.integers(0, 6), max_size=4, unique=True)))
    nth = draw(st.sampled_from([None, None, 1, 2, 3, 4, 5, LAST])) if freq in ("MONTHLY", "YEARLY") else None
    return SeriesChoice(
        freq=freq,
        interval=draw(st.integers(1, 12)),
        weekdays=days,
        nth=nth,
        monthday=draw(st.sampled_from([None, 1, 15, 28, 31, LAST])),
        month=draw(st.sampled_from([None, 1, 2, 12])),
        until=draw(st.one_of(st.none(), st.dates(date(2028, 1, 1), date(2040, 1, 1)))),
        count=draw(st.sampled_from([None, None, 1, 7, 500])),
    )


@given(choices(), STARTS, st.booleans())
def test_a_choice_and_its_rule_say_the_same(choice: SeriesChoice, start: datetime, all_day: bool) -> None:
    if all_day:
        start = datetime.combine(start.date(), time(0))
    rule = rrule_of(choice, start, all_day=all_day, tzid=BERLIN)
    back = choice_of(rule, start, all_day=all_day, tzid=BERLIN)
    wanted = completed(choice, start)
    assert back == (wanted if choice.count is None else replace(wanted, until=None))
    assert rrule_of(back, start, all_day=all_day, tzid=BERLIN) == rule if back else False


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=HOURLY",
        "FREQ=YEARLY;BYWEEKNO=20",
        "FREQ=MONTHLY;BYMONTHDAY=1,15",
        "FREQ=MONTHLY;BYDAY=1MO,3MO",
        "FREQ=DAILY;BYHOUR=8,14",
        "FREQ=WEEKLY;BYMONTH=6",
        "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13",
    ],
)
def test_a_rule_no_dialog_offers_is_no_choice(rule: str) -> None:
    assert choice_of(rule, START, tzid=BERLIN) is None


@given(rules(), STARTS)
def test_a_rule_that_is_a_choice_gives_the_same_dates(rule: str, start: datetime) -> None:
    choice = choice_of(rule, start, tzid=BERLIN)
    if choice is None or not matches_later(rule, start):
        return
    anew = rrule_of(choice, start, tzid=BERLIN)
    assert _dates(anew, start) == _dates(rule, start)


def test_the_next_five() -> None:
    found = next_dates("FREQ=MONTHLY;BYDAY=2TU", START, BERLIN)
    assert [one.date().isoformat() for one in found] == [
        *("2026-12-08", "2027-01-12", "2027-02-09", "2027-03-09", "2027-04-13")
    ]
    assert len(next_dates("FREQ=DAILY;COUNT=2", START, BERLIN)) == 2


@pytest.mark.parametrize(
    "rule", ["FREQ=SECONDLY", "FREQ=DAILY;UNTIL=20200101T000000Z", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"]
)
def test_a_rule_without_a_date_is_refused(rule: str) -> None:
    with pytest.raises(Refusal) as refused:
        next_dates(rule, START, BERLIN)
    assert refused.value.why


def test_every_second_week_begins_with_the_coming_one() -> None:
    thursday = datetime(2026, 11, 26, 14)
    assert first_start("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", thursday, tzid=BERLIN) == datetime(2026, 12, 1, 14)


def _dates(rule: str, start: datetime, most: int = 60) -> list[datetime]:
    """The first wall times of a rule alone, its first date only where the rule has it."""
    if not rule:
        return []
    try:
        return list(next_dates(rule, start, BERLIN, most))
    except Refusal:
        return []


@settings(max_examples=60)
@given(rules(), STARTS, st.integers(0, 40))
def test_both_parts_of_a_cut_rule_have_the_dates_of_the_whole(rule: str, start: datetime, at: int) -> None:
    whole = _dates(rule, start)
    if len(whole) <= at or ("WEEKLY" in rule and "BYSETPOS" in rule):
        return
    cut = split_rule(rule, start, whole[at], all_day=False, tzid=BERLIN)
    assert _dates(cut.head, start) == whole[:at]
    assert cut.tail_start == whole[at]
    assert _dates(cut.tail, cut.tail_start)[: len(whole) - at] == whole[at:]
    if "COUNT" in rule:
        shared = [int(parts_of(part).get("COUNT", 0)) for part in (cut.head, cut.tail)]
        assert shared == [at, int(parts_of(rule)["COUNT"]) - at]


def test_what_is_not_expanded_is_not_cut() -> None:
    for rule in ("FREQ=SECONDLY", "FREQ=WEEKLY;BYDAY=MO,TU;BYSETPOS=2"):
        with pytest.raises(Unsupported):
            split_rule(rule, START, START, all_day=False, tzid=BERLIN)


@given(choices(), STARTS, st.integers(0, 8), st.integers(-9, 9), st.integers(-120, 120))
@example(SeriesChoice(freq=Freq.MONTHLY, nth=5, count=7), datetime(2020, 1, 1), 3, 0, -1)
@example(SeriesChoice(freq=Freq.MONTHLY, nth=5, count=7), datetime(2020, 1, 1), 3, -5, 0)
def test_a_moved_series_has_its_date_where_it_was_moved_to(
    choice: SeriesChoice, start: datetime, number: int, days: int, minutes: int
) -> None:
    rule = rrule_of(choice, start, tzid=BERLIN)
    dates = _dates(rule, start)
    assume(len(dates) > number)
    first, original = dates[0], dates[number]
    moved = original + timedelta(days=days, minutes=15 * minutes)
    try:
        shift = shifted(rule, first, original, moved, all_day=False, tzid=BERLIN)
    except Refusal:
        return
    new = _dates(shift.rrule, shift.dtstart)
    assert moved in new
    assert shift.of(original) == moved
    if choice.count is not None and choice.count < 20:
        assert len(new) == len(dates)
    for one in dates[:20]:
        assert shift.of(one) is None or shift.of(one) in new or len(new) >= 60


@pytest.mark.parametrize(
    ("rule", "by", "becomes"),
    [
        ("FREQ=WEEKLY;BYDAY=TU", timedelta(days=1), "FREQ=WEEKLY;BYDAY=WE"),
        ("FREQ=WEEKLY;BYDAY=TU,FR;COUNT=9", timedelta(days=3), "FREQ=WEEKLY;COUNT=9;BYDAY=MO,FR"),
        ("FREQ=MONTHLY;BYDAY=1TU", timedelta(days=8), "FREQ=MONTHLY;BYDAY=2WE"),
        ("FREQ=MONTHLY;BYMONTHDAY=1", timedelta(days=4), "FREQ=MONTHLY;BYMONTHDAY=5"),
        ("FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=1", timedelta(days=-1), "FREQ=YEARLY;BYMONTHDAY=30;BYMONTH=11"),
        ("FREQ=DAILY;UNTIL=20261210T090000Z", timedelta(hours=2), "FREQ=DAILY;UNTIL=20261210T110000Z"),
        ("FREQ=WEEKLY;UNTIL=20261210", timedelta(days=1), "FREQ=WEEKLY;UNTIL=20261211T225959Z"),
        ("FREQ=DAILY;BYHOUR=10", timedelta(minutes=90), "FREQ=DAILY;BYHOUR=11"),
    ],
)
def test_a_rule_on_other_days(rule: str, by: timedelta, becomes: str) -> None:
    assert shifted(rule, START, START, START + by, all_day=False, tzid=BERLIN).rrule == becomes


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU",
        "FREQ=MONTHLY;BYMONTHDAY=1,15",
        "FREQ=DAILY;BYMONTH=12",
        "FREQ=HOURLY",
    ],
)
def test_a_rule_that_cannot_follow_is_refused(rule: str) -> None:
    with pytest.raises(Refusal) as refused:
        shifted(rule, START, START, START + timedelta(days=1), all_day=False, tzid=BERLIN)
    assert "Wiederholung" in refused.value.now


@pytest.mark.parametrize("year", range(2026, 2031))
def test_a_moved_series_keeps_its_wall_time_over_both_nights(year: int) -> None:
    """Half past two exists once, never or twice; the clock on the wall counts."""
    start = datetime(year, 3, 1, 10)
    shift = shifted("FREQ=DAILY", start, start, start.replace(hour=2, minute=30), all_day=False, tzid=BERLIN)
    of = Series(
        dtstart=shift.dtstart, dtend=shift.dtstart + HOUR, all_day=False, tzid=BERLIN, rrule=shift.rrule
    )
    dates = expand(of, date(year, 3, 1), date(year, 12, 1)).occurrences
    odd = [one.local_start for one in dates if (one.local_start.hour, one.local_start.minute) != (2, 30)]
    assert [(one.month, one.weekday(), one.hour, one.minute) for one in odd] == [(3, 6, 3, 30)]
    assert len({one.starts for one in dates}) == len(dates) == 275
