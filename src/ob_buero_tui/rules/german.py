"""German dates, times, numbers and lists: the one place that knows how they are written."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal

WEEKDAYS = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag")
MONTHS = (
    "Januar", "Februar", "März", "April", "Mai", "Juni",
    "Juli", "August", "September", "Oktober", "November", "Dezember",
)  # fmt: skip
_TO_GERMAN = str.maketrans(",.", ".,")


def weekday(day: date) -> str:
    """Return the full weekday: „Mittwoch“."""
    return WEEKDAYS[day.weekday()]


def weekday_short(day: date) -> str:
    """Return the weekday in two letters: „Mi“."""
    return WEEKDAYS[day.weekday()][:2]


def month(day: date) -> str:
    """Return the full month: „November“."""
    return MONTHS[day.month - 1]


def short_date(day: date, *, aligned: bool = False) -> str:
    """Return the date without its year: „Mi 25.11.“.

    Args:
        day: The date.
        aligned: Pad the day to two places, for columns: „Di  1.12.“.
    """
    return f"{weekday_short(day)} {day.day:{2 if aligned else 1}}.{day.month:02}."


def long_date(day: date) -> str:
    """Return the date with its year: „Mi 25.11.2026“."""
    return f"{short_date(day)}{day.year}"


def letter_date(day: date) -> str:
    """Return the date as letters write it: „1. Dezember 2026“ (DIN 5008)."""
    return f"{day.day}. {month(day)} {day.year}"


def date_range(first: date, last: date) -> str:
    """Return a range without what both ends share: „23.–29.11.2026“, „30.11.–6.12.2026“."""
    end = f"{last.day}.{last.month:02}.{last.year}"
    if (first.year, first.month, first.day) == (last.year, last.month, last.day):
        return end
    if first.year != last.year:
        return f"{first.day}.{first.month:02}.{first.year}–{end}"
    if first.month != last.month:
        return f"{first.day}.{first.month:02}.–{end}"
    return f"{first.day}.–{end}"


def short_range(first: date, last: date) -> str:
    """Return a range without years, for sentences near their day: „21.–23.12.“, „30.11.–6.12.“."""
    end = f"{last.day}.{last.month:02}."
    if first == last:
        return end
    return f"{first.day}.–{end}" if first.month == last.month else f"{first.day}.{first.month:02}.–{end}"


def iso_week(day: date) -> int:
    """Return the Kalenderwoche (ISO 8601)."""
    return day.isocalendar().week


def clock(moment: time | datetime) -> str:
    """Return the time of day: „09:42“."""
    return f"{moment.hour:02}:{moment.minute:02}"


def duration(minutes: int) -> str:
    """Return a length of time given in minutes: „1 Std. 20 Min.“."""
    sign = "−" if minutes < 0 else ""
    hours, rest = divmod(abs(minutes), 60)
    parts = [f"{number(hours)} Std."] if hours else []
    if rest or not hours:
        parts.append(f"{rest} Min.")
    return sign + " ".join(parts)


def number(value: int | float | Decimal) -> str:
    """Return a number with German separators: „1.500“, „2.340,5“."""
    return f"{value:,}".translate(_TO_GERMAN)


def plural(count: int, one: str, many: str) -> str:
    """Return a count with its word: „1 Tag“, „3 Tage“."""
    return f"{number(count)} {one if abs(count) == 1 else many}"


def join(items: Sequence[str], word: str = "und") -> str:
    """Return an enumeration: „a, b und c“."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {word} {items[-1]}"
