"""Many days of the calendar at once: the weeks of a month, or any run of days."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta

from ob_buero_tui.rules.visibility import Audience
from ob_buero_tui.services.calendar import day as one_day
from ob_buero_tui.services.calendar.dates import shown_of_days
from ob_buero_tui.services.calendar.slots import Dated
from ob_buero_tui.services.views import DayEvent, DayView
from ob_buero_tui.services.workplace import Workplace

ONE_DAY = timedelta(days=1)
INSTANT = timedelta(microseconds=1)
WEEK = 7


def month(place: Workplace, on: date, audience: Audience = Audience.INTERN) -> tuple[DayView, ...]:
    """The weeks from Monday to Sunday that the month of a day touches: four to six.

    Raises:
        OverflowError: the calendar ends within them.
    """
    first = on.replace(day=1)
    monday = first - timedelta(days=first.weekday())
    following = (first + timedelta(days=31)).replace(day=1)
    weeks = -((monday - following).days // WEEK)
    return run_of_days(place, monday, weeks * WEEK, audience)


def run_of_days(
    place: Workplace, first: date, count: int, audience: Audience = Audience.INTERN
) -> tuple[DayView, ...]:
    """Some days one after the other; like `days_from`, but conflicts are looked for once, not day by day.

    Args:
        count: How many days.
    """
    last = first + (count - 1) * ONE_DAY
    start, end = one_day.day_span(place, first)[0], one_day.day_span(place, last)[1]
    with place.reading() as session:
        rows = shown_of_days(session, first, last, start, end)
        reading = one_day.reading_of(session, place, rows, audience)
        clashing = reading.clashes.of(_side_by_side(rows))
        events = (
            one_day.event_of(reading, row, clashing)
            for row in sorted(rows, key=one_day.absences_first)
            if row[1].calendar not in reading.hidden
        )
        by_day = _by_day([one for one in events if one is not None], first, last)
        return tuple(
            one_day.day_of(reading, on, by_day.get(on, ()))
            for on in (first + n * ONE_DAY for n in range(count))
        )


def _side_by_side(rows: Sequence[Dated]) -> list[Dated]:
    """Only those that something else overlaps: what stands alone in its time clashes with nothing."""
    clusters: list[list[Dated]] = []
    until: datetime | None = None
    for row in sorted(rows, key=lambda row: row[0].busy_from):
        if until is None or row[0].busy_from >= until:
            clusters.append([])
            until = row[0].busy_to
        until = max(until, row[0].busy_to)
        clusters[-1].append(row)
    return [row for cluster in clusters if len(cluster) > 1 for row in cluster]


def _by_day(events: Collection[DayEvent], first: date, last: date) -> dict[date, list[DayEvent]]:
    """The appointments of each day, also of the later days of those that last."""
    found: dict[date, list[DayEvent]] = {}
    for event in events:
        on, until = max(event.start.date(), first), min(last_day(event), last)
        while on <= until:
            found.setdefault(on, []).append(event)
            on += ONE_DAY
    return found


def last_day(event: DayEvent) -> date:
    """The last day that an appointment lies on; its end is exclusive."""
    end: datetime = event.end - INSTANT if event.end > event.start else event.end
    return end.date()
