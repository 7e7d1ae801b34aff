"""What belongs to a request."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from ob_buero_tui.store.calendar import Event
from ob_buero_tui.store.requests import RequestEvent


def linked_events(session: Session, request_id: int) -> list[Event]:
    """A request's appointments, those in the trash left out."""
    return list(
        session.scalars(
            select(Event)
            .join(RequestEvent, RequestEvent.event_id == Event.id)
            .where(RequestEvent.request_id == request_id, Event.trashed_at.is_(None))
        )
    )
