"""Recurrence rules (RRULE): read, checked, and evaluated inside a window without ever running away."""

# Wall times are naive by design (a rule repeats on the clock on the wall).
# ruff: noqa: DTZ001

from __future__ import annotations

import re
from calendar import isleap
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Any

from dateutil.rrule import DAILY, MONTHLY, WEEKLY, YEARLY, rrule, weekday

from ob_buero_tui.rules import limits
from ob_buero_tui.rules.zones import to_local

MAX_INTERVAL = limits.RULE_INTERVAL
MAX_COUNT = limits.RULE_COUNT
# Periods a rule may look at, and starts it may produce, before it counts as running away.
MAX_STEPS = limits.RULE_STEPS
MAX_STARTS = limits.RULE_STARTS
_MAX_TEXT = limits.RULE_TEXT
_MAX_TIMES_A_DAY = limits.RULE_TIMES_A_DAY
_MAX_SETPOS = limits.RULE_SETPOS

_FREQUENCIES = {"DAILY": DAILY, "WEEKLY": WEEKLY, "MONTHLY": MONTHLY, "YEARLY": YEARLY}
_SHORTEST_PERIOD = {DAILY: 1, WEEKLY: 7, MONTHLY: 28, YEARLY: 365}
_WEEKDAYS = {name: weekday(index) for index, name in enumerate(("MO", "TU", "WE", "TH", "FR", "SA", "SU"))}
_BYDAY = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)")
_UNTIL = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z?))?")
# Part -> (lowest, highest, negative values allowed); RFC 5545, section 3.3.10.
_NUMBERS = {
    "BYMONTH": (1, 12, False),
    "BYMONTHDAY": (1, 31, True),
    "BYYEARDAY": (1, 366, True),
    "BYWEEKNO": (1, 53, True),
    "BYSETPOS": (1, 366, True),
    "BYHOUR": (0, 23, False),
    "BYMINUTE": (0, 59, False),
    "BYSECOND": (0, 59, False),
}
_DAY_PARTS = ("BYWEEKNO", "BYYEARDAY", "BYMONTHDAY", "BYDAY")


class Unsupported(Exception):
    """A rule that is not expanded; its text is the reason, a German clause without a full stop."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A checked rule whose implicit parts are spelled out, so that it means the same from any later period.

    Args:
        freq: One of dateutil's DAILY, WEEKLY, MONTHLY, YEARLY.
        interval: Periods from one to the next, 1 to 1000.
        count: Number of starts, or None.
        until: Last possible start, naive wall time, inclusive; or None.
        wkst: First day of the week, 0 is Monday.
        parts: The BY parts under dateutil's names.
    """

    freq: int
    interval: int
    count: int | None
    until: datetime | None
    wkst: int
    parts: tuple[tuple[str, tuple[int, ...] | tuple[weekday, ...]], ...]


@lru_cache(maxsize=4096)
def parse_rule(text: str, dtstart: datetime, all_day: bool, tzid: str) -> Rule:
    """Read and check the value of an RRULE.

    Args:
        text: The value, such as "FREQ=WEEKLY;BYDAY=MO".
        dtstart: Naive wall time of the first date; it fills in what the rule leaves out.
        all_day: Whether the series has dates without a time.
        tzid: Zone of dtstart; an UNTIL in UTC is turned into its wall time.

    Raises:
        Unsupported: The rule is wrong or would run away.
    """
    fields = _fields(text)
    freq = _FREQUENCIES.get(fields.pop("FREQ", ""))
    if freq is None:
        raise Unsupported("wiederkehren kann ein Termin nur täglich, wöchentlich, monatlich oder jährlich")
    interval = _bounded(fields.pop("INTERVAL", "1"), MAX_INTERVAL, "der Abstand (INTERVAL)")
    count_text = fields.pop("COUNT", None)
    count = None if count_text is None else _bounded(count_text, MAX_COUNT, "die Anzahl (COUNT)")
    until_text = fields.pop("UNTIL", None)
    until = None if until_text is None else _until(until_text, all_day, tzid)
    wkst = _WEEKDAYS.get(fields.pop("WKST", "MO"))
    if wkst is None:
        raise Unsupported("der Wochenanfang (WKST) ist nicht lesbar")
    parts = _by_parts(fields)
    _spell_out(parts, freq, dtstart, all_day)
    return Rule(
        freq=freq,
        interval=interval,
        count=count,
        until=until,
        wkst=wkst.weekday,
        parts=tuple((name.lower() if name != "BYDAY" else "byweekday", part) for name, part in parts.items()),
    )


def rule_starts(rule: Rule, dtstart: datetime, first: datetime, last: datetime) -> Iterator[datetime]:
    """Yield the naive starts of a rule from first to last (both included), in order.

    dateutil searches on to the year 9999 when a rule never matches again (30 February) and cannot be told to
    stop. The calendar repeats, so the rule is evaluated in the last years before 9999 that look exactly the
    same: there the search ends by itself.

    Raises:
        Unsupported: Too many steps would be needed.
    """
    if rule.until is not None:
        last = min(last, rule.until)
    if last < dtstart or last < first:
        return
    anchor = dtstart if rule.count is not None else _jump(rule, dtstart, first)
    years = _years_to_the_end(anchor.year, last.year)
    begin = anchor.replace(year=anchor.year + years)
    steps = (date.max - begin.date()).days // (_SHORTEST_PERIOD[rule.freq] * rule.interval)
    if steps > MAX_STEPS:
        raise Unsupported("bis zum gesuchten Zeitraum wären es zu viele Rechenschritte")
    arguments: dict[str, Any] = dict(rule.parts)
    arguments.update(freq=rule.freq, interval=rule.interval, wkst=rule.wkst, count=rule.count)
    moved = rrule(dtstart=begin, **arguments)
    end = last.replace(year=last.year + years)
    for number, start in enumerate(moved):
        if start > end:
            return
        if number >= MAX_STARTS:
            raise Unsupported("bis zum gesuchten Zeitraum wären es zu viele Rechenschritte")
        found = start.replace(year=start.year - years)
        if found >= first:
            yield found


def _fields(text: str) -> dict[str, str]:
    """Split a rule into its parts."""
    if len(text) > _MAX_TEXT:
        raise Unsupported("sie ist zu lang")
    fields: dict[str, str] = {}
    for item in text.upper().removeprefix("RRULE:").split(";"):
        if not item.strip():
            continue
        name, equals, value = (part.strip() for part in item.partition("="))
        if not equals or name in fields:
            raise Unsupported(f"der Teil „{item}“ ist nicht lesbar")
        fields[name] = value
    return fields


def _bounded(text: str, highest: int, what: str) -> int:
    """Read a whole number from 1 to highest."""
    if not re.fullmatch(r"\+?[0-9]{1,9}", text) or not 1 <= int(text) <= highest:
        raise Unsupported(f"{what} muss zwischen 1 und {highest:,} liegen".replace(",", "."))
    return int(text)


def _until(text: str, all_day: bool, tzid: str) -> datetime:
    """Read UNTIL as the last possible wall time: a date means its whole day, a time in UTC is converted."""
    match = _UNTIL.fullmatch(text)
    if match is None:
        raise Unsupported("das Ende (UNTIL) ist nicht lesbar")
    year, month, day, hour, minute, second, utc = match.groups()
    try:
        if hour is None:
            return datetime.combine(date(int(year), int(month), int(day)), time.max)
        until = datetime(int(year), int(month), int(day), int(hour), int(minute), int(second))
        if utc:
            until = to_local(until.replace(tzinfo=UTC), tzid)[0]
    except (ValueError, OverflowError):
        raise Unsupported("das Ende (UNTIL) ist nicht lesbar") from None
    return datetime.combine(until.date(), time.max) if all_day else until


def _by_parts(fields: dict[str, str]) -> dict[str, tuple[int, ...] | tuple[weekday, ...]]:
    """Read the BY parts; anything else that is left in the fields is refused."""
    parts: dict[str, tuple[int, ...] | tuple[weekday, ...]] = {}
    for name, value in fields.items():
        if name == "BYDAY":
            parts[name] = tuple(_by_day(item.strip()) for item in value.split(","))
        elif name in _NUMBERS:
            parts[name] = tuple(dict.fromkeys(_number(name, item.strip()) for item in value.split(",")))
        else:
            raise Unsupported(f"der Teil „{name}“ ist nicht bekannt")
    times = 1
    for name in ("BYHOUR", "BYMINUTE", "BYSECOND"):
        times *= len(parts.get(name, (0,)))
    if times > _MAX_TIMES_A_DAY or len(parts.get("BYSETPOS", ())) > _MAX_SETPOS:
        raise Unsupported("sie nennt zu viele Uhrzeiten oder Stellen")
    return parts


def _number(name: str, text: str) -> int:
    """Read one number of a BY part."""
    lowest, highest, negative = _NUMBERS[name]
    if re.fullmatch(r"[+-]?[0-9]{1,3}", text):
        number = int(text)
        if lowest <= (abs(number) if negative else number) <= highest:
            return number
    raise Unsupported(f"der Wert „{text}“ von {name} ist nicht lesbar")


def _by_day(text: str) -> weekday:
    """Read one value of BYDAY, such as "MO" or "-1FR"."""
    match = _BYDAY.fullmatch(text)
    if match is None:
        raise Unsupported(f"der Wert „{text}“ von BYDAY ist nicht lesbar")
    number, name = match.groups()
    if number is None:
        return _WEEKDAYS[name]
    if not 1 <= abs(int(number)) <= 53:
        raise Unsupported(f"der Wert „{text}“ von BYDAY ist nicht lesbar")
    return _WEEKDAYS[name](int(number))


def _spell_out(
    parts: dict[str, tuple[int, ...] | tuple[weekday, ...]], freq: int, dtstart: datetime, all_day: bool
) -> None:
    """Add what the first date says and the rule does not, so that the rule can start at a later period."""
    if not any(name in parts for name in _DAY_PARTS):
        if freq == YEARLY:
            parts.setdefault("BYMONTH", (dtstart.month,))
        if freq in (YEARLY, MONTHLY):
            parts["BYMONTHDAY"] = (dtstart.day,)
        elif freq == WEEKLY:
            parts["BYDAY"] = (weekday(dtstart.weekday()),)
    if all_day:
        for name in ("BYHOUR", "BYMINUTE", "BYSECOND"):
            parts.pop(name, None)
    parts.setdefault("BYHOUR", (dtstart.hour,))
    parts.setdefault("BYMINUTE", (dtstart.minute,))
    parts.setdefault("BYSECOND", (dtstart.second,))


def _jump(rule: Rule, dtstart: datetime, first: datetime) -> datetime:
    """Return the start of the last period at or before first in which the rule is active, or dtstart.

    Whole periods are skipped, counted from the period of dtstart, so BYSETPOS and INTERVAL stay exact. A rule
    with COUNT must not be moved: it has to count.
    """
    if first <= dtstart:
        return dtstart
    begin, target = dtstart.date(), first.date()
    if rule.freq in (DAILY, WEEKLY):
        length = 1 if rule.freq == DAILY else 7
        if rule.freq == WEEKLY:
            begin -= timedelta(days=(begin.weekday() - rule.wkst) % 7)
        periods = (target - begin).days // length // rule.interval * rule.interval
        there = begin + timedelta(days=periods * length)
    else:
        length = 1 if rule.freq == MONTHLY else 12
        behind = (target.year - begin.year) * 12 + target.month - begin.month
        if rule.freq == YEARLY:
            behind = (target.year - begin.year) * 12
        periods = behind // length // rule.interval * rule.interval
        month = begin.month - 1 + periods * length if rule.freq == MONTHLY else periods * length
        there = date(begin.year + month // 12, month % 12 + 1, 1)
    return datetime.combine(there, time.min) if periods > 0 else dtstart


@lru_cache(maxsize=512)
def _years_to_the_end(first: int, last: int) -> int:
    """Return the largest shift in years that keeps weekdays and leap years of all years from first to last.

    The neighbouring years count too, because week numbers depend on them.
    """
    years = range(max(first - 1, date.min.year), min(last + 1, date.max.year) + 1)
    for shift in range(date.max.year - last - 1, 0, -1):
        if all(_kind_of_year(year) == _kind_of_year(year + shift) for year in years):
            return shift
    return 0


@lru_cache(maxsize=16384)
def _kind_of_year(year: int) -> tuple[int, bool]:
    """Return what decides the calendar of a year: the weekday of 1 January and whether it is a leap year."""
    return date(year, 1, 1).weekday(), isleap(year)
