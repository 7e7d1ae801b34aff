"""What reaches over many memberships at once: the end of a body, and a change of fraction in all bodies."""

from __future__ import annotations

from datetime import date

from sqlalchemy import or_, select

from ob_buero_tui.rules.clean import shorten
from ob_buero_tui.rules.german import long_date, plural
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.council.member_verbs import MemberEntry, change_place
from ob_buero_tui.services.council.memberships import on_day
from ob_buero_tui.services.history import Params, sentence
from ob_buero_tui.services.people.columns import contact_name
from ob_buero_tui.services.people.seeing import load_contact, load_person
from ob_buero_tui.services.requests.verbs import Done
from ob_buero_tui.services.work import Work, use_case
from ob_buero_tui.store.people import Membership, Organization

_NOT_SAVED = "Das wurde nicht gespeichert."


@use_case("end_body")
def end_body(work: Work, organization_id: int, on: date) -> Done:
    """Enter the last day of a body; what still goes on of its memberships ends with it.

    Raises:
        Refusal: the body begins only later.
    """
    body = work.get(Organization, organization_id)
    load_contact(work, "organization", organization_id)
    if body.start_date is not None and on < body.start_date:
        raise Refusal(
            _NOT_SAVED,
            f"„{shorten(body.name, 60)}“ besteht erst ab {long_date(body.start_date)}.",
            "Geben Sie diesen Tag ein oder einen späteren.",
        )
    body.end_date = on
    open_rows = work.session.scalars(
        select(Membership).where(
            Membership.organization_id == organization_id,
            or_(Membership.end_date.is_(None), Membership.end_date > on),
        )
    ).all()
    for row in open_rows:
        row.end_date = max(on, row.start_date) if row.start_date is not None else on
        work.refer("person", row.person_id)
    work.tell(table="organization", ids=[organization_id], memberships=len(open_rows))
    ended = plural(len(open_rows), "Mitgliedschaft", "Mitgliedschaften")
    return Done(
        ids=(organization_id,),
        text=f"„{shorten(body.name, 60)}“ besteht bis {long_date(on)}, {ended} mit beendet",
    )


@use_case("change_fraction")
def change_fraction(work: Work, person_id: int, from_id: int, to_id: int | None, on: date) -> Done:
    """Let a person leave one fraction for another, or for none, in all bodies from a day on.

    Every place on behalf of the old fraction ends the day before and goes on for the new one; the membership
    in the old fraction itself ends, and one in the new fraction begins.

    Raises:
        Refusal: nothing was for the old fraction on that day, or it is the same one.
    """
    person = load_person(work, person_id)
    load_contact(work, "organization", from_id)
    if to_id is not None:
        load_contact(work, "organization", to_id)
    rows = work.session.scalars(
        select(Membership)
        .where(Membership.person_id == person_id, on_day(on))
        .where(or_(Membership.on_behalf_of_id == from_id, Membership.organization_id == from_id))
        .order_by(Membership.id)
    ).all()
    if from_id == to_id or not rows:
        raise Refusal(
            _NOT_SAVED,
            "Die Fraktion ist dieselbe."
            if from_id == to_id
            else "Für diese Fraktion ist die Person nirgends.",
            "Wählen Sie eine andere Fraktion oder einen anderen Tag.",
        )
    for row in rows:
        if row.organization_id is not None:
            change_place(work, row, _moved(row, from_id, to_id), on)
    where = plural(sum(row.on_behalf_of_id == from_id for row in rows), "Gremium", "Gremien")
    work.tell(table="person", ids=[person_id], bodies=len(rows))
    return Done(
        ids=(person_id,), text=f"{contact_name(person)}: Fraktion geändert ab {long_date(on)}, {where}"
    )


def _moved(row: Membership, from_id: int, to_id: int | None) -> tuple[int | None, MemberEntry]:
    """Where a place goes on, and as what; no body where it ends: that in the fraction that was left."""
    inside = row.organization_id == from_id
    entry = MemberEntry(
        person_id=row.person_id or 0,
        role="Mitglied" if inside else row.role,
        fraction_id=to_id if row.on_behalf_of_id == from_id else row.on_behalf_of_id,
        voting=row.voting_right,
        substitute_for_id=None if inside else row.substitute_for_id,
        end=row.end_date,
        note="" if inside else row.note,
    )
    return (to_id if inside else row.organization_id), entry


@sentence("end_body")
def _ended(params: Params) -> str:
    count = int(params.get("memberships", 0))
    told = f", {plural(count, 'Mitgliedschaft', 'Mitgliedschaften')} mit" if count else ""
    return f"Gremium beendet{told}"


@sentence("change_fraction")
def _changed(_params: Params) -> str:
    return "Fraktion gewechselt"
