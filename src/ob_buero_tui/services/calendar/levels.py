"""How confidential an appointment is by what it belongs to: its session, and the requests behind it."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ob_buero_tui.rules.visibility import Confidentiality
from ob_buero_tui.store.council import Meeting
from ob_buero_tui.store.requests import Request, RequestEvent

_STRICT = (Confidentiality.VERTRAULICH.value, Confidentiality.PERSOENLICH.value)


def levels_beside(session: Session, event_ids: Any) -> dict[int, set[str]]:
    """The levels of the sessions and requests that appointments belong to; without those that have none.

    Whoever is not of the office is told of an appointment only as much as all of these allow.

    Args:
        event_ids: Keys of the appointments, or the query that finds them.
    """
    found: defaultdict[int, set[str]] = defaultdict(set)
    sessions = select(Meeting.event_id, Meeting.confidentiality).where(Meeting.event_id.in_(event_ids))
    requests = (
        select(RequestEvent.event_id, Request.confidentiality)
        .join(Request, Request.id == RequestEvent.request_id)
        .where(RequestEvent.event_id.in_(event_ids), Request.trashed_at.is_(None))
    )
    for key, level in session.execute(sessions):
        if key is not None:
            found[key].add(level)
    for key, level in session.execute(requests):
        # An appointment that was published stays so, though the request behind it is the office's own.
        if level in _STRICT:
            found[key].add(level)
    return dict(found)
