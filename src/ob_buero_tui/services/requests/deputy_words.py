"""The word for a request's state, where a deputy who is asked has not promised yet."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from ob_buero_tui.rules.states import RequestState
from ob_buero_tui.services.requests.deputations import STANDING
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.decisions import Deputation, DeputyAnswer

ASKED_LABEL = "Vertretung angefragt"
SOUGHT_LABEL = "Vertretung gesucht"

# Made once: to put a statement together takes as long as to run it.
_STANDING = (
    select(Deputation.request_id, Deputation.answer)
    .where(Deputation.request_id.in_(bindparam("ids", expanding=True)), Deputation.answer.in_(STANDING))
    .order_by(Deputation.id)
)


def deputy_states(session: Session, ids: Sequence[int]) -> dict[int, str]:
    """What the last standing deputy of each request said; none for a request without one."""
    rows = session.execute(_STANDING, {"ids": list(ids)})
    return {key: answer for key, answer in rows if key is not None}


def state_words(place: Workplace, state: str, answer: str) -> str:
    """The word for a state, for a request whose deputy said this much."""
    if state == RequestState.VERTRETUNG and answer != DeputyAnswer.ZUGESAGT:
        return ASKED_LABEL if answer else SOUGHT_LABEL
    return place.catalog.states.label(RequestState(state))
