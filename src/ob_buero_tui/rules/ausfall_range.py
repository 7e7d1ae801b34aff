"""The time of an absence: days, spans, lengths and weeks, read with the grammar of dates."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from ob_buero_tui.rules.ausfall_words import DAYS_OF_MONTH, LENGTH, PARTS, WEEK
from ob_buero_tui.rules.german import long_date
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.when import Ambiguous, When, parse_any_when, parse_when
from ob_buero_tui.rules.when_values import end_on
from ob_buero_tui.rules.when_words import number_of, weekday_of
from ob_buero_tui.rules.workdays import WorkCalendar

_ONE_DAY = timedelta(days=1)
_BETWEEN = (r" bis ", r" - ", r"-", r" und ")
_FROM = re.compile(r"^(?:vom|von|ab|seit)\s+")
_FARTHEST = timedelta(days=400)


@dataclass(frozen=True, slots=True)
class Range:
    """A time, local wall time, the end exclusive; whether its beginning was said."""

    start: datetime
    end: datetime
    said_start: bool = True


class UnclearDay(Refusal):
    """A day in the line can mean several; `phrase` are its words."""

    def __init__(self, ambiguous: Ambiguous, phrase: str) -> None:
        super().__init__(ambiguous.what, ambiguous.why, ambiguous.now)
        self.phrase = phrase
        self.choices = ambiguous.choices


@dataclass(frozen=True, slots=True)
class _Line:
    """What a phrase is read with."""

    now: datetime
    cal: WorkCalendar
    chosen: Mapping[str, When]

    def when(self, phrase: str, past: str = "") -> When:
        """One day, with or without a time; an unclear one says which phrase it is.

        Args:
            past: The word before a day that may lie in the past: „seit“, „ab“, „vom“.
        """
        phrase = phrase.strip()
        if phrase in self.chosen:
            return self.chosen[phrase]
        last = phrase.split(" ")[-1] if phrase else ""
        if last in PARTS:
            return self._part(phrase.removesuffix(last).strip(), last)
        try:
            return self._read(phrase, past)
        except Ambiguous as ambiguous:
            raise UnclearDay(ambiguous, phrase) from None

    def _read(self, phrase: str, past: str) -> When:
        if past == "seit":
            found = parse_when(phrase, self.now, self.cal, allow_past=True)
            coming = weekday_of(phrase) is not None and found.day > self.now.date()
            return replace(found, day=found.day - timedelta(days=7)) if coming else found
        return (parse_any_when if past else parse_when)(phrase, self.now, self.cal)

    def _part(self, phrase: str, part: str) -> When:
        day = self.when(phrase) if phrase else When(day=self.now.date(), text="")
        if day.start is not None:
            return parse_when(f"{phrase} {part}", self.now, self.cal)
        start, end = PARTS[part]
        return When(day=day.day, start=start, end=end or time.max, text="")


def read_range(
    phrase: str, now: datetime, cal: WorkCalendar, chosen: Mapping[str, When] | None = None
) -> Range:
    """Read the time of an absence.

    Args:
        phrase: Folded words, without the reason.
        now: The office's wall time.
        cal: The office's calendar.
        chosen: How unclear days in it are meant.

    Raises:
        UnclearDay: a day in it can mean several.
        Refusal: it is no time, has no end, or ends before it begins.
    """
    line = _Line(now, cal, chosen or {})
    found = None
    for reader in _READERS:
        if (found := reader(line, phrase)) is not None:
            break
    if found is None:
        found = _single(line, phrase)
    if found.end <= found.start:
        why = f"Sie begänne {long_date(found.start.date())} und endete {long_date(found.end.date())}."
        raise Refusal("Die Abwesenheit endet, bevor sie beginnt.", why, "Ändern Sie Beginn oder Ende.")
    if found.end - found.start > _FARTHEST:
        why = f"Sie würde bis {long_date((found.end - _ONE_DAY).date())} dauern."
        raise Refusal("Die Abwesenheit ist länger als ein Jahr.", why, "Bitte das Datum prüfen.")
    return found


def _of_length(line: _Line, phrase: str) -> Range | None:
    """„2 tage“, „ab morgen 3 arbeitstage“, „eine woche ab mo“."""
    match = LENGTH.search(phrase)
    if match is None:
        return None
    rest = (phrase[: match.start()] + phrase[match.end() :]).strip()
    if rest in ("in", "noch", "die naechsten", "naechste", "weitere"):
        rest = ""
    start = line.when(_FROM.sub("", rest), _word(rest)).day if rest else line.now.date()
    count = number_of(match[1]) or 0
    if not 0 < count < 200:
        return None
    return Range(_begin(start), _after(line.cal, start, count, match[2]), bool(rest))


def _after(cal: WorkCalendar, start: date, count: int, unit: str) -> datetime:
    if not unit.startswith("arbeitstag"):
        days = count * 7 if unit.startswith("woche") else count
        return _begin(start + timedelta(days=days))
    day = start
    while True:
        count -= cal.is_open(day)
        day += _ONE_DAY
        if count <= 0:
            return _begin(day)


def _of_week(line: _Line, phrase: str) -> Range | None:
    """A whole week, of the present one what is left; the weekend."""
    if phrase in ("wochenende", "am wochenende", "uebers wochenende"):
        today = line.now.date()
        saturday = today + timedelta(days=(5 - today.weekday()) % 7)
        return Range(_begin(saturday), _begin(saturday + 2 * _ONE_DAY))
    if not WEEK.fullmatch(phrase) or re.search(r"kw.* [a-z]", phrase):
        return None
    bare = re.sub(r"^(?:die )?(?:ganze )?", "", phrase)
    today = line.now.date()
    first = today if bare.startswith("diese") else line.when(bare).day
    return Range(_begin(first), _begin(first + timedelta(days=7 - first.weekday())))


def _until(line: _Line, phrase: str) -> Range | None:
    """„bis fr“, „bis 14 uhr“: from today on."""
    if not phrase.startswith("bis "):
        return None
    last = line.when(phrase.removeprefix("bis "))
    return Range(_begin(line.now.date()), _end(last), said_start=False)


def _of_month(line: _Line, phrase: str) -> Range | None:
    """„21.-23.12.“: the month of the second day is that of the first, too."""
    match = DAYS_OF_MONTH.fullmatch(_FROM.sub("", phrase))
    if match is None:
        return None
    last = line.when(match[2])
    start = line.when(f"{match[1]}.{last.day:%m.%Y}", "vom")
    return Range(_start(start), _end(last))


def _from_to(line: _Line, phrase: str) -> Range | None:
    """„mo bis mi“, „ab do 14 uhr bis fr“, „heute und morgen“."""
    bare = _FROM.sub("", phrase)
    for between in _BETWEEN:
        for match in re.finditer(between, bare):
            first, second = bare[: match.start()].strip(), bare[match.end() :].strip()
            if not first or not second:
                continue
            if (found := _both(line, phrase, first, second, together=between == r" und ")) is not None:
                return found
    return None


def _both(line: _Line, phrase: str, first: str, second: str, *, together: bool) -> Range | None:
    try:
        whole = line.when(_FROM.sub("", phrase)) if not together else None
    except Refusal:
        whole = None
    if whole is not None and whole.end is not None:
        return None  # „do 10 bis 16 uhr“ is a span of one day
    try:
        start = line.when(first, _word(phrase) or "ab")
        last = _later(line, second, start.day)
    except UnclearDay:
        raise
    except Refusal:
        return None
    found = Range(_start(start), _end(last))
    if together and last.day - start.day > _ONE_DAY:
        raise Refusal(
            "Das sind zwei einzelne Tage.",
            f"Zwischen {long_date(start.day)} und {long_date(last.day)} liegen weitere.",
            "Legen Sie zwei Abwesenheiten an, oder schreiben Sie „bis“.",
        )
    return found


def _later(line: _Line, phrase: str, start: date) -> When:
    """The second end: of several readings the first that does not lie before the first end."""
    try:
        return line.when(phrase)
    except UnclearDay as unclear:
        fitting = [one for one in unclear.choices if one.day > start]
        if len(unclear.choices) > 1 and len(fitting) == 1:
            return fitting[0]
        raise


def _single(line: _Line, phrase: str) -> Range:
    """One day, or a part of it; a beginning without an end is refused."""
    bare = _FROM.sub("", phrase)
    found = line.when(bare)
    if found.start is None and bare != phrase and not phrase.startswith(("vom", "von")):
        raise Refusal(
            "Es fehlt, bis wann die Abwesenheit dauert.",
            f"Sie beginnt {long_date(found.day)}.",
            "Zum Beispiel: krank bis fr, oder ab mo 3 tage.",
        )
    if found.start is not None and found.end is None:
        return Range(_start(found), _begin(found.day + _ONE_DAY))
    return Range(_start(found), _end(found))


def _word(phrase: str) -> str:
    """The word that begins a phrase, where it speaks of a beginning."""
    match = _FROM.match(phrase)
    return match[0].strip() if match else ""


def _start(found: When) -> datetime:
    return datetime.combine(found.day, found.start or time.min)


def _end(found: When) -> datetime:
    """The end of a day, or the time that was said; of a span its end."""
    at = found.end or found.start
    if at is None or at == time.max:
        return _begin(found.day + _ONE_DAY)
    return datetime.combine(found.day, at) if found.end is None else end_on(found.day, at)


def _begin(day: date) -> datetime:
    return datetime.combine(day, time.min)


_READERS: tuple[Callable[[_Line, str], Range | None], ...] = (
    _of_length, _of_week, _until, _of_month, _from_to,
)  # fmt: skip
