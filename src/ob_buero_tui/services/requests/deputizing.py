"""A deputy in the mayor's place: asked, and bound only by a promise (domain.md 10.8)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.states import EventStatus, RequestState
from ob_buero_tui.services.calendars.pending import touched
from ob_buero_tui.services.faults import Conflict
from ob_buero_tui.services.history import Params, sentence
from ob_buero_tui.services.requests.accepting import PlannedEvent
from ob_buero_tui.services.requests.appointing import appoint, own_event
from ob_buero_tui.services.requests.decision import BY_DEFAULT, Decision, decide, decision_words, undecide
from ob_buero_tui.services.requests.deputations import (
    ASK_TASK,
    ASKING,
    FIND_TASK,
    answer_until,
    end_deputation,
    pending,
    standing,
)
from ob_buero_tui.services.requests.exceptions import dry_check, not_into
from ob_buero_tui.services.requests.follow_ups import make_outcome_tasks
from ob_buero_tui.services.requests.proposing_deputies import (
    ChainView,
    DeputyChoice,
    DeputyProposal,
    propose_deputies,
)
from ob_buero_tui.services.requests.recounting import recount
from ob_buero_tui.services.requests.taking_back import RECEIPT_NOTICE, drop_decided_tasks, drop_templates
from ob_buero_tui.services.requests.verbs import Done, enter_state, load, readable, told
from ob_buero_tui.services.work import Work, use_case
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.calendar import Event
from ob_buero_tui.store.decisions import Deputation, DeputyAnswer
from ob_buero_tui.store.requests import Request
from ob_buero_tui.store.tasks import Task

__all__ = ["ChainView", "DeputyChoice", "DeputyPlan", "DeputyProposal", "propose_deputies", "stand_in"]

VERTRETUNG = "vertretung"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeputyPlan:
    """Who is to be asked for a request, and for what time; no event where no date is known.

    Args:
        version: The request's version that the plan was made from.
        calendar, chain: Keys of representation.toml.
    """

    request_id: int
    version: int
    calendar: str
    chain: str
    event: PlannedEvent | None = None


@use_case("deputize")
def deputize(work: Work, plans: Sequence[DeputyPlan], decision: Decision = BY_DEFAULT) -> Done:
    """Ask deputies to stand in; the appointment is tentative until they have promised."""
    rows = load(work, [plan.request_id for plan in plans])
    for plan in plans:
        stand_in(work, plan.request_id, plan, decision)
    calendars = {plan.calendar for plan in plans}
    who = work.catalog.calendar_short(calendars.pop()) if len(calendars) == 1 else "mehrere"
    work.tell(deputy=who)
    return told(rows, f"Vertretung angefragt: {who}")


def stand_in(work: Work, request_id: int, plan: DeputyPlan, decision: Decision) -> Request:
    """Ask one deputy inside any step; who was asked or had promised before no longer stands in.

    Raises:
        Conflict: somebody changed the request since the plan was made.
        Refusal: the calendar belongs to no deputy, or its deputy is asked already.
    """
    request = readable(work, [request_id])[0]
    if request.version != plan.version:
        raise Conflict(f"{request.number}: Die Vertretung wurde nicht angefragt.")
    _refuse_unfit(work, request, plan)
    end_deputation(work, request)
    enter_state(work, request, RequestState.VERTRETUNG)
    request.kind_proposed = False
    decide(work, request, VERTRETUNG, decision)
    # Made for the mayor, or for the deputy before: the promise makes them anew.
    drop_decided_tasks(work, request)
    drop_templates(work, request, RECEIPT_NOTICE, *ASKING)
    event_id = None
    if plan.event is not None:
        event_id = appoint(
            work,
            request,
            plan.event,
            calendar=plan.calendar,
            status=EventStatus.TENTATIVE,
            take_over=True,
        )
    recount(work, request)
    _ask(work, request, plan, event_id)
    return request


def _refuse_unfit(work: Work, request: Request, plan: DeputyPlan) -> None:
    chain = work.catalog.chains.get(plan.chain)
    if chain is None or plan.calendar not in chain.calendars:
        raise Refusal(
            f"{request.number}: Die Vertretung wurde nicht angefragt.",
            "Dieser Kalender gehört niemandem, der vertritt.",
            "Wählen Sie eine andere Vertretung; die IT kann die Liste ändern.",
        )
    present = pending(work.session, request.id)
    if present is not None and present.calendar == plan.calendar:
        raise Refusal(
            f"{request.number}: {work.catalog.calendar_short(plan.calendar)} ist schon angefragt.",
            "",
            "Mit a tragen Sie die Zusage ein, mit n die Ablehnung.",
        )


def _ask(work: Work, request: Request, plan: DeputyPlan, event_id: int | None) -> None:
    on = plan.event.start.date() if plan.event is not None else None
    stands_on = on or (request.event_start.date() if request.event_start else None)
    work.session.add(
        Deputation(
            request_id=request.id,
            event_id=event_id,
            calendar=plan.calendar,
            chain=plan.chain,
            asked_on=work.today,
            asked_by=work.desk.initials,
            stands_on=stands_on,
        )
    )
    due = answer_until(work, stands_on)
    label = f"Antwort von {work.catalog.calendar_short(plan.calendar)} zur Vertretung"
    _add_task(work, request, ASK_TASK, label, due, event_id)


def _add_task(
    work: Work, request: Request, template: str, label: str, due: date, event_id: int | None
) -> None:
    work.session.add(
        Task(
            label=label,
            template=template,
            request_id=request.id,
            event_id=event_id,
            due_on=due,
            due_text="",
            assigned_to=request.assigned_to or work.desk.initials,
        )
    )


@use_case("deputy_promised")
def promised(work: Work, ids: Sequence[int]) -> Done:
    """Deputies have said yes: the appointment is binding, and the tasks of the outcome arise."""
    rows = load(work, ids)
    names = {work.catalog.calendar_short(promise(work, row).calendar) for row in rows}
    who = names.pop() if len(names) == 1 else "Vertretung"
    work.tell(deputy=who)
    return told(rows, f"{who} hat die Vertretung zugesagt")


def promise(work: Work, row: Request) -> Deputation:
    """One deputy has said yes, inside any step; returns the row of who was asked."""
    asked = _asked(work, row)
    asked.answer, asked.answered_on = DeputyAnswer.ZUGESAGT.value, work.today
    event = _event_of(work, row, asked)
    if event is not None:
        event.status = EventStatus.CONFIRMED.value
        touched(work, event, event)
    drop_templates(work, row, *ASKING)
    make_outcome_tasks(work, row, VERTRETUNG, event.id if event is not None else None, again=True)
    work.refer("request", row.id)
    return asked


@use_case("deputy_refused")
def refused(work: Work, ids: Sequence[int]) -> Done:
    """Deputies cannot go, or no longer: somebody else must be found, the appointment is tentative again."""
    rows = load(work, ids)
    names = {work.catalog.calendar_short(refuse(work, row).calendar) for row in rows}
    who = names.pop() if len(names) == 1 else "Vertretung"
    work.tell(deputy=who)
    return told(rows, f"{who} kann nicht, neue Vertretung nötig")


def refuse(work: Work, row: Request) -> Deputation:
    """One deputy cannot go, inside any step; returns the row of who was asked."""
    found = standing(work.session, row.id)
    if found is None:
        raise _nobody(row)
    gave = found.answer == DeputyAnswer.ZUGESAGT
    found.answer = (DeputyAnswer.ZURUECKGENOMMEN if gave else DeputyAnswer.ABGELEHNT).value
    found.answered_on = work.today
    drop_decided_tasks(work, row)
    drop_templates(work, row, *ASKING)
    event = _event_of(work, row, found)
    if event is not None:
        event.status = EventStatus.TENTATIVE.value
        touched(work, event, event)
    _open_again(work, row)
    work.refer("request", row.id)
    _add_task(
        work, row, FIND_TASK, "Neue Vertretung finden", work.today, event.id if event is not None else None
    )
    return found


def _event_of(work: Work, row: Request, asked: Deputation) -> Event | None:
    """The appointment that the deputy was asked for, else the request's own."""
    event = work.session.get(Event, asked.event_id) if asked.event_id is not None else None
    stands = event is not None and event.trashed_at is None and event.status != EventStatus.CANCELLED
    return event if stands else own_event(work, row)


def _open_again(work: Work, row: Request) -> None:
    """Nobody goes: it is on the desk again, to be decided anew, and its answer is due."""
    if work.catalog.states.may(RequestState(row.state), RequestState.NEU):
        enter_state(work, row, RequestState.NEU)
        undecide(row)
        recount(work, row)


def _asked(work: Work, row: Request) -> Deputation:
    found = pending(work.session, row.id)
    if found is None:
        raise _nobody(row)
    return found


def _nobody(row: Request) -> Refusal:
    return Refusal(f"{row.number}: Es ist niemand angefragt.", "", "Mit v fragen Sie eine Vertretung an.")


@dry_check("deputize")
def _may_deputize(_session: Session, place: Workplace, row: Request) -> str:
    return not_into(place, row, RequestState.VERTRETUNG)


@dry_check("deputy_promised")
def _may_promise(session: Session, _place: Workplace, row: Request) -> str:
    return "" if pending(session, row.id) is not None else "hat keine angefragte Vertretung"


@sentence("deputize")
def _deputized(params: Params) -> str:
    return f"Vertretung angefragt: {params.get('deputy', '')}{decision_words(params)}"


@sentence("deputy_promised")
def _promised(params: Params) -> str:
    return f"{params.get('deputy', 'Vertretung')} hat die Vertretung zugesagt"


@sentence("deputy_refused")
def _refused(params: Params) -> str:
    return f"{params.get('deputy', 'Vertretung')} kann nicht vertreten"
