"""Who belongs to bodies on a day: read from the dated memberships, which keep what was before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, bindparam, or_, select
from sqlalchemy.orm import Session, aliased

from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.folding import fold
from ob_buero_tui.rules.member_roles import RoleKind, is_deputy_of_role, role_kind
from ob_buero_tui.rules.names import full_name
from ob_buero_tui.rules.visibility import Confidentiality
from ob_buero_tui.services.fetching import AMONG, Columns, fetch
from ob_buero_tui.services.naming import MASKED
from ob_buero_tui.store.people import Membership, Organization, Person

_ORDER = tuple(RoleKind)
"""Chair first, Schriftführung last: the order in which a body is listed."""
_DAY: Any = bindparam("day")
_SILENT = (RoleKind.BERATEND, RoleKind.SCHRIFTFUEHRUNG)
"""Roles without a vote where nobody said otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberLine:
    """A person in a body on a day.

    Args:
        name: In full, with titles; only „(persönlich)“ for somebody who is no other desk's business.
        fraction: Short name of the fraction the person is there for, empty without one.
        role: The body's own word: „Vorsitzende“, „sachkundiger Bürger“.
        voting: Whether the person votes; of somebody who stands in: when standing in.
        substitute_for_id: The membership this person stands in for; None for a member. Count members only
            for seats, quorum and conflicts.
    """

    membership_id: int
    person_id: int
    name: str
    fraction: str
    role: str
    voting: bool
    substitute_for_id: int | None
    kind: RoleKind = RoleKind.MITGLIED
    fraction_id: int | None = None
    confidentiality: str = Confidentiality.INTERN.value


def members_at(
    session: Session, organization_ids: Sequence[int], day: date
) -> dict[int, tuple[MemberLine, ...]]:
    """The people of some bodies on a day, by body: chair, deputies, members by name, then who stands in.

    Everybody is there once: of two memberships of one person in one body the one with the higher role is
    told. The Schriftführung is among them, without a vote.

    Args:
        organization_ids: Keys of bodies; each is a key of the result.
        day: First and last day of a membership count as in it.
    """
    found: dict[int, dict[int, MemberLine]] = {key: {} for key in organization_ids}
    for organization_id, line in all_lines(session, organization_ids, day):
        people = found[organization_id]
        before = people.get(line.person_id)
        if before is None or (before.substitute_for_id is not None and line.substitute_for_id is None):
            people[line.person_id] = line
    return {
        key: tuple(sorted(people.values(), key=lambda one: one.substitute_for_id is not None))
        for key, people in found.items()
    }


def officers_of(session: Session, organization_id: int, day: date) -> tuple[int | None, int | None]:
    """Who presides over a body and who takes its minutes on a day, read at once; None: nobody is."""
    lines = [line for _, line in all_lines(session, [organization_id], day)]
    return _first(lines, RoleKind.VORSITZ), _first(lines, RoleKind.SCHRIFTFUEHRUNG)


def chair_of(session: Session, organization_id: int, day: date) -> int | None:
    """The person who presides over a body on a day; None where nobody is entered."""
    return officers_of(session, organization_id, day)[0]


def clerk_of(session: Session, organization_id: int, day: date) -> int | None:
    """The person who takes the minutes of a body on a day; None where nobody is entered."""
    return officers_of(session, organization_id, day)[1]


def on_day(day: date) -> ColumnElement[bool]:
    """Memberships that hold on a day."""
    return or_(Membership.start_date.is_(None), Membership.start_date <= day) & or_(
        Membership.end_date.is_(None), Membership.end_date >= day
    )


def _first(lines: Iterable[MemberLine], kind: RoleKind) -> int | None:
    # Not of `members_at`: a member may take the minutes as well, and is told there as a member.
    return next((one.person_id for one in lines if one.kind is kind and one.substitute_for_id is None), None)


def all_lines(
    session: Session, ids: Sequence[int], day: date, *, later: bool = False
) -> list[tuple[int, MemberLine]]:
    """All memberships of some bodies on a day with the body's key, those that count first at first.

    Args:
        later: Instead those that begin only after the day.
    """
    rows = fetch(session, _later_members() if later else _members(), ids, day=day)
    lines = [(_sort_key(row), row.organization_id, _line(row)) for row in rows]
    lines.sort(key=lambda one: one[0])
    return [(organization_id, line) for _, organization_id, line in lines]


@cache
def _members() -> Columns:
    return _all_members().where(on_day(_DAY))


@cache
def _later_members() -> Columns:
    return _all_members().where(Membership.start_date > _DAY)


@cache
def _all_members() -> Columns:
    """What is read of a member; made once, as making it takes longer than reading."""
    fraction = aliased(Organization)
    return (
        select(Membership.id, Membership.organization_id, Membership.role, Membership.voting_right)
        .add_columns(Membership.substitute_for_id, Membership.on_behalf_of_id, Person.id.label("person_id"))
        .add_columns(Person.honorific_prefix, Person.given_name, Person.affix, Person.family_name)
        .add_columns(Person.confidentiality, fraction.short_name, fraction.name.label("fraction"))
        .join(Person, Person.id == Membership.person_id)
        .outerjoin(fraction, fraction.id == Membership.on_behalf_of_id)
        .where(Membership.organization_id.in_(AMONG))
        .where(or_(Person.deceased_on.is_(None), Person.deceased_on >= _DAY))
    )


def _sort_key(row: Any) -> tuple[int, bool, str, str, str, int]:
    kind = _ORDER.index(role_kind(row.role))
    # „1. Bürgermeisterin“ stands in before „2. Bürgermeister“.
    number = row.role[:1] if row.role[:1].isdecimal() else ""
    name = (fold(row.family_name), fold(row.given_name))
    return kind, is_deputy_of_role(row.role), number, *name, row.id


def _line(row: Any) -> MemberLine:
    kind = role_kind(row.role)
    hidden = row.confidentiality == Confidentiality.PERSOENLICH.value
    name = full_name(row.honorific_prefix, row.given_name, row.affix, row.family_name)
    return MemberLine(
        membership_id=row.id,
        person_id=row.person_id,
        name=MASKED if hidden else clean(name) or "ohne Namen",
        fraction=clean(row.short_name or row.fraction or ""),
        role=clean(row.role),
        voting=row.voting_right if row.voting_right is not None else kind not in _SILENT,
        substitute_for_id=row.substitute_for_id,
        kind=kind,
        fraction_id=row.on_behalf_of_id,
        confidentiality=row.confidentiality,
    )
