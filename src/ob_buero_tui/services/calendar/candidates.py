"""What is asked about conflicts: an appointment with its dates, made yet or not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from ob_buero_tui.rules.recurrence import Instance, Series, expand
from ob_buero_tui.rules.series_dates import day_or_moment
from ob_buero_tui.rules.states import EventStatus
from ob_buero_tui.rules.zones import to_local, to_utc
from ob_buero_tui.services.calendar.slots import occurrence_key
from ob_buero_tui.services.calendar.taken import Facts, PersonRow, facts_of
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store import taken as stored
from ob_buero_tui.store.calendar import Event, EventOverride, OccurrenceWindow
from ob_buero_tui.store.types import read_utc

if TYPE_CHECKING:
    from ob_buero_tui.services.calendar.forms import EventForm

FAR = timedelta(days=800)
"""How far dates of a series are looked at where no window of occurrences is filled."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateDate:
    """One date: its own time and that with travel, aware UTC."""

    starts: datetime
    ends: datetime
    busy_from: datetime
    busy_to: datetime
    recurrence_id: str = ""
    facts: Facts | None = None
    """What it takes up, where that may differ from the rest of its series."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An appointment as it is or would be.

    Args:
        dates: Those that are asked about; of a series all inside the window.
        facts: Whom and what it takes up.
        event_id: The stored appointment, None for one not made yet.
        recurrence_id: The one date of its series that is asked about; "" for all of it.
    """

    dates: tuple[CandidateDate, ...]
    facts: Facts
    event_id: int | None = None
    recurrence_id: str = ""


def candidate_of(place: Workplace, form: EventForm, session: Session | None = None) -> Candidate:
    """What a form would make, as the conflicts are asked while it is filled or moved.

    Args:
        form: The form; with a `recurrence_id` only that date is meant.
        session: Where the exceptions of a stored series are read; without it all its dates count.
    """
    before, after = timedelta(minutes=form.travel_before_min), timedelta(minutes=form.travel_after_min)
    people: tuple[PersonRow, ...] = tuple((one.person_id, one.name, str(one.part)) for one in form.people)
    only = form.recurrence_id
    dates = tuple(
        CandidateDate(
            starts=one.starts,
            ends=one.ends,
            busy_from=one.starts - before,
            busy_to=one.ends + after,
            recurrence_id=only or one.recurrence_id,
        )
        for one in _instances(place, form, session)
    )
    facts = Facts(
        calendar=form.calendar,
        kind=form.kind,
        cancelled=form.status == EventStatus.CANCELLED,
        transparent=form.transparent,
        attendee=form.attendee,
        driver=form.driver,
        car=form.car,
        room=form.room,
        location=form.location,
        people=people,
    )
    return Candidate(dates=dates, facts=facts, event_id=form.event_id, recurrence_id=only)


def stored_candidate(
    session: Session, place: Workplace, event_id: int, only: datetime | None = None
) -> Candidate:
    """A stored appointment as it is now, with its dates from today on.

    Args:
        only: The original start of the one date that is meant, wall time.
    """
    connection = session.connection()
    window = session.scalars(select(OccurrenceWindow)).one_or_none()
    first, last = place.today, window.last_day if window is not None else place.today + FAR
    event = session.get(Event, event_id)
    if event is not None and not (event.rrule or event.rdates):
        last = max(last, event.ends_at.date() + timedelta(days=2))
    rows = stored.dates_of(connection, [event_id], first, last)
    if only is not None:
        rows = [row for row in rows if row.recurrence_id and only.isoformat().startswith(row.recurrence_id)]
    return _stored(connection, event_id, rows, one_date=only is not None)


def date_candidate(session: Session, key: str, on: date) -> Candidate:
    """One date as a view shows it, past ones too.

    Args:
        key: Its name, as `DayEvent.id` has it.
        on: A day that it touches.
    """
    connection = session.connection()
    event_id = int(key.partition("@")[0])
    rows = stored.dates_of(connection, [event_id], on - timedelta(days=1), on + timedelta(days=2))
    rows = [row for row in rows if occurrence_key(event_id, row.recurrence_id) == key]
    return _stored(connection, event_id, rows, one_date=True)


def _stored(
    connection: Connection, event_id: int, rows: Sequence[stored.TakenRow], *, one_date: bool
) -> Candidate:
    people = stored.people_of(connection, [event_id]).get(event_id, [])
    dates = tuple(_stored_date(row, people) for row in rows)
    facts = dates[0].facts if dates else None
    return Candidate(
        dates=dates,
        facts=facts or Facts(calendar="", kind=None, cancelled=True),
        event_id=event_id,
        recurrence_id=rows[0].recurrence_id if one_date and rows else "",
    )


def _stored_date(row: stored.TakenRow, people: Sequence[PersonRow]) -> CandidateDate:
    instants = (row.starts_at, row.ends_at, row.busy_from, row.busy_to)
    starts, ends, busy_from, busy_to = map(read_utc, instants)
    return CandidateDate(
        starts=starts,
        ends=ends,
        busy_from=busy_from,
        busy_to=busy_to,
        recurrence_id=row.recurrence_id,
        facts=facts_of(row, people),
    )


def _instances(place: Workplace, form: EventForm, session: Session | None) -> Sequence[Instance]:
    rrule = "" if form.recurrence_id else form.rrule
    event = session.get(Event, form.event_id) if session is not None and form.event_id is not None else None
    start, end, tzid, fold = form.start.replace(fold=0), form.end.replace(fold=0), place.zone, form.start.fold
    left_out: tuple[date | datetime, ...] = ()
    if rrule and session is not None and event is not None:
        left_out = _left_out(session, event)
        if not form.all_day and event.tzid != tzid:
            # A rule, and what is left out of it, counts in the zone of its series.
            start, fold = to_local(to_utc(start, tzid, fold), event.tzid)
            end, tzid = to_local(to_utc(end, tzid, form.end.fold), event.tzid)[0], event.tzid
    series = Series(
        dtstart=start,
        dtend=end,
        all_day=form.all_day,
        tzid=tzid,
        fold=fold,
        rrule=rrule,
        exdates=left_out,
    )
    first, last = form.start.date(), form.end.date() + timedelta(days=1)
    if rrule:
        window = session.scalars(select(OccurrenceWindow)).one_or_none() if session is not None else None
        first, last = max(first, place.today), window.last_day if window else place.today + FAR
    return expand(series, first, max(last, first)).occurrences


def _left_out(session: Session, event: Event) -> tuple[date | datetime, ...]:
    """The dates of a stored series that are no candidates; one that differs is asked about by itself."""
    changed = select(EventOverride.recurrence_id).where(EventOverride.event_id == event.id)
    return (*session.scalars(changed), *(day_or_moment(item) for item in event.exdates))
