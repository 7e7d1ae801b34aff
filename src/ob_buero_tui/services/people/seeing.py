"""Loads people and bodies as far as the desk may see them."""

from __future__ import annotations

from sqlalchemy.orm import Session

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.visibility import Audience, View
from ob_buero_tui.services.work import Work
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.people import Organization, Person

Contact = Person | Organization
HIDDEN = Refusal(
    "Dieser Kontakt ist nicht für alle bestimmt.",
    "Er wird deshalb hier nicht gezeigt.",
    "Wenden Sie sich an die Büroleitung.",
)


def read_contact(
    place: Workplace, session: Session, table: str, key: int, audience: Audience = Audience.INTERN
) -> Contact:
    """A person or an organization that may be shown.

    Raises:
        Refusal: it is gone, or hidden from this audience.
    """
    row = session.get(Person, key) if table == "person" else session.get(Organization, key)
    if row is None:
        raise Refusal("Diesen Kontakt gibt es nicht mehr.", "", "Wählen Sie einen anderen.")
    refuse_hidden(place, row, audience)
    return row


def refuse_hidden(place: Workplace, row: Contact, audience: Audience = Audience.INTERN) -> None:
    """Refuse what may not be shown to this audience."""
    if place.sees(row.confidentiality, "", audience) is not View.FULL:
        raise Refusal(HIDDEN.what, HIDDEN.why, HIDDEN.now)


def load_person(work: Work, key: int) -> Person:
    """The person a use case changes."""
    row = work.get(Person, key)
    refuse_hidden(work.place, row)
    return row


def load_contact(work: Work, table: str, key: int) -> Contact:
    """The person or organization a use case changes."""
    row: Contact = work.get(Person, key) if table == "person" else work.get(Organization, key)
    refuse_hidden(work.place, row)
    return row
