"""Beginning, middle and end of weeks, months and years: „Ende des Monats“, „Mitte Dezember“, „Wochenende“."""

from __future__ import annotations

import re
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from ob_buero_tui.rules.german import MONTHS, iso_week
from ob_buero_tui.rules.when_days import coming
from ob_buero_tui.rules.when_values import Asked, Reading
from ob_buero_tui.rules.when_weeks import read_week
from ob_buero_tui.rules.when_words import month_of

_PART = re.compile(r"(anfang|beginn|mitte|ende) (?:(?:des|der|vom|von|im) )?(.+)")
_SHORT = re.compile(r"(wochen|monats|quartals|jahres)(anfang|mitte|ende)")
_MONTH = re.compile(r"(?:monats )?([a-z]{3,9})\.?(?: (\d{4}))?")
_NEXT = {"dieses": 0, "naechsten": 1, "kommenden": 1, "uebernaechsten": 2}
_LONG = re.compile(r"(?:(dieses|naechsten|kommenden|uebernaechsten) )?(monats|monat|quartals|jahres|jahr)")
_WEEK = re.compile(r"(?:(diese|dieser|naechste|naechster|kommende|kommender) )?woche|kw.+")
_MONTHS = {"monat": 1, "quartal": 3, "jahr": 12}


def read_period(asked: Asked, typed: str) -> tuple[Reading, ...] | None:
    """Read a part of a period as one day; the weekend is two.

    Args:
        typed: The folded phrase.
    """
    if typed in ("wochenende", "kommendes wochenende", "kommenden wochenende"):
        saturday = asked.today + timedelta(days=(5 - asked.today.weekday()) % 7)
        doubt = "Das sind zwei Tage."
        return tuple(Reading(day=saturday + timedelta(days=plus), doubt=doubt) for plus in (0, 1))
    if typed == "ultimo":
        typed = "ende des monats"
    if match := _SHORT.fullmatch(typed):
        whole = "woche" if match[1] == "wochen" else match[1]
        typed = f"{match[2]} {whole}"
    match = _PART.fullmatch(typed)
    if match is None:
        return None
    part = "anfang" if match[1] == "beginn" else match[1]
    if _WEEK.fullmatch(match[2]):
        return _of_week(asked, part, match[2])
    if long := _LONG.fullmatch(match[2]):
        return _of_long(asked, part, long)
    return _of_month(asked, part, match[2])


def _of_week(asked: Asked, part: str, which: str) -> tuple[Reading, ...] | None:
    """Monday, Wednesday or Friday: the week of the office."""
    index = {"anfang": 0, "mitte": 2, "ende": 4}[part]
    if which in ("woche", "diese woche", "dieser woche"):
        weeks = (Reading(day=asked.today - timedelta(days=asked.today.weekday())),)
    else:
        found = read_week(asked, which)
        if found is None:
            return None
        weeks = (found[0],)
    day = weeks[0].day + timedelta(days=index)
    name = ("Montag", "", "Mittwoch", "", "Freitag")[index]
    if day < asked.today and not asked.past and which == "woche":
        doubt = f"{name} dieser Woche ist vorbei."
        return (
            Reading(
                day=day + timedelta(days=7),
                how=f"{name} der KW {iso_week(day + timedelta(days=7))}",
                doubt=doubt,
            ),
        )
    return (Reading(day=day, how=f"{name} der KW {iso_week(day)}", doubt=weeks[0].doubt),)


def _of_long(asked: Asked, part: str, match: re.Match[str]) -> tuple[Reading, ...]:
    """A part of a month, a quarter or a year."""
    word = match[2].removesuffix("s") if match[2] != "jahres" else "jahr"
    months, plus = _MONTHS[word], _NEXT.get(match[1] or "", 0)
    first = asked.today.replace(day=1)
    first -= relativedelta(months=(first.month - 1) % months)
    first += relativedelta(months=months * plus)
    day = _in(part, first, months)
    if day >= asked.today or asked.past or match[1]:
        return (_reading(part, day, months),)
    later = _in(part, first + relativedelta(months=months), months)
    doubt = f"{_how(part, day, months)} liegt in der Vergangenheit."
    return (Reading(day=later, how=_how(part, later, months), doubt=doubt),)


def _of_month(asked: Asked, part: str, which: str) -> tuple[Reading, ...] | None:
    match = _MONTH.fullmatch(which)
    month = month_of(match[1]) if match else None
    if match is None or month is None:
        return None
    year = int(match[2]) if match[2] else asked.today.year
    found = _reading(part, _in(part, date(year, month, 1), 1), 1)
    if match[2] or found.day >= asked.today or asked.past:
        return (found,)
    later = _reading(part, _in(part, date(year + 1, month, 1), 1), 1)
    return (coming(asked, found, later),)


def _in(part: str, first: date, months: int) -> date:
    """First, middle (the 15th of the middle month) or last day."""
    if part == "anfang":
        return first
    if part == "ende":
        return first + relativedelta(months=months) - timedelta(days=1)
    return first + relativedelta(months=months // 2) + timedelta(days=14 if months % 2 else 0)


def _reading(part: str, day: date, months: int) -> Reading:
    return Reading(day=day, how=_how(part, day, months))


def _how(part: str, day: date, months: int) -> str:
    words = {"anfang": "Anfang", "mitte": "Mitte", "ende": "Ende"}[part]
    if months == 12:
        return f"{words} {day.year}"
    if months == 3:
        return f"{words} des {(day.month + 2) // 3}. Quartals {day.year}"
    return f"{words} {MONTHS[day.month - 1]} {day.year}"
