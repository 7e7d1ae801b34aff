"""The expander, against dateutil, against recurring-ical-events, and against rules that make others hang."""

# Wall times are naive by design.
# ruff: noqa: DTZ001

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from time import perf_counter

import pytest
import recurring_ical_events
from dateutil.rrule import rrulestr
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from ob_buero_tui.rules.recurrence import (
    MAX_INSTANCES,
    Override,
    Series,
    check_rule,
    expand,
    recurrence_id_text,
)
from ob_buero_tui.rules.recurrence_rule import parse_rule, rule_starts

BERLIN = "Europe/Berlin"
HOUR = timedelta(hours=1)
JANUARY = (date(2026, 1, 1), date(2026, 2, 1))
NUMBERS = ",".join(map(str, range(60)))


def series(
    dtstart: datetime, rrule: str = "", length: timedelta = HOUR, tzid: str = BERLIN, **more: object
) -> Series:
    """Return a timed series."""
    values = {"dtstart": dtstart, "dtend": dtstart + length, "all_day": False, "tzid": tzid, "rrule": rrule}
    return Series(**(values | more))  # type: ignore[arg-type]


def days(first: date, rrule: str = "", length: int = 1, **more: object) -> Series:
    """Return an all-day series."""
    dtstart = datetime.combine(first, datetime.min.time())
    return series(dtstart, rrule, timedelta(days=length), **({"all_day": True} | more))


def starts(of: Series, first: date, end: date) -> list[str]:
    """Return the wall times at which the dates begin."""
    expansion = expand(of, first, end)
    assert expansion.unsupported == ""
    return [f"{item.local_start:%Y-%m-%d %H:%M}" for item in expansion.occurrences]


# --- the rule itself, against dateutil without a jump and without a shift ---------------------------------


@st.composite
def rules(draw: st.DrawFn) -> str:
    """Draw a rule that dateutil can evaluate from its beginning in a short time."""
    freq = draw(st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]))
    parts = [f"FREQ={freq}"]
    if draw(st.booleans()):
        parts.append(f"INTERVAL={draw(st.integers(1, 9))}")
    if draw(st.booleans()):
        parts.append(f"WKST={draw(st.sampled_from(['MO', 'SU', 'WE']))}")
    days_of_week = draw(st.lists(st.sampled_from(["MO", "TU", "WE", "TH", "FR", "SA", "SU"]), max_size=3))
    if days_of_week:
        ordinal = st.sampled_from(["", "1", "2", "-1", "5"] if freq in ("MONTHLY", "YEARLY") else [""])
        parts.append("BYDAY=" + ",".join(draw(ordinal) + day for day in days_of_week))
    if draw(st.integers(0, 3)) == 0:
        parts.append("BYMONTH=" + ",".join(map(str, draw(st.lists(st.integers(1, 12), min_size=1)))))
    if freq != "WEEKLY" and draw(st.integers(0, 3)) == 0:
        parts.append("BYMONTHDAY=" + str(draw(st.sampled_from([1, 15, 28, 29, 30, 31, -1, -3, -31]))))
    if freq == "YEARLY" and draw(st.integers(0, 4)) == 0:
        parts.append("BYWEEKNO=" + str(draw(st.sampled_from([1, 20, 52, 53, -1]))))
    if freq == "YEARLY" and draw(st.integers(0, 4)) == 0:
        parts.append("BYYEARDAY=" + str(draw(st.sampled_from([1, 60, 366, -1, -366]))))
    if draw(st.integers(0, 4)) == 0:
        parts.append("BYHOUR=8,14")
    if draw(st.integers(0, 3)) == 0:
        parts.append("BYSETPOS=" + str(draw(st.sampled_from(["1", "-1", "2", "1,-1"]))))
    if draw(st.integers(0, 3)) == 0:
        parts.append(f"COUNT={draw(st.integers(1, 60))}")
    return ";".join(parts)


def matches_later(rule: str, dtstart: datetime) -> bool:
    """Tell whether a rule still matches after all windows, as dateutil alone would search for ten seconds."""
    endless = rule.partition(";COUNT")[0]
    later = datetime(2033, 1, 1)
    found = rule_starts(parse_rule(endless, dtstart, False, BERLIN), dtstart, later, datetime(2070, 1, 1))
    return next(iter(found), None) is not None


@settings(deadline=None, max_examples=250)
@given(
    rules(),
    st.datetimes(datetime(1970, 1, 1), datetime(2027, 12, 31)),
    st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    st.integers(1, 800),
)
@example("FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=MO,SU", datetime(2001, 5, 9, 9), date(2026, 1, 1), 60)
@example("FREQ=MONTHLY;BYMONTHDAY=31", datetime(1999, 1, 31, 9), date(2026, 1, 1), 400)
@example("FREQ=YEARLY", datetime(1972, 2, 29), date(2020, 1, 1), 800)
@example("FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO", datetime(1975, 1, 1), date(2020, 12, 1), 400)
def test_jump_and_shift_change_nothing(rule: str, dtstart: datetime, first: date, length: int) -> None:
    """Starting near the window, in years near 9999, gives what dateutil gives from the first date on."""
    dtstart = dtstart.replace(microsecond=0)
    begin = datetime.combine(first, datetime.min.time())
    end = begin + timedelta(days=length)
    assume(matches_later(rule, dtstart))
    got = list(rule_starts(parse_rule(rule, dtstart, False, BERLIN), dtstart, begin, end))
    expected = []
    for start in rrulestr(rule, dtstart=dtstart):
        if start > end:
            break
        if start >= begin:
            expected.append(start)
    assert got == expected


# --- whole series, against recurring-ical-events ----------------------------------------------------------


def oracle(text: str, first: date, end: date) -> list[datetime]:
    """Return the start instants that recurring-ical-events finds."""
    # Not dates: the oracle forgets the hours of a length when it goes back from a date.
    begin, stop = (datetime(day.year, day.month, day.day, tzinfo=UTC) for day in (first, end))
    found = recurring_ical_events.of(Calendar.from_ical(text)).between(begin, stop)
    instants = []
    for event in found:
        start = event.start
        if not isinstance(start, datetime):
            start = datetime.combine(start, datetime.min.time()).replace(tzinfo=UTC)
        instants.append(start.astimezone(UTC))
    return sorted(instants)


def as_calendar(of: Series) -> str:
    """Write a series as a calendar, for the oracle only."""

    def stamp(name: str, value: datetime) -> str:
        if of.all_day:
            return f"{name};VALUE=DATE:{value:%Y%m%d}"
        return f"{name};TZID={of.tzid}:{value:%Y%m%dT%H%M%S}"

    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//example.org//test//DE", "BEGIN:VEVENT", "UID:a"]
    lines += [stamp("DTSTART", of.dtstart), stamp("DTEND", of.dtend)]
    lines += [f"RRULE:{of.rrule}"] if of.rrule else []
    lines += [stamp("RDATE", value) for value in of.rdates]
    for moment in of.exdates:
        if isinstance(moment, datetime):
            lines.append(stamp("EXDATE", moment))
        else:
            lines.append(f"EXDATE;VALUE=DATE:{moment:%Y%m%d}")
    lines.append("END:VEVENT")
    for change in of.overrides:
        lines += ["BEGIN:VEVENT", "UID:a", "SEQUENCE:1", stamp("RECURRENCE-ID", change.recurrence_id)]
        lines += [stamp("DTSTART", change.dtstart), stamp("DTEND", change.dtend), "END:VEVENT"]
    return "\r\n".join([*lines, "END:VCALENDAR", ""])


def compare(of: Series, first: date, end: date) -> None:
    """Compare the start instants of a series with the oracle's."""
    expansion = expand(of, first, end, tzid="UTC")
    assert expansion.unsupported == ""
    if of.all_day:
        got = sorted(item.local_start.replace(tzinfo=UTC) for item in expansion.occurrences)
    else:
        got = [item.starts for item in expansion.occurrences]
    assert got == oracle(as_calendar(of), first, end), of


S = datetime(2026, 1, 5, 9, 0)
TABLE = [
    series(S),
    series(S, "FREQ=DAILY"),
    series(S, "FREQ=DAILY;INTERVAL=3;COUNT=40"),
    series(S, "FREQ=WEEKLY;BYDAY=MO,TH;UNTIL=20260611T070000Z"),
    series(S, "FREQ=WEEKLY;UNTIL=20260301T090000"),
    series(S, "FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=SU,MO"),
    series(S, "FREQ=WEEKLY;BYDAY=WE"),
    series(S, "FREQ=WEEKLY;BYDAY=WE;COUNT=3"),
    series(S, "FREQ=WEEKLY;UNTIL=20251231T230000Z"),
    series(S, "FREQ=MONTHLY"),
    series(datetime(2026, 1, 31, 9), "FREQ=MONTHLY"),
    series(S, "FREQ=MONTHLY;BYDAY=-1FR"),
    series(S, "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"),
    series(S, "FREQ=YEARLY;BYMONTH=11;BYDAY=1SU"),
    series(datetime(2024, 2, 29, 9), "FREQ=YEARLY"),
    series(datetime(2026, 3, 1, 2, 30), "FREQ=DAILY"),
    series(datetime(2026, 10, 20, 2, 30), "FREQ=DAILY;COUNT=10"),
    series(S, "FREQ=WEEKLY", rdates=(datetime(2026, 2, 3, 15),), exdates=(datetime(2026, 1, 19, 9),)),
    series(S, rdates=(datetime(2026, 2, 3, 15), datetime(2026, 12, 24, 8))),
    series(S, "FREQ=WEEKLY", exdates=(date(2026, 1, 19), date(2026, 1, 5))),
    series(S, "FREQ=WEEKLY", tzid="America/New_York"),
    series(datetime(2026, 1, 5, 22), "FREQ=WEEKLY", length=timedelta(hours=8)),
    series(S, "FREQ=WEEKLY", length=timedelta(days=3)),
    series(S, "FREQ=WEEKLY", length=timedelta(0)),
    days(date(2026, 1, 5), "FREQ=WEEKLY"),
    days(date(1960, 2, 29), "FREQ=YEARLY"),
    days(date(2026, 1, 5), "FREQ=MONTHLY;UNTIL=20260805", length=3),
    days(date(2026, 1, 5), "FREQ=WEEKLY", exdates=(datetime(2026, 1, 19),), rdates=(datetime(2026, 1, 20),)),
]


@pytest.mark.parametrize("of", TABLE, ids=lambda of: f"{of.dtstart:%Y%m%d}-{of.rrule}")
@pytest.mark.parametrize(
    ("first", "end"),
    [
        (date(2026, 1, 1), date(2027, 1, 1)),
        (date(2026, 3, 20), date(2026, 4, 10)),
        (date(2026, 1, 6), date(2026, 1, 7)),
        (date(2028, 2, 1), date(2028, 3, 10)),
    ],
)
def test_like_recurring_ical_events(of: Series, first: date, end: date) -> None:
    """The table of ordinary series gives the oracle's instants in every window."""
    compare(of, first, end)


@settings(deadline=None, max_examples=100)
@given(
    rules(),
    st.datetimes(datetime(2024, 1, 1), datetime(2027, 1, 1)),
    st.lists(st.integers(0, 30), max_size=4),
    st.lists(st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31)), max_size=3),
    st.booleans(),
)
def test_drawn_series_like_recurring_ical_events(
    rule: str, dtstart: datetime, out: list[int], more: list[datetime], all_day: bool
) -> None:
    """Drawn rules with dates left out and added give the oracle's instants, in order."""
    # The oracle looks at both readings of a repeated hour; half past nine is never one.
    dtstart = dtstart.replace(hour=9, minute=30, second=0, microsecond=0)
    assume(matches_later(rule, dtstart))
    rdates = tuple(moment.replace(hour=11, minute=0, second=0, microsecond=0) for moment in more)
    if all_day:
        dtstart = dtstart.replace(hour=0, minute=0)
        rdates = tuple(moment.replace(hour=0) for moment in rdates)
        rule = rule.replace(";BYHOUR=8,14", "")
    first, end = date(2026, 1, 1), date(2026, 7, 1)
    plain = series(dtstart, rule, timedelta(days=1) if all_day else HOUR, all_day=all_day, rdates=rdates)
    found = expand(plain, first, end).occurrences
    exdates = tuple(found[index].local_start for index in out if index < len(found))
    of = series(plain.dtstart, rule, plain.dtend - dtstart, all_day=all_day, rdates=rdates, exdates=exdates)
    compare(of, first, end)


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 30), st.integers(-40, 40), st.integers(0, 20))
def test_moved_dates_like_recurring_ical_events(number: int, by_days: int, other: int) -> None:
    """A date moved into, out of or inside the window is found where the oracle finds it."""
    original = datetime(2026, 1, 5, 9) + timedelta(weeks=number)
    moved = original + timedelta(days=by_days, hours=2)
    change = Override(
        recurrence_id=original, dtstart=moved, dtend=moved + HOUR, all_day=False, tzid=BERLIN
    )
    of = series(
        S, "FREQ=WEEKLY", overrides=(change,), exdates=(datetime(2026, 1, 5, 9) + timedelta(weeks=other),)
    )
    compare(of, date(2026, 3, 1), date(2026, 4, 15))


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
    assert perf_counter() - before < 0.5
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
    assert perf_counter() - before < 2


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
    assert perf_counter() - before < 1


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
