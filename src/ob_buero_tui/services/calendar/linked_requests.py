"""The requests that appointments came from, as far as somebody may read them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from ob_buero_tui.rules.visibility import Audience, View
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.requests import Request, RequestEvent


def requests_of(
    session: Session, place: Workplace, event_ids: Iterable[int], audience: Audience = Audience.INTERN
) -> Mapping[int, tuple[Request, ...]]:
    """The requests of some appointments that are not in the trash, by the key of the appointment.

    Args:
        audience: Who reads them at this desk.
    """
    rows = session.execute(
        select(RequestEvent.event_id, Request)
        .join(Request, Request.id == RequestEvent.request_id)
        .where(RequestEvent.event_id.in_(set(event_ids)), Request.trashed_at.is_(None))
        .order_by(Request.id)
    )
    found: dict[int, tuple[Request, ...]] = {}
    for event_id, request in rows:
        if place.sees(request.confidentiality, request.owner, audience) is View.FULL:
            found[event_id] = (*found.get(event_id, ()), request)
    return found
