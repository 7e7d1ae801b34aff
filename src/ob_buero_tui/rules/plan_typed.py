"""What a clerk types for a year's plan: its rounds, a body's weekdays, the rounds it sits in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.german import WEEKDAYS, date_range, join, short_range
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.year_plan import Round

MOST_ROUNDS = 12
YEARS = range(2000, 2200)
_YEAR = re.compile(
    r"\s*(\d{4})(?:\s*[,:]?\s*(\d{1,2})\s*(?:runden?|folgen?|sitzungsfolgen?)?)?\s*", re.IGNORECASE
)
_ROUND = re.compile(r"(\d{1,2})\.\s*(\d{1,2})\.?\s*(?:-|–|bis)\s*(\d{1,2})\.\s*(\d{1,2})\.?")
_YEAR_EXAMPLE = "Zum Beispiel 2027 oder „2027, 5 Runden“."
_ROUNDS_EXAMPLE = "Zum Beispiel 11.1.–19.2., 12.4.–21.5."


def parse_year(text: str) -> tuple[int, int]:
    """Read a year with or without a number of rounds: „2027“, „2027, 5 Runden“.

    Returns:
        The year and the number of rounds, 0 where none was typed.

    Raises:
        Refusal: it is neither, or no number that makes sense.
    """
    found = _YEAR.fullmatch(text)
    if found is None:
        raise Refusal(f"„{clean(text)}“ ist kein Jahr.", "", _YEAR_EXAMPLE)
    year, count = int(found[1]), int(found[2] or 0)
    if year not in YEARS:
        raise Refusal(f"{year} lässt sich nicht planen.", "", _YEAR_EXAMPLE)
    if count > MOST_ROUNDS or (found[2] and not count):
        raise Refusal(f"{count} Runden gehen nicht.", f"Möglich sind 1 bis {MOST_ROUNDS}.", _YEAR_EXAMPLE)
    return year, count


def rounds_text(rounds: Iterable[Round]) -> str:
    """Write rounds so that `parse_rounds` reads the same: „11.01.–19.02., 12.04.–21.05.“."""
    return ", ".join(
        f"{one.first.day}.{one.first.month:02}.–{one.last.day}.{one.last.month:02}." for one in rounds
    )


def parse_rounds(text: str, year: int) -> tuple[Round, ...]:
    """Read the rounds of a year: spans of days with commas between them, in their order.

    Raises:
        Refusal: a span is not understood, is no span of this year, or reaches into the one before it.
    """
    parts = [part.strip() for part in re.split(r"[,;\n]", text) if part.strip()]
    if not parts:
        raise Refusal("Es fehlt wenigstens eine Runde.", "", _ROUNDS_EXAMPLE)
    if len(parts) > MOST_ROUNDS:
        raise Refusal(f"{len(parts)} Runden sind zu viele.", f"Möglich sind 1 bis {MOST_ROUNDS}.")
    rounds: list[Round] = []
    for number, part in enumerate(parts, start=1):
        first, last = _span(part, year)
        if rounds and first <= rounds[-1].last:
            told = short_range(rounds[-1].first, rounds[-1].last)
            raise Refusal(
                f"Runde {number} beginnt vor dem Ende von Runde {number - 1} ({told}).",
                "",
                "Prüfen Sie die Tage.",
            )
        rounds.append(Round(number=number, first=first, last=last))
    return tuple(rounds)


def _span(part: str, year: int) -> tuple[date, date]:
    found = _ROUND.fullmatch(part)
    if found is None:
        raise Refusal(f"„{clean(part, limit=40)}“ ist keine Spanne.", "", _ROUNDS_EXAMPLE)
    numbers = [int(one) for one in found.groups()]
    try:
        first, last = date(year, numbers[1], numbers[0]), date(year, numbers[3], numbers[2])
    except ValueError:
        raise Refusal(f"„{clean(part, limit=40)}“ gibt es {year} nicht.", "", _ROUNDS_EXAMPLE) from None
    if last < first:
        raise Refusal(f"{date_range(first, first)} liegt nach {date_range(last, last)}.", "", _ROUNDS_EXAMPLE)
    return first, last


def parse_weekdays(text: str) -> tuple[int, ...]:
    """Read weekdays, the preferred one first: „di, do“, „Dienstag Donnerstag“; 0 is Monday.

    Raises:
        Refusal: a word is no weekday, or stands twice.
    """
    found: list[int] = []
    for word in re.split(r"[\s,;/+.]+", text.strip()):
        if not word or word.casefold() in ("und", "oder"):
            continue
        at = next((n for n, name in enumerate(WEEKDAYS) if _means(word, name)), None)
        if at is None:
            raise Refusal(f"„{clean(word, limit=20)}“ ist kein Wochentag.", "", "Zum Beispiel: di, do.")
        if at in found:
            raise Refusal(f"{WEEKDAYS[at]} steht zweimal da.", "", "Löschen Sie einen davon.")
        found.append(at)
    return tuple(found)


def _means(word: str, name: str) -> bool:
    return len(word) >= 2 and name.casefold().startswith(word.casefold())


def weekdays_text(weekdays: Sequence[int]) -> str:
    """Write weekdays in two letters: „Di, Do“."""
    return ", ".join(WEEKDAYS[one][:2] for one in weekdays)


def weekdays_words(weekdays: Sequence[int]) -> str:
    """Say weekdays in full, the preferred one first: „Dienstag, sonst Donnerstag oder Montag“."""
    names = [WEEKDAYS[one] for one in weekdays]
    return names[0] + (f", sonst {join(names[1:], 'oder')}" if len(names) > 1 else "") if names else ""


def parse_numbers(text: str) -> tuple[int, ...]:
    """Read the rounds a body sits in: „1, 3, 5“, „1-4“; nothing or „alle“ means all of them.

    Raises:
        Refusal: it is no list of numbers of rounds.
    """
    if text.strip().casefold() in ("", "alle", "jede"):
        return ()
    found: set[int] = set()
    for part in filter(None, re.split(r"[\s,;+]+", re.sub(r"\s*[-–]\s*", "-", text.strip()))):
        span = re.fullmatch(r"(\d{1,2})\.?(?:-(\d{1,2})\.?)?", part)
        first, last = (int(span[1]), int(span[2] or span[1])) if span else (0, 0)
        if not 1 <= first <= last <= MOST_ROUNDS:
            raise Refusal(
                f"„{clean(part, limit=20)}“ ist keine Runde.", "", "Zum Beispiel: 1, 3, 5; leer: alle."
            )
        found |= set(range(first, last + 1))
    return tuple(sorted(found))
