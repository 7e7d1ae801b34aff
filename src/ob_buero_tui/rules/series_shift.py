"""A whole series moved: its rule, its first date and its exceptions follow one date that was moved."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice

from ob_buero_tui.rules.recurrence_rule import Unsupported, parse_rule, rule_starts
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.series_make import LAST, WEEKDAY_CODES, Freq, choice_of, until_text
from ob_buero_tui.rules.series_split import parts_of, with_part
from ob_buero_tui.rules.zones import to_local, to_utc

_CENTURY = timedelta(days=36_525)
_COMPARED = 60
_TIMES = ("BYHOUR", "BYMINUTE", "BYSECOND")
_DAYS = ("BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS", "BYYEARDAY", "BYWEEKNO")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """Where a moved series has its dates; all times naive, in the zone of the series.

    Args:
        rrule, dtstart: Rule and first date after the move.
        by: How far the one date moved.
        months: How many months it moved.
        constant: Whether every date moves as far; otherwise each stays in its month.
        odd: The first date before the move where the rule itself has no such date; it moves as far as the
            one date. RFC 5545, 3.8.5.3: DTSTART is a date of the series all the same.
    """

    rrule: str
    dtstart: datetime
    all_day: bool
    tzid: str
    by: timedelta
    months: int
    constant: bool
    odd: datetime | None = None

    def of(self, start: datetime) -> datetime | None:
        """The new start of a date of the rule; None where the moved rule has none for it."""
        moved = start + self.by
        if self.all_day:
            moved = datetime.combine(moved.date(), time(0))
        if self.constant or not self.rrule or start == self.odd:
            return moved
        first = _month(start, self.months)
        rule = parse_rule(self.rrule, self.dtstart, self.all_day, self.tzid)
        found = list(rule_starts(rule, self.dtstart, first, _month(first, 1) - timedelta(seconds=1)))
        return moved if moved in found else (found[0] if len(found) == 1 else None)


def shifted(
    rrule: str, dtstart: datetime, original: datetime, moved: datetime, *, all_day: bool, tzid: str
) -> Shift:
    """Move a series so that one of its dates comes to lie where it was moved to.

    Args:
        rrule: The value of RRULE, or "".
        dtstart: Its first date before the move.
        original, moved: The start of the one date before and after.
        all_day: Whether its dates have no time after the move.

    Raises:
        Refusal: the rule cannot be moved to another day or time by itself.
    """
    by = moved - original
    months = (moved.year - original.year) * 12 + moved.month - original.month
    shift = Shift(
        rrule=rrule, dtstart=dtstart + by, all_day=all_day, tzid=tzid, by=by, months=months, constant=True
    )
    if not rrule or not by:
        return shift
    try:
        return _moved(shift, dtstart, original, moved)
    except Unsupported:
        raise _unmovable() from None


def _moved(shift: Shift, dtstart: datetime, original: datetime, moved: datetime) -> Shift:
    """The shift of a rule, whose dates are on other days or at another time."""
    rrule, all_day, tzid = shift.rrule, shift.all_day, shift.tzid
    by, months = shift.by, shift.months
    ruled = _on_time(_ending(rrule, by, moved, all_day, tzid), original, moved, all_day)
    if original.date() == moved.date():
        return _same(shift, ruled)
    changed, constant = _on_day(ruled, dtstart, original, moved, tzid)
    if constant:
        return _verified(rrule, dtstart, _same(shift, changed))
    odd = None if _on_rule(rrule, dtstart, tzid) else dtstart
    begin = dtstart + by if odd else datetime.combine(_month(dtstart, months).date(), moved.time())
    rule = parse_rule(changed, begin, all_day, tzid)
    start = begin if odd else next(rule_starts(rule, begin, begin, begin + _CENTURY), None)
    if start is None:
        raise _unmovable()
    found = Shift(
        rrule=changed,
        dtstart=start,
        all_day=all_day,
        tzid=tzid,
        by=by,
        months=months,
        constant=False,
        odd=odd,
    )
    _reached(found, moved)
    return found if odd is None else _in_the_same_months(rrule, odd, found)


def _reached(shift: Shift, moved: datetime) -> None:
    """Not every month has a fifth Tuesday: a counted series may end before the day it was moved to."""
    rule = parse_rule(shift.rrule, shift.dtstart, shift.all_day, shift.tzid)
    if next(rule_starts(rule, shift.dtstart, moved, moved), None) is None:
        raise _unmovable()


def _on_rule(rrule: str, dtstart: datetime, tzid: str) -> bool:
    """Whether a rule itself has the first date."""
    return (
        next(rule_starts(parse_rule(rrule, dtstart, False, tzid), dtstart, dtstart, dtstart), None)
        is not None
    )


def _in_the_same_months(rrule: str, odd: datetime, shift: Shift) -> Shift:
    """A first date beside the rule moves along where that moves no date of the rule into another month."""
    before = parse_rule(rrule, odd, False, shift.tzid)
    after = parse_rule(shift.rrule, shift.dtstart, shift.all_day, shift.tzid)
    old = islice(rule_starts(before, odd, odd, odd + _CENTURY), _COMPARED)
    new = islice(rule_starts(after, shift.dtstart, shift.dtstart, shift.dtstart + _CENTURY), _COMPARED)
    if [_month(one, shift.months) for one in old] != [_month(one, 0) for one in new]:
        raise _unmovable()
    return shift


def _same(shift: Shift, rrule: str) -> Shift:
    return Shift(
        rrule=rrule,
        dtstart=shift.dtstart,
        all_day=shift.all_day,
        tzid=shift.tzid,
        by=shift.by,
        months=shift.months,
        constant=True,
    )


def _ending(rrule: str, by: timedelta, moved: datetime, all_day: bool, tzid: str) -> str:
    """The end by date moves along, so that no last date falls off."""
    until = parts_of(rrule).get("UNTIL", "")
    if not until:
        return rrule
    try:
        if len(until) == 8:
            end = datetime.combine(date.fromisoformat(until), moved.time() if all_day else time(23, 59, 59))
            days = (moved.date() - (moved - by).date()).days
            return with_part(
                rrule,
                "UNTIL",
                until_text((end + timedelta(days=days)).date(), all_day=all_day, tzid=tzid),
            )
        end = datetime.strptime(until.removesuffix("Z"), "%Y%m%dT%H%M%S")  # noqa: DTZ007 a wall time
        if until.endswith("Z"):
            end = to_local(end.replace(tzinfo=UTC), tzid)[0]
        end += by
        if all_day:
            return with_part(rrule, "UNTIL", f"{end:%Y%m%d}")
        return with_part(rrule, "UNTIL", f"{to_utc(end, tzid):%Y%m%dT%H%M%SZ}")
    except (ValueError, OverflowError):
        raise _unmovable() from None


def _on_time(rrule: str, original: datetime, moved: datetime, all_day: bool) -> str:
    """A rule that names its time of day names the new one."""
    parts = parts_of(rrule)
    named = [name for name in _TIMES if name in parts]
    if not named or original.time() == moved.time():
        return rrule
    if any("," in parts[name] for name in named):
        raise _unmovable()
    for name, value in zip(_TIMES, (moved.hour, moved.minute, moved.second), strict=True):
        if name in named:
            rrule = with_part(rrule, name, "" if all_day else str(value))
    return rrule


def _on_day(
    rrule: str, dtstart: datetime, original: datetime, moved: datetime, tzid: str
) -> tuple[str, bool]:
    """The rule on other days, and whether every date moves equally far.

    Raises:
        Refusal: what the rule says about its days cannot be moved.
    """
    parts = parts_of(rrule)
    freq = parts.get("FREQ", "").upper()
    named = [name for name in _DAYS if name in parts]
    if freq in (Freq.DAILY, Freq.WEEKLY):
        if not named:
            return rrule, True
        if named != ["BYDAY"]:
            raise _unmovable()
        return _rotated(rrule, parts["BYDAY"], (moved.date() - original.date()).days), True
    timeless = _without_times(rrule)
    choice = choice_of(timeless, dtstart.replace(hour=0, minute=0, second=0), all_day=True, tzid=tzid)
    if choice is None or len(choice.weekdays) > 1:
        raise _unmovable()
    last = calendar.monthrange(moved.year, moved.month)[1]
    if choice.nth is not None:
        place = (moved.day - 1) // 7 + 1
        if (place == 5 and choice.nth != 5) or (choice.nth == LAST and moved.day > last - 7):
            place = LAST
        rrule = with_part(with_part(rrule, "BYSETPOS", ""), "BYDAY", f"{place}{_code(moved)}")
    else:
        day = LAST if choice.monthday == LAST and moved.day == last else moved.day
        rrule = with_part(rrule, "BYMONTHDAY", str(day))
    if freq == Freq.YEARLY:
        rrule = with_part(rrule, "BYMONTH", str(moved.month))
    return rrule, False


def _without_times(rrule: str) -> str:
    for name in _TIMES:
        rrule = with_part(rrule, name, "")
    return rrule


def _rotated(rrule: str, days: str, by: int) -> str:
    """„MO,WE“ a day later is „TU,TH“."""
    codes = [day.strip().upper() for day in days.split(",")]
    if any(code not in WEEKDAY_CODES for code in codes):
        raise _unmovable()
    moved = sorted((WEEKDAY_CODES.index(code) + by) % 7 for code in codes)
    return with_part(rrule, "BYDAY", ",".join(WEEKDAY_CODES[index] for index in moved))


def _code(day: datetime) -> str:
    return WEEKDAY_CODES[day.weekday()]


def _verified(rrule: str, dtstart: datetime, shift: Shift) -> Shift:
    """Every second week from Monday to Friday is another rule a day later: then it is refused."""
    before = parse_rule(rrule, dtstart, False, shift.tzid)
    after = parse_rule(shift.rrule, shift.dtstart, shift.all_day, shift.tzid)
    old = [
        one + shift.by for one in islice(rule_starts(before, dtstart, dtstart, dtstart + _CENTURY), _COMPARED)
    ]
    new = islice(rule_starts(after, shift.dtstart, shift.dtstart, shift.dtstart + _CENTURY), _COMPARED)
    if [one.date() for one in old] != [one.date() for one in new]:
        raise _unmovable()
    return shift


def _month(moment: datetime, months: int) -> datetime:
    """The first day of the month so many months later."""
    number = moment.year * 12 + moment.month - 1 + months
    return datetime(number // 12, number % 12 + 1, 1)  # noqa: DTZ001 a wall time


def _unmovable() -> Refusal:
    return Refusal(
        "Die Serie wurde nicht verschoben.",
        "Ihre Regel lässt sich nicht von selbst auf andere Tage oder Zeiten umstellen.",
        "Öffnen Sie den Termin mit b, und ändern Sie die Wiederholung.",
    )
