"""What a date in a query means: a day, a week, a month or a year, as its first and last day."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from ob_buero_tui.rules.folding import fold
from ob_buero_tui.rules.german import MONTHS, date_range, long_date
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.when import parse_day
from ob_buero_tui.rules.workdays import WorkCalendar

_WEEK: Final = re.compile(r"kw\s*(\d{1,2})(?:\s*/?\s*(\d{4}))?")
_MONTH: Final = re.compile(r"([a-z]{3,})\.?(?:\s*(\d{4}))?")
_ISO_MONTH: Final = re.compile(r"(\d{4})-(\d{1,2})")
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_YEAR_NAMED: Final = re.compile(r"\d{4}|\d\.\d{1,2}\.\d{2}$")
_RELATIVE: Final = {"gestern": -1, "vorgestern": -2}
_NAMES: Final = tuple(fold(name) for name in MONTHS)
_WORDS: Final = {"<": "vor", "<=": "bis", ">": "nach", ">=": "ab", "": ""}


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """A stretch of days, both ends included; None is open."""

    first: date | None
    last: date | None
    text: str


def days_meant(value: str, compared: str, today: date, cal: WorkCalendar, *, past: bool = False) -> Days:
    """Say which days a value means.

    Args:
        value: `heute`, `fr`, `1.11.`, `kw48`, `november`, `2026-11`, `2026`, or all that `parse_day` takes.
        compared: `<` before its first day, `<=` up to its last, `>` after its last, `>=` from its first.
        past: Whether what is meant lies behind: „dezember“ is then the last one.

    Raises:
        Refusal: it is no day, or may be several.
    """
    first, last = _stretch(value, today, cal, past)
    shown = long_date(first) if first == last else date_range(first, last)
    if compared in ("<", ">="):
        shown = long_date(first)
    elif compared in ("<=", ">"):
        shown = long_date(last)
    text = f"{_WORDS[compared]} {shown}".strip()
    lowest, highest = date.min, date.max
    if compared == "<":
        return Days(first=None, last=first - timedelta(days=1) if first > lowest else first, text=text)
    if compared == "<=":
        return Days(first=None, last=last, text=text)
    if compared == ">":
        return Days(first=last + timedelta(days=1) if last < highest else last, last=None, text=text)
    return Days(first=first, last=None if compared == ">=" else last, text=text)


def _stretch(value: str, today: date, cal: WorkCalendar, past: bool) -> tuple[date, date]:
    typed = " ".join(fold(value).split())
    if typed in _RELATIVE:
        day = today + timedelta(days=_RELATIVE[typed])
        return day, day
    if _YEAR.fullmatch(typed):
        return date(int(typed), 1, 1), date(int(typed), 12, 31)
    if found := _WEEK.fullmatch(typed):
        return _week(int(found[1]), int(found[2] or 0), today, past)
    if (found := _ISO_MONTH.fullmatch(typed)) and 1 <= int(found[2]) <= 12 and int(found[1]):
        return _month(int(found[1]), int(found[2]))
    if (found := _MONTH.fullmatch(typed)) and (number := _month_number(found[1])):
        return _month(int(found[2] or 0) or _year_of_month(number, today, past), number)
    day = parse_day(value, today, cal, allow_past=True).day
    if past and day > today and not _YEAR_NAMED.search(typed) and re.search(r"\d\.", typed):
        day = _year_before(day)
    return day, day


def _year_before(day: date) -> date:
    return date(day.year - 1, day.month, min(day.day, monthrange(day.year - 1, day.month)[1]))


def _month_number(word: str) -> int:
    """1 to 12 for a month's name or its first three letters or more; 0 for another word."""
    return next((number for number, name in enumerate(_NAMES, 1) if name.startswith(word)), 0)


def _year_of_month(number: int, today: date, past: bool) -> int:
    """The month that is meant without a year: the last one behind, or the one nearest ahead and behind."""
    if past:
        return today.year if number <= today.month else today.year - 1
    ahead = number - today.month
    return today.year + (1 if ahead < -6 else -1 if ahead > 6 else 0)


def _month(year: int, number: int) -> tuple[date, date]:
    if not 1 <= year <= 9999:
        raise Refusal(f"Das Jahr {year} gibt es nicht.")
    return date(year, number, 1), date(year, number, monthrange(year, number)[1])


def _week(week: int, year: int, today: date, past: bool) -> tuple[date, date]:
    this = today.isocalendar()
    if not year:
        ahead = week - this.week
        if past:
            year = this.year if ahead <= 0 else this.year - 1
        else:
            year = this.year + (1 if ahead < -26 else -1 if ahead > 26 else 0)
    try:
        monday = date.fromisocalendar(year, week, 1)
        return monday, monday + timedelta(days=6)
    except (ValueError, OverflowError):
        raise Refusal(f"Das Jahr {year} hat keine KW {week}.", "", "Zum Beispiel: kw48") from None
