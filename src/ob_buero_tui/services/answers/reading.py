"""The answers of a request as its panel tells them: the newest first."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from ob_buero_tui.rules.visibility import View
from ob_buero_tui.services.answers.views import AnswerView
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.documents import Document, DocumentState
from ob_buero_tui.store.requests import Request


def answers_of(session: Session, place: Workplace, request: Request) -> tuple[AnswerView, ...]:
    """The answers to a request that this desk may read."""
    rows = session.scalars(
        select(Document).where(Document.request_id == request.id).order_by(Document.id.desc())
    )
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
