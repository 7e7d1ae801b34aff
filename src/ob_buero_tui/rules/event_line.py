"""One line that makes an appointment: „14-15 Uhr Spatenstich Kita Nord, Hafenstr. 3“."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from ob_buero_tui.rules.event_line_place import split_place
from ob_buero_tui.rules.event_line_series import SERIES_WORD, series_at_end
from ob_buero_tui.rules.event_line_time import Head, read_head
from ob_buero_tui.rules.german import clock, date_range, long_date
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.series_make import first_start, rrule_of
from ob_buero_tui.rules.series_text import series_sentence
from ob_buero_tui.rules.when_values import Ambiguous, When
from ob_buero_tui.rules.when_words import fold
from ob_buero_tui.rules.workdays import WorkCalendar

EXAMPLES = "Zum Beispiel: do 14-15 Uhr Spatenstich Kita Nord, Hafenstr. 3"
USUAL = timedelta(minutes=60)
ONE_DAY = timedelta(days=1)
_MOST_CHARS = 300
_LENGTH = re.compile(
    r"(?<![\w,.])\(?(\d{1,3}(?:[.,]\d{1,2})?)\s*(min|minuten?|h|std|stunden?)\b\.?\)?(?=\s*(?:,|$))"
    r"|^\(?(\d{1,3}(?:[.,]\d{1,2})?)\s*(min|minuten?|h|std|stunden?)\b\.?\)?,?(?=\s)",
    re.IGNORECASE,
)
_ALL_DAY = re.compile(r"(?<!\w)ganzt(?:ä|ae)gig(?!\w)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class EventLine:
    """An appointment as its line was understood.

    Args:
        start, end: Wall time of the office; midnights when all-day, the end exclusive.
        end_said: Whether the line says how long it lasts; otherwise its kind decides.
        rrule: How it repeats (RFC 5545), or "".
        text: What was understood, in German, to show below the line.
    """

    summary: str
    start: datetime
    end: datetime
    all_day: bool = False
    location: str = ""
    rrule: str = ""
    end_said: bool = False
    text: str = ""


class AmbiguousLine(Ambiguous):
    """A line whose day or time can mean several things.

    Args:
        lines: What the line is with each of the choices.
    """

    def __init__(self, asked: Ambiguous, lines: tuple[EventLine, ...]) -> None:
        super().__init__(asked.what, asked.why, asked.now, asked.choices)
        self.lines = lines


def parse_event_line(
    text: str,
    now: datetime,
    at: datetime,
    cal: WorkCalendar,
    *,
    places: Sequence[str] = (),
    tzid: str = "Europe/Berlin",
) -> EventLine:
    """Read an appointment from one line: when, how often, what, how long, where.

    Args:
        now: When it is typed, the office's wall time; „do“ and „morgen“ count from here.
        at: Where the cursor stands; its day and time are used where the line says none. Midnight stands
            for a view without hours.
        cal: The office's calendar.
        places: Names of places that the office knows; they need no comma before them.
        tzid: The office's time zone.

    Raises:
        AmbiguousLine: its day or time can mean several things; `lines` are the readings.
        Refusal: it says nothing, or its day, time or rule is wrong.
    """
    words = text.split()
    if not words or len(text) > _MOST_CHARS:
        why = "Die Zeile ist leer." if not words else f"Die Zeile hat mehr als {_MOST_CHARS} Zeichen."
        raise Refusal("Der Termin wurde nicht angelegt.", why, EXAMPLES)
    head = _head(words, now, at, cal)
    if head.asked is None:
        return _line(head, head.when, at, places, tzid)
    lines = tuple(_line(head, choice, at, places, tzid) for choice in head.asked.choices)
    raise AmbiguousLine(head.asked, lines)


def _head(words: list[str], now: datetime, at: datetime, cal: WorkCalendar) -> Head:
    """When the line says, with a rhythm at its head or at its end."""
    found = None if SERIES_WORD.fullmatch(fold(words[0])) else series_at_end(words, now.date(), cal)
    if found is None:
        return read_head(words, now, at, cal)
    head = read_head(found[1], now, at, cal)
    rest = head.rest.replace(" ,", ",")
    return replace(head, rest=rest, series=found[0])


def _line(head: Head, when: When | None, at: datetime, places: Sequence[str], tzid: str) -> EventLine:
    """The line with one reading of its day and time."""
    rest, minutes = _length(head.rest)
    rest, all_day = _without(_ALL_DAY, rest)
    summary, location = split_place(rest, places)
    if not summary:
        summary = head.feast
    if not summary:
        raise Refusal("Der Termin wurde nicht angelegt.", "Es fehlt, worum es geht.", EXAMPLES)
    start, end, whole, said = _span(head, when, at, minutes, all_day)
    rrule = ""
    if head.series is not None:
        length = end - start
        rrule = rrule_of(head.series, start, all_day=whole, tzid=tzid)
        start = first_start(rrule, start, all_day=whole, tzid=tzid)
        end = start + length
    line = EventLine(
        summary=summary,
        start=start,
        end=end,
        all_day=whole,
        location=location,
        rrule=rrule,
        end_said=said,
    )
    return _told(line, tzid)


def _told(line: EventLine, tzid: str) -> EventLine:
    if line.rrule:
        series = series_sentence(line.rrule, line.start, all_day=line.all_day, tzid=tzid)
        day = f"{series}, ab {long_date(line.start.date())}"
    elif line.all_day and line.end - line.start > ONE_DAY:
        day = date_range(line.start.date(), (line.end - ONE_DAY).date())
    else:
        day = long_date(line.start.date())
    if line.all_day:
        at = "ganztägig"
    elif line.start.date() == line.end.date():
        at = f"{clock(line.start)}–{clock(line.end)} Uhr"
    else:
        at = f"{clock(line.start)} Uhr bis {long_date(line.end.date())} {clock(line.end)} Uhr"
    parts = (f"{day}, {at}", line.summary, line.location)
    return replace(line, text=" · ".join(part for part in parts if part))


def _length(rest: str) -> tuple[str, int | None]:
    """Take „45 min“ or „1,5 Std.“ out of a text."""
    match = _LENGTH.search(rest)
    if match is None:
        return rest, None
    number, unit = match[1] or match[3], match[2] or match[4]
    value = float(number.replace(",", "."))
    minutes = round(value * (1 if unit.lower().startswith("min") else 60))
    if not 1 <= minutes <= 24 * 60:
        return rest, None
    return _joined(rest[: match.start()], rest[match.end() :]), minutes


def _without(pattern: re.Pattern[str], rest: str) -> tuple[str, bool]:
    match = pattern.search(rest)
    return (rest, False) if match is None else (_joined(rest[: match.start()], rest[match.end() :]), True)


def _joined(before: str, after: str) -> str:
    """What is left around something that was taken out."""
    text = " ".join(f"{before} {after}".split())
    return re.sub(r"\s+,", ",", re.sub(r",\s*(?:,\s*)+", ", ", text)).strip(" ,")


def _span(
    head: Head, when: When | None, at: datetime, minutes: int | None, all_day: bool
) -> tuple[datetime, datetime, bool, bool]:
    """Start, end, whether all-day, and whether the line said the length."""
    day = when.day if when is not None else at.date()
    first = when.start if when is not None else None
    if head.until is not None:
        return _long_span(head, day, first)
    if first is None and when is None and at.time() != time(0) and not all_day:
        first = at.time()
    if first is None and minutes is not None and not all_day:
        if at.time() == time(0):
            raise Refusal("Der Termin wurde nicht angelegt.", "Es fehlt die Uhrzeit.", EXAMPLES)
        first = at.time()
    if first is None or all_day:
        return _midnight(day), _midnight(day) + ONE_DAY, True, True
    start = datetime.combine(day, first)
    if when is not None and when.end is not None:
        end = datetime.combine(day, when.end)
        return start, end if end > start else end + ONE_DAY, False, True
    return start, start + (timedelta(minutes=minutes) if minutes else USUAL), False, minutes is not None


def _long_span(head: Head, day: date, first: time | None) -> tuple[datetime, datetime, bool, bool]:
    """From one day to another, with times or without."""
    assert head.until is not None  # noqa: S101 only lines with two days come here
    last = head.until
    if first is None or last.start is None:
        return _midnight(day), _midnight(last.day) + ONE_DAY, True, True
    return datetime.combine(day, first), datetime.combine(last.day, last.start), False, True


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(0))
