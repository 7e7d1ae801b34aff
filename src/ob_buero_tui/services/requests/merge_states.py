"""Where a request stands after another went into it: the open state that says most, one deputy, one day."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sqlalchemy import select

from ob_buero_tui.rules.german import short_date
from ob_buero_tui.rules.states import CLOSED_STATES, OPEN_STATES, RequestState
from ob_buero_tui.services.requests.deputations import ASKING, STANDING
from ob_buero_tui.services.requests.taking_back import drop_templates
from ob_buero_tui.services.work import Work
from ob_buero_tui.store.decisions import Deputation, DeputyAnswer
from ob_buero_tui.store.requests import Request

_R = RequestState
_ORDER: Final = (_R.VORLAGE, _R.VERTAGT, _R.WARTET, _R.VERSCHOBEN, _R.NEU)
"""Open states; what somebody else has to see or to answer comes first."""
WAITING: Final = (
    "wiedervorlage_on", "wiedervorlage_note", "wiedervorlage_event_id", "wiedervorlage_days",
    "wiedervorlage_wakes", "woken_on", "woken_by",
)  # fmt: skip


def take_open_state(keep: Request, states: Sequence[RequestState]) -> None:
    """Let the kept request stand where any of those that are merged stood, unless it is decided.

    Args:
        states: Where each stood before anything was merged, the kept one too.
    """
    if RequestState(keep.state) in OPEN_STATES:
        keep.state = next(state for state in _ORDER if state in states).value


def take_waiting(keep: Request, other: Request) -> str:
    """The earlier Wiedervorlage counts; returns „Wiedervorlage 9.12.: Rede“ for the other, or nothing."""
    if keep.closed or RequestState(keep.state) in CLOSED_STATES or other.wiedervorlage_on is None:
        return ""
    lost = ""
    if keep.wiedervorlage_on is None or other.wiedervorlage_on < keep.wiedervorlage_on:
        lost = _told(keep)
        for name in WAITING:
            setattr(keep, name, getattr(other, name))
    elif _told(other) != _told(keep):
        lost = _told(other)
    return lost


def _told(row: Request) -> str:
    if row.wiedervorlage_on is None:
        return ""
    step = f" „{row.wiedervorlage_note}“" if row.wiedervorlage_note else ""
    return f"Wiedervorlage {short_date(row.wiedervorlage_on)}{step}"


def standing_of(work: Work, request_id: int) -> tuple[int, ...]:
    """Keys of who is asked or has promised to stand in for a request."""
    return tuple(
        work.session.scalars(
            select(Deputation.id).where(Deputation.request_id == request_id, Deputation.answer.in_(STANDING))
        )
    )


def one_deputy(work: Work, keep: Request, counting: Sequence[int]) -> None:
    """Let one deputy at most stand in, none where the decision that counts wants none; the others end.

    Args:
        counting: The deputies of the request whose decision counts.
    """
    found = work.session.scalars(
        select(Deputation)
        .where(Deputation.request_id == keep.id, Deputation.answer.in_(STANDING))
        .order_by(Deputation.id)
    ).all()
    wanted = keep.state == _R.VERTRETUNG.value
    ranked = sorted(found, key=lambda one: (one.id not in counting, one.answer != DeputyAnswer.ZUGESAGT))
    stays = ranked[0] if wanted and ranked else None
    for one in found:
        if one is stays:
            continue
        if stays is not None and one.calendar == stays.calendar and one.answer == DeputyAnswer.ZUGESAGT:
            # The same deputy, asked twice: a promise counts once given.
            stays.answer, stays.answered_on = one.answer, one.answered_on
        one.answer, one.answered_on = DeputyAnswer.ZURUECKGENOMMEN.value, work.today
    if found and (stays is None or stays.answer == DeputyAnswer.ZUGESAGT):
        drop_templates(work, keep, *ASKING)
