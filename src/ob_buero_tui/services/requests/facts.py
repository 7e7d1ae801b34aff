"""Gathers what the check rules may look at, and runs a request's checks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from ob_buero_tui.catalog.model import RequestKind
from ob_buero_tui.catalog.representation import MAYOR
from ob_buero_tui.rules.checks import CheckFacts, Finding, run_checks
from ob_buero_tui.rules.deadlines import Bases
from ob_buero_tui.rules.folding import fold
from ob_buero_tui.rules.zones import to_utc
from ob_buero_tui.services.calendar.dated_names import clash_sentence
from ob_buero_tui.services.calendar.deputies import deputies
from ob_buero_tui.services.calendar.slots import Dated, Proposed, overlaps, rows_between
from ob_buero_tui.services.people.warning import person_findings
from ob_buero_tui.services.requests.due import bases_of, deadlines
from ob_buero_tui.services.requests.known import Known, known_of
from ob_buero_tui.services.requests.precedents import Precedent, precedents
from ob_buero_tui.services.workcalendar import work_calendar
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.requests import Message, Request

POSTPONEMENT = "vertagung"
"""The outcome by which nothing is decided yet."""

# Made once: to put a statement together takes as long as to run it.
_LETTER = select(Message).where(Message.request_id == bindparam("request")).order_by(Message.id).limit(1)


def request_bases(place: Workplace, kind: RequestKind, request: Request) -> Bases:
    """The dates of a stored request that deadlines and tasks are counted from."""
    received = place.local(request.received_at)
    decided = None
    # A Vertagung answers nothing: the days for the answer go on from the receipt.
    if request.decided_on is not None and request.outcome != POSTPONEMENT:
        decided = datetime.combine(request.decided_on, time.min)
    return bases_of(
        kind, received=received, event_start=request.event_start, decided=decided, fields=request.fields
    )


def findings(
    session: Session,
    place: Workplace,
    request: Request,
    body: str,
    known: Known | None = None,
    earlier: Sequence[Precedent] | None = None,
) -> tuple[Finding, ...]:
    """The checks of a request's kind with their results; none while it has no kind.

    Args:
        body: The text of its first letter.
        known: The rows around it, where they were fetched for many requests at once; the same event is not
            looked for then.
        earlier: Its Vorgeschichte, where it was read already.
    """
    kind = place.catalog.kinds.get(request.kind or "")
    if kind is None:
        return ()
    if earlier is None:
        earlier = precedents(session, place, request, event=known is None)
    known = known or known_of(session, (request.id,))[request.id]
    facts = _facts(session, place, kind, request, body, known, earlier)
    return (*run_checks(kind.checks, facts), *person_findings(session, kind, request, place.today))


def _facts(
    session: Session,
    place: Workplace,
    kind: RequestKind,
    request: Request,
    body: str,
    known: Known,
    earlier: Sequence[Precedent],
) -> CheckFacts:
    calendar = work_calendar(session, place)
    proposed = _proposed(place, kind, request)
    rows = rows_between(session, proposed.busy_from, proposed.busy_to) if proposed else ()
    return CheckFacts(
        received=place.local(request.received_at).date(),
        today=place.today,
        event_start=request.event_start,
        event_end=request.event_end,
        fields=request.fields,
        text=fold(f"{request.subject}\n{body}"),
        calendar=calendar,
        conflicts=_conflicts(place, rows, proposed, known.event_ids),
        history=tuple(each.line for each in earlier),
        due=deadlines(kind, request_bases(place, kind, request), calendar),
        ticked=known.ticked,
        form=kind.fields,
        elections=place.catalog.elections,
        deputies=deputies(session, place, kind, rows, proposed, known.event_ids) if proposed else {},
        place=request.event_place,
        districts={each.label: each.words for each in place.catalog.districts},
    )


def event_span(kind: RequestKind | None, request: Request) -> tuple[datetime, datetime] | None:
    """Begin and end of the occasion, local wall time; the catalog's length where no end is known."""
    if request.event_start is None:
        return None
    minutes = kind.event_minutes if kind is not None else 60
    return request.event_start, request.event_end or request.event_start + timedelta(minutes=minutes)


def _proposed(place: Workplace, kind: RequestKind, request: Request) -> Proposed | None:
    """The time the occasion would take up, the way there and back included."""
    span = event_span(kind, request)
    if span is None:
        return None
    travel = timedelta(minutes=place.catalog.travel_min(request.event_place))
    return Proposed(
        busy_from=to_utc(span[0], place.zone) - travel, busy_to=to_utc(span[1], place.zone) + travel
    )


def _conflicts(
    place: Workplace, rows: Sequence[Dated], proposed: Proposed | None, own: Sequence[int]
) -> tuple[str, ...]:
    if proposed is None:
        return ()
    return tuple(map(clash_sentence, overlaps(place, rows, proposed, MAYOR, own)))


def letter(session: Session, request_id: int) -> Message | None:
    """The first letter of a request."""
    return session.scalars(_LETTER, {"request": request_id}).one_or_none()
