"""The words of a line that say when: a day, a time, a span of days, a series; at its head or at its end."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import TypeVar

from ob_buero_tui.rules.event_line_series import SERIES_WORD
from ob_buero_tui.rules.german import clock, long_date
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.series_make import SeriesChoice
from ob_buero_tui.rules.series_words import read_end, read_series
from ob_buero_tui.rules.when import parse_any_day, parse_any_when, parse_clock
from ob_buero_tui.rules.when_clock import read_clock
from ob_buero_tui.rules.when_feasts import read_feast
from ob_buero_tui.rules.when_values import Ambiguous, Asked, Clock, When, end_clock
from ob_buero_tui.rules.when_words import fold, number_of, quoted, weekday_of
from ob_buero_tui.rules.workdays import WorkCalendar

_T = TypeVar("_T")
_MOST_WORDS = 9
_MOST_SERIES_WORDS = 14
_PARTS_OF_A_SERIES = 4
_EVENING, _MORNING = time(17), time(8)
_DOTTED = re.compile(r"\d{1,2}\.\d{1,2}")
_CLOCKLIKE = re.compile(
    r"\d\s*(?:uhr|h\b)|\d[:.]\d\d\b(?!\.)|\d\s*(?:-|–|bis)\s*\d|\b(?:halb|viertel|dreiviertel|uhr)\b"
)
_SURE = re.compile(r"\d{1,2}\.(?:\d|\s|-|$)|kw\s?\d|\d{4}-\d\d-\d\d|\d{1,2}\. ?[a-z]{3}")
_CLOCK_FIRST = re.compile(
    r"\d{1,2}(?:[:.]\d\d)?\s*(?:uhr\b|h\b|(?:-|–|bis)\s*\d)|\d{1,2}[:.]\d\d\b(?!\.)|halb |(?:drei)?viertel "
)
_NOT_HOURS = re.compile(
    r"(?:jahre?n?|tage?n?|wochen?|monate?n?|stunden?|std|min\w*|km|meter|m|personen|gäste|gaeste|punkte?"
    r"|euro|eur|prozent|kinder|leute|mal|x|stück|plätze|vereine|teilnehm\w*)\b|€|%",
    re.IGNORECASE,
)
_ENDS = re.compile(r"\s*(?:-|–|\bbis(?: zum)?\b)\s*")
_LEFT_OVER = re.compile(r"\s+(?:am|um|ab|vom|den|der)(?=\s*(?:,|$))", re.IGNORECASE)
_DAY_WORDS = frozenset(("heute", "morgen", "uebermorgen", "gestern"))
_OVERNIGHT = re.compile(
    r"(.*?)\b(\d{1,2}(?:[:.]\d\d)?(?: ?uhr)?)\s*(?:-|–|bis)\s*(\d{1,2}(?:[:.]\d\d)?(?: ?uhr)?)(?: (.*))?"
)
_HOUR_ALONE = re.compile(r"(?:um )?\d{1,2}(?::\d\d)?(?: ?uhr)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What the words of a line say about when.

    Args:
        when: Day and time; None where the line says neither.
        until: Day and time of the end, where the line says two days.
        series: How it repeats.
        asked: The question, where day or time can mean several things.
        rest: The words that say what and where.
        feast: The name of a feast that stood for the day, as the title where there is no other.
    """

    when: When | None = None
    until: When | None = None
    series: SeriesChoice | None = None
    asked: Ambiguous | None = None
    rest: str = ""
    feast: str = ""


def read_head(words: Sequence[str], now: datetime, at: datetime, cal: WorkCalendar) -> Head:
    """Read when a line says, from its first words, else from its last ones.

    Raises:
        Refusal: the words name a day or time that does not exist.
    """
    if SERIES_WORD.fullmatch(fold(words[0])):
        found = _series(words, now, at, cal)
        if found is not None:
            return found
    problem: Refusal | None = None
    for count in range(min(len(words), _MOST_WORDS), 0, -1):
        try:
            head = _phrase(words[:count], words[count:], now, at, cal)
        except Refusal as refusal:
            if not _begins_as_when(words[:count]):
                continue
            if _is_wrong_time(words[:count], refusal):
                raise
            problem = refusal
            continue
        if head is not None:
            return head
    if problem is not None:
        raise problem
    return _at_end(words, now, at, cal) or Head(rest=" ".join(words))


def _phrase(
    head: Sequence[str], rest: Sequence[str], now: datetime, at: datetime, cal: WorkCalendar
) -> Head | None:
    """What these words say about when; None where they are something else.

    Raises:
        Refusal: they are no day or time that exists.
    """
    shown, typed = " ".join(head), fold(" ".join(head))
    if not _may_be_when(typed, rest):
        return None
    left = " ".join(rest).lstrip(", ")
    try:
        found = _clock_alone(typed, at) or _day_and_clock(shown, typed, now, cal)
    except Ambiguous as asked:
        return Head(asked=asked, rest=left) if _is_surely_when(head) else None
    except Refusal:
        long = _over_midnight(typed, now, at, cal) or _two_days(typed, now, cal)
        if long is None:
            raise
        return Head(when=long[0], until=long[1], rest=left, feast=_feast_in(head, now.date(), cal))
    if found is None:
        return None
    return Head(when=found, rest=left, feast=_feast_in(head, now.date(), cal))


def _may_be_when(typed: str, rest: Sequence[str]) -> bool:
    """Whether a phrase may say when: „10 Jahre Kita“ and „Zwei Vereine“ do not."""
    last = typed.rpartition(" ")[2]
    if rest and last.isdigit() and _NOT_HOURS.match(rest[0]):
        return False
    if not any(char.isdigit() for char in typed) and number_of(last) is not None:
        return _CLOCKLIKE.search(typed) is not None
    return True


def _clock_alone(typed: str, at: datetime) -> When | None:
    """A time of day alone is one of the day under the cursor."""
    if _DOTTED.fullmatch(typed) or not _CLOCKLIKE.search(typed) or _is_tomorrow(typed):
        return None
    found = read_clock(typed)
    if found is None:
        return None
    choices = tuple(_at(at.date(), one) for one in found)
    if len(choices) == 1:
        return choices[0]
    names = " oder ".join(clock(one.start) for one in found)
    what = f"{quoted(typed)} ist nicht eindeutig."
    raise Ambiguous(what, f"Das kann {names} Uhr heißen.", "Bitte wählen.", choices)


def _is_tomorrow(typed: str) -> bool:
    """Whether „morgen“ is the day and no time of day: „morgen 14 Uhr“, „14 Uhr morgen“."""
    words = typed.split()
    return "morgen" in (words[0], words[-1])


def _at(day: date, at: Clock) -> When:
    span = clock(at.start) + (f"–{end_clock(at.end)}" if at.end is not None else "")
    return When(day=day, start=at.start, end=at.end, text=f"{long_date(day)}, {span} Uhr")


def _day_and_clock(shown: str, typed: str, now: datetime, cal: WorkCalendar) -> When | None:
    """A day, with or without a time; a time without a day is none where it does not look like one."""
    if _DOTTED.fullmatch(typed) is None and not _is_tomorrow(typed) and _reads_as_clock(typed):
        return None
    return parse_any_when(shown, now, cal)


def _reads_as_clock(typed: str) -> bool:
    try:
        return read_clock(typed) is not None
    except Refusal:
        return True


def _feast_in(head: Sequence[str], today: date, cal: WorkCalendar) -> str:
    """The feast that stands for the day, as it was typed, without the time before or after it."""
    for begin in range(len(head)):
        for end in range(len(head), begin, -1):
            shown = " ".join(head[begin:end]).strip(" ,")
            typed = fold(shown)
            if not typed or any(char.isdigit() for char in typed):
                continue
            try:
                found = read_feast(Asked(shown=quoted(typed), today=today, cal=cal, past=True), typed)
            except (Refusal, OverflowError, ValueError):
                continue
            if found is not None:
                return shown
    return ""


def _two_days(typed: str, now: datetime, cal: WorkCalendar) -> tuple[When, When] | None:
    """„21.-23.12.“, „mo bis mi“, „21.12. 14 Uhr bis 23.12. 12 Uhr“.

    Raises:
        Refusal: the last day lies before the first.
    """
    ends = _ENDS.split(typed.removeprefix("vom ").removeprefix("von "))
    if len(ends) != 2 or not all(ends) or _reads_as_clock(ends[1]) or _HOUR_ALONE.fullmatch(ends[0]):
        return None
    index = weekday_of(ends[1].split()[0])
    try:
        if index is not None and len(ends[1].split()) < 3:
            first = _coming(ends[0], now, cal)
            last = _weekday_after(first.day, index, ends[1])
        else:
            last = _coming(ends[1], now, cal)
            first = _first_of_two(ends[0], last, now, cal)
    except Refusal:
        return None
    if (last.day, last.start or time.max) <= (first.day, first.start or time(0)):
        raise Refusal(
            f"{quoted(typed)} wurde nicht übernommen.",
            "Das Ende liegt nicht nach dem Beginn.",
            "Zum Beispiel: 21.-23.12. Urlaub",
        )
    return first, last


def _coming(typed: str, now: datetime, cal: WorkCalendar) -> When:
    """A day of a span: of several it can be the nearest one."""
    try:
        return parse_any_when(typed, now, cal)
    except Ambiguous as asked:
        return min(asked.choices, key=lambda one: abs(one.day - now.date()))


def _weekday_after(day: date, index: int, typed: str) -> When:
    """The weekday that follows a day, with the time that stands behind it."""
    rest = typed.partition(" ")[2]
    found = read_clock(rest) if rest else None
    if rest and (found is None or len(found) > 1):
        raise Refusal(f"{quoted(typed)} ist kein Tag.")
    later = day + timedelta(days=(index - day.weekday() - 1) % 7 + 1)
    return When(day=later, start=found[0].start if found else None, text=long_date(later))


def _first_of_two(typed: str, last: When, now: datetime, cal: WorkCalendar) -> When:
    """The first day of two; „21.“ is one of the month of the last."""
    if not (match := re.fullmatch(r"(\d{1,2})\.", typed)):
        return _coming(typed, now, cal)
    try:
        day = last.day.replace(day=int(match[1]))
    except ValueError:
        raise Refusal(f"{quoted(typed)} gibt es nicht.", "Der Kalender hat diesen Tag nicht.") from None
    return When(day=day, exact=True, text=long_date(day))


def _over_midnight(typed: str, now: datetime, at: datetime, cal: WorkCalendar) -> tuple[When, None] | None:
    """„fr 22-2 Uhr“, „23-1 Uhr Silvester“: from an evening into the morning after it."""
    match = _OVERNIGHT.fullmatch(typed)
    if match is None:
        return None
    named = f"{match[1]} {match[4] or ''}".strip()
    try:
        begin, end = parse_clock(match[2]), _morning(match[3])
        day = parse_any_day(named, now.date(), cal).day if named else at.date()
    except Ambiguous:
        raise
    except Refusal:
        return None
    if begin < _EVENING or end > _MORNING:
        return None
    return _at(day, Clock(start=begin, end=end)), None


def _morning(typed: str) -> time:
    """An hour after midnight: a bare 2 is none of the afternoon here."""
    match = re.fullmatch(r"(\d{1,2})(?:[:.](\d\d))?(?: ?uhr)?", typed)
    if match is None or int(match[1]) > 23 or int(match[2] or 0) > 59:
        raise Refusal(f"{quoted(typed)} ist keine Uhrzeit.")
    return time(int(match[1]), int(match[2] or 0))


def _is_surely_when(words: Sequence[str]) -> bool:
    """Whether words can only be meant as day or time, so that a mistake in them is told."""
    first = fold(words[0])
    if first in _DAY_WORDS or weekday_of(first) is not None or _SURE.match(fold(" ".join(words))):
        return True
    return _CLOCKLIKE.search(fold(" ".join(words))) is not None


def _begins_as_when(words: Sequence[str]) -> bool:
    """Whether the very first word says when, so that a mistake in it is none of a title."""
    typed = fold(" ".join(words)).removeprefix("um ")
    first = typed.partition(" ")[0]
    known = first in _DAY_WORDS or weekday_of(first) is not None
    return known or _SURE.match(typed) is not None or _CLOCK_FIRST.match(typed) is not None


def _is_wrong_time(words: Sequence[str], refusal: Refusal) -> bool:
    """Whether a day is followed by a time that does not exist: „do 25 Uhr“."""
    return fold(words[-1]) == "uhr" and "verstanden" not in refusal.what


def _at_end(words: Sequence[str], now: datetime, at: datetime, cal: WorkCalendar) -> Head | None:
    """„Spatenstich Kita Nord do 14 Uhr, Hafenstr. 3“: the day before the place, or at the very end."""
    comma = next((index for index, word in enumerate(words) if word.endswith(",")), len(words) - 1)
    for end in dict.fromkeys((comma + 1, len(words))):
        for count in range(min(end - 1, _MOST_WORDS), 0, -1):
            tail = words[end - count : end]
            if not _is_surely_when(tail) or (count == 1 and _is_only_a_word(tail[0])):
                continue
            rest = [*words[: end - count], *([","] if end < len(words) else []), *words[end:]]
            try:
                head = _phrase(tail, rest, now, at, cal)
            except Ambiguous:
                raise
            except Refusal:
                continue
            if head is not None:
                return replace(head, rest=_LEFT_OVER.sub("", " ".join(rest)).replace(" ,", ","))
    return None


def _is_only_a_word(word: str) -> bool:
    """Two letters with a capital at the end of a title are hardly a weekday."""
    bare = word.strip(".,")
    return len(bare) <= 3 and not bare.islower() and not any(char.isdigit() for char in bare)


def _series(words: Sequence[str], now: datetime, at: datetime, cal: WorkCalendar) -> Head | None:
    """„jeden mo 8 Uhr bis 30.6. Jour fixe“: the rule, then time, begin and end in any order."""
    problem: Refusal | None = None
    for count in range(min(len(words), _MOST_SERIES_WORDS), 0, -1):
        try:
            choice = read_series(" ".join(words[:count]), now.date(), cal)
        except Refusal as refusal:
            problem = refusal
            continue
        if choice is not None:
            return _series_rest(choice, words[count:], now, at, cal)
    if problem is not None and problem.why:
        raise problem
    return None


def _series_rest(
    choice: SeriesChoice, words: Sequence[str], now: datetime, at: datetime, cal: WorkCalendar
) -> Head:
    """What follows the rule: a time of day, „ab 7.12.“, „bis 30.6.“ and „6-mal“."""
    day, span = max(now.date(), at.date()), None
    rest = list(words)
    for _ in range(_PARTS_OF_A_SERIES):
        if span is None and (found := _taken(rest, lambda part: _clock_part(part))) is not None:
            (span, rest) = found
        elif (begin := _taken(rest, lambda part: _begin_part(part, now, cal))) is not None:
            (day, rest) = begin
        elif (end := _taken(rest, lambda part: read_end(part, now.date(), cal))) is not None:
            choice, rest = replace(choice, until=end[0].until, count=end[0].count), end[1]
        else:
            break
    when = _at(day, span) if span is not None else When(day=day, text=long_date(day))
    return Head(when=when, series=choice, rest=" ".join(rest).lstrip(", "))


def _taken(words: list[str], read: Callable[[str], _T | None]) -> tuple[_T, list[str]] | None:
    """What the longest beginning of some words means to a reader, and the words after it."""
    for count in range(min(len(words), 5), 0, -1):
        try:
            found = read(" ".join(words[:count]))
        except Refusal:
            continue
        if found is not None:
            return found, words[count:]
    return None


def _clock_part(part: str) -> Clock | None:
    typed = fold(part)
    if not _CLOCKLIKE.search(typed) and not re.fullmatch(r"um \d{1,2}", typed):
        return None
    found = read_clock(typed)
    return found[0] if found is not None and len(found) == 1 else None


def _begin_part(part: str, now: datetime, cal: WorkCalendar) -> date | None:
    typed = fold(part)
    return parse_any_day(typed[3:], now.date(), cal).day if typed.startswith("ab ") else None
