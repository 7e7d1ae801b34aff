"""v on an appointment of the Kalender: a deputy for one date, also where no request is behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from ob_buero_tui.rules.clean import shorten
from ob_buero_tui.rules.german import clock, short_date
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.states import EventStatus, RequestState
from ob_buero_tui.rules.visibility import View
from ob_buero_tui.services.calendar.forms import hidden
from ob_buero_tui.services.calendar.one_date import OneDate, find_date
from ob_buero_tui.services.calendar.own_details import own
from ob_buero_tui.services.calendar.slots import seen_of
from ob_buero_tui.services.calendar.standing_in import (
    answer,
    chain_of,
    enter_deputation,
    hand_to,
    of_event,
    take_back,
)
from ob_buero_tui.services.history import Params, sentence
from ob_buero_tui.services.requests.accepting import PlannedEvent
from ob_buero_tui.services.requests.deputizing import promise, refuse
from ob_buero_tui.services.requests.proposing_deputies import (
    DeputyProposal,
    StandingDeputy,
    propose_for,
)
from ob_buero_tui.services.requests.verbs import Done, readable
from ob_buero_tui.services.work import Work, use_case
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.calendar import Event
from ob_buero_tui.store.decisions import Deputation, DeputyAnswer
from ob_buero_tui.store.requests import Request, RequestEvent

NOT_ASKED = "Die Vertretung wurde nicht angefragt."


def propose_for_date(place: Workplace, key: str) -> tuple[DeputyProposal, StandingDeputy | None]:
    """The deputies by rank for one date, and who is asked or has promised already.

    Args:
        key: The date, as `DayEvent.id` names it.

    Raises:
        Refusal: it is gone, or personal to another desk.
    """
    with place.reading() as session:
        date = find_date(session, place.zone, key)
        if seen_of(place, date.event, date.override) is not View.FULL:
            raise hidden()
        present = of_event(session, date.event.id)
        said = {present.calendar: present.answer} if present is not None else {}
        found = deputies_for(session, place, date, [date.event.id], said)
        standing = None
        if present is not None:
            standing = StandingDeputy(
                calendar=present.calendar,
                short=place.catalog.calendar_short(present.calendar),
                promised=present.answer == DeputyAnswer.ZUGESAGT,
            )
        return found, standing


def deputies_for(
    session: Session, place: Workplace, date: OneDate, without: Sequence[int], said: dict[str, str]
) -> DeputyProposal:
    """The deputies by rank for one date, travel and absences counted.

    Args:
        without: Appointments that are in nobody's way, such as the date itself.
        said: What deputies have answered already, by the key of the calendar.
    """
    shown = date.override if date.override is not None else date.event
    planned = PlannedEvent(
        summary=shown.summary,
        start=date.starts.replace(fold=0),
        end=date.ends.replace(fold=0),
        location=shown.location,
        travel_before_min=own(date.event, date.override, "travel_before_min"),
        travel_after_min=own(date.event, date.override, "travel_after_min"),
    )
    at = "" if date.all_day else f" {clock(date.starts)}"
    name = f"{short_date(date.starts.date())}{at} {shorten(shown.summary, 60)}"
    return replace(propose_for(session, place, planned, without=without, said=said), number=name)


def deciding_request(place: Workplace, event_id: int) -> int | None:
    """The request that decides who goes to an appointment: one that is open; None where there is none."""
    with place.reading() as session:
        rows = session.scalars(
            select(Request)
            .join(RequestEvent, RequestEvent.request_id == Request.id)
            .where(RequestEvent.event_id == event_id, Request.trashed_at.is_(None))
            .order_by(Request.id)
        )
        for row in rows:
            readable_here = place.sees(row.confidentiality, row.owner) is View.FULL
            if readable_here and place.catalog.states.may(RequestState(row.state), RequestState.VERTRETUNG):
                return row.id
    return None


@use_case("deputize_event")
def deputize_event(work: Work, key: str, calendar: str) -> Done:
    """Ask a deputy for one date; it is tentative in the deputy's calendar until the promise.

    Args:
        key: The date, as `DayEvent.id` names it.
        calendar: The key of the deputy's calendar.

    Raises:
        Refusal: the date is over or called off, or this deputy is asked already.
    """
    chain = chain_of(work, calendar)
    short = work.catalog.calendar_short(calendar)
    date = find_date(work.session, work.place.zone, key)
    _refuse_unfit(work, date)
    present = of_event(work.session, date.event.id)
    if present is not None and present.calendar == calendar:
        raise Refusal(f"{short} ist schon angefragt.", "", "v trägt ein, was geantwortet wurde.")
    take_back(work, present)
    entry = hand_to(work, date, calendar, present)
    enter_deputation(work, date, entry, calendar, chain, remind=True)
    work.tell(table="event", ids=[entry.id], deputy=short)
    work.refer("event", date.event.id)
    return Done(ids=(entry.id,), text=f"„{shorten(entry.summary, 60)}“: {short} angefragt")


@use_case("event_deputy_said")
def event_deputy_said(work: Work, event_id: int, accepted: bool) -> Done:
    """A deputy has said yes or no about an appointment; its request follows where one is behind it."""
    row = of_event(work.session, event_id)
    event = work.get(Event, event_id)
    if row is None:
        raise Refusal("Es ist niemand angefragt.", "", "Mit v fragen Sie eine Vertretung an.")
    if seen_of(work.place, event, None) is not View.FULL:
        raise hidden()
    settle(work, row, accepted)
    short = work.catalog.calendar_short(row.calendar)
    work.tell(table="event", ids=[event_id], deputy=short, accepted=accepted)
    said = "hat zugesagt" if accepted else "kann nicht, neue Vertretung nötig"
    return Done(ids=(event_id,), text=f"„{shorten(event.summary, 60)}“: {short} {said}")


def settle(work: Work, row: Deputation, accepted: bool, *, remind: bool = True) -> None:
    """What a deputy said, inside any step: written with the request where there is one.

    Args:
        remind: Whether a refusal without a request leaves the task to find somebody else.
    """
    if row.request_id is not None:
        request = readable(work, [row.request_id])[0]
        (promise if accepted else refuse)(work, request)
    else:
        answer(work, row, accepted, remind=remind)


def promise_pending(work: Work, event_id: int) -> None:
    """An appointment that is confirmed has its deputy's promise."""
    row = of_event(work.session, event_id)
    if row is not None and row.answer == DeputyAnswer.ANGEFRAGT:
        settle(work, row, True)


def _refuse_unfit(work: Work, date: OneDate) -> None:
    shown = date.override if date.override is not None else date.event
    if seen_of(work.place, date.event, date.override) is not View.FULL:
        raise hidden()
    if date.event.trashed_at is not None or shown.status == EventStatus.CANCELLED:
        raise Refusal(NOT_ASKED, "Der Termin ist abgesagt.", "Bestätigen Sie ihn zuerst mit a.")
    if date.ends.replace(fold=0) <= work.now:
        raise Refusal(NOT_ASKED, "Der Termin ist vorbei.")


@sentence("deputize_event")
def _deputized(params: Params) -> str:
    return f"Vertretung angefragt: {params.get('deputy', '')}"


@sentence("event_deputy_said")
def _answered(params: Params) -> str:
    return (
        f"{params.get('deputy', 'Vertretung')} {'hat zugesagt' if params.get('accepted') else 'kann nicht'}"
    )
