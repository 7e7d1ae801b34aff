"""Contacts that may be one and the same: proposals for a person to judge, never merged by themselves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from ob_buero_tui.rules.folding import fold
from ob_buero_tui.rules.names import joined
from ob_buero_tui.rules.visibility import View
from ob_buero_tui.services.intake.people_known import compatible
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.people import Membership, Organization, Person

SAME_EMAIL = "gleiche E-Mail-Adresse und gleicher Nachname"
SAME_PLACE = "gleicher Name, gleiche Anschrift, Nummer oder Organisation"
SAME_NAME = "gleicher Name, bitte prüfen"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """Contacts that may be one.

    Args:
        ids: Their keys; the first one was there first.
        sure: Whether more than the name agrees.
    """

    table: str
    ids: tuple[int, ...]
    label: str
    reason: str
    sure: bool


def duplicates(place: Workplace) -> tuple[Proposal, ...]:
    """People and bodies that may be there twice, the surest first; takes as long as reading all of them."""
    found = [*_people(place), *_bodies(place)]
    return tuple(sorted(found, key=lambda one: (not one.sure, one.table, fold(one.label), one.ids)))


def _people(place: Workplace) -> Iterable[Proposal]:
    columns = (
        Person.id, Person.given_name, Person.affix, Person.family_name, Person.email, Person.confidentiality,
        Person.tel, Person.mobile, Person.private_tel, Person.street_address, Person.private_street_address,
    )  # fmt: skip
    with place.reading() as session:
        rows = session.execute(select(*columns).order_by(Person.id)).all()
        belong: defaultdict[int | None, set[str]] = defaultdict(set)
        for person, body in session.execute(select(Membership.person_id, Membership.organization_id)):
            belong[person].add(f"o{body}")
    named: defaultdict[str, list[Any]] = defaultdict(list)
    for row in rows:
        if place.sees(row.confidentiality, "") is View.FULL and row.family_name:
            named[fold(joined(row.affix, row.family_name))].append(row)
    for family in named.values():
        if len(family) > 1:
            yield from _of_family(family, belong)


def _of_family(rows: Sequence[Any], belong: dict[int | None, set[str]]) -> Iterable[Proposal]:
    """The proposals among people of one family name."""
    taken: set[int] = set()
    emails = _grouped(rows, lambda row: (row.email or "").lower())
    for same in (one for group in emails for one in _alike(group)):
        taken |= {row.id for row in same}
        yield _proposal(same, SAME_EMAIL, sure=True)
    for group in _grouped(rows, lambda row: fold(row.given_name)):
        if {row.id for row in group} <= taken:
            continue
        marks = [_marks(row) | belong[row.id] for row in group]
        sure = any(one & other for n, one in enumerate(marks) for other in marks[n + 1 :])
        yield _proposal(group, SAME_PLACE if sure else SAME_NAME, sure=sure)


def _bodies(place: Workplace) -> Iterable[Proposal]:
    query = select(
        Organization.id, Organization.name, Organization.locality, Organization.confidentiality
    ).where(Organization.oparl_id.is_(None))
    with place.reading() as session:
        rows = [
            row
            for row in session.execute(query.order_by(Organization.id))
            if place.sees(row.confidentiality, "") is View.FULL
        ]
    for group in _grouped(rows, lambda row: fold(joined(row.name))):
        places = {fold(row.locality) for row in group} - {""}
        yield Proposal(
            table="organization",
            ids=tuple(row.id for row in group),
            label=group[0].name,
            reason=SAME_NAME if len(places) > 1 else "gleicher Name",
            sure=len(places) < 2,
        )


def _grouped(rows: Iterable[Any], key: Any) -> list[list[Any]]:
    groups: defaultdict[str, list[Any]] = defaultdict(list)
    for row in rows:
        mark = key(row)
        if mark:
            groups[mark].append(row)
    return [group for group in groups.values() if len(group) > 1]


def _alike(rows: Sequence[Any]) -> list[list[Any]]:
    """Those of a group whose given names may be one: a family shares its address."""
    found: list[list[Any]] = []
    for row in rows:
        known = next((one for one in found if compatible(row.given_name, one[0].given_name)), None)
        if known is None:
            found.append([row])
        else:
            known.append(row)
    return [one for one in found if len(one) > 1]


def _marks(row: Any) -> set[str]:
    """What tells people of one name apart: numbers and streets."""
    numbers = ("".join(filter(str.isdigit, one)) for one in (row.tel, row.mobile, row.private_tel))
    streets = (fold(joined(one)) for one in (row.street_address, row.private_street_address))
    return {f"n{one}" for one in numbers if one} | {f"s{one}" for one in streets if one}


def _proposal(rows: Sequence[Any], reason: str, *, sure: bool) -> Proposal:
    first = rows[0]
    return Proposal(
        table="person",
        ids=tuple(row.id for row in rows),
        label=joined(first.given_name, first.affix, first.family_name),
        reason=reason,
        sure=sure,
    )
