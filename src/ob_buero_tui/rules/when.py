"""What a clerk may type for a day, a time or a span; anything unclear is refused in German, never guessed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time, timedelta

from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.german import WEEKDAYS, iso_week, long_date, plural, short_date
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.workdays import DayKind, WorkCalendar, shift

DAY_EXAMPLES = "Möglich sind: heute, morgen, fr, +3t, +2w, ein Datum wie 24.12. oder eine Woche wie kw50."
CLOCK_EXAMPLES = "Möglich sind zum Beispiel: 14, 14:30, 14.30 oder 14 Uhr."
SPAN_EXAMPLES = "Möglich sind zum Beispiel: 14-15:30 oder 9:30-11 Uhr."
# A date without a year means the turn of the year only when it is nearer than half a year.
_HALF_YEAR = timedelta(days=183)
_FARTHEST_YEARS = 10

_RELATIVE = {"heute": 0, "morgen": 1, "übermorgen": 2, "uebermorgen": 2}
_NEXT_WEEKDAY = re.compile(r"(?:nächst|naechst)e[nrs]?\s+([a-z]+)\.?")
_WEEKDAY = re.compile(r"(?:am\s+)?([a-z]{2,})\.?")
_PLUS = re.compile(r"\+\s*(\d+)\s*([a-zäöü]*)")
_NUMERIC = re.compile(r"(?:am\s+)?(\d{1,2})\.\s?(\d{1,2})(?:\.\s?(\d{4}|\d{2})?)?")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_WEEK = re.compile(r"kw\s*(\d{1,2})(?:\s*/\s*|\s+)?(\d{4})?")
_CLOCK = re.compile(r"(\d{1,2})(?:(?:[:.]|\s*uhr\s*)(\d{2}))?(?:\s*uhr)?")
_SPAN_SIGN = re.compile(r"\s*(?:-|–|bis)\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """A day and how it was understood, in German."""

    day: date
    text: str


def parse_day(text: str, today: date, cal: WorkCalendar, *, allow_past: bool = False) -> Understood:
    """Read a day as it is typed at the desk.

    Args:
        text: heute, morgen, übermorgen, a weekday, `+3t` (Arbeitstage), `+2w`, `24.11.`, `24.11.26`, `kw48`
            (its Monday) or an ISO date.
        today: The day it is typed on.
        cal: The office's calendar, for Arbeitstage.
        allow_past: Take past days too, and a date without a year as this year's (for going to a date).

    Raises:
        Refusal: When the text is unclear, names no day of the calendar, or a past day.
    """
    typed = " ".join(text.split()).lower()
    if not typed:
        raise Refusal("Es ist kein Tag angegeben.", now=DAY_EXAMPLES)
    shown = _quoted(text)
    day, how = _read_day(typed, shown, today, cal, allow_past)
    if day < today and not allow_past:
        raise _not_taken(shown, f"{long_date(day)} liegt in der Vergangenheit.")
    if abs(day.year - today.year) > _FARTHEST_YEARS:
        why = f"{long_date(day)} ist mehr als {_FARTHEST_YEARS} Jahre von heute entfernt."
        raise _not_taken(shown, why, "Bitte die Jahreszahl prüfen.")
    closed = cal.open_reason(day)
    parts = [long_date(day), how, f"kein Arbeitstag: {closed}" if closed else ""]
    return Understood(day=day, text=" · ".join(part for part in parts if part))


def parse_clock(text: str) -> time:
    """Read a time of day: `14`, `14:30`, `14.30`, `14 Uhr`, `14 Uhr 30`.

    Raises:
        Refusal: When it is no time of day.
    """
    shown = _quoted(text)
    match = _CLOCK.fullmatch(" ".join(text.split()).lower())
    if match is None:
        raise Refusal(f"{shown} ist keine Uhrzeit.", now=CLOCK_EXAMPLES)
    hour, minute = int(match[1]), int(match[2] or 0)
    if hour > 23 or minute > 59:
        raise Refusal(f"{shown} ist keine Uhrzeit.", "Der Tag geht von 0:00 bis 23:59 Uhr.", CLOCK_EXAMPLES)
    return time(hour, minute)


def parse_span(text: str) -> tuple[time, time]:
    """Read a span of one day: `14-15:30`, `9:30 bis 11 Uhr`.

    Raises:
        Refusal: When it is no span, or ends at or before its start.
    """
    shown = _quoted(text)
    ends = _SPAN_SIGN.split(text.strip().lower())
    if len(ends) != 2 or not all(ends):
        raise Refusal(f"{shown} ist keine Zeitspanne.", "Gebraucht werden Beginn und Ende.", SPAN_EXAMPLES)
    start, end = parse_clock(ends[0]), parse_clock(ends[1])
    if end <= start:
        why = "Das Ende liegt nicht nach dem Beginn."
        raise Refusal(f"{shown} ist keine Zeitspanne.", why, SPAN_EXAMPLES)
    return start, end


def _read_day(typed: str, shown: str, today: date, cal: WorkCalendar, past: bool) -> tuple[date, str]:
    """Choose the one reading whose form fits; return the day and how it was counted."""
    if typed in _RELATIVE:
        return today + timedelta(days=_RELATIVE[typed]), typed.replace("ueb", "üb")
    if match := _PLUS.fullmatch(typed):
        return _plus(int(match[1][:5]), match[2], shown, today, cal)
    if match := _ISO.fullmatch(typed):
        return _existing(shown, int(match[1]), int(match[2]), int(match[3])), ""
    if match := _NUMERIC.fullmatch(typed):
        return _numeric(match, shown, today, past), ""
    if match := _WEEK.fullmatch(typed):
        return _week(int(match[1]), int(match[2] or 0), shown, today, past)
    if (match := _NEXT_WEEKDAY.fullmatch(typed)) and (index := _weekday_index(match[1])) is not None:
        first = _following(today, index)
        why = f"Das kann {short_date(first)} oder {short_date(first + timedelta(days=7))} heißen."
        raise Refusal(f"{shown} ist nicht eindeutig.", why, "Bitte das Datum angeben.")
    if (match := _WEEKDAY.fullmatch(typed)) and (index := _weekday_index(match[1])) is not None:
        if index == today.weekday() and not past:
            why = f"Heute ist {WEEKDAYS[index]}."
            raise Refusal(f"{shown} ist nicht eindeutig.", why, "Bitte „heute“ oder „+1w“ angeben.")
        return (today, "heute") if index == today.weekday() else (_following(today, index), "")
    raise Refusal(f"{shown} wurde nicht als Tag verstanden.", now=DAY_EXAMPLES)


def _plus(count: int, unit: str, shown: str, today: date, cal: WorkCalendar) -> tuple[date, str]:
    """Count Arbeitstage or weeks from today."""
    if unit not in ("t", "w"):
        why = "Hinter der Zahl fehlt t für Arbeitstage oder w für Wochen."
        raise Refusal(f"{shown} wurde nicht als Tag verstanden.", why, "Zum Beispiel: +3t oder +2w.")
    if count > (999 if unit == "t" else 520):
        raise _not_taken(shown, "So weit im Voraus wird nicht gezählt.")
    if unit == "w":
        return today + timedelta(weeks=count), f"{plural(count, 'Woche', 'Wochen')} nach heute"
    day = shift(cal, today, count, DayKind.ARBEITSTAGE)
    return day, f"{plural(count, 'Arbeitstag', 'Arbeitstage')} nach heute"


def _numeric(match: re.Match[str], shown: str, today: date, past: bool) -> date:
    """Read day and month with or without a year."""
    day, month, year = int(match[1]), int(match[2]), match[3]
    if year:
        return _existing(shown, int(year) + (2000 if len(year) == 2 else 0), month, day)
    this_year = _existing(shown, today.year, month, day, or_in_leap_year=True)
    if this_year >= today or past:
        return this_year
    next_year = _existing(shown, today.year + 1, month, day)
    if next_year - today <= _HALF_YEAR:
        return next_year
    raise _year_missing(shown, this_year, f"{day}.{month}.{today.year + 1}")


def _week(week: int, year: int, shown: str, today: date, past: bool) -> tuple[date, str]:
    """Return the Monday of a Kalenderwoche."""
    this_year = today.isocalendar().year
    monday = _monday(year or this_year, week, shown)
    if not year and monday < today and not past and iso_week(today) != week:
        coming = _monday(this_year + 1, week, shown)
        if coming - today > _HALF_YEAR:
            raise _year_missing(shown, monday, f"kw{week} {this_year + 1}")
        monday = coming
    return monday, f"Montag der KW {week}"


def _monday(year: int, week: int, shown: str) -> date:
    try:
        return date.fromisocalendar(year, week, 1)
    except ValueError:
        why = f"Das Jahr {year} hat keine KW {week}."
        raise Refusal(f"{shown} gibt es nicht.", why, DAY_EXAMPLES) from None


def _existing(shown: str, year: int, month: int, day: int, *, or_in_leap_year: bool = False) -> date:
    """Return the date, or refuse when the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        if or_in_leap_year and (month, day) == (2, 29):
            why = f"Der 29.2. fehlt im Jahr {year}."
            raise Refusal(f"{shown} gibt es nicht.", why, "Bitte das Datum mit Jahr angeben.") from None
        raise Refusal(f"{shown} gibt es nicht.", "Der Kalender hat diesen Tag nicht.", DAY_EXAMPLES) from None


def _year_missing(shown: str, day: date, example: str) -> Refusal:
    why = f"{long_date(day)} liegt in der Vergangenheit."
    return _not_taken(shown, why, f"Ist das nächste Jahr gemeint? Dann bitte: {example}")


def _not_taken(shown: str, why: str, now: str = DAY_EXAMPLES) -> Refusal:
    return Refusal(f"{shown} wurde nicht übernommen.", why, now)


def _quoted(text: str) -> str:
    """Show what was typed, harmless and short."""
    return f"„{clean(' '.join(text.split()), limit=40)}“"


def _weekday_index(word: str) -> int | None:
    """Return 0 for Montag … 6 for Sonntag from a name or an abbreviation of at least two letters."""
    word = "samstag" if word == "sonnabend" else word
    for index, name in enumerate(WEEKDAYS):
        lower = name.lower()
        if word == lower or (word in (lower[:2], lower[:3])):
            return index
    return None


def _following(today: date, weekday: int) -> date:
    """Return the first such weekday after today."""
    return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
