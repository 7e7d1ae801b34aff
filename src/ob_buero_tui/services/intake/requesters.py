"""Finds the sender of a mail among the known people, or says whom to add."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from ob_buero_tui.rules.folding import query_words
from ob_buero_tui.services.intake.names import Name
from ob_buero_tui.services.intake.senders import Sender
from ob_buero_tui.store.people import Organization, Person

FREE_MAIL = frozenset(
    f"{name}.{ending}"
    for name, endings in {
        "gmail": "com",
        "googlemail": "com de",
        "gmx": "de net at ch",
        "web": "de",
        "t-online": "de",
        "outlook": "com de",
        "hotmail": "com de",
        "live": "com de",
        "msn": "com",
        "yahoo": "com de",
        "icloud": "com",
        "me": "com",
        "aol": "com de",
        "freenet": "de",
        "arcor": "de",
        "posteo": "de net",
        "mailbox": "org",
        "online": "de",
        "email": "de",
        "mail": "de",
        "vodafone": "de",
        "protonmail": "com",
        "proton": "me",
    }.items()
    for ending in endings.split()
)
"""Domains at which anybody has an address: they say nothing about where a sender belongs."""


# Built once: a folder of mails asks these thousands of times.
_BY_ADDRESS = select(Person.id).where(Person.email == bindparam("address")).order_by(Person.id).limit(1)
_IN_ANY_CASE = (
    select(Person.id).where(func.lower(Person.email) == bindparam("address")).order_by(Person.id).limit(1)
)
_OF_DOMAIN = select(Organization.id, Organization.name, func.lower(Organization.email).label("email")).where(
    func.substr(func.lower(Organization.email), -func.length(bindparam("domain"))) == bindparam("domain")
)

# „DRK Ostheim“: an abbreviation before a name is no given name.
_ABBREVIATED = re.compile(r"[A-ZÄÖÜ]{2,5}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Requester:
    """Who sent a mail.

    Args:
        person_id: The known person with this address.
        organization_id: The one known body that writes from the address's domain.
        new_person: Column values of the person to add, when none is known.
    """

    person_id: int | None = None
    organization_id: int | None = None
    new_person: dict[str, Any] | None = None


def find_requester(session: Session, sender: Sender) -> Requester:
    """Who asks: a known person, a body that writes in its own name, or somebody to add.

    A body's own address (the very one that is stored) makes no person of its name; a human name with it does.
    A name without an address counts only where a form gave it; a machine is nobody.
    """
    name, address = sender.name, sender.address
    if "@" not in address and not (sender.note and name.family):
        return Requester()
    body = _organization(session, address) if "@" in address else None
    organization = body.id if body is not None else None
    known = _person(session, address) if "@" in address else None
    if known is not None:
        return Requester(person_id=known, organization_id=organization)
    if sender.is_machine:
        return Requester(organization_id=organization)
    if body is not None and body.email == address and not _is_human(name, body.name):
        return Requester(organization_id=organization)
    values = {
        "form_of_address": name.form,
        "honorific_prefix": name.prefix,
        "given_name": name.given,
        "family_name": name.family,
        "email": address or None,
        "tel": sender.tel,
    }
    return Requester(organization_id=organization, new_person=values)


def _is_human(name: Name, body: str) -> bool:
    """Whether a name at a body's own address is a human being's and not the body's."""
    if name.family and (name.form or name.prefix):
        return True
    if not (name.given and name.family):
        return False
    if not set(query_words(name.given)).isdisjoint(query_words(body)):
        return False
    return name.family.isupper() or not _ABBREVIATED.fullmatch(name.given.split()[0])


def _person(session: Session, address: str) -> int | None:
    connection = session.connection()
    exact: int | None = connection.execute(_BY_ADDRESS, {"address": address}).scalar()
    return exact if exact is not None else connection.execute(_IN_ANY_CASE, {"address": address}).scalar()


def _organization(session: Session, address: str) -> Any:
    """The body with this very address, or the only one with its domain; two of them are no answer."""
    domain = address.rpartition("@")[2]
    rows = session.connection().execute(_OF_DOMAIN, {"domain": f"@{domain}"}).all()
    same = [row for row in rows if row.email == address]
    if len(same) != 1 and domain not in FREE_MAIL:
        same = list(rows)
    return same[0] if len(same) == 1 else None
