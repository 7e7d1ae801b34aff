"""Whom an answer goes to: the one who wrote, at the address the letter came from."""

from __future__ import annotations

from sqlalchemy.orm import Session

from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.salutation import Addressee, forms
from ob_buero_tui.services.answers.views import Recipient
from ob_buero_tui.services.people.addressing import forms_of
from ob_buero_tui.services.people.columns import contact_name
from ob_buero_tui.services.requests.facts import letter
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.people import Organization, Person
from ob_buero_tui.store.requests import Request


def recipient_of(session: Session, place: Workplace, request: Request) -> Recipient:
    """Name, mail address and envelope of who asked; parts that are not known stay empty."""
    person = session.get(Person, request.requester_id) if request.requester_id else None
    organization = session.get(Organization, request.organization_id) if request.organization_id else None
    message = letter(session, request.id)
    wrote = message.sender_address if message is not None else ""
    known = [row.email or "" for row in (person, organization) if row is not None]
    name = contact_name(person) if person is not None else organization.name if organization else ""
    return Recipient(
        name=clean(name or (message.sender_name if message is not None else ""), limit=200).strip(),
        email=clean(next((one for one in (wrote, *known) if one), ""), limit=200).strip(),
        address=_address(place, person, organization),
    )


def _address(place: Workplace, person: Person | None, organization: Organization | None) -> str:
    """The lines of the envelope; empty where street or town is not known, so that it is asked."""
    row = person or organization
    if row is None:
        return ""
    body = organization.name if person is not None and organization is not None else ""
    lines = forms_of(place, row, body)[0].lines
    if organization is not None and person is not None and not (person.street_address or person.locality):
        where = _where(organization)
        if where and not person.private_street_address and not person.postal_address:
            lines = (organization.name, *forms_of(place, person)[0].lines, *where)
            return "\n".join(clean(line) for line in dict.fromkeys(lines))
    whole = bool(isinstance(row, Person) and row.postal_address) or _complete(row)
    return "\n".join(clean(line) for line in lines) if whole else ""


def _where(row: Organization) -> tuple[str, ...]:
    """Street and town of an organization, as an envelope has them."""
    if not _complete(row):
        return ()
    who = Addressee(
        organization="x",
        street_address=row.street_address,
        postal_code=row.postal_code,
        locality=row.locality,
    )
    return forms(who, ()).lines[1:]


def _complete(row: Person | Organization) -> bool:
    if isinstance(row, Person) and row.private_locality and not row.locality:
        return bool(row.private_street_address and row.private_postal_code)
    return bool(row.street_address and row.postal_code and row.locality)


def notices_of(session: Session, request: Request) -> tuple[str, ...]:
    """What the clerk should know before an answer leaves."""
    person = session.get(Person, request.requester_id) if request.requester_id else None
    if person is not None and person.deceased_on is not None:
        return (f"{contact_name(person)} ist verstorben. An wen geht die Antwort?",)
    return ()
