"""The forms of address of a stored contact: by the office's table, or as the office has set them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.salutation import Addressee, Forms, couple, forms
from ob_buero_tui.services.people.columns import contact_name
from ob_buero_tui.services.people.seeing import Contact, read_contact
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.people import Membership, Organization, Person


@dataclass(frozen=True, slots=True, kw_only=True)
class GreetingLine:
    """One name of a list of greetings: who is greeted in which order, and how."""

    id: int
    rank: int | None
    name: str
    spoken: str


def forms_of(place: Workplace, row: Contact, body: str = "") -> tuple[Forms, bool]:
    """How a contact is addressed, and whether the office has set something of it itself.

    Args:
        body: The organization where a person is reached.
    """
    who = _addressee(row, body)
    found = forms(who, place.catalog.salutations)
    if not isinstance(row, Person):
        return found, False
    lines = tuple(line for line in (clean(one).strip() for one in row.postal_address.splitlines()) if line)
    set_here = replace(
        found,
        lines=lines or found.lines,
        salutation=row.salutation or found.salutation,
        spoken=row.spoken_salutation or found.spoken,
        rank=row.rank if row.rank is not None else found.rank,
    )
    return set_here, bool(lines or row.salutation or row.spoken_salutation)


def couple_forms(place: Workplace, first_id: int, second_id: int) -> Forms:
    """How two people who live together are addressed at home."""
    with place.reading() as session:
        rows = [read_contact(place, session, "person", key) for key in (first_id, second_id)]
        first, second = (_addressee(row, "") for row in rows)
        return couple(first, second, place.catalog.salutations)


def greeting_list(place: Workplace, person_ids: Sequence[int]) -> tuple[GreetingLine, ...]:
    """People in the order in which they are greeted: by rank, then by name; those without a rank last."""
    lines = []
    with place.reading() as session:
        for key in dict.fromkeys(person_ids):
            row = read_contact(place, session, "person", key)
            found, _ = forms_of(place, row)
            lines.append(
                GreetingLine(
                    id=key, rank=found.rank, name=contact_name(row), spoken=found.spoken or contact_name(row)
                )
            )
    return tuple(sorted(lines, key=lambda one: (one.rank is None, one.rank or 0, one.name)))


def body_of(session: Session, person_id: int) -> str:
    """The organization where a person is reached: the one it joined last and is still in."""
    query = (
        select(Organization.name)
        .join(Membership, Membership.organization_id == Organization.id)
        .where(
            Membership.person_id == person_id, Membership.end_date.is_(None), Membership.oparl_id.is_(None)
        )
        .order_by(Membership.id.desc())
    )
    return session.scalars(query.limit(1)).one_or_none() or ""


def _addressee(row: Contact, body: str) -> Addressee:
    if not isinstance(row, Person):
        return Addressee(
            organization=row.name,
            street_address=row.street_address,
            postal_code=row.postal_code,
            locality=row.locality,
            country=row.country,
        )
    home = not (row.street_address or row.postal_code or row.locality)
    return Addressee(
        form_of_address=row.form_of_address,
        praedikat=row.praedikat,
        honorific_prefix=row.honorific_prefix,
        given_name=row.given_name,
        affix=row.affix,
        family_name=row.family_name,
        job_title=row.job_title,
        mandate=row.mandate,
        organization="" if home else body,
        street_address=row.private_street_address if home else row.street_address,
        postal_code=row.private_postal_code if home else row.postal_code,
        locality=row.private_locality if home else row.locality,
        country=row.country,
    )
