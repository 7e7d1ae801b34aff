"""Whether a series has some date, and what its stored exceptions leave out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from ob_buero_tui.rules.recurrence import Series, expand

_DAY = timedelta(days=1)


def day_or_moment(text: str) -> date | datetime:
    """An exception as it is stored: a date leaves out every start of its day, a time just that one."""
    return date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text)


def has_start(series: Series, start: datetime) -> bool:
    """Whether a series without its exceptions has a date that begins just then.

    Args:
        start: Naive wall time in the zone of the series.
    """
    plain = replace(series, exdates=(), overrides=())
    day = start.date()
    found = expand(plain, day - _DAY, day + 2 * _DAY).occurrences
    return any(
        datetime.fromisoformat(one.recurrence_id or one.local_start.isoformat()) == start for one in found
    )


def leaves_out(series: Series, exception: date | datetime) -> bool:
    """Whether an exception names a date that the series would have without it."""
    if isinstance(exception, datetime) and not series.all_day:
        return has_start(series, exception)
    day = exception.date() if isinstance(exception, datetime) else exception
    return has_start(series, datetime.combine(day, time(0) if series.all_day else series.dtstart.time()))
