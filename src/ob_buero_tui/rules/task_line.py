"""A task typed as one line: what is to be done, and at its end the day and the time of day."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time

from ob_buero_tui.rules.german import WEEKDAYS, clock
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.when import Ambiguous, parse_clock, parse_day, written
from ob_buero_tui.rules.workdays import WorkCalendar

EXAMPLE = "Zum Beispiel: Blumen bestellen fr, Saal prüfen +3t, Rückruf 24.12. 14:30"
_CLOCK = re.compile(r"(?:um )?(\d{1,2}:\d{2})(?: uhr)?", re.IGNORECASE)
_FORM = re.compile(
    r"\+\d+[a-z]*|\d{1,2}\.\s?\d{1,2}\.(?:\d{2}|\d{4})?|\d{4}-\d{2}-\d{2}|kw\s?\d{1,2}.*", re.IGNORECASE
)
_NAMES = frozenset(name for day in WEEKDAYS for name in (day.lower(), day[:2].lower()))
_LEADING = frozenset(("am", "bis", "zum", "bis zum"))
_WORDS_OF_A_DAY = 6
"""„bis zum Ende der nächsten Woche“ is about the longest form of a day."""
_ASKED = re.compile(
    r"(?:bis |zum |am |an |zu |im )*(?:n[aä]e?chst|[uü]e?bern[aä]e?chst|in \d|in \w+ )", re.IGNORECASE
)
"""Beginnings of an ambiguous day that can only be meant as one; „Deko für Ostern“ is just a name."""


class AmbiguousTask(Ambiguous):
    """The day at the end of a task can mean several days.

    Args:
        lines: The whole line for each of the choices, its day written out.
    """

    def __init__(self, asked: Ambiguous, label: str) -> None:
        super().__init__(asked.what, asked.why, asked.now, asked.choices)
        self.lines = tuple(f"{label} {written(one)}" for one in asked.choices)


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskLine:
    """A task as it was understood, with the sentence to show below the line."""

    label: str
    due_on: date | None = None
    due_time: time | None = None
    text: str


def parse_task(typed: str, today: date, cal: WorkCalendar) -> TaskLine:
    """Read „Blumen bestellen fr“: the last words are the day where they can be one, otherwise there is none.

    Args:
        typed: The line; a time of day may follow the day, alone it means today.
        today: The day it is typed on.
        cal: The office's calendar, for Arbeitstage.

    Raises:
        Refusal: nothing is to be done, or the day at the end is unclear or past.
    """
    words = typed.split()
    words, at = _time_at_end(words)
    label, day, how = _day_at_end(words, today, cal)
    if not label:
        raise Refusal("Es fehlt, was zu tun ist.", "", EXAMPLE)
    if day is None and at is not None:
        day, how = today, "heute"
    if day is None:
        return TaskLine(label=label, text=f"„{label}“ · ohne Termin")
    hour = f" · {clock(at)}" if at is not None else ""
    return TaskLine(label=label, due_on=day, due_time=at, text=f"„{label}“ · {how}{hour}")


def _time_at_end(words: list[str]) -> tuple[list[str], time | None]:
    for count in (3, 2, 1):
        match = _CLOCK.fullmatch(" ".join(words[-count:])) if len(words) > count else None
        if match is not None:
            return words[:-count], parse_clock(match[1])
    return words, None


def _day_at_end(words: list[str], today: date, cal: WorkCalendar) -> tuple[str, date | None, str]:
    for count in range(min(_WORDS_OF_A_DAY, len(words)), 0, -1):
        tail = " ".join(words[-count:])
        try:
            found = parse_day(tail, today, cal)
        except Ambiguous as asked:
            if not words[:-count]:
                raise
            if _ASKED.match(tail) or _FORM.fullmatch(tail) or tail.lower().rstrip(".") in _NAMES:
                raise AmbiguousTask(asked, " ".join(words[:-count])) from None
            continue
        except Refusal:
            if _FORM.fullmatch(tail) or tail.lower().rstrip(".") in _NAMES:
                raise
            continue
        rest = words[:-count]
        while rest and rest[-1].lower() in _LEADING:
            rest = rest[:-1]
        return " ".join(rest), found.day, found.text
    return " ".join(words), None, ""
