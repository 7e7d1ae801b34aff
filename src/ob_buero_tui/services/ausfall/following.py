"""The request behind an appointment follows what is decided in an Ausfall: never two truths."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from ob_buero_tui.rules.german import join
from ob_buero_tui.rules.states import RequestState
from ob_buero_tui.services.ausfall.reading import Found
from ob_buero_tui.services.calendar.one_date import OneDate
from ob_buero_tui.services.requests.accepting import Plan, PlannedEvent, carry_out
from ob_buero_tui.services.requests.decision import BY_DEFAULT
from ob_buero_tui.services.requests.declining import turn_down
from ob_buero_tui.services.requests.deputizing import DeputyPlan, stand_in
from ob_buero_tui.services.requests.follow_ups import make_outcome_tasks
from ob_buero_tui.services.requests.links import linked_events
from ob_buero_tui.services.requests.moving import Moving, carry_over
from ob_buero_tui.services.requests.stepping import may_enter
from ob_buero_tui.services.requests.verbs import add_note
from ob_buero_tui.services.work import Work
from ob_buero_tui.store.calendar import Event
from ob_buero_tui.store.decisions import Deputation
from ob_buero_tui.store.requests import Request, RequestEvent
from ob_buero_tui.store.tasks import Task

ZUSAGE = "zusage"


@dataclass(frozen=True, slots=True, kw_only=True)
class Followers:
    """The requests of one line: those that follow, and those that are only told in a note."""

    follow: tuple[Request, ...]
    told: tuple[Request, ...]


def followers(work: Work, found: Found, state: RequestState) -> Followers:
    """Which requests of a line come into a state by its decision.

    A request follows where the line is its own occasion, a single appointment, and where it may come into
    that state; a closed one keeps its state and gets a note.
    """
    date = found.standing.date if found.standing is not None else None
    follow, told = [], []
    for request in found.requests:
        fits = date is not None and date.original is None and _is_occasion(work, request, date.event)
        if fits and may_enter(work.catalog.states, request, state):
            follow.append(request)
        else:
            told.append(request)
    return Followers(follow=tuple(follow), told=tuple(told))


def decline(work: Work, found: Found, reason: str) -> None:
    """The appointment is called off: its requests are turned down."""
    who = followers(work, found, RequestState.ABGESAGT)
    for request in who.follow:
        if request.state != RequestState.ABGESAGT:
            turn_down(work, request.id, reason, "", BY_DEFAULT)
    _note(work, found, who.told, f"abgesagt: {reason}")


def depute(work: Work, found: Found, entry: Event, calendar: str, chain: str) -> Deputation | None:
    """A deputy is asked: its first request records it; None where no request does."""
    who = followers(work, found, RequestState.VERTRETUNG)
    made = None
    for request in who.follow:
        plan = DeputyPlan(request_id=request.id, version=request.version, calendar=calendar, chain=chain)
        stand_in(work, request.id, plan, BY_DEFAULT)
        work.session.flush()
        row = _newest(work, request)
        row.event_id, row.stands_on = entry.id, entry.dtstart.date()
        _link(work, request, entry)
        made = made or row
    _note(work, found, who.told, f"Vertretung angefragt: {work.catalog.calendar_short(calendar)}")
    return made


def move(work: Work, found: Found, start: datetime, end: datetime) -> bool:
    """The appointment moves: its requests are to be decided anew; tells whether one of them moved it."""
    who = followers(work, found, RequestState.VERSCHOBEN)
    date = found.standing.date if found.standing is not None else None
    event = date.event if date is not None else None
    for request in who.follow:
        moving = Moving(request_id=request.id, version=request.version, start=start, end=end)
        carry_over(work, request, moving, event)
        work.session.flush()
    _note(work, found, who.told, "verschoben")
    return bool(who.follow)


def moved_along(work: Work, found: Found) -> str:
    """The requests that were moved with a line, by number; "" where none was."""
    who = followers(work, found, RequestState.ZUGESAGT)
    numbers = [one.number for one in (*who.follow, *who.told) if one.state == RequestState.VERSCHOBEN]
    return join(numbers)


def keep(work: Work, found: Found, date: OneDate) -> bool:
    """The mayor goes after all: a request that was deputized, moved or turned down is accepted again."""
    changed = False
    for request in followers(work, found, RequestState.ZUGESAGT).follow:
        if request.state not in (RequestState.VERTRETUNG, RequestState.ABGESAGT):
            continue
        event = date.event
        planned = PlannedEvent(
            summary=event.summary,
            start=date.starts.replace(fold=0),
            end=date.ends.replace(fold=0),
            location=event.location,
            travel_before_min=event.travel_before_min,
            travel_after_min=event.travel_after_min,
        )
        carry_out(
            work, Plan(request_id=request.id, version=request.version, event=planned, tasks=()), BY_DEFAULT
        )
        make_outcome_tasks(work, request, ZUSAGE, event.id, again=True)
        changed = True
    return changed


def _is_occasion(work: Work, request: Request, event: Event) -> bool:
    if request.event_start is not None and request.event_start.date() == event.dtstart.date():
        return True
    return [one.id for one in linked_events(work.session, request.id)] == [event.id]


def _newest(work: Work, request: Request) -> Deputation:
    rows = select(Deputation).where(Deputation.request_id == request.id).order_by(Deputation.id.desc())
    return work.session.scalars(rows.limit(1)).one()


def _link(work: Work, request: Request, entry: Event) -> None:
    """The deputy's entry belongs to the request too, with the task that waits for the answer."""

    known = select(RequestEvent.id).where(
        RequestEvent.request_id == request.id, RequestEvent.event_id == entry.id
    )
    if work.session.scalar(known) is None:
        work.session.add(RequestEvent(request_id=request.id, event_id=entry.id))
    waiting = select(Task).where(
        Task.request_id == request.id, Task.template == "vertretung_antwort", Task.done_at.is_(None)
    )
    for task in work.session.scalars(waiting):
        task.event_id = entry.id


def _note(work: Work, found: Found, requests: tuple[Request, ...], what: str) -> None:
    for request in requests:
        add_note(work, request, f"Ausfall OB, Termin „{found.line.name}“: {what}.")
