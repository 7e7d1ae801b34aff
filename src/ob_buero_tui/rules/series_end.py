"""The last day of an appointment, one that repeats or not: its retention begins there."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import lru_cache

from ob_buero_tui.rules.recurrence import Series, check_rule, expand, last_start

_YEAR = timedelta(days=400)
_ROOM = timedelta(days=2)


@lru_cache(maxsize=4096)
def last_day(series: Series) -> date | None:
    """The last day on which an appointment takes place; None where it goes on without an end.

    An end is exclusive, so that a whole day ends on itself and not on the next one. A rule that is wrong has
    its first date only, as in the calendar. All dates are those of the appointment's zone.
    """
    if not series.repeats:
        return _day(series.dtstart, series.dtend)
    rule = (series.rrule, series.dtstart, series.all_day, series.tzid)
    try:
        last = series.dtstart if series.rrule and check_rule(*rule) else last_start(*rule)
        if last is None:
            return None
        length = max(series.dtend - series.dtstart, timedelta())
        ends = [start + length for start in (last, *series.rdates)]
        ends += [one.dtend for one in series.overrides if not one.cancelled]
        end = max(ends).date() + _ROOM
        for first in (end - _YEAR, min(series.dtstart.date(), end) - _ROOM):
            found = expand(series, first, end).occurrences
            if found:
                return max(_day(one.local_start, one.local_end) for one in found)
    except OverflowError:  # a date from a foreign file, near an end of the calendar
        return None
    return _day(series.dtstart, series.dtend)


def _day(start: datetime, end: datetime) -> date:
    return max(start, end - timedelta(microseconds=1)).date() if end > start else start.date()
