"""A rule of RFC 5545 as a German sentence: „jeden 2. Dienstag im Monat bis 30.06.2027, außer 24.12.“."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from dateutil.rrule import DAILY, MONTHLY, WEEKLY, YEARLY

from ob_buero_tui.rules.german import MONTHS, WEEKDAYS, clock, join
from ob_buero_tui.rules.recurrence_rule import Rule, Unsupported, parse_rule

WORKDAYS = (0, 1, 2, 3, 4)
_MOST_EXCEPTIONS = 4
_EVERY = {DAILY: "täglich", WEEKLY: "wöchentlich", MONTHLY: "monatlich", YEARLY: "jährlich"}
_UNITS = {DAILY: "Tage", WEEKLY: "Wochen", MONTHLY: "Monate", YEARLY: "Jahre"}


def series_sentence(
    rrule: str,
    start: datetime,
    *,
    all_day: bool = False,
    tzid: str = "Europe/Berlin",
    exdates: Sequence[date] = (),
    rdates: Sequence[date] = (),
) -> str:
    """How an appointment repeats, in words; "" for one that does not.

    Args:
        rrule: The value of RRULE.
        start: Naive wall time of the first date; it fills in what the rule leaves out.
        exdates: Days or starts that are left out.
        rdates: Days or starts that come beside the rule.
    """
    parts = []
    if rrule:
        try:
            rule = parse_rule(rrule, start, all_day, tzid)
        except Unsupported:
            return "wiederkehrend nach einer Regel, die nicht unterstützt wird"
        parts = [_rule_text(rule, start, all_day) + _end(rule)]
    if rdates:
        parts.append(("auch " if rrule else "zusätzlich ") + _dates(rdates, start))
    if exdates and parts:
        parts.append(f"außer {_dates(exdates, start)}")
    return ", ".join(parts)


def _rule_text(rule: Rule, start: datetime, all_day: bool) -> str:
    parts = {name: list(value) for name, value in rule.parts}
    hours = _hours(parts, start, all_day)
    for name in ("byhour", "byminute", "bysecond"):
        parts.pop(name, None)
    writers = {DAILY: _daily, WEEKLY: _weekly, MONTHLY: _monthly, YEARLY: _yearly}
    text = writers[rule.freq](rule.interval, parts)
    left = [_rest(name, values) for name, values in parts.items() if values]
    return " ".join(part for part in (text, *left, hours) if part)


def _hours(parts: dict[str, list[Any]], start: datetime, all_day: bool) -> str:
    """„um 08:00 und 14:00 Uhr“, where a rule comes at other times than its first date."""
    if all_day:
        return ""
    times = [
        start.replace(hour=hour, minute=minute)
        for hour in sorted(parts.get("byhour", []))
        for minute in sorted(parts.get("byminute", []))
    ]
    if not times or [(one.hour, one.minute) for one in times] == [(start.hour, start.minute)]:
        return ""
    return f"um {join([clock(one) for one in times])} Uhr"


def _step(freq: int, interval: int) -> str:
    return _EVERY[freq] if interval == 1 else f"alle {interval} {_UNITS[freq]}"


def _daily(interval: int, parts: dict[str, list[Any]]) -> str:
    days = _plain_days(parts)
    if days and interval == 1 and not any(parts.get(name) for name in ("bysetpos", "bymonthday")):
        parts["byweekday"] = []
        return _each(days)
    return _step(DAILY, interval)


def _weekly(interval: int, parts: dict[str, list[Any]]) -> str:
    days = _plain_days(parts)
    if not days or parts.get("bysetpos"):
        return _step(WEEKLY, interval)
    parts["byweekday"] = []
    if interval == 1:
        return _each(days)
    return f"{_step(WEEKLY, interval)} am {join([WEEKDAYS[day] for day in days])}"


def _each(days: Sequence[int]) -> str:
    """„jeden Montag und Donnerstag“, „werktags (Mo–Fr)“."""
    if tuple(days) == WORKDAYS:
        return "werktags (Mo–Fr)"
    if len(days) == 7:
        return "täglich"
    return f"jeden {join([WEEKDAYS[day] for day in days])}"


def _monthly(interval: int, parts: dict[str, list[Any]]) -> str:
    nth = _nth(parts)
    if nth:
        return f"jeden {nth} im Monat" if interval == 1 else f"{_step(MONTHLY, interval)} am {nth}"
    days = _month_days(parts)
    return f"{_step(MONTHLY, interval)} am {days}" if days else _step(MONTHLY, interval)


def _yearly(interval: int, parts: dict[str, list[Any]]) -> str:
    step = _step(YEARLY, interval)
    months = [int(month) for month in parts.get("bymonth", [])]
    numbers = parts.get("bymonthday", [])
    plain = not parts.get("byweekday") and not parts.get("bysetpos")
    if len(months) == 1 and len(numbers) == 1 and int(numbers[0]) > 0 and plain:
        parts["bymonth"] = parts["bymonthday"] = []
        return f"{step} am {numbers[0]}.{months[0]:02}."
    nth = _nth(parts) if months else ""
    if nth:
        parts["bymonth"] = []
        return f"{step} am {nth} im {join([MONTHS[month - 1] for month in months])}"
    days = _month_days(parts)
    return f"{step} am {days}" if days else step


def _plain_days(parts: dict[str, list[Any]]) -> list[int]:
    """Weekdays without a number, in their order; [] where one has a number."""
    found = parts.get("byweekday", [])
    if any(getattr(day, "n", None) for day in found):
        return []
    return sorted({day.weekday for day in found})


def _nth(parts: dict[str, list[Any]]) -> str:
    """„2. Dienstag“, „letzten Arbeitstag (Mo–Fr)“; "" where the rule says something else."""
    days, places = parts.get("byweekday", []), parts.get("bysetpos", [])
    if not days or parts.get("bymonthday"):
        return ""
    numbered: list[tuple[Any, int]] = [(getattr(day, "n", None), day.weekday) for day in days]
    if all(number for number, _ in numbered) and not places:
        parts["byweekday"] = []
        return join([f"{_place(number)} {WEEKDAYS[day]}" for number, day in numbered])
    if any(number for number, _ in numbered) or not places:
        return ""
    parts["byweekday"] = parts["bysetpos"] = []
    found = sorted({day for _, day in numbered})
    kind = (
        "Arbeitstag (Mo–Fr)" if tuple(found) == WORKDAYS else join([WEEKDAYS[day] for day in found], "oder")
    )
    return join([f"{_place(int(place))} {kind}" for place in places])


def _place(number: int) -> str:
    if number == -1:
        return "letzten"
    return f"{number}." if number > 0 else f"{-number}.-letzten"


def _month_days(parts: dict[str, list[Any]]) -> str:
    """„15.“, „1. und 15.“, „letzten Tag“."""
    if parts.get("byweekday") or parts.get("bysetpos"):
        return ""
    numbers = [int(day) for day in parts.get("bymonthday", [])]
    parts["bymonthday"] = []
    names = [f"{day}." if day > 0 else f"{_place(day)} Tag des Monats" for day in numbers]
    return join(names)


def _rest(name: str, values: Sequence[Any]) -> str:
    """A part of a rule that its step does not tell, in plain words."""
    if name == "bymonth":
        return f"im {join([MONTHS[int(month) - 1] for month in values])}"
    if name == "byweekday":
        shown = [
            (f"{_place(day.n)} " if getattr(day, "n", None) else "") + WEEKDAYS[day.weekday] for day in values
        ]
        return f"am {join(shown, 'oder')}"
    numbers = [int(value) for value in values]
    if name == "bymonthday":
        return f"(wenn es der {join([_place(day) for day in numbers], 'oder')} des Monats ist)"
    if name == "byweekno":
        return f"in KW {join([str(week) if week > 0 else f'{-week} vor Jahresende' for week in numbers])}"
    if name == "byyearday":
        return f"am {join([_place(day) for day in numbers])} Tag des Jahres"
    return f"davon jeweils der {join([_place(place) for place in numbers])}"


def _end(rule: Rule) -> str:
    if rule.count is not None:
        return f", {rule.count}-mal"
    if rule.until is not None:
        return f" bis {rule.until.day}.{rule.until.month:02}.{rule.until.year}"
    return ""


def _dates(found: Sequence[date], start: datetime) -> str:
    """„24.12. und 31.12.“; many are only counted."""
    days = sorted({one.date() if isinstance(one, datetime) else one for one in found})
    if len(days) > _MOST_EXCEPTIONS:
        return f"an {len(days)} Tagen"
    same = {day.year for day in days} == {start.year}
    return join([f"{day.day}.{day.month:02}." + ("" if same else str(day.year)) for day in days])
