"""What stands over a view of the calendar, in words: its days, and how many conflicts they have."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from ob_buero_tui.rules.german import date_range, iso_week, long_date, plural, weekday
from ob_buero_tui.rules.states import EventStatus
from ob_buero_tui.services.views import DayEvent, DayView

_AWAY = {0: "heute", 1: "morgen", -1: "gestern"}


def day_heading(day: DayView, today: date) -> str:
    """„Mittwoch, 25.11.2026 · heute · Buß- und Bettag“."""
    named = f"{weekday(day.date)}, {long_date(day.date)[3:]}"
    away = _AWAY.get((day.date - today).days, "")
    parts = (away, *day.notes, "" if day.events else "kein Termin")
    return named + "".join(f" · {part}" for part in parts if part)


def week_heading(days: Sequence[DayView], shown: int) -> str:
    """„KW 48 · 23.–27.11.2026“, and what lies on the days of the week that are not shown.

    Args:
        days: All seven days of the week.
        shown: How many of them are.
    """
    first = days[0].date
    parts = [f"KW {iso_week(first)}", date_range(first, days[shown - 1].date)]
    left_out = {event.id for day in days[shown:] for event in day.events}
    left_out -= {event.id for day in days[:shown] for event in day.events}
    if not any(day.events for day in days):
        parts.append("kein Termin")
    if left_out:
        parts.append(f"am Wochenende {plural(len(left_out), 'Termin', 'Termine')} (2 zeigt es)")
    return " · ".join(parts)


def conflict_count(days: Iterable[DayView]) -> int:
    """How many pairs of appointments clash, each counted once; an absence counts once for all it hits."""
    events = events_of(days)
    away = {event.id for event in events if event.away}
    pairs = {frozenset((event.id, other)) for event in events for other in event.conflicts}
    return len({pair & away or pair for pair in pairs})


def tentative_count(days: Iterable[DayView]) -> int:
    """How many appointments are only held."""
    return sum(event.status is EventStatus.TENTATIVE for event in events_of(days))


def events_of(days: Iterable[DayView]) -> list[DayEvent]:
    """The appointments of some days, each once."""
    return list({event.id: event for day in days for event in day.events}.values())
