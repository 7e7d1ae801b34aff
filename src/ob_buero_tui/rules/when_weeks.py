"""Kalenderwochen: „kw48“, „kw50 di“, „Montag der KW 2“, „nächste Woche Freitag“."""

from __future__ import annotations

import re
from datetime import date, timedelta

from ob_buero_tui.rules.german import WEEKDAYS, iso_week
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.when_values import Asked, Reading
from ob_buero_tui.rules.when_words import DAY_EXAMPLES, weekday_of

_KW = r"kw\s*(\d{1,2})(?:\s*/\s*(\d{4}|\d{2})|\s+(\d{4}))?"
_WEEK = re.compile(rf"{_KW}(?: ([a-z]+\.?))?")
_DAY_FIRST = re.compile(rf"([a-z]+\.?)(?: (?:in )?der)? {_KW}")
_WORDS = {"diese": 0, "dieser": 0, "naechste": 7, "naechster": 7, "kommende": 7, "kommender": 7,
          "uebernaechste": 14, "uebernaechster": 14}  # fmt: skip
_NAMED = re.compile(r"(?:in (?:der )?)?(\w+) woche(?: (?:am )?([a-z]+\.?))?")
_NAMED_LAST = re.compile(r"([a-z]+\.?)(?: in)?(?: der)? (\w+) woche")
_HALF_YEAR = timedelta(days=183)


def read_week(asked: Asked, typed: str) -> tuple[Reading, ...] | None:
    """Read a week with or without a weekday; without one it is its Monday.

    Args:
        typed: The folded phrase.

    Raises:
        Refusal: the year has no such week.
    """
    if match := _WEEK.fullmatch(typed):
        return _number(asked, int(match[1]), match[2] or match[3], match[4])
    if match := _DAY_FIRST.fullmatch(typed):
        return _number(asked, int(match[2]), match[3] or match[4], match[1])
    match, word, name = _NAMED.fullmatch(typed), "", ""
    if match:
        word, name = match[1], match[2] or ""
    elif match := _NAMED_LAST.fullmatch(typed):
        word, name = match[2], match[1]
    index = weekday_of(name) if name else 0
    if match is None or word not in _WORDS or index is None or (word.startswith("dies") and not name):
        return None
    day = asked.today + timedelta(days=_WORDS[word] + index - asked.today.weekday())
    return (Reading(day=day, how=f"{WEEKDAYS[index]} der KW {iso_week(day)}"),)


def _number(asked: Asked, week: int, year: str | None, name: str | None) -> tuple[Reading, ...] | None:
    index = weekday_of(name) if name else 0
    if index is None:
        return None
    how = f"{WEEKDAYS[index]} der KW {week}"
    plus = timedelta(days=index)
    if year:
        wanted = int(year) + (2000 if len(year) == 2 else 0)
        return (Reading(day=_monday(wanted, week, asked.shown) + plus, how=how),)
    this_year = asked.today.isocalendar().year
    day = _monday(this_year, week, asked.shown) + plus
    if not name and iso_week(asked.today) == week and not asked.past:
        # Its Monday is over: what is meant is what is left of this week.
        return (Reading(day=max(day, asked.today), how=f"in dieser Woche, KW {week}"),)
    if day >= asked.today or asked.past or iso_week(asked.today) == week:
        return (Reading(day=day, how=how),)
    coming = _monday(this_year + 1, week, asked.shown) + plus
    doubt = (
        f"Die KW {week} dieses Jahres liegt in der Vergangenheit."
        if coming - asked.today > _HALF_YEAR
        else ""
    )
    return (Reading(day=coming, how=how, doubt=doubt),)


def _monday(year: int, week: int, shown: str) -> date:
    try:
        return date.fromisocalendar(year, week, 1)
    except ValueError:
        why = f"Das Jahr {year} hat keine KW {week}."
        raise Refusal(f"{shown} gibt es nicht.", why, DAY_EXAMPLES) from None
