"""Whether a request may come into a state: by the catalog's table, and by whether anything is awaited."""

from __future__ import annotations

from ob_buero_tui.rules.states import OPEN_STATES, RequestState, StateTable
from ob_buero_tui.store.requests import Request

_DECIDED_HERE = OPEN_STATES | {RequestState.ZUGESAGT, RequestState.ABGESAGT, RequestState.VERFRISTET}


def may_enter(table: StateTable, request: Request, state: RequestState) -> bool:
    """Whether the state may follow; what was handed over for good is decided elsewhere.

    Source: domain.md 1.2.
    """
    old = RequestState(request.state)
    for_good = old is RequestState.ABGEGEBEN and request.closed
    if for_good and state in _DECIDED_HERE and state is not RequestState.VERSCHOBEN:
        return False
    return table.may(old, state)
