"""Who of the deputies has time for an occasion."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from ob_buero_tui.catalog.model import RequestKind
from ob_buero_tui.catalog.representation import Chain
from ob_buero_tui.rules.checks import Deputy
from ob_buero_tui.services.calendar.slots import Dated, Proposed, overlaps
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.calendar import Event

RULE = "vertretung"
"""The check rule that asks for it."""

# Made once: to put a statement together takes as long as to run it.
_ANY = select(Event.id).where(Event.calendar == bindparam("calendar"), Event.trashed_at.is_(None)).limit(1)


def deputies(
    session: Session,
    place: Workplace,
    kind: RequestKind,
    rows: Sequence[Dated],
    proposed: Proposed,
    without: Sequence[int] = (),
) -> dict[str, tuple[Deputy, ...]]:
    """The deputies of the chains that a kind's checks ask for, in order, with what is in their way.

    Args:
        rows: The dates that touch the span, of all calendars.
        without: Events that do not count.
    """
    wanted = {
        str(check.params.get("kette", Chain.REPRAESENTATION.value))
        for check in kind.checks
        if check.rule == RULE
    }
    return {key: chain_state(session, place, key, rows, proposed, without) for key in sorted(wanted)}


def chain_state(
    session: Session,
    place: Workplace,
    chain: str,
    rows: Sequence[Dated],
    proposed: Proposed,
    without: Sequence[int] = (),
) -> tuple[Deputy, ...]:
    """The deputies of one chain in order, with what is in their way."""
    spec = place.catalog.chains.get(chain)
    return tuple(
        Deputy(
            label=place.catalog.calendars[key].label,
            busy=tuple(overlaps(place, rows, proposed, key, without)),
            known=_known(session, key),
        )
        for key in (spec.calendars if spec is not None else ())
    )


def _known(session: Session, calendar: str) -> bool:
    """Whether any appointment of a calendar is there; without one, nobody knows if the person has time."""
    return session.scalar(_ANY, {"calendar": calendar}) is not None
