"""What hangs on a request and on a stricter appointment too: it stays in the office with the appointment."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ob_buero_tui.rules.visibility import View
from ob_buero_tui.services.calendar.levels import levels_beside
from ob_buero_tui.services.export.wanted import Wanted
from ob_buero_tui.store.calendar import Event
from ob_buero_tui.store.documents import Attachment, Document
from ob_buero_tui.store.requests import Request
from ob_buero_tui.store.tasks import Note, Task

_BOTH = (Note, Task, Attachment, Document)


def stricter_events(session: Session, request: Request) -> frozenset[int]:
    """The appointments behind notes, tasks and files of a request that leave with less than everything."""
    keys: set[int] = set()
    for row_class in _BOTH:
        query = select(row_class.event_id).where(row_class.request_id == request.id)
        keys |= {key for key in session.scalars(query) if key is not None}
    if not keys:
        return frozenset()
    wanted, beside = Wanted(), levels_beside(session, sorted(keys))
    rows = session.scalars(select(Event).where(Event.id.in_(keys)))
    return frozenset(
        row.id for row in rows if wanted.sees(row.confidentiality, *beside.get(row.id, ())) is not View.FULL
    )


def count_kept(session: Session, request: Request, stricter: frozenset[int]) -> int:
    """How many notes, tasks and attachments stay with such an appointment."""
    return sum(
        session.scalar(
            select(func.count())
            .select_from(row_class)
            .where(row_class.request_id == request.id, row_class.event_id.in_(stricter))
        )
        or 0
        for row_class in (Note, Task, Attachment)
    )
