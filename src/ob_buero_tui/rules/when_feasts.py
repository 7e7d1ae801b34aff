"""Days that have a name: feasts, days of remembrance, and what the office's calendar calls closed."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from ob_buero_tui.rules.when_values import Asked, Reading
from ob_buero_tui.rules.when_words import fold, ordinal_of

_FIXED = {
    "neujahr": (1, 1), "neujahrstag": (1, 1), "heilige drei koenige": (1, 6), "dreikoenig": (1, 6),
    "dreikoenigstag": (1, 6), "valentinstag": (2, 14), "frauentag": (3, 8), "weltfrauentag": (3, 8),
    "tag der arbeit": (5, 1), "maifeiertag": (5, 1), "mariae himmelfahrt": (8, 15), "weltkindertag": (9, 20),
    "tag der deutschen einheit": (10, 3), "tag der einheit": (10, 3), "reformationstag": (10, 31),
    "allerheiligen": (11, 1), "allerseelen": (11, 2), "martinstag": (11, 11), "st. martin": (11, 11),
    "sankt martin": (11, 11), "tag des ehrenamts": (12, 5), "nikolaus": (12, 6), "nikolaustag": (12, 6),
    "heiligabend": (12, 24), "heiliger abend": (12, 24), "1. weihnachtstag": (12, 25),
    "1. weihnachtsfeiertag": (12, 25), "2. weihnachtstag": (12, 26), "2. weihnachtsfeiertag": (12, 26),
    "silvester": (12, 31), "sylvester": (12, 31),
}  # fmt: skip
# Days after Easter Sunday (Gregorian computus).
_EASTER = {
    "weiberfastnacht": -52, "altweiber": -52, "rosenmontag": -48, "fastnacht": -47, "fastnachtsdienstag": -47,
    "veilchendienstag": -47, "faschingsdienstag": -47, "aschermittwoch": -46, "palmsonntag": -7,
    "gruendonnerstag": -3, "karfreitag": -2, "karsamstag": -1, "ostersamstag": -1, "ostersonntag": 0,
    "ostermontag": 1, "weisser sonntag": 7, "christi himmelfahrt": 39, "himmelfahrt": 39,
    "himmelfahrtstag": 39, "vatertag": 39, "pfingstsonntag": 49, "pfingstmontag": 50, "fronleichnam": 60,
}  # fmt: skip
# Days before the first Sunday of Advent.
_ADVENT = {
    "volkstrauertag": -14, "buss- und bettag": -11, "buss und bettag": -11, "totensonntag": -7,
    "ewigkeitssonntag": -7,
}  # fmt: skip
# Which Sunday of which month.
_SUNDAYS = {
    "muttertag": (5, 2),
    "tag des offenen denkmals": (9, 2),
    "erntedank": (10, 1),
    "erntedankfest": (10, 1),
}
_TWO_DAYS = {
    "ostern": ("ostersonntag", "ostermontag"),
    "pfingsten": ("pfingstsonntag", "pfingstmontag"),
    "weihnachten": ("1. weihnachtstag", "2. weihnachtstag"),
}
_YEAR = re.compile(r"(.+?) (\d{4})")
_NTH = re.compile(r"(\S+) (advent|adventssonntag|weihnachtstag|weihnachtsfeiertag)")
_TITLES = {
    "buss- und bettag": "Buß- und Bettag", "weisser sonntag": "Weißer Sonntag", "st. martin": "St. Martin",
    "gruendonnerstag": "Gründonnerstag", "heilige drei koenige": "Heilige Drei Könige",
    "dreikoenig": "Dreikönig", "mariae himmelfahrt": "Mariä Himmelfahrt",
    "buss und bettag": "Buß- und Bettag",
    "tag der deutschen einheit": "Tag der Deutschen Einheit", "tag der arbeit": "Tag der Arbeit",
    "tag des ehrenamts": "Tag des Ehrenamts", "tag der einheit": "Tag der Deutschen Einheit",
    "tag des offenen denkmals": "Tag des offenen Denkmals", "dreikoenigstag": "Dreikönigstag",
}  # fmt: skip


def read_feast(asked: Asked, typed: str) -> tuple[Reading, ...] | None:
    """Read „2. Advent“, „Heiligabend“, „Ostermontag 2028“; a feast of two days gives both.

    Args:
        typed: The folded phrase.
    """
    year = 0
    if match := _YEAR.fullmatch(typed):
        typed, year = match[1], int(match[2])
    if not year and (named := _in_calendar(asked, typed)):
        return named
    names = _TWO_DAYS.get(typed, (_nth(typed),))
    doubt = "Das sind zwei Tage." if len(names) > 1 else ""
    found: list[Reading] = []
    for name in names:
        on = _rule(name)
        if on is None:
            return None
        first = on(year or asked.today.year)
        if not year and first < asked.today and not asked.past:
            first = on(asked.today.year + 1)
        found.append(Reading(day=first, how=_title(name), exact=True, doubt=doubt))
    return tuple(found)


def first_advent(year: int) -> date:
    """The fourth Sunday before Christmas Day."""
    fourth = date(year, 12, 24)
    return fourth - timedelta(days=(fourth.weekday() + 1) % 7 + 21)


def _nth(typed: str) -> str:
    """Write „zweiter Advent“ as „2. advent“."""
    match = _NTH.fullmatch(typed)
    number = ordinal_of(match[1]) if match else None
    return f"{number}. {match[2].replace('ssonntag', '')}" if match and number else typed


def _rule(name: str) -> Callable[[int], date] | None:
    """The day of a named feast as a function of the year."""
    if name in _FIXED:
        month, day = _FIXED[name]
        return lambda year: date(year, month, day)
    if name in _EASTER:
        return lambda year: _easter(year) + timedelta(days=_EASTER[name])
    if name in _ADVENT:
        return lambda year: first_advent(year) + timedelta(days=_ADVENT[name])
    if name in _SUNDAYS:
        month, which = _SUNDAYS[name]
        return lambda year: _sunday(year, month, which)
    if name.endswith(". advent") and name[:-8] in ("1", "2", "3", "4"):
        return lambda year: first_advent(year) + timedelta(weeks=int(name[0]) - 1)
    return None


def _easter(year: int) -> date:
    from dateutil.easter import easter

    return easter(year)


def _sunday(year: int, month: int, which: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(6 - first.weekday()) % 7 + 7 * (which - 1))


def _in_calendar(asked: Asked, typed: str) -> tuple[Reading, ...]:
    """The coming day that the office's calendar calls so: local feasts and closed days."""
    if len(typed) < 4 or not typed[0].isalpha():
        return ()
    days = sorted(
        (day, name)
        for names in (asked.cal.holidays, asked.cal.closed)
        for day, name in names.items()
        if day >= asked.today and fold(name) == typed
    )
    return (Reading(day=days[0][0], how=days[0][1], exact=True),) if days else ()


def _title(name: str) -> str:
    return _TITLES.get(name) or " ".join(word.capitalize() for word in name.split(" "))
