"""Appointments as they leave the office: what of each series and of its changed dates an audience sees."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from ob_buero_tui.catalog.representation import MAYOR
from ob_buero_tui.rules.recurrence import expand, last_start
from ob_buero_tui.rules.series_dates import day_or_moment
from ob_buero_tui.rules.states import EventStatus
from ob_buero_tui.rules.visibility import View
from ob_buero_tui.rules.zones import to_utc
from ob_buero_tui.services.calendar.levels import levels_beside
from ob_buero_tui.services.calendar.series_rows import series_of_event
from ob_buero_tui.services.export.wanted import Gathered, Wanted
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.calendar import Event, EventOverride
from ob_buero_tui.store.council import Meeting, MeetingOrganization

ONE_DAY, _MARGIN = timedelta(days=1), timedelta(days=3)
_EVENT = (
    *(Event.id, Event.uid, Event.calendar, Event.summary, Event.kind, Event.description, Event.location),
    *(Event.dtstart, Event.dtend, Event.tzid, Event.fold, Event.all_day, Event.starts_at, Event.ends_at),
    *(Event.status, Event.transparent, Event.rrule, Event.rdates, Event.exdates, Event.sequence),
    *(Event.dtstamp, Event.confidentiality, Event.attendee, Event.organizer, Event.important),
    *(Event.travel_before_min, Event.travel_after_min, Event.related_uid, Event.host, Event.contact_name),
    *(Event.contact_phone, Event.driver, Event.car, Event.room, Event.dress, Event.gift, Event.speech_min),
    Event.press,
)
_OVERRIDE = (
    *(EventOverride.id, EventOverride.event_id, EventOverride.recurrence_id, EventOverride.dtstart),
    *(EventOverride.dtend, EventOverride.tzid, EventOverride.fold, EventOverride.all_day),
    *(EventOverride.summary, EventOverride.location, EventOverride.description, EventOverride.status),
    *(EventOverride.sequence, EventOverride.dtstamp, EventOverride.confidentiality, EventOverride.details),
)


@dataclass(slots=True, kw_only=True)
class Leaving:
    """An appointment that leaves the office.

    Args:
        row: Its columns, as stored.
        full: Whether it may be read, or is only taken.
        dates: Its changed dates that may be told of as fully as itself.
        taken: Changed dates that are only taken although the series may be read.
        missing: Original starts that must not be told of at all.
        levels: The levels of the session and the requests that it belongs to; only of one found alone.
    """

    row: Any
    full: bool
    dates: list[Any] = field(default_factory=list)
    taken: list[Any] = field(default_factory=list)
    missing: list[datetime] = field(default_factory=list)
    levels: frozenset[str] = frozenset()

    @property
    def exdates(self) -> tuple[date | datetime, ...]:
        """The starts that do not take place for this audience."""
        stored = (day_or_moment(text) for text in self.row.exdates)
        return (*stored, *self.missing, *(row.recurrence_id for row in self.taken))

    @property
    def rdates(self) -> tuple[datetime, ...]:
        """The starts added to the rule."""
        return tuple(datetime.fromisoformat(text) for text in self.row.rdates)


def events_out(place: Workplace, wanted: Wanted) -> Gathered[Leaving]:
    """All appointments that are not in the trash, by calendar and key.

    What the bounds touch is taken, a series as a whole; the days are the office's.
    """
    with place.reading() as session:
        conditions = _conditions(wanted)
        query = select(*_EVENT).where(*conditions)
        ordered = query.order_by(Event.calendar != MAYOR, Event.calendar, Event.id)
        rows: Sequence[Any] = session.execute(ordered).all()
        ids = select(Event.id).where(*conditions)
        dates_of = select(*_OVERRIDE).where(EventOverride.event_id.in_(ids))
        changed: defaultdict[int, list[Any]] = defaultdict(list)
        for row in session.execute(dates_of.order_by(EventOverride.recurrence_id)):
            changed[row.event_id].append(row)
        linked = levels_beside(session, ids)
    found, left_out, busy = [], 0, 0
    for row in rows:
        dates = changed.get(row.id, [])
        if not _touched(place, row, dates, wanted):
            continue
        seen = wanted.sees(row.confidentiality, *linked.get(row.id, ()))
        if seen is View.NOTHING:
            left_out += 1
        elif seen is View.FULL or row.status != EventStatus.CANCELLED:
            one = _leaving(row, dates, seen, wanted)
            found.append(one)
            left_out += len(one.missing) if seen is View.FULL else 0
            busy += (seen is View.BELEGT) + len(one.taken)
    return Gathered(rows=tuple(found), left_out=left_out, busy=busy)


def _conditions(wanted: Wanted) -> tuple[ColumnElement[bool], ...]:
    calendar = (Event.calendar == wanted.calendar,) if wanted.calendar else ()
    return (Event.trashed_at.is_(None), *calendar, *_of_body(wanted), *_near(wanted))


def _of_body(wanted: Wanted) -> tuple[ColumnElement[bool], ...]:
    """Only the sessions of one body, where one is asked for; cancelled ones tell that they are."""
    if not wanted.body:
        return ()
    sessions = (
        select(Meeting.event_id)
        .join(MeetingOrganization, MeetingOrganization.meeting_id == Meeting.id)
        .where(MeetingOrganization.organization_id == wanted.body, Meeting.deleted.is_(False))
        .where(Meeting.event_id.is_not(None))
    )
    return (Event.id.in_(sessions),)


def _near(wanted: Wanted) -> tuple[ColumnElement[bool], ...]:
    """Only what may lie inside the bounds: of years of single appointments most are never looked at.

    The days of the bounds are the office's: three on each side hold every zone.
    """
    conditions = []
    if wanted.first is not None and wanted.first - date.min > _MARGIN:
        conditions.append(Event.ends_at >= datetime.combine(wanted.first - _MARGIN, time(), UTC))
    if wanted.last is not None and date.max - wanted.last > _MARGIN:
        conditions.append(Event.starts_at < datetime.combine(wanted.last + _MARGIN, time(), UTC))
    if not conditions:
        return ()
    changed = Event.id.in_(select(EventOverride.event_id))
    return (or_(Event.rrule != "", Event.rdates != [], changed, and_(*conditions)),)


def alone(session: Session, event_id: int) -> Leaving | None:
    """One appointment for the people who attend it: whole, from the trash too; None for one that is gone.

    Dates that were called off count as left out of their series: a message about it asks nobody to them.
    """
    row = session.execute(select(*_EVENT).where(Event.id == event_id)).one_or_none()
    if row is None:
        return None
    changed = select(*_OVERRIDE).where(EventOverride.event_id == event_id)
    one = Leaving(row=row, full=True, levels=frozenset(levels_beside(session, [event_id]).get(event_id, ())))
    for date_row in session.execute(changed.order_by(EventOverride.recurrence_id)):
        if date_row.status == EventStatus.CANCELLED:
            one.missing.append(date_row.recurrence_id)
        else:
            one.dates.append(date_row)
    return one


def _leaving(row: Any, dates: list[Any], seen: View, wanted: Wanted) -> Leaving:
    one = Leaving(row=row, full=seen is View.FULL)
    for date_row in dates:
        view = wanted.sees(row.confidentiality, date_row.confidentiality)
        called_off = date_row.status == EventStatus.CANCELLED
        if view is View.NOTHING or (called_off and (view is View.BELEGT or not one.full)):
            one.missing.append(date_row.recurrence_id)
        elif one.full and view is View.BELEGT:
            one.taken.append(date_row)
        else:
            one.dates.append(date_row)
    return one


def _touched(place: Workplace, row: Any, dates: list[Any], wanted: Wanted) -> bool:
    """Whether an appointment, or a date of it, lies inside the bounds."""
    if wanted.first is None and wanted.last is None:
        return True
    if not (row.rrule or row.rdates or dates):
        start = place.local(row.starts_at).date() if not row.all_day else row.dtstart.date()
        end = (place.local(row.ends_at) if not row.all_day else row.dtend) - timedelta(microseconds=1)
        return _between(start, max(start, end.date()), wanted)
    return _series_touched(row, dates, wanted)


def _series_touched(row: Any, dates: list[Any], wanted: Wanted) -> bool:
    starts = [row.dtstart, *(datetime.fromisoformat(text) for text in row.rdates)]
    moved = [one.dtstart for one in dates]
    if wanted.first is not None and wanted.last is not None:
        return bool(expand(series_of_event(row, dates), wanted.first, wanted.last + ONE_DAY).occurrences)
    if wanted.first is None:
        return _between(min((*starts, *moved)).date(), date.max, wanted)
    last = last_start(row.rrule, row.dtstart, row.all_day, row.tzid)
    if last is None:
        return True
    latest = max((last, *starts, *moved)) + (row.dtend - row.dtstart)
    return _between(date.min, latest.date(), wanted)


def _between(first: date, last: date, wanted: Wanted) -> bool:
    return (wanted.first is None or last >= wanted.first) and (wanted.last is None or first <= wanted.last)


def instants(row: Any) -> tuple[datetime, datetime]:
    """Beginning and end of a changed date as aware instants."""
    starts, ends = to_utc(row.dtstart, row.tzid, row.fold), to_utc(row.dtend, row.tzid)
    return starts, ends if ends >= starts else starts + max(row.dtend - row.dtstart, timedelta(0))
