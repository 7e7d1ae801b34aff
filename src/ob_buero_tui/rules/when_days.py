"""Days as they are written: dates, weekdays, heute and morgen."""

from __future__ import annotations

import re
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from ob_buero_tui.rules.german import WEEKDAYS, long_date
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.when_values import Asked, Reading
from ob_buero_tui.rules.when_words import (
    DAY_EXAMPLES,
    month_of,
    ordinal_of,
    weekday_of,
)

Readings = tuple[Reading, ...]
# A date without a year means the turn of the year only when it is nearer than half a year.
HALF_YEAR = timedelta(days=183)
_ONE_DAY = timedelta(days=1)
_RELATIVE = {"vorgestern": -2, "gestern": -1, "heute": 0, "morgen": 1, "uebermorgen": 2}
_NUMERIC = re.compile(
    r"(\d{1,2})\.(?:(\d{1,2})(?:\.(\d{4}|\d{2})?)?|\s(\d{1,2})\.?(?:\s(\d{4}|\d{2}))?)"
    r"|(\d{1,2})\.(\d{1,2})\. (\d{4})"
)
_NAMED = re.compile(r"(\S+) ([a-z]{3,9}\.?)(?: (\d{4}|2[4-9]|[3-9]\d))?")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_ONLY_DAY = re.compile(r"(\d{1,2})\.")
_WEEKDAY = re.compile(r"([a-z]+\.?)")
_NEXT = re.compile(r"(naechst|uebernaechst|kommend|dies|letzt|vorig)(?:er|en|es|e) ([a-z]+\.?)")
_DATED = re.compile(r"([a-z]+\.?)(?: den)? (\d\S*(?: \S+)*)")


def read_relative(asked: Asked, typed: str) -> Readings | None:
    if typed not in _RELATIVE:
        return None
    how = typed.replace("ueb", "üb")
    return (Reading(day=asked.today + timedelta(days=_RELATIVE[typed]), how=how),)


def read_iso(asked: Asked, typed: str) -> Readings | None:
    match = _ISO.fullmatch(typed)
    return (_exact(asked, int(match[1]), int(match[2]), int(match[3])),) if match else None


def read_numeric(asked: Asked, typed: str) -> Readings | None:
    """`24.12.`, `24.12`, `24. 12.`, `24.12.26`, `24. 12. 2026`."""
    match = _NUMERIC.fullmatch(typed)
    if match is None:
        return None
    day, month = int(match[1] or match[6]), int(match[2] or match[4] or match[7])
    year = match[3] or match[5] or match[8]
    if not year and not typed.endswith(".") and month > 12:
        return None  # 14.30 is a time of day
    return dated(asked, day, month, year)


def read_named_month(asked: Asked, typed: str) -> Readings | None:
    """`24. Dezember`, `24. Dez. 2026`, `ersten Dezember`."""
    match = _NAMED.fullmatch(typed)
    month = month_of(match[2]) if match else None
    day = ordinal_of(match[1]) if match else None
    if match is None or month is None or day is None:
        return None
    return dated(asked, day, month, match[3])


def dated(asked: Asked, day: int, month: int, year: str | None) -> Readings:
    """Day and month with or without a year; far from now the year is asked for.

    Raises:
        Refusal: the calendar has no such day.
    """
    if year:
        return (_exact(asked, int(year) + (2000 if len(year) == 2 else 0), month, day),)
    this_year = _exact(asked, asked.today.year, month, day, or_in_leap_year=True)
    if this_year.day >= asked.today or asked.past:
        return (this_year,)
    next_year = _exact(asked, asked.today.year + 1, month, day, or_in_leap_year=True)
    return (coming(asked, this_year, next_year),)


def coming(asked: Asked, gone: Reading, following: Reading) -> Reading:
    """The following one of two days a year apart; asked about when it is farther than half a year."""
    if following.day - asked.today <= HALF_YEAR:
        return following
    doubt = f"{long_date(gone.day)} liegt in der Vergangenheit."
    return Reading(day=following.day, how=following.how, exact=following.exact, doubt=doubt)


def _exact(asked: Asked, year: int, month: int, day: int, *, or_in_leap_year: bool = False) -> Reading:
    try:
        return Reading(day=date(year, month, day), exact=True)
    except ValueError:
        what = f"{asked.shown} gibt es nicht."
        if or_in_leap_year and (month, day) == (2, 29):
            why = f"Der 29.2. fehlt im Jahr {year}."
            raise Refusal(what, why, "Bitte das Datum mit Jahr angeben.") from None
        raise Refusal(what, "Der Kalender hat diesen Tag nicht.", DAY_EXAMPLES) from None


def read_only_day(asked: Asked, typed: str) -> Readings | None:
    """`24.` names no month: this one or the next is asked."""
    match = _ONLY_DAY.fullmatch(typed)
    if match is None:
        return None
    found: list[Reading] = []
    first = asked.today.replace(day=1)
    for month in range(13):
        begin = first + relativedelta(months=month)
        try:
            day = begin.replace(day=int(match[1]))
        except ValueError:
            continue
        if day >= asked.today and len(found) < 2:
            found.append(Reading(day=day, exact=True, doubt="Der Monat fehlt."))
    if not found:
        raise Refusal(f"{asked.shown} gibt es nicht.", "Kein Monat hat diesen Tag.", DAY_EXAMPLES)
    return tuple(found)


def read_weekday(asked: Asked, typed: str) -> Readings | None:
    """`fr`, `Sonnabend`: the coming one; on such a day today or in a week is asked."""
    match = _WEEKDAY.fullmatch(typed)
    index = weekday_of(match[1]) if match else None
    if index is None:
        return None
    if index != asked.today.weekday():
        return (Reading(day=following(asked.today, index)),)
    if asked.past:
        return (Reading(day=asked.today, how="heute"),)
    doubt = f"Heute ist {WEEKDAYS[index]}."
    week = Reading(day=asked.today + timedelta(days=7), how="in einer Woche", doubt=doubt)
    return (Reading(day=asked.today, how="heute", doubt=doubt), week)


def following(today: date, weekday: int) -> date:
    """Return the first such weekday after today."""
    return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)


def read_next(asked: Asked, typed: str) -> Readings | None:
    """`nächsten Dienstag` may be the coming one or that of the next week; `kommenden` is the coming one."""
    match = _NEXT.fullmatch(typed)
    index = weekday_of(match[2]) if match else None
    if match is None or index is None:
        return None
    first = following(asked.today, index)
    if match[1] == "kommend":
        return (Reading(day=first),)
    if match[1] == "dies":
        monday = asked.today - timedelta(days=asked.today.weekday())
        return (Reading(day=monday + timedelta(days=index), how=f"{WEEKDAYS[index]} dieser Woche"),)
    if match[1] in ("letzt", "vorig"):
        return (Reading(day=first - timedelta(days=14 if index == asked.today.weekday() else 7)),)
    later = 0 if match[1] == "naechst" else 7
    days = [first + timedelta(days=later + plus) for plus in (0, 7)]
    doubt = "Gemeint sein kann der kommende oder der in der Woche danach."
    return tuple(Reading(day=day, doubt=doubt) for day in days)


def read_dated(asked: Asked, typed: str) -> Readings | None:
    """`Mi 25.11.2026`: weekday and date must agree, otherwise both are asked."""
    match = _DATED.fullmatch(typed)
    index = weekday_of(match[1]) if match else None
    if match is None or index is None:
        return None
    found = read_iso(asked, match[2]) or read_numeric(asked, match[2]) or read_named_month(asked, match[2])
    if found is None or found[0].day.weekday() == index:
        return found
    day = found[0].day
    doubt = f"{long_date(day)} ist kein {WEEKDAYS[index]}."
    near = min((day + timedelta(days=plus) for plus in range(-3, 4)), key=lambda one: one.weekday() != index)
    return tuple(Reading(day=one, exact=True, doubt=doubt) for one in (day, near))
