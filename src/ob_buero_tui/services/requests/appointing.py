"""The appointment of a request: made with a decision, or taken over from an earlier one."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import select

from ob_buero_tui.catalog.representation import COUNCIL, MAYOR
from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.states import EventStatus
from ob_buero_tui.rules.visibility import View
from ob_buero_tui.rules.zones import existing, to_utc
from ob_buero_tui.services.calendar.new_rows import new_event
from ob_buero_tui.services.calendars.pending import touched
from ob_buero_tui.services.requests.links import linked_events
from ob_buero_tui.services.requests.taking_back import needed_elsewhere
from ob_buero_tui.services.work import Work
from ob_buero_tui.store.calendar import Event, EventSource
from ob_buero_tui.store.requests import Request, RequestEvent
from ob_buero_tui.store.tasks import Task

if TYPE_CHECKING:
    from ob_buero_tui.services.requests.accepting import PlannedEvent

MAYOR_GOES = "OB"


def appoint(
    work: Work,
    request: Request,
    planned: PlannedEvent,
    *,
    calendar: str = MAYOR,
    status: EventStatus = EventStatus.CONFIRMED,
    take_over: bool = False,
) -> int:
    """Put the request's occasion into one calendar; returns the key of the appointment.

    An appointment that is only tentative becomes this one, so that nobody is entered twice.

    Args:
        calendar: Whose time it takes up.
        take_over: Whether a confirmed one is taken over too, as when a deputy goes in the mayor's place.
    """
    start, end, fold = _span(work, planned)
    old = own_event(work, request, confirmed=take_over)
    event = old
    if old is not None and old.calendar != calendar and _imported(work, old):
        # A later file of that calendar would bring it back: it stays there, cancelled.
        old.status, old.cancel_reason = EventStatus.CANCELLED.value, "Vertretung"
        touched(work, old, old)
        event = None
    if event is None:
        event = _new_event(work, request, start, end)
    event.calendar, event.status, event.cancel_reason = calendar, status.value, ""
    event.attendee = MAYOR_GOES if calendar == MAYOR else work.catalog.calendar_short(calendar)
    event.summary, event.location = clean(planned.summary, limit=300), clean(planned.location, limit=300)
    set_time(work, event, start, end, fold)
    event.travel_before_min, event.travel_after_min = planned.travel_before_min, planned.travel_after_min
    if event.id is None:
        _enter(work, request, event, old)
    else:
        touched(work, event, event)
    request.event_start, request.event_end, request.event_place = start, end, event.location
    work.refer("request", request.id)
    return event.id


def _new_event(work: Work, request: Request, start: datetime, end: datetime) -> Event:
    event = new_event(summary="", dtstart=start, dtend=end, tzid="", dtstamp=work.at)
    kind = work.catalog.kinds.get(request.kind or "")
    event.kind = kind.event_kind or None if kind is not None else None
    event.confidentiality, event.owner = request.confidentiality, request.owner
    return event


def _enter(work: Work, request: Request, event: Event, old: Event | None) -> None:
    """Store a new appointment; the tasks of the one it stands for go along."""
    work.session.add(event)
    work.session.flush()
    work.session.add(RequestEvent(request_id=request.id, event_id=event.id))
    if old is not None:
        _take_tasks(work, old.id, event.id)


def set_time(work: Work, event: Event, start: datetime, end: datetime, fold: int = 0) -> None:
    """Give an appointment its time: wall time of the office, and the instants that follow from it."""
    zone = work.place.zone
    event.dtstart, event.dtend, event.tzid, event.fold, event.all_day = start, end, zone, fold, False
    event.starts_at, event.ends_at = to_utc(start, zone, fold), to_utc(end, zone)


def _span(work: Work, planned: PlannedEvent) -> tuple[datetime, datetime, int]:
    if planned.end <= planned.start:
        raise Refusal(
            "Die Zusage wurde nicht gespeichert.",
            "Das Ende liegt nicht nach dem Beginn.",
            "Ändern Sie die Uhrzeiten.",
        )
    start, fold = existing(planned.start, work.place.zone)
    # A start that summer time skips moves on, and its end with it.
    end = max(existing(planned.end, work.place.zone)[0], start + (planned.end - planned.start))
    return start, end, fold


def own_event(work: Work, request: Request, *, confirmed: bool = True) -> Event | None:
    """The request's own single appointment that is not called off, if this desk may change it.

    Args:
        confirmed: Whether a confirmed one counts; a tentative one always does.
    """
    wanted = {EventStatus.TENTATIVE.value} | ({EventStatus.CONFIRMED.value} if confirmed else set())
    for event in linked_events(work.session, request.id):
        series = event.rrule or event.rdates
        theirs = work.place.sees(event.confidentiality, event.owner) is View.FULL
        fit = event.status in wanted and event.calendar != COUNCIL and theirs and not series
        if fit and not needed_elsewhere(work, event.id, request.id):
            return event
    return None


def _imported(work: Work, event: Event) -> bool:
    found = select(EventSource.id).where(EventSource.event_id == event.id).limit(1)
    return work.session.scalar(found) is not None


def _take_tasks(work: Work, old: int, new: int) -> None:
    for task in work.session.scalars(select(Task).where(Task.event_id == old, Task.done_at.is_(None))):
        task.event_id = new
