"""The questions that were asked about a request, and what of them is still open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from ob_buero_tui.store.decisions import Asked, Inquiry
from ob_buero_tui.store.requests import Request
from ob_buero_tui.store.tasks import Task

if TYPE_CHECKING:
    from ob_buero_tui.services.work import Work

WITHOUT_ANSWER = "ohne Antwort abgeschlossen"

# Made once: to put a statement together takes as long as to run it.
_OF_REQUEST = select(Inquiry).where(Inquiry.request_id == bindparam("request")).order_by(Inquiry.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class InquiryView:
    """One question with its answer, as a screen or a list shows it.

    Args:
        name: Who was asked: „Amt 66 Tiefbauamt“, or the sender.
        answer: What came back; empty while nothing did.
    """

    id: int
    asked: Asked
    name: str
    question: str
    asked_on: date
    asked_by: str
    due_on: date | None
    answer: str
    answered_on: date | None


def inquiries(session: Session, request_id: int) -> tuple[InquiryView, ...]:
    """All questions about a request, oldest first."""
    return tuple(_view(row) for row in _rows(session, request_id))


def stellungnahmen(session: Session, request_id: int) -> tuple[InquiryView, ...]:
    """What departments and Dezernate were asked and said, oldest first."""
    return tuple(one for one in inquiries(session, request_id) if one.asked is not Asked.ABSENDER)


def open_inquiries(session: Session, request_id: int) -> list[Inquiry]:
    """The questions that nobody has answered yet."""
    return [row for row in _rows(session, request_id) if row.answered_on is None]


def close_inquiries(work: Work, request: Request) -> int:
    """Nobody waits for an answer any more: open questions and their reminders end; returns how many."""
    found = open_inquiries(work.session, request.id)
    for inquiry in found:
        inquiry.answer, inquiry.answered_on = WITHOUT_ANSWER, work.today
        reminder = inquiry.task_id
        inquiry.task_id = None
        work.session.flush()
        task = work.session.get(Task, reminder) if reminder is not None else None
        if task is not None and task.done_at is None:
            work.session.delete(task)
    return len(found)


def _rows(session: Session, request_id: int) -> Sequence[Inquiry]:
    return session.scalars(_OF_REQUEST, {"request": request_id}).all()


def _view(row: Inquiry) -> InquiryView:
    return InquiryView(
        id=row.id,
        asked=Asked(row.asked),
        name=row.name,
        question=row.question,
        asked_on=row.asked_on,
        asked_by=row.asked_by,
        due_on=row.due_on,
        answer=row.answer,
        answered_on=row.answered_on,
    )
