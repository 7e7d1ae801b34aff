"""The proofs of all appointments that were erased here, from the database and from its Löschliste."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from ob_buero_tui.rules.german import long_date, plural
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.calendar import Event
from ob_buero_tui.store.erasure_list import Step, read_groups
from ob_buero_tui.store.uid_proof import is_proof


def proofs_of(place: Workplace, session: Session) -> frozenset[str]:
    """What tells of a UID that its appointment was erased; the list has it also where a copy came back
    that was older than the appointment.
    """
    rows = session.scalars(select(Event.uid).where(Event.uid.startswith("geloescht:", autoescape=True)))
    return frozenset(one for one in (*rows, *_listed(place)) if is_proof(one))


def _listed(place: Workplace) -> Iterator[str]:
    from ob_buero_tui.services.erasing.carrying_out import database_of

    try:
        groups = read_groups(database_of(place))
    except OSError:  # without the list, what the rows say must do
        return
    for group in groups:
        if group.step in (Step.GILT, Step.FERTIG):
            yield from group.uids


def erased_note(days: Collection[date]) -> str:
    """German sentence on appointments that stay away; their names were erased, so their days must do.

    Args:
        days: On which each of them begins.
    """
    count = len(days)
    several = "kommen" if count > 1 else "kommt"
    on = ", ".join(long_date(day) for day in sorted(days)[:3]) + (" …" if count > 3 else "")
    many = plural(count, "Termin wurde", "Termine wurden")
    return f"{many} hier endgültig gelöscht und {several} nicht wieder: {on}."
