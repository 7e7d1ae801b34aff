"""One line that asks for free times: „60 Minuten, nächste drei Wochen, vormittags, mit Frau X und Raum Y“."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from dateutil.relativedelta import relativedelta

from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.german import WEEKDAYS, clock, date_range, duration, join
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.when import parse_day, parse_span
from ob_buero_tui.rules.when_clock import is_day_end
from ob_buero_tui.rules.when_values import Ambiguous
from ob_buero_tui.rules.when_words import fold, month_of, number_of, quoted, weekday_of
from ob_buero_tui.rules.workdays import WorkCalendar

EXAMPLE = "Zum Beispiel: 60 Minuten, nächste drei Wochen, vormittags, mit Frau X und Raum Y, 30 Minuten Fahrt"
WEEKS = 3
"""So far is looked where the line names no time."""

_MOST_WORDS = 12
_LONGEST = timedelta(days=366)
_HALF = {
    "halbe": 30,
    "dreiviertel": 45,
    "viertel": 15,
    "anderthalb": 90,
    "eineinhalb": 90,
    "zweieinhalb": 150,
}
_LENGTH = re.compile(
    r"(?P<number>\d+(?:[.,]\d+)?|[a-z]+)\s*(?P<unit>minuten?|min\.?|stunden?|std\.?|h)"
    r"(?P<way> (?:an)?fahrt| weg)?"
)
_WAY = re.compile(r"(?:an)?fahrt (?P<rest>.+)")
_PARTS = {
    "vormittag": (None, time(12)),
    "frueh": (None, time(10)),
    "mittag": (time(11, 30), time(14)),
    "nachmittag": (time(12), None),
    "abend": (time(17), time(22)),
}
_NEXT = re.compile(
    r"(?:in )?(?:den |die |der )?(?:(?:naechste[nrm]?|kommende[nrm]?) )?(?P<number>\w+) "
    r"(?P<unit>tagen?|wochen?|monate?n?)"
)
_COMING = re.compile(r"(?:in )?(?:der |den |dem )?(?:naechste[nrm]?|kommende[nrm]?) (?P<unit>woche|monat)")
_THIS = re.compile(r"(?:in )?diese[rn]? (?P<unit>woche|monat)")
_WEEK = re.compile(r"(?:in )?(?:der )?kw ?(?P<week>\d{1,2})")
_FROM_TO = re.compile(r"(?:von |vom |ab )?(?P<first>.+?) (?:bis|-) (?:zum )?(?P<last>.+)")
_UNTIL, _FROM = re.compile(r"bis (?:zum |zu )?(.+)"), re.compile(r"(?:ab|vom|von) (?:dem )?(.+)")
_ROOM = re.compile(r"(?:im |in |mit )?(?:dem |der )?raum (?P<name>.+)", re.IGNORECASE)
_A_ROOM = re.compile(
    r"(?:im |in |mit )?(?:dem |der )?(?P<name>\w*(?:saal|zimmer|halle|raum)(?: \S+)?)", re.IGNORECASE
)
_WITH = re.compile(r"(?:und |zusammen )?mit (.+)", re.IGNORECASE)
_INSTEAD = re.compile(r"f(?:ü|ue)r (.+)", re.IGNORECASE)
_EDGE = re.compile(r"(?P<side>ab|nach|bis|vor) (?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2}))?(?P<uhr> uhr)?")
_DAYS_OF_WEEK = re.compile(r"(?:nur |auch |und )?(?:am |an )?(.+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class FreeWish:
    """What is looked for.

    Args:
        minutes: How long.
        first, last: The days, both included.
        begin, end: Between which times of day.
        weekdays: On which days of the week, 0 is Monday.
        people: Whose time is needed besides the mayor's, as typed.
        room: The room, as typed; "" for none.
        travel_min: Minutes of the way there, and of the way back.
        mayor: Whether the mayor's time is needed.
    """

    minutes: int
    first: date
    last: date
    begin: time
    end: time
    weekdays: tuple[int, ...] = (0, 1, 2, 3, 4)
    people: tuple[str, ...] = ()
    room: str = ""
    travel_min: int = 0
    mayor: bool = True

    @property
    def text(self) -> str:
        """How the line was understood, in German."""
        whose = [*(["OB"] if self.mayor else []), *self.people]
        days = "" if self.weekdays == (0, 1, 2, 3, 4) else join([WEEKDAYS[day][:2] for day in self.weekdays])
        parts = (
            duration(self.minutes),
            date_range(self.first, self.last),
            days,
            f"{clock(self.begin)}–{clock(self.end)} Uhr",
            f"für {join(whose)}" if whose else "",
            f"Raum {self.room}" if self.room else "",
            f"je {duration(self.travel_min)} Fahrt" if self.travel_min else "",
        )
        return " · ".join(part for part in parts if part)


def parse_free(
    typed: str, now: datetime, cal: WorkCalendar, hours: tuple[time, time], *, minutes: int = 60
) -> FreeWish:
    """Read the line; its parts are separated by commas and come in any order.

    Args:
        typed: The line; an empty one asks for an hour in the next three weeks.
        now: When it is typed, wall time of the office.
        cal: The office's calendar.
        hours: When the office's appointments usually begin and end.
        minutes: How long where the line does not say.

    Raises:
        Refusal: a part is not understood, or nothing can be free in what is asked.
    """
    today = now.date()
    wish = FreeWish(
        minutes=minutes, first=today, last=today + timedelta(weeks=WEEKS), begin=hours[0], end=hours[1]
    )
    text = re.sub(r"(?<=\d),(?=\d)", ".", clean(typed, limit=500))
    for part in filter(None, (one.strip() for one in re.split(r"[,;]", text))):
        wish = _read(part, wish, today, cal, hours)
    return _possible(wish)


def _read(part: str, wish: FreeWish, today: date, cal: WorkCalendar, hours: tuple[time, time]) -> FreeWish:
    """One part of the line, or several that only blanks or „und“ divide.

    Raises:
        Refusal: it is not understood; named as it was typed.
    """
    words = part.split()
    if words and fold(words[0]) == "und":
        words = words[1:]
    try:
        return _one(" ".join(words), wish, today, cal, hours)
    except Ambiguous:
        raise
    except Refusal as refusal:
        for cut in range(min(len(words), _MOST_WORDS) - 1, 0, -1):
            try:
                begun = _one(" ".join(words[:cut]), wish, today, cal, hours)
                return _read(" ".join(words[cut:]), begun, today, cal, hours)
            except Refusal:
                continue
        raise Refusal(
            refusal.what.replace(quoted(fold(part)), quoted(part)), refusal.why, refusal.now
        ) from None


def _one(part: str, wish: FreeWish, today: date, cal: WorkCalendar, hours: tuple[time, time]) -> FreeWish:
    low = fold(part)
    readers: tuple[Callable[[], FreeWish | None], ...] = (
        lambda: _length(low, wish),
        lambda: _part_of_day(low, wish, hours),
        lambda: _weekdays(low, wish),
        lambda: _period(low, wish, today),
        lambda: _whom(part, wish),
        lambda: _clock(low, wish),
        lambda: _days(low, wish, today, cal),
    )
    for read in readers:
        found = read()
        if found is not None:
            return found
    raise Refusal(f"{quoted(part)} ist nicht zu verstehen.", "", EXAMPLE)


def _length(low: str, wish: FreeWish) -> FreeWish | None:
    """„60 Minuten“, „1,5 Std.“, „eine halbe Stunde“, „30 Minuten Fahrt“."""
    way = _WAY.fullmatch(low)
    match = _LENGTH.fullmatch((way["rest"] if way else low).removeprefix("eine "))
    if match is None:
        match = _LENGTH.fullmatch(way["rest"] if way else low)
    if match is None:
        return None
    amount = _amount(match["number"], hours=match["unit"][0] in "sh")
    if amount is None:
        return None
    return replace(wish, travel_min=amount) if way or match["way"] else replace(wish, minutes=amount)


def _amount(number: str, *, hours: bool) -> int | None:
    if hours and number in _HALF:
        return _HALF[number]
    known = number_of(number.rstrip("e")) if number.isalpha() else float(number.replace(",", "."))
    return round(known * (60 if hours else 1)) if known is not None else None


def _part_of_day(low: str, wish: FreeWish, hours: tuple[time, time]) -> FreeWish | None:
    word = low.removeprefix("nur ").removeprefix("am ")
    word = "frueh" if word == "morgens" else word.removesuffix("s")
    if word not in _PARTS:
        return None
    begin, end = _PARTS[word]
    return replace(wish, begin=begin or hours[0], end=end or max(hours[1], time(18)))


def _clock(low: str, wish: FreeWish) -> FreeWish | None:
    """„9-12 Uhr“, „ab 14 Uhr“, „bis 16:30“."""
    edge = _EDGE.fullmatch(low)
    if edge and (edge["uhr"] or ":" in low) and int(edge["hour"]) < 24:
        at = time(int(edge["hour"]), int(edge["minute"] or 0))
        return replace(wish, begin=at) if edge["side"] in ("ab", "nach") else replace(wish, end=at)
    if edge and edge["side"] == "bis" and is_day_end(low.removeprefix("bis ")):
        return replace(wish, end=time(23, 59))
    try:
        begin, end = parse_span(low)
    except Refusal:
        return None
    # The search ends with the day: its last minute stands for 24 Uhr.
    return replace(wish, begin=begin, end=end if end != time(0) else time(23, 59))


def _weekdays(low: str, wish: FreeWish) -> FreeWish | None:
    """„montags und mittwochs“, „di-do“, „auch samstags“, „am Wochenende“, „werktags“."""
    match = _DAYS_OF_WEEK.fullmatch(low)
    words = match[1] if match else low
    if words in ("wochenende", "wochenenden"):
        found: tuple[int, ...] | None = (5, 6)
    elif words in ("werktags", "wochentags"):
        found = (0, 1, 2, 3, 4)
    else:
        found = _named_days(words)
    if found is None:
        return None
    also = set(wish.weekdays) if low.startswith("auch ") else set()
    return replace(wish, weekdays=tuple(sorted(also | set(found))))


def _named_days(words: str) -> tuple[int, ...] | None:
    ends = re.split(r" ?(?:-|bis) ?", words)
    if len(ends) == 2:
        first, last = (_weekday(end) for end in ends)
        if first is None or last is None:
            return None
        return tuple((first + step) % 7 for step in range((last - first) % 7 + 1))
    names = re.split(r" und | oder |/| ", words)
    days = [_weekday(name) for name in names]
    # One day alone is the coming one, its plural every one: „fr“ and „freitags“.
    several = len(names) > 1 or words.endswith("s")
    return tuple(day for day in days if day is not None) if several and None not in days else None


def _weekday(word: str) -> int | None:
    found = weekday_of(word)
    return found if found is not None else weekday_of(word.removesuffix("s"))


def _period(low: str, wish: FreeWish, today: date) -> FreeWish | None:
    """„nächste drei Wochen“, „nächste Woche“, „diesen Monat“, „KW 50“, „im Dezember“."""
    if match := _COMING.fullmatch(low):
        return _whole(wish, today, match["unit"], 1)
    if match := _THIS.fullmatch(low):
        return replace(_whole(wish, today, match["unit"], 0), first=today)
    if match := _WEEK.fullmatch(low):
        return _week(wish, today, int(match["week"]))
    if match := _NEXT.fullmatch(low):
        number = (
            int(match["number"]) if match["number"].isdecimal() else number_of(match["number"].rstrip("e"))
        )
        if number is None:
            return None
        unit = match["unit"][0]
        ahead = {"t": relativedelta(days=number), "w": relativedelta(weeks=number)}
        return replace(wish, first=today, last=today + ahead.get(unit, relativedelta(months=number)))
    month = month_of(low.removeprefix("im "))
    if month is None:
        return None
    first = date(today.year + (month < today.month), month, 1)
    return replace(wish, first=max(first, today), last=first + relativedelta(months=1, days=-1))


def _whole(wish: FreeWish, today: date, unit: str, ahead: int) -> FreeWish:
    if unit == "woche":
        monday = today - timedelta(days=today.weekday()) + timedelta(weeks=ahead)
        return replace(wish, first=monday, last=monday + timedelta(days=6))
    first = today.replace(day=1) + relativedelta(months=ahead)
    return replace(wish, first=first, last=first + relativedelta(months=1, days=-1))


def _week(wish: FreeWish, today: date, number: int) -> FreeWish | None:
    for year in (today.isocalendar().year, today.isocalendar().year + 1):
        try:
            monday = date.fromisocalendar(year, number, 1)
        except ValueError:
            continue
        if monday + timedelta(days=6) >= today:
            return replace(wish, first=max(monday, today), last=monday + timedelta(days=6))
    return None


def _whom(part: str, wish: FreeWish) -> FreeWish | None:
    """„mit Frau X und Raum Y“, „im Ratssaal“, „für 1. BM“, „ohne OB“."""
    if fold(part) in ("ohne ob", "ohne die ob", "ohne den ob"):
        return replace(wish, mayor=False)
    if match := _INSTEAD.fullmatch(part):
        wish, names = replace(wish, mayor=False), match[1]
    elif match := _WITH.fullmatch(part):
        names = match[1]
    elif _ROOM.fullmatch(part) or _A_ROOM.fullmatch(part):
        names = part
    else:
        return None
    for name in filter(None, (one.strip() for one in re.split(r"\bund\b|&|\+", names))):
        room = _ROOM.fullmatch(name) or _A_ROOM.fullmatch(name)
        if room is not None:
            wish = replace(wish, room=room["name"].strip())
        elif fold(name) == "ob":
            wish = replace(wish, mayor=True)
        else:
            wish = replace(wish, people=(*wish.people, name))
    return wish


def _days(low: str, wish: FreeWish, today: date, cal: WorkCalendar) -> FreeWish | None:
    """„vom 1.12. bis 12.12.“, „bis Fr“, „ab Montag“, „morgen“.

    Raises:
        Refusal: it is a day that cannot be meant, or may be several.
    """

    def day_of(text: str) -> date:
        return parse_day(text, today, cal).day

    if match := _UNTIL.fullmatch(low):
        return replace(wish, last=day_of(match[1]))
    if match := _FROM_TO.fullmatch(low):
        return replace(wish, first=day_of(match["first"]), last=day_of(match["last"]))
    if match := _FROM.fullmatch(low):
        first = day_of(match[1])
        return replace(wish, first=first, last=first + (wish.last - wish.first))
    day = day_of(low)
    return replace(wish, first=day, last=day)


def _possible(wish: FreeWish) -> FreeWish:
    what = "In dieser Zeit kann nichts frei sein."
    if wish.last < wish.first:
        raise Refusal(what, "Das Ende liegt vor dem Anfang.", EXAMPLE)
    if wish.last - wish.first > _LONGEST:
        raise Refusal(
            what.replace("kann nichts frei sein", "wird nicht gesucht"), "Es ist mehr als ein Jahr."
        )
    if not 5 <= wish.minutes <= 24 * 60 or wish.travel_min > 12 * 60:
        raise Refusal("Die Dauer ist nicht möglich.", "Gesucht werden 5 Minuten bis 24 Stunden.", EXAMPLE)
    length = datetime.combine(wish.first, wish.end) - datetime.combine(wish.first, wish.begin)
    if length < timedelta(minutes=wish.minutes):
        span = f"{clock(wish.begin)}–{clock(wish.end)} Uhr"
        raise Refusal(what, f"{duration(wish.minutes)} passen nicht in {span}.", EXAMPLE)
    if not wish.mayor and not wish.people and not wish.room:
        raise Refusal("Es ist niemand genannt.", "Ohne OB braucht es eine Person oder einen Raum.", EXAMPLE)
    return wish
