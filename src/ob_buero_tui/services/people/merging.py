"""Merging contacts: everything that leads to the others leads to the one that is kept; nothing is lost."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from ob_buero_tui.rules.german import plural
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.council.verbs import coming_sessions
from ob_buero_tui.services.history import Params, sentence
from ob_buero_tui.services.intake.oparl_sessions import Sessions
from ob_buero_tui.services.people.columns import contact_name
from ob_buero_tui.services.people.death import stop_greetings
from ob_buero_tui.services.people.seeing import Contact, load_contact
from ob_buero_tui.services.people.taking_over import take_over, united_extra
from ob_buero_tui.services.references import leading_to, once_with, same_link
from ob_buero_tui.services.requests.verbs import Done
from ob_buero_tui.services.work import Work, use_case
from ob_buero_tui.store.council import UnresolvedReference
from ob_buero_tui.store.people import Membership, Organization, Person


@use_case("merge_contacts")
def merge_contacts(work: Work, table: str, keep_id: int, other_ids: Sequence[int]) -> Done:
    """Merge contacts into one; where both have a value, the kept one's stays and the other is noted.

    Args:
        table: "person" or "organization".
        keep_id: The contact that stays.
        other_ids: Those that go; their requests, memberships and papers move.
    """
    keep = load_contact(work, table, keep_id)
    others = [load_contact(work, table, key) for key in dict.fromkeys(other_ids) if key != keep_id]
    if not others:
        raise Refusal(
            "Es wurde nichts zusammengeführt.",
            "Es ist kein zweiter Kontakt ausgewählt.",
            "Markieren Sie mit der Leertaste auch den, der in diesem aufgehen soll.",
        )
    if sum(row.oparl_id is not None for row in (keep, *others)) > 1:
        raise Refusal(
            "Es wurde nichts zusammengeführt.",
            "Das Ratsinformationssystem führt beide als verschiedene Einträge.",
            "Lassen Sie sie dort zusammenführen; der nächste Import übernimmt es.",
        )
    sessions = Sessions(work)
    ids = [row.id for row in (keep, *others)] if table == "organization" else []
    before = sessions.stored({key for body in ids for key in coming_sessions(work, body)})
    for other in others:
        _merge(work, table, keep, other)
    sessions.follow(before)  # Whether the mayor attends, and what the body is called, may be different now.
    stopped: tuple[str, ...] = ()
    if isinstance(keep, Person) and keep.deceased_on is not None:
        # A death came with the others, or they brought a dead person lists and requests of a living one.
        stopped = stop_greetings(work, keep)
    gone_ids = [row.id for row in others]
    work.tell(table=table, ids=[keep.id], merged=len(others), others=gone_ids)
    for key in (keep.id, *gone_ids):
        work.refer(table, key)
    gone = plural(len(others), "Eintrag", "Einträge")
    text = f"{contact_name(keep)}: {gone} zusammengeführt"
    return Done(ids=(keep.id,), text=" ".join([f"{text}.", *stopped]) if stopped else text)


def _merge(work: Work, table: str, keep: Contact, other: Contact) -> None:
    """Let one contact go into the kept one."""
    take_over(work, table, keep, other)
    _move_references(work, table, keep.id, other.id)
    oparl_id, extra = other.oparl_id, united_extra(keep, other)
    work.session.delete(other)
    # Gone before its id is taken: the id of an object of the council's system is there only once.
    work.session.flush()
    if oparl_id is not None:
        keep.oparl_id = oparl_id
    keep.extra = extra
    work.session.flush()


def _move_references(work: Work, table: str, keep_id: int, other_id: int) -> None:
    """Let everything that leads to a contact lead to the kept one."""
    for row_class, column in leading_to(table):
        rows = work.session.scalars(
            select(row_class).where(getattr(row_class, column) == other_id).order_by(row_class.id)
        )
        for row in rows.all():
            if _doubled(work, row, column, keep_id):
                work.session.delete(row)
            elif row_class is Organization and row.id == keep_id:
                setattr(row, column, None)
            else:
                setattr(row, column, keep_id)
        work.session.flush()
    waiting = select(UnresolvedReference).where(
        UnresolvedReference.table_name == table, UnresolvedReference.row_id == other_id
    )
    for reference in work.session.scalars(waiting):
        reference.row_id = keep_id
    work.session.flush()


def _doubled(work: Work, row: Any, column: str, keep_id: int) -> bool:
    """Whether the kept contact has this link already, so that a second one must not be."""
    if isinstance(row, Membership):
        if row.oparl_id is not None:
            return False
        names = ["person_id", "organization_id", "on_behalf_of_id", "role", "voting_right"]
        names += ["start_date", "end_date"]  # Two terms in one role are two memberships.
    else:
        names = once_with(row, column)
    return same_link(work.session, row, column, names, keep_id) is not None


@sentence("merge_contacts")
def _merged(params: Params) -> str:
    return f"{plural(params.get('merged', 1), 'Eintrag', 'Einträge')} zusammengeführt"
