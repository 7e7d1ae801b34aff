"""What is to be done when a request comes back: proposals from its state, its kind and its open tasks."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from ob_buero_tui.rules.states import DECIDED, RequestState
from ob_buero_tui.rules.visibility import View
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.requests import Request
from ob_buero_tui.store.tasks import Task

MOST = 6
_WAITING = "Antwort da?"
_DECIDE, _PREPARE = "Entscheiden", "Vorbereitung prüfen"


def next_steps(place: Workplace, ids: Sequence[int]) -> tuple[str, ...]:
    """The proposals, the best first: what was noted before, the state's, the kind's, the next open tasks.

    Of several requests only what is proposed for each of them is offered.
    """
    with place.reading() as session:
        rows = session.scalars(select(Request).where(Request.id.in_(list(ids)[:500]))).all()
        single = rows[0] if len(rows) == 1 else None
        tasks: Sequence[str] = ()
        if single is not None and place.sees(single.confidentiality, single.owner) is View.FULL:
            tasks = session.scalars(
                select(Task.label)
                .where(Task.request_id == single.id, Task.done_at.is_(None))
                .order_by(Task.due_on.is_(None), Task.due_on, Task.id)
                .limit(3)
            ).all()
    found = [_of(place, row) for row in rows]
    common = [step for step in (found[0] if found else ()) if all(step in steps for steps in found)]
    offered = dict.fromkeys(step for step in (*common, *tasks, _DECIDE) if step)
    return tuple(offered)[:MOST]


def _of(place: Workplace, row: Request) -> tuple[str, ...]:
    kind = place.catalog.kinds.get(row.kind or "")
    full = place.sees(row.confidentiality, row.owner) is View.FULL
    noted = row.wiedervorlage_note if full else ""
    state = RequestState(row.state)
    waits = _WAITING if state is RequestState.WARTET else ""
    usual = _PREPARE if state in DECIDED else _DECIDE
    return (noted, waits, *(kind.next_steps if kind is not None else ()), usual)
