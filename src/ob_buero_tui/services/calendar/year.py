"""A year of the calendar: what gives its days their character, not its appointments."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ob_buero_tui.catalog.representation import COUNCIL
from ob_buero_tui.rules.states import EventStatus
from ob_buero_tui.rules.visibility import Audience, Confidentiality, View
from ob_buero_tui.services.calendar import day as one_day
from ob_buero_tui.services.calendar.month import last_day
from ob_buero_tui.services.calendar.slots import Dated
from ob_buero_tui.services.council.sittings import Sitting, read_sittings, seen
from ob_buero_tui.services.views import DayEvent, DayView
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store import shown
from ob_buero_tui.store.calendar import Event
from ob_buero_tui.store.council import Meeting

ONE_DAY = timedelta(days=1)


def year(place: Workplace, on: date, audience: Audience = Audience.INTERN) -> tuple[DayView, ...]:
    """The days of the year of a day, with the council's sessions and who is away; nothing else of the day."""
    first, after = date(on.year, 1, 1), date(on.year + 1, 1, 1)
    with place.reading() as session:
        away = _absences(session, place, first, after)
        reading = one_day.reading_of(session, place, away, audience)
        events = [
            one_day.event_of(reading, row, ({}, {})) for row in away if row[1].calendar not in reading.hidden
        ]
        if COUNCIL not in reading.hidden:
            events += _sessions(session, place, first, after, audience)
        by_day = _by_day([event for event in events if event is not None], first, after)
        days = [first + n * ONE_DAY for n in range((after - first).days)]
        return tuple(one_day.day_of(reading, day, by_day.get(day, ())) for day in days)


def _absences(session: Session, place: Workplace, first: date, after: date) -> list[Dated]:
    """The dates on which somebody is away, in order of time."""
    start, end = one_day.day_span(place, first)[0], one_day.day_span(place, after)[0]
    return shown.absences(session.connection(), start, end)  # type: ignore[return-value]


def _sessions(
    session: Session, place: Workplace, first: date, after: date, audience: Audience
) -> list[DayEvent | None]:
    """The council's sessions, each as the appointment that stands in the calendar for it."""
    begin, end = datetime.combine(first, time.min), datetime.combine(after, time.min)
    sittings = read_sittings(session, seen(place, audience), Meeting.start >= begin, Meeting.start < end)
    ids = [one.event_id for one in sittings if one.event_id is not None]
    rows = session.execute(
        select(
            Event.id, Event.uid, Event.confidentiality, Event.owner, Event.all_day, Event.trashed_at
        ).where(Event.id.in_(ids))
    )
    entries = {row.id: row for row in rows}
    return [_session(place, one, entries.get(one.event_id or 0), audience) for one in sittings]


def _session(
    place: Workplace,
    sitting: Sitting,
    entry: Any,
    audience: Audience,
) -> DayEvent | None:
    if sitting.start is None or entry is None or entry.trashed_at is not None:
        return None
    seen_as = place.sees(entry.confidentiality, entry.owner, audience)
    if seen_as is View.NOTHING:
        return None
    full = seen_as is View.FULL
    body = sitting.leading.short_name if sitting.leading is not None else ""
    end = sitting.end or sitting.start
    return DayEvent(
        id=str(entry.id),
        event_id=entry.id,
        uid=entry.uid if full else "",
        summary=(body or sitting.name) if full else one_day.BUSY,
        start=sitting.start,
        end=end,
        all_day=entry.all_day,
        location=sitting.place if full else "",
        status=EventStatus.CANCELLED if sitting.cancelled else EventStatus.CONFIRMED,
        confidentiality=Confidentiality(entry.confidentiality) if full else Confidentiality.INTERN,
        length_min=(end - sitting.start) // one_day.ONE_MINUTE,
        meeting_id=sitting.id if full else None,
        view=seen_as.value,
    )


def _by_day(events: Iterable[DayEvent], first: date, after: date) -> dict[date, list[DayEvent]]:
    found: defaultdict[date, list[DayEvent]] = defaultdict(list)
    for event in sorted(events, key=lambda event: event.start):
        on, until = max(event.start.date(), first), min(last_day(event), after - ONE_DAY)
        while on <= until:
            found[on].append(event)
            on += ONE_DAY
    return found
