"""Names that complete what somebody types: people, bodies and places that the office knows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.folding import fold
from ob_buero_tui.rules.visibility import Confidentiality, View
from ob_buero_tui.services.people.columns import contact_name
from ob_buero_tui.services.people.listing import contacts_like
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.calendar import Event
from ob_buero_tui.store.council import Location
from ob_buero_tui.store.people import SORT_NAME, Organization, Person

MOST: Final = 8
"""Names that are offered at once."""
READ: Final = 200
"""Candidates that are looked at for them."""
PLACES: Final = 500
"""Places of past appointments that are offered, the most frequent ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """One known name.

    Args:
        id: Key of the contact; 0 for a place.
        name: What goes into the field.
        detail: What tells namesakes apart: function, body, town.
    """

    id: int
    name: str
    detail: str = ""


def people_named(place: Workplace, typed: str) -> tuple[Suggestion, ...]:
    """Living people of whose name every typed word is a beginning, whatever the order of the words."""
    words = fold(clean(typed, limit=100)).split()
    if not words:
        return ()
    with place.reading() as session:
        # A title or „von“ stands in a column of its own: then the last word alone has to do.
        found = people_like(session, words) or people_like(session, words[-1:])
        people = session.scalars(select(Person).where(Person.id.in_(found))).all()
        fitting = [
            row
            for row in people
            if place.sees(row.confidentiality, "") is View.FULL
            and _fits(words, f"{row.honorific_prefix} {row.given_name} {row.affix} {row.family_name}")
        ]
        named = {row.id: contact_name(row) for row in _ordered(fitting)[:MOST]}
    return _with_details(place, "person", named)


def bodies_named(place: Workplace, typed: str) -> tuple[Suggestion, ...]:
    """Organizations and bodies of whose name or short name every typed word is a beginning."""
    words = fold(clean(typed, limit=100)).split()
    if not words:
        return ()
    with place.reading() as session:
        rows = session.execute(
            select(Organization.id, Organization.name, Organization.short_name, Organization.confidentiality)
        ).all()
        fitting = [
            row
            for row in rows
            if place.sees(row.confidentiality, "") is View.FULL
            and _fits(words, f"{row.name} {row.short_name}")
        ]
        fitting.sort(key=lambda row: (not fold(row.name).startswith(words[0]), fold(row.name), row.id))
        named = {row.id: row.name for row in fitting[:MOST]}
    return _with_details(place, "organization", named)


def known_places(place: Workplace) -> tuple[str, ...]:
    """Places the office knows: of its appointments the most frequent first, of its list, of the council.

    Takes as long as reading the places of all appointments; a form asks once.
    """
    hidden = Confidentiality.PERSOENLICH.value
    with place.reading() as session:
        past: Iterable[Any] = session.scalars(
            select(Event.location)
            .where(Event.location != "", Event.trashed_at.is_(None), Event.confidentiality != hidden)
            .group_by(Event.location)
            .order_by(func.count().desc(), Event.location)
            .limit(PLACES)
        ).all()
        rooms = session.execute(select(Location.description, Location.room, Location.street_address)).all()
    council = (", ".join(part for part in row if part) for row in _parts(rooms))
    listed = (one.match for one in place.catalog.places)
    names = (clean(str(name), limit=300).strip() for name in (*past, *council, *listed))
    return tuple({fold(name): name for name in reversed([name for name in names if name])}.values())[::-1]


def people_like(session: Session, words: Sequence[str], most: int = READ) -> list[int]:
    """Keys of living people whose family or given name begins with each word, from the index of the list.

    Args:
        words: Folded.
        most: So many are looked at; whether somebody may see them is left to the caller.
    """
    given = SORT_NAME.replace("family_name", "given_name")
    each = " AND ".join(
        f"({SORT_NAME} >= :low{n} AND {SORT_NAME} < :high{n} OR {given} >= :low{n} AND {given} < :high{n})"
        for n in range(len(words))
    )
    query = f"SELECT id FROM person WHERE deceased_on IS NULL AND {each} LIMIT {int(most)}"  # noqa: S608 our own words
    bound = {f"low{n}": word for n, word in enumerate(words)}
    bound |= {f"high{n}": f"{word}\U0010ffff" for n, word in enumerate(words)}
    return list(session.connection().execute(text(query), bound).scalars())


def _parts(rooms: Sequence[Any]) -> Iterable[tuple[str, ...]]:
    """The parts of a room's name, without line ends."""
    return (tuple(" ".join(str(part).split()) for part in row) for row in rooms)


def places_named(known: Sequence[str], typed: str) -> tuple[Suggestion, ...]:
    """Those of the known places of whose name every typed word is a beginning."""
    words = fold(clean(typed, limit=100)).split()
    if not words:
        return ()
    return tuple(Suggestion(id=0, name=name) for name in known if _fits(words, name))[:MOST]


def phone_of(place: Workplace, person_id: int) -> str:
    """Where somebody is reached on the day: the mobile phone, else the other one; "" where it is hidden."""
    with place.reading() as session:
        row = session.get(Person, person_id)
        if row is None or place.sees(row.confidentiality, "") is not View.FULL:
            return ""
        return clean(row.mobile or row.tel, limit=100)


def _fits(words: Sequence[str], name: str) -> bool:
    parts = fold(name).replace("-", " ").split()
    return all(any(part.startswith(word) for part in parts) for word in words)


def _ordered(rows: Iterable[Person]) -> list[Person]:
    return sorted(rows, key=lambda row: (fold(row.family_name), fold(row.given_name), row.id))


def _with_details(place: Workplace, table: str, named: dict[int, str]) -> tuple[Suggestion, ...]:
    """The names with function, body and town, as the list of people shows them."""
    if not named:
        return ()
    rows = contacts_like(place, table, list(named))
    return tuple(
        Suggestion(id=key, name=clean(name, limit=300), detail=_detail(rows.get(key)))
        for key, name in named.items()
    )


def _detail(row: Any) -> str:
    return (
        ""
        if row is None
        else ", ".join(part for part in (row.detail, row.organization, row.locality) if part)
    )
