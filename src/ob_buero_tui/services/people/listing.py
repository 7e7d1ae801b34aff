"""Lists of people and bodies: splits, their keys in the order of the alphabet, and rows to draw."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import func, or_, select, text
from sqlalchemy.orm import Session

from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.folding import fold
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.visibility import Audience, Confidentiality, View
from ob_buero_tui.services.people.columns import contact_name
from ob_buero_tui.services.people.seeing import Contact
from ob_buero_tui.services.people.views import ContactRow
from ob_buero_tui.services.views import SplitView
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.people import SORT_NAME, Membership, Organization, Person

PEOPLE, BODIES, COUNCIL, DECEASED = "personen", "organisationen", "gremien", "verstorben"
_LABELS = {
    PEOPLE: "Personen",
    BODIES: "Organisationen",
    COUNCIL: "Gremien",
    DECEASED: "Verstorben",
}


def table_of(split: str) -> str:
    """The table whose rows a split lists."""
    return "person" if split in (PEOPLE, DECEASED) else "organization"


def splits(place: Workplace, audience: Audience = Audience.INTERN) -> tuple[SplitView, ...]:
    """The splits with their counts, in the order the digits pick them."""
    counts = (
        _of(select(func.count()).select_from(_table(key)), place, key, audience).scalar_subquery()
        for key in _LABELS
    )
    with place.reading() as session:
        row = session.connection().execute(select(*counts)).one()
    return tuple(
        SplitView(key=key, label=name, count=int(count))
        for (key, name), count in zip(_LABELS.items(), row, strict=True)
    )


def contact_ids(place: Workplace, split: str, audience: Audience = Audience.INTERN) -> list[int]:
    """The keys of a split in the order of the alphabet, ä as ae, as far as the audience may see them.

    Raises:
        Refusal: there is no such split.
    """
    if split not in _LABELS:
        raise Refusal(f"Den Stapel „{split}“ gibt es nicht.", "", f"Möglich: {', '.join(_LABELS)}.")
    with place.reading() as session:
        if table_of(split) == "person":
            # An index holds this very order: sorting twenty thousand names anew would be felt.
            keys = select(Person.id).order_by(text(SORT_NAME), Person.given_name)
            # By the driver: twenty thousand keys need no rows made of them.
            found: Any = session.connection().execute(_of(keys, place, split, audience)).cursor
            return [key for (key,) in found.fetchall()]
        names = select(Organization.id, Organization.name, Organization.short_name)
        rows = session.connection().execute(_of(names, place, split, audience)).all()
    return [key for _, _, key in sorted([(_key(last), _key(first), key) for key, last, first in rows])]


def contact_rows(place: Workplace, split: str, ids: Sequence[int]) -> dict[int, ContactRow]:
    """The rows of a page of keys; what is hidden or gone is left out."""
    with place.reading() as session:
        if table_of(split) == "person":
            people = session.scalars(select(Person).where(Person.id.in_(ids))).all()
            bodies = _bodies(session, ids)
            return {row.id: _person(row, bodies.get(row.id, "")) for row in people if _seen(place, row)}
        rows = session.scalars(select(Organization).where(Organization.id.in_(ids))).all()
        return {row.id: _organization(row) for row in rows if _seen(place, row)}


def contacts_like(place: Workplace, table: str, ids: Sequence[int]) -> dict[int, ContactRow]:
    """Rows of a table whatever their split: hits of a search."""
    return contact_rows(place, PEOPLE if table == "person" else BODIES, ids)


def _seen(place: Workplace, row: Contact) -> bool:
    return place.sees(row.confidentiality, "") is View.FULL


def _table(split: str) -> type[Person] | type[Organization]:
    return Person if table_of(split) == "person" else Organization


def _of(query: Any, place: Workplace, split: str, audience: Audience) -> Any:
    """A query narrowed to a split, and to what the audience may see."""
    # Few levels are hidden, and not being one of them is tested faster than being one of the others.
    hidden = [level.value for level in Confidentiality if place.sees(level, "", audience) is not View.FULL]
    table = _table(split)
    query = query.where(*(table.confidentiality != level for level in hidden), table.id.not_in(_gone(table)))
    if table_of(split) == "person":
        living = Person.deceased_on.is_(None)
        return query.where(living if split == PEOPLE else ~living)
    council = or_(Organization.body_id.is_not(None), Organization.oparl_id.is_not(None))
    return query.where(council if split == COUNCIL else ~council)


def _gone(row_class: type[Person] | type[Organization]) -> Any:
    """Keys of those that the council's system has deleted; only what came from there is read."""
    deleted = func.json_extract(row_class.extra, "$.oparl.deleted")
    return select(row_class.id).where(row_class.oparl_id.is_not(None), deleted == 1)


@lru_cache(maxsize=50_000)
def _key(name: str) -> str:
    """How a name is sorted; remembered, as a list of thousands is read again after every step."""
    return fold(name)


def _bodies(session: Session, ids: Sequence[int]) -> dict[int, str]:
    """Where people are members now, the newest last."""
    rows = session.execute(
        select(Membership.person_id, Organization.short_name, Organization.name)
        .join(Organization, Organization.id == Membership.organization_id)
        .where(Membership.person_id.in_(ids), Membership.end_date.is_(None))
        .order_by(Membership.oparl_id.is_(None), Membership.id)
    )
    return {person: short or name for person, short, name in rows if person is not None}


def _person(row: Person, body: str) -> ContactRow:
    family = " ".join(part for part in (row.affix, row.family_name) if part)
    given = " ".join(part for part in (row.given_name, row.honorific_prefix) if part)
    name = ", ".join(part for part in (family, given) if part)
    return ContactRow(
        id=row.id,
        name=clean(name or contact_name(row), limit=200),
        detail=clean(row.job_title or row.mandate, limit=200),
        organization=clean(body, limit=200),
        locality=clean(row.locality or row.private_locality, limit=100),
        tel=clean(row.tel or row.mobile or row.private_tel, limit=60),
        deceased=row.deceased_on is not None,
        locked=bool(row.locks),
    )


def _organization(row: Organization) -> ContactRow:
    return ContactRow(
        id=row.id,
        name=clean(row.name, limit=200),
        detail=clean(row.classification or row.organization_type, limit=200),
        organization=clean(row.short_name, limit=200),
        locality=clean(row.locality, limit=100),
        tel=clean(row.tel, limit=60),
    )
