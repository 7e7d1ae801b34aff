"""Who was asked to stand in for the mayor: the rows, and how often each stood in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from ob_buero_tui.rules.workdays import DayKind, shift
from ob_buero_tui.store.decisions import Deputation, DeputyAnswer
from ob_buero_tui.store.requests import Request

if TYPE_CHECKING:
    from ob_buero_tui.services.work import Work

STANDING = (DeputyAnswer.ANGEFRAGT.value, DeputyAnswer.ZUGESAGT.value)

ASK_TASK, FIND_TASK = "vertretung_antwort", "vertretung_suchen"
ASKING = (ASK_TASK, FIND_TASK)
"""The tasks of a deputy's answer: to wait for it, and to find somebody else."""

ANSWER_DAYS = "vertretung_antwort"
"""The figure that says how many working days a deputy has for the answer."""

# Made once: to put a statement together takes as long as to run it.
_OF_REQUEST = select(Deputation).where(Deputation.request_id == bindparam("request")).order_by(Deputation.id)


@dataclass(frozen=True, slots=True)
class Counted:
    """How often a deputy stood in this year, and how many questions are still open."""

    stood: int = 0
    asked: int = 0


def deputations_of(session: Session, request_id: int) -> Sequence[Deputation]:
    """Everybody who was asked for a request, in order."""
    return session.scalars(_OF_REQUEST, {"request": request_id}).all()


def standing(session: Session, request_id: int) -> Deputation | None:
    """The deputy who is asked or has promised; None when nobody is."""
    return session.scalars(
        select(Deputation)
        .where(Deputation.request_id == request_id, Deputation.answer.in_(STANDING))
        .order_by(Deputation.id.desc())
        .limit(1)
    ).first()


def pending(session: Session, request_id: int) -> Deputation | None:
    """The deputy who is asked and has not answered."""
    found = standing(session, request_id)
    return found if found is not None and found.answer == DeputyAnswer.ANGEFRAGT else None


def end_deputation(work: Work, request: Request) -> bool:
    """Nobody stands in any more: what was asked or promised is taken back; tells whether anybody was."""
    found = [one for one in deputations_of(work.session, request.id) if one.answer in STANDING]
    for one in found:
        one.answer, one.answered_on = DeputyAnswer.ZURUECKGENOMMEN.value, work.today
    return bool(found)


def counted(session: Session, year: int) -> dict[str, Counted]:
    """How often each deputy stood in during a calendar year, by the key of the calendar.

    What has no date counts on the day it was asked.
    """
    on = func.coalesce(Deputation.stands_on, Deputation.asked_on)
    found = session.execute(
        select(Deputation.calendar, Deputation.answer, func.count())
        .where(on >= date(year, 1, 1), on <= date(year, 12, 31), Deputation.answer.in_(STANDING))
        .group_by(Deputation.calendar, Deputation.answer)
    )
    numbers: dict[str, dict[str, int]] = {}
    for calendar, answer, count in found:
        numbers.setdefault(calendar, {})[answer] = count
    return {
        calendar: Counted(
            stood=by.get(DeputyAnswer.ZUGESAGT.value, 0), asked=by.get(DeputyAnswer.ANGEFRAGT.value, 0)
        )
        for calendar, by in numbers.items()
    }


def answer_until(work: Work, stands_on: date | None) -> date:
    """Until when a deputy is to answer: the usual days, but before the appointment; today at the earliest.

    Args:
        stands_on: The day of the appointment, where it is known.
    """
    days = work.catalog.figures.get(ANSWER_DAYS, 2)
    due = shift(work.calendar, work.today, days, DayKind.ARBEITSTAGE)
    if stands_on is not None:
        due = min(due, stands_on - timedelta(days=1))
    return max(due, work.today)
