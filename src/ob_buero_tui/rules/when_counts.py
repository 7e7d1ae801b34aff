"""Days counted from another day: „+3t“, „in 2 Wochen“, „Freitag in 14 Tagen“, „vor dem 1.3.“."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from ob_buero_tui.rules.german import long_date, plural
from ob_buero_tui.rules.when_values import Asked, Reading
from ob_buero_tui.rules.when_words import not_taken, not_understood, number_of, weekday_of
from ob_buero_tui.rules.workdays import DayKind, move_back, shift

Readings = tuple[Reading, ...]
Reader = Callable[[Asked, str], Readings | None]
_ONE_DAY = timedelta(days=1)
_EIGHT = ((_ONE_DAY, "in einer Woche"), (timedelta(0), "in 8 Kalendertagen"))
_PLUS = re.compile(r"\+\s*(\d+)\s*([a-z]*)")
UNIT = (
    r"(tag|tage|tagen|woche|wochen|monat|monate|monaten|jahr|jahre|jahren"
    r"|arbeitstag|arbeitstage|arbeitstagen)"
)
_IN = re.compile(rf"(?:(.+) )?in (?:(einem halben) jahr|(\w+) {UNIT})")
_AGO = re.compile(rf"vor (\w+) {UNIT}")
_AROUND = re.compile(rf"(?:(\w+) {UNIT} |tag )?(vor|nach)(?: (?:dem|der|den))? (.+)")


def read_plus(asked: Asked, typed: str) -> Readings | None:
    """`+3t` in Arbeitstage, `+2w`, `+1m`, `+1j`."""
    match = _PLUS.fullmatch(typed)
    if match is None:
        return None
    units = {"t": "arbeitstage", "w": "wochen", "m": "monate", "j": "jahre"}
    if match[2] not in units:
        why = "Hinter der Zahl fehlt t für Arbeitstage, w für Wochen oder m für Monate."
        raise not_understood(asked.shown, why, "Zum Beispiel: +3t, +2w oder +1m.")
    return (away(asked, asked.today, int(match[1][:5]), units[match[2]], asked.name),)


def read_ago(asked: Asked, typed: str) -> Readings | None:
    match = _AGO.fullmatch(typed)
    count = number_of(match[1]) if match else None
    return (away(asked, asked.today, -count, match[2], "heute"),) if match and count is not None else None


def read_counted(asked: Asked, typed: str, read: Reader) -> Readings | None:
    """`in 3 Tagen`, `in einem halben Jahr`, `heute in 14 Tagen`, `Freitag in 2 Wochen`."""
    match = _IN.fullmatch(typed)
    if match is None:
        return None
    count, unit = (6, "monate") if match[2] else (number_of(match[3]), match[4])
    bases = read(asked, match[1]) if match[1] else (Reading(day=asked.today, how="heute"),)
    if count is None or bases is None:
        return None
    found: list[Reading] = []
    for base in bases:
        name = base.how or long_date(base.day)
        reading = away(asked, base.day, count, unit, name)
        found.append(Reading(day=reading.day, how=reading.how, doubt=base.doubt))
    if count == 8 and unit.startswith("tag"):
        doubt = "„In acht Tagen“ heißt oft: in einer Woche."
        found = [Reading(day=one.day - back, how=how, doubt=doubt) for one in found for back, how in _EIGHT]
    if match[1] and (index := weekday_of(match[1])) is not None and unit.startswith("woche"):
        found += _same_week(asked, index, count, found)
    return tuple(found)


def _same_week(asked: Asked, index: int, weeks: int, found: list[Reading]) -> list[Reading]:
    """`Montag in 2 Wochen` may also be the Monday of the week that is two weeks from now."""
    doubt = "Gezählt werden kann ab dem kommenden Tag oder ab dieser Woche."
    day = asked.today + timedelta(days=7 * weeks + index - asked.today.weekday())
    if any(one.day == day for one in found) or day < asked.today:
        return []
    found[:] = [Reading(day=one.day, how=one.how, doubt=doubt) for one in found]
    return [
        Reading(
            day=day,
            how=f"in der Woche, die {plural(weeks, 'Woche', 'Wochen')} nach dieser liegt",
            doubt=doubt,
        )
    ]


def read_around(asked: Asked, typed: str, read: Reader) -> Readings | None:
    """`vor dem 1.3.`: the last Arbeitstag before; `nach Ostern`; `3 Tage vor Heiligabend`."""
    match = _AROUND.fullmatch(typed)
    bases = read(asked, match[4]) if match else None
    if match is None or bases is None:
        return None
    before = match[3] == "vor"
    if match[4] in ("ostern", "pfingsten", "weihnachten"):
        # A feast of two days has one day before it and one after it.
        bases = (Reading(day=(bases[0] if before else bases[-1]).day, how=bases[0].how),)
    count = number_of(match[1]) if match[1] else None
    if match[1] and count is None:
        return None
    return tuple(_beside(asked, base, before, count, match[2]) for base in bases)


def _beside(asked: Asked, base: Reading, before: bool, count: int | None, unit: str | None) -> Reading:
    name = long_date(base.day)
    if count is not None and unit:
        found = away(asked, base.day, -count if before else count, unit, name)
    elif before:
        day = move_back(asked.cal, base.day - _ONE_DAY).day
        found = Reading(day=day, how=f"letzter Arbeitstag vor {name}")
    else:
        day = shift(asked.cal, base.day, 1, DayKind.ARBEITSTAGE)
        found = Reading(day=day, how=f"erster Arbeitstag nach {name}")
    return Reading(day=found.day, how=found.how, doubt=base.doubt)


def away(asked: Asked, day: date, count: int, unit: str, name: str) -> Reading:
    """Count from a day; negative counts go back.

    Args:
        unit: A word of `UNIT`.
        name: What the day is called in the explanation.

    Raises:
        Refusal: nobody counts that far.
    """
    if abs(count) > 999:
        raise not_taken(asked.shown, "So weit im Voraus wird nicht gezählt.")
    side, size = "nach" if count >= 0 else "vor", abs(count)
    if unit.startswith("arbeit"):
        found = shift(asked.cal, day, count, DayKind.ARBEITSTAGE)
        return Reading(day=found, how=f"{plural(size, 'Arbeitstag', 'Arbeitstage')} {side} {name}")
    if unit.startswith("woche"):
        found, words = day + timedelta(weeks=count), plural(size, "Woche", "Wochen")
    elif unit.startswith("monat"):
        found, words = day + relativedelta(months=count), plural(size, "Monat", "Monate")
    elif unit.startswith("jahr"):
        found, words = day + relativedelta(years=count), plural(size, "Jahr", "Jahre")
    else:
        found, words = day + timedelta(days=count), plural(size, "Kalendertag", "Kalendertage")
    return Reading(day=found, how=f"{words} {side} {name}")
