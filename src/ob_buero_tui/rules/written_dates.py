"""Dates as they are written out in letters, forms and lists: with day, month and year, beyond doubt."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            *(("januar", "jan", "jänner"), ("februar", "feb", "febr"), ("märz", "mär", "mrz", "maerz")),
            *(("april", "apr"), ("mai",), ("juni", "jun"), ("juli", "jul"), ("august", "aug")),
            *(("september", "sep", "sept"), ("oktober", "okt"), ("november", "nov"), ("dezember", "dez")),
        ),
        start=1,
    )
    for name in names
}
_WORD = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DATE = re.compile(
    rf"(?i)(?<![\w.])(?:(?P<y>\d{{4}})-(?P<m>\d{{2}})-(?P<d>\d{{2}})"
    rf"|(?P<day>\d{{1,2}})\.\s?(?:(?P<month>\d{{1,2}})\.\s?|(?P<word>{_WORD})\.?\s)(?P<year>\d{{4}}|\d{{2}}(?!\d)))"
)
_CLOCK = r"(\d{1,2})(?:[:.](\d{2}))?"
_START = re.compile(
    rf"(?i)T?[\s,;]*(?:um|ab|von|zwischen|beginn:?)?\s*(?<!\d){_CLOCK}(?P<s>:\d{{2}})?(?!\d|\.\d|\.?\s?(?:{_WORD})\b)"
    rf"\s*(?P<u>uhr)?(?:\s*(?:-|–|bis|und)\s*{_CLOCK}\s*(?P<v>uhr)?)?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A date with the times that follow it; `at` is its offset in the text, `stop` that behind it."""

    day: date
    start: time | None = None
    end: time | None = None
    at: int = 0
    stop: int = 0


def written_dates(text: str) -> tuple[Written, ...]:
    """All full dates of a text in their order; what is no day of the calendar is passed over."""
    found = []
    for match in _DATE.finditer(text):
        day = _day(match)
        if day is not None:
            start, end, stop = _times(text, match.end())
            found.append(Written(day=day, start=start, end=end, at=match.start(), stop=stop))
    return tuple(found)


def _day(match: re.Match[str]) -> date | None:
    if match["y"]:
        year, month, day = int(match["y"]), int(match["m"]), int(match["d"])
    else:
        year = int(match["year"]) + (2000 if len(match["year"]) == 2 else 0)
        month = int(match["month"] or _MONTHS[match["word"].lower()])
        day = int(match["day"])
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _times(text: str, begin: int) -> tuple[time | None, time | None, int]:
    """The times right behind a date; a bare number is no time of day."""
    match = _START.match(text, begin, begin + 60)
    if match is None or not (match["u"] or match["v"] or match[2]):
        return None, None, begin
    start = _time(match[1], match[2])
    if start is None:
        return None, None, begin
    end = _time(match[5], match[6]) if match[5] else None
    return start, end if end is not None and end > start else None, match.end()


def _time(hour: str, minute: str | None) -> time | None:
    found = int(hour), int(minute or 0)
    return time(*found) if found[0] < 24 and found[1] < 60 else None
