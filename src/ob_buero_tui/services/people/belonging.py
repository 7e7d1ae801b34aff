"""Memberships that the office itself notes: who belongs to a body since when, and until when."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.folding import fold
from ob_buero_tui.rules.german import long_date
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.history import Params, sentence
from ob_buero_tui.services.people.columns import contact_name
from ob_buero_tui.services.people.seeing import load_person
from ob_buero_tui.services.requests.verbs import Done
from ob_buero_tui.services.work import Work, use_case
from ob_buero_tui.store.people import Membership, Organization


@use_case("add_membership")
def add_membership(work: Work, person_id: int, body: str, role: str = "", start: date | None = None) -> Done:
    """Note that a person belongs to a body; a body that is not known is added.

    Args:
        body: The name of the body.
    """
    person = load_person(work, person_id)
    name = " ".join(clean(body, limit=300).split())
    if not name:
        raise Refusal(
            "Das wurde nicht gespeichert.",
            "Es fehlt der Name der Organisation.",
            "Geben Sie ihren Namen ein.",
        )
    organization = _known(work, name)
    if organization is None:
        organization = Organization(name=name, source="Büro", source_on=work.today)
        work.session.add(organization)
        work.session.flush()
    there = select(Membership).where(
        Membership.person_id == person_id,
        Membership.organization_id == organization.id,
        Membership.end_date.is_(None),
    )
    if work.session.scalars(there).first() is not None:
        raise Refusal(
            "Das wurde nicht gespeichert.",
            f"{contact_name(person)} gehört schon zu „{name}“.",
            "Beenden Sie zuerst die bestehende Mitgliedschaft, oder lassen Sie sie.",
        )
    said = clean(role, limit=200).strip()
    work.session.add(
        Membership(person_id=person_id, organization_id=organization.id, role=said, start_date=start)
    )
    work.tell(table="person", ids=[person_id])
    work.refer("organization", organization.id)
    return Done(ids=(person_id,), text=f"{contact_name(person)}: gehört zu „{name}“")


@use_case("end_membership")
def end_membership(work: Work, membership_id: int, on: date) -> Done:
    """Note the last day of a membership; whoever stands in for it stands in no longer."""
    membership = work.get(Membership, membership_id)
    if membership.person_id is None:
        raise Refusal(
            "Das wurde nicht gespeichert.",
            "Diese Mitgliedschaft hat noch keine Person.",
            "Sie wartet auf das Ratsinformationssystem; importieren Sie dessen Personen.",
        )
    person = load_person(work, membership.person_id)
    if membership.start_date is not None and on < membership.start_date:
        began = long_date(membership.start_date)
        raise Refusal(
            "Das wurde nicht gespeichert.",
            f"Die Mitgliedschaft beginnt erst am {began}.",
            "Geben Sie diesen Tag ein oder einen späteren.",
        )
    membership.end_date = on
    stood_in = select(Membership).where(Membership.substitute_for_id == membership_id)
    for row in work.session.scalars(stood_in).all():
        if row.end_date is None or row.end_date > on:
            # What begins only later never comes to be: its last day is its first.
            row.end_date = max(on, row.start_date) if row.start_date is not None else on
            work.refer("person", row.person_id)
    work.tell(table="person", ids=[person.id])
    work.refer("person", person.id)
    work.refer("organization", membership.organization_id)
    return Done(ids=(person.id,), text=f"{contact_name(person)}: Mitgliedschaft endet am {long_date(on)}")


def _known(work: Work, name: str) -> Organization | None:
    rows = work.session.execute(select(Organization.id, Organization.name).order_by(Organization.id))
    key = next((row.id for row in rows if fold(" ".join(row.name.split())) == fold(name)), None)
    return work.session.get(Organization, key) if key is not None else None


@sentence("add_membership")
def _added(_params: Params) -> str:
    return "Mitgliedschaft eingetragen"


@sentence("end_membership")
def _ended(_params: Params) -> str:
    return "Mitgliedschaft beendet"
