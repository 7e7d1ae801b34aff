"""The expander against dateutil, which starts at the first date, and against recurring-ical-events."""

# Wall times are naive by design.
# ruff: noqa: DTZ001

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import recurring_ical_events
from dateutil.rrule import rrulestr
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from icalendar import Calendar
from recurrence_kit import BERLIN, HOUR, days, examples, matches_later, rules, series

from ob_buero_tui.rules.recurrence import Override, Series, expand
from ob_buero_tui.rules.recurrence_rule import parse_rule, rule_starts


@settings(**examples(60))
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


@settings(**examples(25))
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


@settings(**examples(30))
@given(st.integers(0, 30), st.integers(-40, 40), st.integers(0, 20))
def test_moved_dates_like_recurring_ical_events(number: int, by_days: int, other: int) -> None:
    """A date moved into, out of or inside the window is found where the oracle finds it."""
    original = datetime(2026, 1, 5, 9) + timedelta(weeks=number)
    moved = original + timedelta(days=by_days, hours=2)
    change = Override(recurrence_id=original, dtstart=moved, dtend=moved + HOUR, all_day=False, tzid=BERLIN)
    of = series(
        S, "FREQ=WEEKLY", overrides=(change,), exdates=(datetime(2026, 1, 5, 9) + timedelta(weeks=other),)
    )
    compare(of, date(2026, 3, 1), date(2026, 4, 15))
