"""Whom the office calls about an appointment: the contact on the day, else who asked for it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from ob_buero_tui.rules.names import full_name
from ob_buero_tui.rules.visibility import Audience, View
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.people import Person
from ob_buero_tui.store.requests import Request


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Name and telephone of somebody; either may be empty."""

    name: str = ""
    phone: str = ""

    @property
    def text(self) -> str:
        """Both in one line: „Jana Rehfeld, 0123 456“."""
        return ", ".join(part for part in (self.name, self.phone) if part)


NOBODY = Contact()


def contact_on_the_day(
    session: Session,
    place: Workplace,
    name: str,
    phone: str,
    request: Request | None,
    audience: Audience = Audience.INTERN,
) -> Contact:
    """What the appointment names itself, filled up from the card of whoever asked for it.

    Args:
        name, phone: What the date has of its own.
        request: What the appointment came from, one that the audience may read; see `requests_of`.
        audience: Who is told; the requester's card must be readable too.
    """
    if (name and phone) or request is None or request.requester_id is None:
        return Contact(name=name, phone=phone)
    card = session.get(Person, request.requester_id)
    if card is None or place.sees(card.confidentiality, "", audience) is not View.FULL:
        return Contact(name=name, phone=phone)
    theirs = full_name(card.honorific_prefix, card.given_name, card.affix, card.family_name)
    if name and name != theirs:
        # Somebody else is named: the requester's number would be the wrong one.
        return Contact(name=name, phone=phone)
    return Contact(name=theirs, phone=phone or card.mobile or card.tel)
