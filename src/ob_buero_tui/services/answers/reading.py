"""The answers of a request as its panel tells them: the newest first."""

from __future__ import annotations

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from ob_buero_tui.rules.visibility import View
from ob_buero_tui.services.answers.views import AnswerView
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.documents import Document, DocumentState
from ob_buero_tui.store.requests import Request

# Made once: to put a statement together takes as long as to run it.
_OF_REQUEST = select(Document).where(Document.request_id == bindparam("request")).order_by(Document.id.desc())


def answers_of(session: Session, place: Workplace, request: Request) -> tuple[AnswerView, ...]:
    """The answers to a request that this desk may read."""
    rows = session.scalars(_OF_REQUEST, {"request": request.id})
    return tuple(
        AnswerView(
            id=row.id,
            kind=row.kind,
            title=row.title,
            state=DocumentState(row.state),
            recipient=" · ".join(part for part in (row.recipient_name, row.recipient_email) if part),
            text=row.text,
            released_by=row.released_by,
            sent_at=place.local(row.sent_at) if row.sent_at is not None else None,
            sent_by=row.sent_by,
            sent_how=row.sent_how,
        )
        for row in rows
        if place.sees(row.confidentiality, request.owner) is View.FULL
    )
