"""What a clerk may type for a day, a time or a span: understood in full, or asked, never guessed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time

from ob_buero_tui.rules.german import clock, join, long_date, short_date
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.when_clock import read_clock
from ob_buero_tui.rules.when_readers import read_day
from ob_buero_tui.rules.when_values import Ambiguous, Asked, Clock, Reading, When, end_clock
from ob_buero_tui.rules.when_words import (
    CLOCK_EXAMPLES,
    DAY_EXAMPLES,
    SPAN_EXAMPLES,
    fold,
    not_taken,
    not_understood,
    quoted,
)
from ob_buero_tui.rules.workdays import WorkCalendar

__all__ = [
    "Ambiguous",
    "When",
    "parse_any_day",
    "parse_any_when",
    "parse_clock",
    "parse_day",
    "parse_moved",
    "parse_span",
    "parse_when",
    "written",
]

_FARTHEST_YEARS = 10
_MOST_CHOICES = 9
_MOST_CHARS = 80


def parse_when(text: str, now: datetime, cal: WorkCalendar, *, allow_past: bool = False) -> When:
    """Read a day with or without a time of day or a span: „Freitag halb drei“, „24.12. 14-16 Uhr“.

    Args:
        text: What was typed; a time of day alone means today while it lies ahead.
        now: When it is typed, the office's wall time.
        cal: The office's calendar, for Arbeitstage, feasts and closed days.
        allow_past: Take past days too, and a date without a year as this year's.

    Raises:
        Ambiguous: it can mean several things, or only something that should be confirmed.
        Refusal: it is unclear, names no day of the calendar, or a past day.
    """
    asked, typed = _asked(text, now.date(), cal, allow_past)
    with_clock = _pairs(asked, typed, now)
    return _one(asked, [(day, at, _when(asked, day, at, now)) for day, at in with_clock])


def parse_day(text: str, today: date, cal: WorkCalendar, *, allow_past: bool = False) -> When:
    """Read a day as it is typed at the desk.

    Args:
        text: All that `parse_when` takes, without a time of day.
        today: The day it is typed on.
        cal: The office's calendar, for Arbeitstage.
        allow_past: Take past days too, and a date without a year as this year's (for going to a date).

    Raises:
        Ambiguous: it can mean several days.
        Refusal: it is unclear, names no day of the calendar, or a past day.
    """
    asked, typed = _asked(text, today, cal, allow_past)
    days = _guarded(asked, typed)
    if days is None:
        raise not_understood(asked.shown)
    return _one(asked, [(day, None, _when(asked, day, None, None)) for day in days])


def parse_any_day(text: str, today: date, cal: WorkCalendar) -> When:
    """Read a day that may lie in the past: the coming one first; where both can be meant it is asked.

    Raises:
        Ambiguous: it can mean several days.
        Refusal: it is unclear, or no day of the calendar.
    """
    return _either(lambda past: parse_day(text, today, cal, allow_past=past))


def parse_any_when(text: str, now: datetime, cal: WorkCalendar) -> When:
    """Read a day with or without a time of day as `parse_any_day` does."""
    return _either(lambda past: parse_when(text, now, cal, allow_past=past))


def parse_moved(text: str, old: date, now: datetime, cal: WorkCalendar) -> When:
    """Read where something goes that has a day already: `+1w` counts from that day, all else as ever.

    Raises:
        Ambiguous: it can mean several days.
        Refusal: it is unclear, or no day of the calendar.
    """
    if not fold(text).startswith("+"):
        return parse_any_when(text, now, cal)
    asked, typed = _asked(text, old, cal, past=True)
    asked = replace(asked, name=short_date(old))
    return _one(asked, [(day, at, _when(asked, day, at, now)) for day, at in _pairs(asked, typed, now)])


def written(found: When) -> str:
    """Write a reading so that it is read as just that: „Di 24.11.2026 14:00-16:00“."""
    span = clock(found.start) if found.start is not None else ""
    span += f"-{end_clock(found.end)}" if found.end is not None else ""
    return f"{long_date(found.day)} {span}".strip()


def parse_clock(text: str, *, end: bool = False) -> time:
    """Read a time of day: `14`, `14:30`, `14.30`, `14 Uhr 30`, `halb drei`.

    Args:
        end: Whether it is an end, which may be 24 Uhr: then it is midnight.

    Raises:
        Refusal: it is no time of day, or may be two.
    """
    shown = quoted(text)
    try:
        found = read_clock(fold(text), end=end)
    except Refusal as refusal:
        raise Refusal(f"{shown} ist keine Uhrzeit.", refusal.why or refusal.what, CLOCK_EXAMPLES) from None
    if found is None or any(one.end for one in found):
        raise Refusal(f"{shown} ist keine Uhrzeit.", now=CLOCK_EXAMPLES)
    if len(found) > 1:
        why = f"Es kann {join([clock(one.start) for one in found], 'oder')} Uhr heißen."
        raise Refusal(f"{shown} ist als Uhrzeit nicht eindeutig.", why, CLOCK_EXAMPLES)
    return found[0].start


def parse_span(text: str) -> tuple[time, time]:
    """Read a span of one day: `14-15:30`, `9:30 bis 11 Uhr`; up to 24 Uhr it ends at midnight.

    Raises:
        Refusal: it is no span, may be two, or ends at or before its start.
    """
    what = f"{quoted(text)} ist keine Zeitspanne."
    try:
        found = read_clock(fold(text))
    except Refusal as refusal:
        raise Refusal(what, refusal.what, SPAN_EXAMPLES) from None
    if found is None or found[0].end is None:
        raise Refusal(what, "Gebraucht werden Beginn und Ende.", SPAN_EXAMPLES)
    if len(found) > 1:
        raise Refusal(what, "Vor- und Nachmittag sind beide möglich.", SPAN_EXAMPLES)
    return found[0].start, found[0].end


def _either(read: Callable[[bool], When]) -> When:
    """The coming reading, or where there is none the past one; a doubtful coming one is asked beside it."""
    try:
        return read(False)
    except Ambiguous as coming:
        if len(coming.choices) > 1:
            raise
        try:
            gone = read(True)
        except Refusal:
            raise coming from None
        now = "Bitte wählen oder das Datum mit Jahr angeben."
        choices = (gone, *coming.choices)
        raise Ambiguous(coming.what, coming.why, now, choices) from None
    except Refusal:
        return read(True)


def _asked(text: str, today: date, cal: WorkCalendar, past: bool) -> tuple[Asked, str]:
    typed = fold(text)
    if not typed:
        raise Refusal("Es ist kein Tag angegeben.", now=DAY_EXAMPLES)
    asked = Asked(shown=quoted(text), today=today, cal=cal, past=past)
    if len(typed) > _MOST_CHARS:
        raise not_understood(asked.shown, "Das ist zu lang für einen Tag.")
    return asked, typed


def _guarded(asked: Asked, typed: str) -> tuple[Reading, ...] | None:
    """Read a day; beyond the calendar's years it is refused."""
    try:
        return read_day(asked, typed)
    except (OverflowError, ValueError):
        raise not_taken(asked.shown, "Der Tag liegt außerhalb des Kalenders.") from None


def _pairs(asked: Asked, typed: str, now: datetime) -> list[tuple[Reading, Clock | None]]:
    """Every day with every time of day the text can mean."""
    first: Refusal | None = None
    words = typed.split(" ")
    cuts = range(len(words) - 1, 0, -1)
    splits = [(" ".join(words[:cut]), " ".join(words[cut:])) for cut in cuts]
    tries = [(typed, ""), *splits, *((day, at) for at, day in splits), ("", typed)]
    for day_words, clock_words in tries:
        try:
            times = read_clock(clock_words) if clock_words else (None,)
            if times is None:
                continue
            days = _guarded(asked, day_words) if day_words else _today(asked, times, now)
        except Refusal as refusal:
            first = first or refusal
            continue
        if days is not None:
            pairs = [(day, at) for day in days for at in times]
            return pairs if clock_words else pairs + _as_clock(asked, typed, now)
    raise first or not_understood(asked.shown)


def _as_clock(asked: Asked, typed: str, now: datetime) -> list[tuple[Reading, Clock | None]]:
    """`10.12` is a day, and may be a time of day too."""
    if typed.endswith(".") or typed.count(".") != 1 or not typed.replace(".", "").isdigit():
        return []
    try:
        times = read_clock(typed)
    except Refusal:
        return []
    return [(day, at) for at in times or () for day in _today(asked, (at,), now)]


def _today(asked: Asked, times: tuple[Clock | None, ...], now: datetime) -> tuple[Reading, ...]:
    """Only a time of day: today, or to be confirmed tomorrow when it is over."""
    at = times[-1]
    if at is None or at.start >= now.time() or asked.past:
        return (Reading(day=asked.today, how="heute"),)
    tomorrow = date.fromordinal(asked.today.toordinal() + 1)
    return (Reading(day=tomorrow, how="morgen", doubt=f"Heute ist {clock(at.start)} Uhr schon vorbei."),)


def _when(asked: Asked, day: Reading, at: Clock | None, now: datetime | None) -> When:
    """Say the day in full, the time, how both were read, and what is odd about them."""
    span = clock(at.start) if at else ""
    span += f"–{end_clock(at.end)}" if at and at.end else ""
    gone = now is not None and at is not None and day.day == now.date() and at.start < now.time()
    closed = asked.cal.open_reason(day.day)
    parts = (
        long_date(day.day) + (f", {span} Uhr" if span else ""),
        day.how,
        at.how if at else "",
        "die Uhrzeit ist schon vorbei" if gone else "",
        f"kein Arbeitstag: {closed}" if closed else "",
    )
    return When(
        day=day.day,
        start=at.start if at else None,
        end=at.end if at else None,
        exact=day.exact,
        text=" · ".join(part for part in parts if part),
    )


def _one(asked: Asked, found: list[tuple[Reading, Clock | None, When]]) -> When:
    """The only reading, unless it is doubtful, past or too far away."""
    possible = [one for one in found if asked.past or one[0].day >= asked.today]
    if not possible:
        why = f"{long_date(found[0][0].day)} liegt in der Vergangenheit."
        raise not_taken(asked.shown, why)
    near = [one for one in possible if abs(one[0].day.year - asked.today.year) <= _FARTHEST_YEARS]
    if not near:
        why = f"{long_date(possible[0][0].day)} ist mehr als {_FARTHEST_YEARS} Jahre von heute entfernt."
        raise not_taken(asked.shown, why, "Bitte die Jahreszahl prüfen.")
    doubt = next((one[0].doubt for one in near if one[0].doubt), "")
    if len(near) == 1 and not doubt:
        return near[0][2]
    raise _ambiguous(asked, doubt, tuple(one[2] for one in near[:_MOST_CHOICES]))


def _ambiguous(asked: Asked, doubt: str, choices: tuple[When, ...]) -> Ambiguous:
    same_day = len({one.day for one in choices}) == 1
    names = [
        f"{clock(one.start)} Uhr"
        if same_day and one.start
        else short_date(one.day) + ("" if one.start is None else f" {clock(one.start)}")
        for one in choices
    ]
    if len(choices) == 1:
        now = f"Ist {choices[0].text} gemeint? Dann bitte bestätigen oder das ganze Datum angeben."
        return Ambiguous(f"{asked.shown} wurde nicht übernommen.", doubt, now, choices)
    why = " ".join(part for part in (doubt, f"Das kann {join(names, 'oder')} heißen.") if part)
    return Ambiguous(
        f"{asked.shown} ist nicht eindeutig.", why, "Bitte wählen oder das Datum angeben.", choices
    )
