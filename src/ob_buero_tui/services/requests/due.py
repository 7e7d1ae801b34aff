"""When a request must be answered: the catalog's deadlines, counted for this request."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from ob_buero_tui.catalog.model import RequestKind
from ob_buero_tui.rules.deadlines import Bases, Due, resolve
from ob_buero_tui.rules.workdays import WorkCalendar

RECEIPT = "eingang"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Until when an answer is due, and how that was counted; all empty where no deadline applies."""

    on: date | None = None
    at: time | None = None
    text: str = ""


def bases_of(
    kind: RequestKind,
    *,
    received: datetime,
    event_start: datetime | None,
    decided: datetime | None,
    fields: Mapping[str, Any],
) -> Bases:
    """The dates of a request that deadlines and tasks are counted from; all local, naive."""
    return Bases(
        received=received, event_start=event_start, decided=decided, fields=fields, labels=kind.basis_labels
    )


def deadlines(kind: RequestKind | None, bases: Bases | None, calendar: WorkCalendar) -> dict[str, Due]:
    """All deadlines of a request by their key; none without a kind."""
    if kind is None or bases is None:
        return {}
    return resolve(kind.deadlines_for(bases.fields), bases, calendar)


def answer_due(kind: RequestKind | None, bases: Bases | None, calendar: WorkCalendar) -> Answer:
    """The earliest of the deadlines that set the date for the answer.

    What counts from the receipt is met by the decision; a Redaktionsschluss stays due after it.
    """
    if kind is None or bases is None:
        return Answer()
    counted = deadlines(kind, bases, calendar)
    candidates = [
        (counted[spec.key], spec)
        for spec in kind.deadlines_for(bases.fields)
        if spec.sets_due and spec.key in counted and not (bases.decided and spec.offset.basis == RECEIPT)
    ]
    if not candidates:
        return Answer()
    due, spec = min(candidates, key=lambda pair: (pair[0].on, pair[0].at or time.max))
    return Answer(
        on=due.on, at=due.at, text=", ".join(part for part in (spec.label, due.text, due.moved) if part)
    )
