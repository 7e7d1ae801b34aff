"""Finding one's way in the lists of people and bodies: by record, by typed name, by first letter."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from ob_buero_tui.rules.folding import fold
from ob_buero_tui.rules.visibility import View
from ob_buero_tui.services.people.columns import contact_name
from ob_buero_tui.services.people.listing import BODIES, COUNCIL, DECEASED, PEOPLE, table_of
from ob_buero_tui.services.people.seeing import read_contact
from ob_buero_tui.services.people.views import LinkLine
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.people import SORT_NAME, Organization, Person
from ob_buero_tui.store.requests import Request

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def split_of(place: Workplace, table: str, key: int) -> str:
    """The split that lists a contact.

    Raises:
        Refusal: it is gone, or hidden from this desk.
    """
    with place.reading() as session:
        row = read_contact(place, session, table, key)
        if isinstance(row, Person):
            return PEOPLE if row.deceased_on is None else DECEASED
        return BODIES if row.body_id is None and row.oparl_id is None else COUNCIL


def senders_of(place: Workplace, request_id: int) -> tuple[LinkLine, ...]:
    """The person and the organization a request comes from, as far as this desk may see all of them."""
    with place.reading() as session:
        request = session.get(Request, request_id)
        if request is None or place.sees(request.confidentiality, request.owner) is not View.FULL:
            return ()
        rows = (
            ("person", session.get(Person, request.requester_id) if request.requester_id else None),
            (
                "organization",
                session.get(Organization, request.organization_id) if request.organization_id else None,
            ),
        )
        return tuple(
            LinkLine(table=table, id=row.id, label=contact_name(row))
            for table, row in rows
            if row is not None and place.sees(row.confidentiality, "") is View.FULL
        )


def letter_of(place: Workplace, split: str, key: int) -> str:
    """The letter under which a contact is listed; "" where its name begins with none."""
    with place.reading() as session:
        first = _name(session, split, key)[0][:1].upper()
    return first if first in LETTERS else ""


def place_of(place: Workplace, split: str, ids: Sequence[int], typed: str) -> int | None:
    """Where a typed name would stand in a split: the first name not before it, or the last one.

    Args:
        ids: The split's keys in the order of the alphabet; a search by halves reads few of them.
        typed: The beginning of a family name or of a body's name, or „Nachname, Vorname“.

    Returns:
        The place in `ids`; None in an empty list.
    """
    if not ids:
        return None
    last, _, first = (part.strip() for part in typed.partition(","))
    low, high = 0, len(ids)
    with place.reading() as session:
        if table_of(split) == "person":
            wanted = (_sorted_as(session, last), first[:1].upper() + first[1:])
        else:
            wanted = (fold(last), fold(first))
        while low < high:
            middle = (low + high) // 2
            if _name(session, split, ids[middle]) < wanted:
                low = middle + 1
            else:
                high = middle
    return min(low, len(ids) - 1)


def _sorted_as(session: Session, family: str) -> str:
    """A family name as the database sorts it, which is not quite as it is searched."""
    query = text(f"SELECT {SORT_NAME.replace('family_name', ':family')}")
    return str(session.connection().execute(query, {"family": family}).scalar_one())


def _name(session: Session, split: str, key: int) -> tuple[str, str]:
    """By what a contact is sorted; one that is gone meanwhile comes first."""
    if table_of(split) == "person":
        query: Any = select(text(SORT_NAME), Person.given_name).where(Person.id == key)
        row = session.connection().execute(query).first()
        return (row[0], row[1]) if row is not None else ("", "")
    query = select(Organization.name, Organization.short_name).where(Organization.id == key)
    row = session.connection().execute(query).first()
    return (fold(row[0]), fold(row[1])) if row is not None else ("", "")
