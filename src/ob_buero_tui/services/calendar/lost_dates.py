"""How many dates a series loses when its rule changes: told, because nobody sees them go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from ob_buero_tui.rules.german import long_date, plural
from ob_buero_tui.services.calendar.one_date import OneDate
from ob_buero_tui.services.calendar.scopes import all_dates
from ob_buero_tui.store.calendar import Event, EventOverride


@dataclass(frozen=True, slots=True, kw_only=True)
class Dates:
    """The dates of a series.

    Args:
        starts: In order, naive wall time of the series; of a long one the first of them.
        complete: Whether these are all.
    """

    starts: tuple[datetime, ...]
    complete: bool


def dates_now(event: Event, overrides: Sequence[EventOverride]) -> Dates:
    """The dates that a series has at this moment."""
    one = OneDate(
        event=event,
        override=None,
        original=event.dtstart,
        overrides=tuple(overrides),
        starts=event.dtstart,
        ends=event.dtend,
        all_day=event.all_day,
    )
    found, complete = all_dates(one)
    return Dates(starts=tuple(date.local_start for date in found), complete=complete)


def lost_text(before: Dates, after: Dates) -> str:
    """„5 Termine fallen weg“; "" where none does.

    Only their number counts: dates that lie on other days now have not gone.
    """
    fewer = len(before.starts) - len(after.starts)
    if before.complete and after.complete:
        return f"{plural(fewer, 'Termin fällt', 'Termine fallen')} weg" if fewer > 0 else ""
    if before.complete or not after.complete:
        return ""
    if len(after.starts) == 1:
        return "alle anderen Termine fallen weg"
    last = max(after.starts, default=datetime.min + timedelta(days=1))  # noqa: DTZ901 a wall time
    return f"die Termine nach dem {long_date(last.date())} fallen weg"
