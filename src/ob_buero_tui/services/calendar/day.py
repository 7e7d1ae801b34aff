"""A day or a week of the calendar: its appointments side by side, with travel and conflicts."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy.orm import Session

from ob_buero_tui.catalog.representation import ABSENCE, MAYOR
from ob_buero_tui.rules.states import EventStatus
from ob_buero_tui.rules.visibility import OUTSIDE, Audience, Confidentiality, View
from ob_buero_tui.rules.workdays import WorkCalendar
from ob_buero_tui.rules.zones import to_local, to_utc
from ob_buero_tui.services.calendar.dates import shown_of_days
from ob_buero_tui.services.calendar.day_clashes import Clashing, DayClashes
from ob_buero_tui.services.calendar.own_details import own
from ob_buero_tui.services.calendar.persons import attendee_of, person_of
from ob_buero_tui.services.calendar.slots import (
    Dated,
    by_start,
    level_of,
    occurrence_key,
    seen_of,
)
from ob_buero_tui.services.calendars.choosing import LAND, SCHOOL, hidden
from ob_buero_tui.services.calendars.observing import Observed, day_texts, observed
from ob_buero_tui.services.faults import translated
from ob_buero_tui.services.views import DayEvent, DayView
from ob_buero_tui.services.workcalendar import work_calendar
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store import occurrences

BUSY = "belegt"
ONE_DAY = timedelta(days=1)
ONE_MINUTE = timedelta(minutes=1)

Find = Callable[[date, date, datetime, datetime], Sequence[Dated]]
"""Finds the dates that touch a span: its first and last day, and its aware ends."""


def day(place: Workplace, on: date, audience: Audience = Audience.INTERN, *, whole: bool = False) -> DayView:
    """The appointments of one day, everybody's, as an audience may see them.

    What lies on the day by its own time is listed; conflicts count with travel, also across midnight, and
    for each person apart, whether their calendars are shown or not.

    Args:
        whole: Whether calendars that this desk hides are listed too.
    """
    with place.reading() as session:
        rows = shown_of_days(session, on, on, *day_span(place, on))

        def find(*span: Any) -> Sequence[Dated]:
            return shown_of_days(session, *span)

        return _day(reading_of(session, place, rows, audience, find=find, whole=whole), on, rows)


def week(
    place: Workplace, on: date, audience: Audience = Audience.INTERN, *, whole: bool = False
) -> tuple[DayView, ...]:
    """The seven days from Monday to Sunday around a day, each as `day` gives it."""
    return days_from(place, on - timedelta(days=on.weekday()), 7, audience, whole=whole)


def days_from(
    place: Workplace, first: date, count: int, audience: Audience = Audience.INTERN, *, whole: bool = False
) -> tuple[DayView, ...]:
    """Some days one after the other, each as `day` gives it, read at once.

    Args:
        count: How many days.
        whole: Whether calendars that this desk hides are listed too.
    """
    days = [first + timedelta(days=n) for n in range(count)]
    before, after = first - ONE_DAY, first + count * ONE_DAY
    with place.reading() as session:
        known = shown_of_days(session, before, after, day_span(place, before)[0], day_span(place, after)[1])
        spans = [(row[0].busy_from, row[0].busy_to, row) for row in known]

        def among(_first: date, _last: date, start: datetime, end: datetime) -> Sequence[Dated]:
            return [row for begins, ends, row in spans if begins < end and ends >= start]

        reading = reading_of(session, place, known, audience, find=among, whole=whole)
        return tuple(_day(reading, one, among(one, one, *day_span(place, one))) for one in days)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What is read once for all days of a view.

    Args:
        find: Finds the dates of a longer span, where something of a day reaches over midnight.
        requests: The request of each event that has one.
        beside: The levels of what an event belongs to; they count for all but the office itself.
        hidden: The calendars and groups of days that are not listed.
        calendar: Holidays and closed days.
        others: Feasts and the holidays of partner cities.
    """

    place: Workplace
    audience: Audience
    find: Find
    clashes: DayClashes
    requests: dict[int, int]
    beside: Mapping[int, Collection[str]]
    hidden: Collection[str]
    calendar: WorkCalendar
    others: Observed


def reading_of(
    session: Session,
    place: Workplace,
    rows: Sequence[Dated],
    audience: Audience,
    *,
    find: Find | None = None,
    whole: bool = False,
) -> Reading:
    """What the days of a view have in common; `rows` are the dates of all of them."""
    return Reading(
        place=place,
        audience=audience,
        find=find or (lambda *_: rows),
        clashes=DayClashes(session, place, rows),
        requests=_requests(session, rows),
        beside=_beside(session, rows, audience),
        hidden=frozenset() if whole else hidden(session, place),
        calendar=work_calendar(session, place),
        others=observed(session, place),
    )


def _day(reading: Reading, on: date, rows: Sequence[Dated]) -> DayView:
    """One day made of the dates that touch it."""
    place = reading.place
    start, end = day_span(place, on)
    clashing = reading.clashes.of(_beyond_midnight(on, start, end, rows, reading.find))
    found = sorted(by_start(rows, start, end), key=absences_first)
    events = [event_of(reading, one, clashing) for one in found if one[1].calendar not in reading.hidden]
    return day_of(reading, on, [one for one in events if one is not None])


def day_of(reading: Reading, on: date, events: Iterable[DayEvent]) -> DayView:
    """One day with its appointments; those without a time come first."""
    place, calendar = reading.place, reading.calendar
    others = day_texts(place, reading.others, on, reading.hidden)
    return DayView(
        date=on,
        events=tuple(sorted(events, key=_timed)),
        notes=(*_notes(calendar, place, on, reading.hidden), *others),
        free=on in calendar.holidays or on in calendar.closed,
        school=on in calendar.school,
        election=on in place.catalog.elections,
    )


def day_span(place: Workplace, on: date) -> tuple[datetime, datetime]:
    """A day of the office from midnight to midnight, aware; 23 or 25 hours when the clocks change."""
    midnights = (datetime.combine(one, time.min) for one in (on, on + ONE_DAY))
    start, end = (to_utc(one, place.zone) for one in midnights)
    return start, end


def absences_first(row: Dated) -> bool:
    """Who is away the whole day stands above everything else; the sort keeps the order of time."""
    _, event, override = row
    return not (event.kind == ABSENCE and (event.all_day if override is None else override.all_day))


def ensure_occurrences(place: Workplace) -> bool:
    """Fill the table of occurrences around today where needed; a worker's job. Says whether it wrote."""
    with place.reading() as session:
        if place.read_only or not occurrences.needs_window(session.connection(), place.today):
            return False
    options = {"writing": True, "patience": place.patience_ms}
    connection = place.engine.connect().execution_options(**options)
    with translated(), connection, connection.begin():
        occurrences.ensure_window(connection, place.today)
    return True


def _beyond_midnight(
    on: date, start: datetime, end: datetime, rows: Sequence[Dated], find: Find
) -> Sequence[Dated]:
    """The rows of a day, and those of its neighbours where something of the day reaches over midnight."""
    early = min((row[0].busy_from for row in rows), default=start)
    late = max((row[0].busy_to for row in rows), default=end)
    if early >= start and late <= end:
        return rows
    # What lasts for weeks need not be compared with all of them: it clashes on each day by itself.
    early, late = max(early, start - ONE_DAY), min(late, end + ONE_DAY)
    return find(on - ONE_DAY, on + ONE_DAY, min(start, early), max(end, late))


def _requests(session: Session, rows: Sequence[Dated]) -> dict[int, int]:
    """The request of each event that has one."""
    wanted = json.dumps(sorted({event.id for _, event, _ in rows}))
    found = session.connection().exec_driver_sql(
        "SELECT event_id, request_id FROM request_event WHERE event_id IN (SELECT value FROM json_each(?))",
        (wanted,),
    )
    return {row[0]: row[1] for row in found}


def _beside(session: Session, rows: Sequence[Dated], audience: Audience) -> Mapping[int, Collection[str]]:
    """The levels beside those of the events; the office knows what it links and does not ask."""
    if audience is Audience.INTERN:
        return {}
    from ob_buero_tui.services.calendar.levels import levels_beside

    return levels_beside(session, {event.id for _, event, _ in rows})


def event_of(reading: Reading, found: Dated, clashing: Clashing) -> DayEvent | None:
    """One date as an audience may see it; None where it is told nothing."""
    place, audience = reading.place, reading.audience
    occurrence, event, override = found
    seen = seen_of(place, event, override, audience, reading.beside.get(event.id, ()))
    shown = override if override is not None else event
    if seen is View.NOTHING or (seen is View.BELEGT and shown.status == EventStatus.CANCELLED):
        return None
    full = seen is View.FULL
    # Who goes, from where and because of which letter is the office's own knowledge.
    inside = full and audience not in OUTSIDE
    key = occurrence_key(event.id, occurrence.recurrence_id)
    kind = place.catalog.event_kinds.get(event.kind or "")
    return DayEvent(
        id=key,
        event_id=event.id,
        uid=event.uid if full else "",
        summary=shown.summary if full else BUSY,
        start=_wall_time(place, occurrence.starts_at),
        end=_wall_time(place, occurrence.ends_at),
        all_day=event.all_day if override is None else override.all_day,
        location=shown.location if full else "",
        # What is only taken tells nothing else: not how sure it is, how secret, or how far away.
        status=EventStatus(shown.status) if full else EventStatus.CONFIRMED,
        confidentiality=level_of(event, override) if full else Confidentiality.INTERN,
        attendee=attendee_of(place.catalog, event, override) if inside else "",
        travel_before_min=own(event, override, "travel_before_min") if inside else 0,
        travel_after_min=own(event, override, "travel_after_min") if inside else 0,
        conflicts=clashing[0].get(key, ()) if full and audience is Audience.INTERN else (),
        waived=clashing[1].get(key, ()) if full and audience is Audience.INTERN else (),
        kind_sign=kind.sign if kind is not None and full else "",
        away=full and event.kind == ABSENCE and person_of(place.catalog, event.calendar) == MAYOR,
        length_min=(occurrence.ends_at - occurrence.starts_at) // ONE_MINUTE,
        request_id=reading.requests.get(event.id) if inside else None,
        view=seen.value,
    )


def _timed(event: DayEvent) -> bool:
    """Sorts what has no time before the rest."""
    return not event.all_day


def _wall_time(place: Workplace, instant: datetime) -> datetime:
    """Local and naive; its fold tells the two equal hours apart when summer time ends."""
    local, fold = to_local(instant, place.zone)
    return local.replace(fold=1) if fold else local


def _notes(calendar: WorkCalendar, place: Workplace, on: date, away: Collection[str]) -> tuple[str, ...]:
    holiday = None if LAND in away else calendar.holidays.get(on)
    school = None if SCHOOL in away else calendar.school.get(on)
    free = [holiday, calendar.closed.get(on), school]
    named = [*free, place.catalog.elections.get(on)]
    return tuple(name for name in named if name)
