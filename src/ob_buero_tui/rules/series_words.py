"""A series as it is typed: „jeden 2. di im monat bis 30.6.“, „werktags“, „alle 2 wochen, 6-mal“."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

from ob_buero_tui.rules.recurrence_rule import MAX_COUNT, MAX_INTERVAL
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.series_make import LAST, WORKDAYS, Freq, SeriesChoice, next_dates, rrule_of
from ob_buero_tui.rules.when import parse_day
from ob_buero_tui.rules.when_values import Ambiguous
from ob_buero_tui.rules.when_words import fold, month_of, number_of, quoted, weekday_of
from ob_buero_tui.rules.workdays import WorkCalendar

EXAMPLES = (
    "Möglich sind zum Beispiel: werktags, jeden mo, alle 2 wochen di, jeden 2. di im monat,"
    " monatlich am 15., jährlich; dahinter „bis 30.6.“ oder „6-mal“."
)
_MOST_CHARS = 120
_UNITS = {"tag": Freq.DAILY, "woche": Freq.WEEKLY, "monat": Freq.MONTHLY, "jahr": Freq.YEARLY}
_ADVERBS = {
    "taeglich": (Freq.DAILY, 1), "woechentlich": (Freq.WEEKLY, 1), "monatlich": (Freq.MONTHLY, 1),
    "vierteljaehrlich": (Freq.MONTHLY, 3), "halbjaehrlich": (Freq.MONTHLY, 6), "jaehrlich": (Freq.YEARLY, 1),
}  # fmt: skip
_ORDINALS = {"erst": 1, "zweit": 2, "dritt": 3, "viert": 4, "fuenft": 5, "letzt": LAST}
_UNIT = r"(tag|woche|monat|jahr)(?:e?n?|s)?"
_STEP = re.compile(rf"alle (\w+) {_UNIT}(?: (.*))?")
_EACH = re.compile(rf"jede[nrsm]? (?:(\w+)(?:te[nrsm]?|\.)? )?{_UNIT}(?: (.*))?")
_DAYS = re.compile(r"(?:jede[nrsm]?|an jedem|am|immer) (.+)")
_OF_MONTH = re.compile(r"(.+?) (?:im|des|jedes|eines jeden|in jedem) monats?(?: (.*))?")
_OF_NAMED = re.compile(r"(.+?) im ([a-z]+)")
_END = re.compile(
    r"\s*(?:\bbis(?: zum| einschliesslich)?\s+(?P<day>.+)|(?P<count>\S+?)(?:-mal| mal| termine))"
)
_TAIL = re.compile(r"(.*?)\s+((?:bis(?: zum| einschliesslich)?\s+\S.*)|\S+(?:-mal| mal| termine))")
_DATE = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.?")


def parse_series(
    text: str,
    start: datetime,
    cal: WorkCalendar,
    *,
    today: date | None = None,
    all_day: bool = False,
    tzid: str = "Europe/Berlin",
) -> str:
    """Read how an appointment repeats; returns the rule of RFC 5545, "" for a line that is empty.

    Args:
        start: Naive wall time of the first date.
        today: The day it is typed on, from which „bis 30.6.“ counts; the first date where not given.

    Raises:
        Refusal: it is not understood, may mean two things, or gives no date.
    """
    if not text.strip():
        return ""
    choice = read_series(text, today or start.date(), cal)
    if choice is None:
        raise Refusal(f"{quoted(text)} wurde nicht als Wiederholung verstanden.", "", EXAMPLES)
    rrule = rrule_of(choice, start, all_day=all_day, tzid=tzid)
    next_dates(rrule, start, tzid, 1, all_day=all_day)
    return rrule


def read_series(text: str, today: date, cal: WorkCalendar) -> SeriesChoice | None:
    """Read a series without asking for its first date; None where the words are something else.

    Raises:
        Refusal: it may mean two things, or its end or number is wrong.
    """
    typed = fold(text)
    if len(typed) > _MOST_CHARS:
        return None
    end = SeriesChoice(freq=Freq.DAILY)
    if match := _TAIL.fullmatch(typed):
        found = read_end(match[2], today, cal)
        if found is None:
            return None
        typed, end = match[1], found
    choice = _rule(typed)
    return None if choice is None else replace(choice, until=end.until, count=end.count)


def read_end(text: str, today: date, cal: WorkCalendar) -> SeriesChoice | None:
    """Read „bis 30.6.“ or „6-mal“ as the end of a series; None where it is neither.

    Raises:
        Refusal: the day or number is wrong.
    """
    match = _END.fullmatch(fold(text))
    if match is None:
        return None
    if match["day"]:
        return SeriesChoice(freq=Freq.DAILY, until=_last_day(match["day"], today, cal))
    count = number_of(match["count"])
    if count is None:
        return None
    if not 1 <= count <= MAX_COUNT:
        raise Refusal(
            f"{quoted(text)} wurde nicht übernommen.",
            f"Eine Serie hat zwischen 1 und {MAX_COUNT:,} Terminen.".replace(",", "."),
            EXAMPLES,
        )
    return SeriesChoice(freq=Freq.DAILY, count=count)


def _last_day(typed: str, today: date, cal: WorkCalendar) -> date:
    """The end of a series may well be far away; only where two days are possible it is asked."""
    try:
        return parse_day(typed, today, cal).day
    except Ambiguous as asked:
        if len(asked.choices) > 1:
            raise
        return asked.choices[0].day


def _rule(typed: str) -> SeriesChoice | None:
    for reader in _READERS:
        if (choice := reader(typed)) is not None:
            return choice
    return None


def _read_workdays(typed: str) -> SeriesChoice | None:
    words = ("werktags", "werktaeglich", "jeden werktag", "jeden arbeitstag", "an werktagen")
    return SeriesChoice(freq=Freq.WEEKLY, weekdays=WORKDAYS) if typed in words else None


def _read_adverb(typed: str) -> SeriesChoice | None:
    """„wöchentlich mo und do“, „monatlich am 15.“, „jährlich am 24.12.“."""
    word, _, rest = typed.partition(" ")
    if word not in _ADVERBS:
        return None
    freq, interval = _ADVERBS[word]
    return _stepped(freq, interval, rest)


def _read_step(typed: str) -> SeriesChoice | None:
    """„alle 2 Wochen di“, „alle 3 Monate am 1.“."""
    match = _STEP.fullmatch(typed)
    number = number_of(match[1]) if match else None
    if match is None or number is None:
        return None
    if not 1 <= number <= MAX_INTERVAL:
        raise Refusal(f"{quoted(typed)} wurde nicht übernommen.", "Der Abstand ist zu groß.", EXAMPLES)
    return _stepped(_UNITS[match[2]], number, match[3] or "")


def _read_each(typed: str) -> SeriesChoice | None:
    """„jede Woche mo“, „jeden zweiten Tag“, „jedes Jahr am 24.12.“."""
    match = _EACH.fullmatch(typed)
    if match is None:
        return None
    interval = 1 if match[1] is None else _ordinal(match[1])
    if interval is None or interval < 1:
        return None
    return _stepped(_UNITS[match[2]], interval, match[3] or "")


def _stepped(freq: Freq, interval: int, rest: str) -> SeriesChoice | None:
    """What follows the step: the days of the week, of the month or of the year."""
    rest = rest.removeprefix("am ").removeprefix("an ").removeprefix("jeden ").strip()
    if not rest:
        return SeriesChoice(freq=freq, interval=interval)
    if freq is Freq.WEEKLY:
        days = _weekdays(rest)
        return SeriesChoice(freq=freq, interval=interval, weekdays=days) if days else None
    if freq is Freq.MONTHLY:
        found = _of_month(rest.removesuffix(" im monat"))
        return None if found is None else replace(found, interval=interval)
    if freq is Freq.YEARLY:
        found = _of_year(rest)
        return None if found is None else replace(found, interval=interval)
    return None


def _read_nth(typed: str) -> SeriesChoice | None:
    """„jeden 2. di im monat“, „am letzten werktag des monats“, „jeden 15. im monat“."""
    match = _DAYS.fullmatch(typed)
    of_month = _OF_MONTH.fullmatch(match[1]) if match else None
    if of_month is None or of_month[2]:
        return None
    return _of_month(of_month[1])


def _read_weekdays(typed: str) -> SeriesChoice | None:
    """„jeden mo“, „jeden mo und do“, „montags und donnerstags“, „jeden zweiten mo“ (which asks)."""
    match = _DAYS.fullmatch(typed)
    named = match[1] if match else typed
    if match is None and not all(
        word in ("und", "bis") or (word.endswith("s") and len(word) > 3) for word in named.split()
    ):
        return None
    if days := _weekdays(named):
        return SeriesChoice(freq=Freq.WEEKLY, weekdays=days)
    first, _, rest = named.partition(" ")
    nth, days = _ordinal(first), _weekdays(rest) if rest else ()
    if match is None or nth is None or not days:
        return None
    day = rest.split()[0]
    raise Refusal(
        f"{quoted(typed)} ist nicht eindeutig.",
        f"Gemeint sein kann „jeden {first} {day} im monat“ oder „alle {max(nth, 2)} wochen {day}“.",
        "Bitte so schreiben.",
    )


_READERS: tuple[Callable[[str], SeriesChoice | None], ...] = (
    _read_workdays,
    _read_adverb,
    _read_step,
    _read_each,
    _read_nth,
    _read_weekdays,
)


def _of_month(typed: str) -> SeriesChoice | None:
    """„15.“, „letzten Tag“, „2. di“, „ersten Werktag“."""
    first, _, rest = typed.partition(" ")
    nth = _ordinal(first)
    if nth is None:
        return None
    if not rest or rest in ("tag", "tages"):
        return SeriesChoice(freq=Freq.MONTHLY, monthday=nth) if nth == LAST or 1 <= nth <= 31 else None
    days = WORKDAYS if rest in ("werktag", "arbeitstag") else _weekdays(rest)
    if not days or not (nth == LAST or 1 <= nth <= 5):
        return None
    return SeriesChoice(freq=Freq.MONTHLY, weekdays=days, nth=nth)


def _of_year(typed: str) -> SeriesChoice | None:
    """„24.12.“, „24. Dezember“, „2. so im november“."""
    if match := _DATE.fullmatch(typed):
        return _day_of_year(int(match[1]), int(match[2]))
    if match := _OF_NAMED.fullmatch(typed):
        month, found = month_of(match[2]), _of_month(match[1])
        if month is None or found is None:
            return None
        return replace(found, freq=Freq.YEARLY, month=month)
    day, _, name = typed.partition(" ")
    month = month_of(name) if name else None
    return _day_of_year(int(day.rstrip(".")), month) if month and day.rstrip(".").isdecimal() else None


def _day_of_year(day: int, month: int) -> SeriesChoice | None:
    try:
        date(2024, month, day)  # a leap year: 29.2. is a day too
    except ValueError:
        return None
    return SeriesChoice(freq=Freq.YEARLY, monthday=day, month=month)


def _weekdays(typed: str) -> tuple[int, ...]:
    """„mo“, „mo und do“, „mo, mi und fr“, „mo-fr“, „montags bis freitags“; () for anything else."""
    ends = re.split(r"\s*(?:-|–|\bbis\b)\s*", typed)
    if len(ends) == 2:
        first, last = (_weekday(end) for end in ends)
        if first is None or last is None or first >= last:
            return ()
        return tuple(range(first, last + 1))
    found = [_weekday(word) for word in typed.replace(" und ", " ").replace("+", " ").split()]
    if not found or any(day is None for day in found):
        return ()
    return tuple(sorted({day for day in found if day is not None}))


def _weekday(word: str) -> int | None:
    found = weekday_of(word)
    return weekday_of(word.removesuffix("s")) if found is None and len(word) > 3 else found


def _ordinal(word: str) -> int | None:
    """„2.“, „zweiten“, „letzten“; „zwei“ where „jede zwei Wochen“ was typed."""
    bare = word.rstrip(".")
    if bare.isascii() and bare.isdigit():
        return int(bare[:5])
    for stem, number in _ORDINALS.items():
        if word.startswith(stem) and word[len(stem) :] in ("", "e", "er", "en", "es", "em"):
            return number
    return number_of(word)
