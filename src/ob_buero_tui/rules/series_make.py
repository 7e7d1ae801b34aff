"""What a dialog offers for a series, as a rule of RFC 5545 and back; the next dates of a rule."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import islice
from typing import Any

from dateutil.rrule import DAILY, MONTHLY, WEEKLY, YEARLY

from ob_buero_tui.rules.recurrence_rule import Rule, Unsupported, parse_rule, rule_starts
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.series_split import with_part
from ob_buero_tui.rules.zones import to_utc

WEEKDAY_CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
WORKDAYS = (0, 1, 2, 3, 4)
LAST = -1
_AHEAD = timedelta(days=36_525)
_CHECKED_PARTS = frozenset(
    ("bymonth", "byweekday", "bymonthday", "bysetpos", "byhour", "byminute", "bysecond")
)


class Freq(StrEnum):
    """How often a series comes, in the words of RFC 5545."""

    DAILY = "DAILY"
    WEEKLY = "WEEKLY"
    MONTHLY = "MONTHLY"
    YEARLY = "YEARLY"


_FREQS = {DAILY: Freq.DAILY, WEEKLY: Freq.WEEKLY, MONTHLY: Freq.MONTHLY, YEARLY: Freq.YEARLY}


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesChoice:
    """A series as a person chooses it; what is left out follows from its first date.

    Args:
        interval: Periods from one to the next.
        weekdays: 0 for Monday; for a monthly or yearly series together with `nth`.
        nth: Which of these weekdays in the month, 1 to 5, or -1 for the last.
        monthday: Day of the month, or -1 for the last.
        month: Month of a yearly series.
        until: Last possible day.
        count: How many dates.
    """

    freq: Freq
    interval: int = 1
    weekdays: tuple[int, ...] = ()
    nth: int | None = None
    monthday: int | None = None
    month: int | None = None
    until: date | None = None
    count: int | None = None


def completed(choice: SeriesChoice, start: datetime) -> SeriesChoice:
    """The choice with what its first date says spelled out."""
    days = tuple(sorted(set(choice.weekdays)))
    if choice.freq is Freq.WEEKLY:
        return replace(choice, weekdays=days or (start.weekday(),), nth=None, monthday=None, month=None)
    if choice.freq is Freq.DAILY:
        return replace(choice, weekdays=(), nth=None, monthday=None, month=None)
    month = (choice.month or start.month) if choice.freq is Freq.YEARLY else None
    if choice.nth is not None:
        return replace(choice, weekdays=days or (start.weekday(),), monthday=None, month=month)
    day = choice.monthday if choice.monthday is not None else start.day
    return replace(choice, weekdays=(), monthday=day, month=month)


def rrule_of(choice: SeriesChoice, start: datetime, *, all_day: bool = False, tzid: str) -> str:
    """The rule of a choice, nothing left to the first date.

    Args:
        start: Naive wall time of the first date.
        tzid: Its zone; the end of a timed series is written in UTC, as RFC 5545 wants it.
    """
    whole = completed(choice, start)
    parts = [f"FREQ={whole.freq}"]
    if whole.interval != 1:
        parts.append(f"INTERVAL={whole.interval}")
    if whole.month is not None:
        parts.append(f"BYMONTH={whole.month}")
    if whole.monthday is not None:
        parts.append(f"BYMONTHDAY={whole.monthday}")
    if whole.weekdays:
        single = whole.nth is not None and len(whole.weekdays) == 1
        lead = str(whole.nth) if single else ""
        parts.append("BYDAY=" + ",".join(lead + WEEKDAY_CODES[day] for day in whole.weekdays))
        if whole.nth is not None and not single:
            parts.append(f"BYSETPOS={whole.nth}")
    if whole.count is not None:
        parts.append(f"COUNT={whole.count}")
    elif whole.until is not None:
        parts.append(f"UNTIL={until_text(whole.until, all_day=all_day, tzid=tzid)}")
    return ";".join(parts)


def until_text(day: date, *, all_day: bool, tzid: str) -> str:
    """The end of a series as RFC 5545 writes it: the whole day counts."""
    if all_day:
        return f"{day:%Y%m%d}"
    end = to_utc(datetime.combine(day, time(23, 59, 59)), tzid)
    return f"{end:%Y%m%dT%H%M%SZ}"


def choice_of(rrule: str, start: datetime, *, all_day: bool = False, tzid: str) -> SeriesChoice | None:
    """The choice that a rule means; None for a rule that a dialog does not offer.

    Args:
        start: Naive wall time of the first date.
    """
    try:
        rule = parse_rule(rrule, start, all_day, tzid)
    except Unsupported:
        return None
    parts = dict(rule.parts)
    if set(parts) - _CHECKED_PARTS or not _at_the_start(rule, start, all_day):
        return None
    if rule.wkst != 0 and rule.interval != 1:
        return None
    choice = _days_of(rule)
    if choice is None:
        return None
    until = rule.until.date() if rule.until is not None else None
    if rule.until is not None and not all_day and rule.until.time() < start.time():
        until = rule.until.date() - timedelta(days=1)
    return replace(choice, interval=rule.interval, count=rule.count, until=until)


def _at_the_start(rule: Rule, start: datetime, all_day: bool) -> bool:
    """Whether a rule repeats at the time of day of its first date only."""
    parts = dict(rule.parts)
    if all_day:
        return True
    wanted = {"byhour": (start.hour,), "byminute": (start.minute,), "bysecond": (start.second,)}
    return all(parts.get(name) == value for name, value in wanted.items())


def _days_of(rule: Rule) -> SeriesChoice | None:
    """The days of a rule as a choice has them."""
    freq = _FREQS[rule.freq]
    parts: dict[str, tuple[Any, ...]] = dict(rule.parts)
    months, days, weekdays, places = (
        parts.get(name, ()) for name in ("bymonth", "bymonthday", "byweekday", "bysetpos")
    )
    if freq is Freq.DAILY:
        return None if months or days or weekdays or places else SeriesChoice(freq=freq)
    if freq is Freq.WEEKLY:
        if months or days or places or any(getattr(day, "n", None) for day in weekdays):
            return None
        return SeriesChoice(freq=freq, weekdays=tuple(sorted({_index(day) for day in weekdays})))
    if len(months) > 1 or (freq is Freq.MONTHLY and months) or (freq is Freq.YEARLY and not months):
        return None
    month = int(months[0]) if months else None
    if days and not weekdays and not places:
        day = int(days[0])
        return SeriesChoice(freq=freq, monthday=day, month=month) if _one_day(days, day) else None
    return None if days else _nth_of(freq, month, weekdays, places)


def _one_day(days: tuple[Any, ...], day: int) -> bool:
    return len(days) == 1 and (day > 0 or day == LAST)


def _nth_of(
    freq: Freq, month: int | None, weekdays: tuple[Any, ...], places: tuple[Any, ...]
) -> SeriesChoice | None:
    numbers = {getattr(day, "n", None) for day in weekdays}
    indexes = tuple(sorted({_index(day) for day in weekdays}))
    if len(weekdays) == 1 and not places:
        (nth,) = numbers
    elif len(places) == 1 and numbers == {None}:
        nth = int(places[0])
    else:
        return None
    if nth is None or not (1 <= nth <= 5 or nth == LAST):
        return None
    return SeriesChoice(freq=freq, weekdays=indexes, nth=nth, month=month)


def _index(day: Any) -> int:
    return int(day.weekday)


def next_dates(
    rrule: str, start: datetime, tzid: str, n: int = 5, *, all_day: bool = False
) -> tuple[datetime, ...]:
    """The first dates of a series, naive wall time; fewer where it ends before.

    Args:
        start: Naive wall time from which the rule counts.

    Raises:
        Refusal: the rule is wrong, would run away, or gives no date at all.
    """
    try:
        rule = parse_rule(rrule, start, all_day, tzid)
        found = tuple(islice(rule_starts(rule, start, start, start + _AHEAD), n))
    except Unsupported as problem:
        raise Refusal(
            "Die Wiederholung wurde nicht übernommen.",
            f"Sie ist nicht möglich: {problem}.",
            "Wählen Sie eine andere Regel.",
        ) from None
    except OverflowError:
        found = ()
    if not found:
        raise Refusal(
            "Die Wiederholung wurde nicht übernommen.",
            "Sie ergibt keinen einzigen Termin.",
            "Prüfen Sie Tage und Ende der Serie.",
        )
    return found


def first_start(rrule: str, start: datetime, *, all_day: bool = False, tzid: str) -> datetime:
    """The first date of a rule at or after a wall time: every second Tuesday begins with the coming one.

    Raises:
        Refusal: there is none.
    """
    whole = with_part(rrule, "INTERVAL", "")
    begin = next_dates(whole, start, tzid, 1, all_day=all_day)[0]
    return next_dates(rrule, begin, tzid, 1, all_day=all_day)[0]
