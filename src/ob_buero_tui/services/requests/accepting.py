"""Accepting a request: the appointment and the tasks it proposes, and the one action that makes them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from ob_buero_tui.catalog.model import RequestKind
from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.deadlines import Bases
from ob_buero_tui.rules.german import plural
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.states import RequestState
from ob_buero_tui.rules.workdays import WorkCalendar
from ob_buero_tui.rules.zones import to_utc
from ob_buero_tui.services.calendar.preparing import preparation, task_names
from ob_buero_tui.services.calendar.slots import Proposed
from ob_buero_tui.services.faults import Conflict
from ob_buero_tui.services.history import Params, moment_text, sentence
from ob_buero_tui.services.requests.appointing import appoint
from ob_buero_tui.services.requests.decision import BY_DEFAULT, Decision, decide, decision_words
from ob_buero_tui.services.requests.deputations import ASKING, deputations_of, end_deputation
from ob_buero_tui.services.requests.due import bases_of
from ob_buero_tui.services.requests.facts import event_span
from ob_buero_tui.services.requests.follow_ups import (
    PlannedTask,
    make_tasks,
    missing_tasks,
    planned_tasks,
)
from ob_buero_tui.services.requests.planned_clashes import planned_clashes
from ob_buero_tui.services.requests.recounting import recount
from ob_buero_tui.services.requests.taking_back import RECEIPT_NOTICE, drop_decided_tasks, drop_templates
from ob_buero_tui.services.requests.verbs import Done, enter_state, load, readable, refuse_hidden
from ob_buero_tui.services.work import Work, use_case
from ob_buero_tui.services.workcalendar import work_calendar
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.calendar import Event
from ob_buero_tui.store.requests import Request

ZUSAGE = "zusage"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedEvent:
    """The appointment an acceptance makes; wall time of the office, travel in minutes."""

    summary: str
    start: datetime
    end: datetime
    location: str = ""
    travel_before_min: int = 0
    travel_after_min: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Everything one acceptance does: no event where no date is known.

    Args:
        version: The request's version that the plan was made from.
    """

    request_id: int
    version: int
    event: PlannedEvent | None
    tasks: tuple[PlannedTask, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A plan to show before it is carried out, with what it clashes with."""

    plan: Plan
    number: str
    conflicts: tuple[str, ...]


def propose(
    place: Workplace,
    request_id: int,
    *,
    start: datetime | None = None,
    end: datetime | None = None,
    location: str | None = None,
    summary: str | None = None,
    dated: bool = True,
) -> Proposal:
    """What accepting a request would do: appointment, travel, conflicts, tasks with their dates.

    Args:
        dated: Whether to make an appointment at all, where a date is known.
        start, end: The date as typed in the dialog; the request's own where not given.
        location: The place as typed; the request's own where not given.
        summary: What the appointment is called; the request's subject where not given or empty.
    """
    with place.reading() as session:
        request = session.get(Request, request_id)
        if request is None:
            raise Refusal("Diesen Eingang gibt es nicht mehr.")
        refuse_hidden(place, request)
        kind = place.catalog.kinds.get(request.kind or "")
        event = None
        if dated:
            event = planned_event(
                place, kind, request, start=start, end=end, location=location, summary=summary
            )
        conflicts: tuple[str, ...] = ()
        if event is not None:
            conflicts = planned_clashes(session, place, event, kind=kind, request_id=request_id)
        bases = _bases(place, kind, request, event)
        calendar = work_calendar(session, place)
        tasks = (*planned_tasks(kind, bases, calendar, ZUSAGE), *_preparation(place, kind, event, calendar))
        number, version = request.number, request.version
    plan = Plan(request_id=request_id, version=version, event=event, tasks=tasks)
    return Proposal(plan=plan, number=number, conflicts=conflicts)


def _preparation(
    place: Workplace, kind: RequestKind | None, event: PlannedEvent | None, calendar: WorkCalendar
) -> tuple[PlannedTask, ...]:
    """What the kind of appointment needs and the kind of request has no task for."""
    if kind is None or event is None or event.start.date() < place.today:
        return ()
    return preparation(place.catalog, kind.event_kind, event.start, calendar, task_names(kind))


def busy_span(place: Workplace, event: PlannedEvent) -> Proposed:
    """The time a planned appointment takes up, travel included."""
    return Proposed(
        busy_from=to_utc(event.start, place.zone) - timedelta(minutes=event.travel_before_min),
        busy_to=to_utc(event.end, place.zone) + timedelta(minutes=event.travel_after_min),
    )


@use_case("accept")
def accept(work: Work, plans: Sequence[Plan], decision: Decision = BY_DEFAULT, reason: str = "") -> Done:
    """Accept requests: each gets its appointment and its tasks, all as one action.

    Args:
        reason: Why appointments stand although they clash; kept with each conflict.

    Raises:
        Conflict: somebody changed a request since its plan was made; none is accepted.
        Clashing: appointments clash, and no reason is given; none is accepted.
    """
    from ob_buero_tui.services.calendar.clashing import Clash, Clashing, check

    rows = load(work, [plan.request_id for plan in plans])
    made = [event_id for plan in plans if (event_id := carry_out(work, plan, decision)) is not None]
    found: list[Clash] = []
    for event_id in made:
        try:
            check(work, work.get(Event, event_id), reason=reason)
        except Clashing as clashing:
            found += clashing.clashes
    if found:
        raise Clashing(found)
    first = plans[0].event if len(plans) == 1 else None
    work.tell(start=first.start.isoformat() if first is not None else None)
    return Done(ids=tuple(row.id for row in rows), text=_told(rows, plans))


def carry_out(work: Work, plan: Plan, decision: Decision) -> int | None:
    """Accept one request inside any step: the mayor goes, and a deputy who was asked no longer does.

    Returns:
        The key of the appointment, None where no date is known.

    Raises:
        Conflict: somebody changed the request since the plan was made.
    """
    request = readable(work, [plan.request_id])[0]
    _refuse_again(request)
    if request.version != plan.version:
        raise Conflict(f"{request.number} wurde nicht angenommen.")
    # Where a deputy was asked, also in vain, the appointment is there already, and what was done for it.
    asked = bool(deputations_of(work.session, request.id))
    again = asked or request.state in (RequestState.VERSCHOBEN, RequestState.VERTRETUNG)
    handed = request.state == RequestState.ABGEGEBEN
    end_deputation(work, request)
    enter_state(work, request, RequestState.ZUGESAGT)
    request.kind_proposed = False
    decide(work, request, ZUSAGE, decision)
    drop_templates(work, request, RECEIPT_NOTICE, *ASKING)
    if handed:
        drop_decided_tasks(work, request)
    event_id = None
    if plan.event is not None:
        event_id = appoint(work, request, plan.event, take_over=asked)
    recount(work, request)
    make_tasks(work, request, missing_tasks(work, request, plan.tasks, again=again), event_id)
    return event_id


def planned_event(
    place: Workplace,
    kind: RequestKind | None,
    request: Request,
    *,
    start: datetime | None = None,
    end: datetime | None = None,
    location: str | None = None,
    summary: str | None = None,
) -> PlannedEvent | None:
    """The appointment a request asks for, with the way there; None while no date is known."""
    span = event_span(kind, request)
    if start is None:
        if span is None:
            return None
        start, end = span
    minutes = kind.event_minutes if kind is not None else 60
    where = clean(request.event_place if location is None else location).strip()
    travel = place.catalog.travel_min(where)
    return PlannedEvent(
        summary=clean(summary or "", limit=200).strip() or clean(request.subject, limit=200),
        start=start,
        end=end if end is not None and end > start else start + timedelta(minutes=minutes),
        location=where,
        travel_before_min=travel,
        travel_after_min=travel,
    )


def _bases(
    place: Workplace, kind: RequestKind | None, request: Request, event: PlannedEvent | None
) -> Bases | None:
    """The dates as they would be after the acceptance."""
    if kind is None:
        return None
    return bases_of(
        kind,
        received=place.local(request.received_at),
        event_start=event.start if event is not None else None,
        decided=place.now,
        fields=request.fields,
    )


def _refuse_again(request: Request) -> None:
    """A second acceptance would make the appointment and the tasks twice."""
    if request.state == RequestState.ZUGESAGT:
        raise Refusal(
            f"{request.number} ist schon angenommen.",
            "Termin und Aufgaben gäbe es sonst doppelt.",
            "Nehmen Sie die Zusage mit u zurück, wenn etwas anderes gelten soll.",
        )


def _told(rows: Sequence[Request], plans: Sequence[Plan]) -> str:
    made = sum(1 for plan in plans if plan.event is not None)
    tasks = sum(len(plan.tasks) for plan in plans)
    name = rows[0].number if len(rows) == 1 else f"{len(rows)} Eingänge"
    parts = [f"{name}: angenommen"]
    if made:
        parts.append(plural(made, "Termin", "Termine"))
    if tasks:
        parts.append(plural(tasks, "Aufgabe", "Aufgaben"))
    return ", ".join(parts)


@sentence("accept")
def _accepted(params: Params) -> str:
    start = moment_text(params.get("start"))
    return f"angenommen{decision_words(params)}" + (f", Termin {start}" if start else "")
