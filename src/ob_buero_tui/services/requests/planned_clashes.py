"""What the appointment that a decision would make clashes with, by the rules of the Kalender."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session

from ob_buero_tui.catalog.representation import MAYOR
from ob_buero_tui.rules.states import EventStatus
from ob_buero_tui.rules.zones import to_utc
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.calendar import Event
from ob_buero_tui.store.requests import RequestEvent

if TYPE_CHECKING:
    from ob_buero_tui.catalog.model import RequestKind
    from ob_buero_tui.services.requests.accepting import PlannedEvent


def planned_clashes(
    session: Session, place: Workplace, planned: PlannedEvent, *, kind: RequestKind | None, request_id: int
) -> tuple[str, ...]:
    """German sentences on what a planned appointment of the mayor clashes with; what was excused stays out.

    Args:
        kind: The kind of the request.
        request_id: Whose decision it is; its tentative entry is in nobody's way.
    """
    from ob_buero_tui.services.calendar.clashing import Candidate, CandidateDate, clashes_of, sentences
    from ob_buero_tui.services.calendar.taken import Facts

    linked = select(Event.id).join(RequestEvent, RequestEvent.event_id == Event.id)
    tentative = linked.where(
        RequestEvent.request_id == request_id,
        Event.status == EventStatus.TENTATIVE.value,
        Event.trashed_at.is_(None),
        Event.rrule == "",
    )
    event_id = session.scalars(tentative.order_by(Event.id).limit(1)).first()
    starts, ends = to_utc(planned.start, place.zone), to_utc(planned.end, place.zone)
    date = CandidateDate(
        starts=starts,
        ends=ends,
        busy_from=starts - timedelta(minutes=planned.travel_before_min),
        busy_to=ends + timedelta(minutes=planned.travel_after_min),
    )
    event_kind = kind.event_kind or None if kind is not None else None
    facts = Facts(calendar=MAYOR, kind=event_kind, location=planned.location)
    return sentences(clashes_of(session, place, Candidate(dates=(date,), facts=facts, event_id=event_id)))
