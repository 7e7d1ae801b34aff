"""Who must be in the sessions of bodies on any day of a span: memberships begin and end within it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from typing import Any

from sqlalchemy import bindparam, or_, select
from sqlalchemy.orm import Session

from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.member_roles import RoleKind, role_kind
from ob_buero_tui.rules.names import full_name
from ob_buero_tui.rules.visibility import Confidentiality
from ob_buero_tui.rules.year_plan import Crew
from ob_buero_tui.services.fetching import AMONG, Columns, fetch
from ob_buero_tui.services.naming import MASKED
from ob_buero_tui.store.council import Meeting
from ob_buero_tui.store.people import Membership, Person

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """Members and clerks of some bodies by the day since when, at least one entry each, and their names."""

    crews: Mapping[int, tuple[Crew, ...]]
    names: Mapping[int, str]

    def on(self, organization_id: int, day: date) -> frozenset[int]:
        """Everybody who must be in a session of a body on a day."""
        crews = self.crews.get(organization_id, ())
        found = next((one for one in reversed(crews) if one.since <= day), None)
        return found.members | found.clerks if found is not None else frozenset()


@dataclass(frozen=True, slots=True)
class _Term:
    person_id: int
    clerk: bool
    first: date
    last: date


def people_of(session: Session, ids: Sequence[int], first: date, last: date) -> People:
    """The members and clerks of some bodies from one day to another; who stands in is not among them.

    Args:
        first, last: The days asked about, both counted.
    """
    terms: defaultdict[int, list[_Term]] = defaultdict(list)
    names: dict[int, str] = {}
    for row in fetch(session, _terms(), ids, first=first, last=last):
        until = min(row.end_date or date.max, row.deceased_on or date.max)
        clerk = role_kind(row.role) is RoleKind.SCHRIFTFUEHRUNG
        terms[row.organization_id].append(_Term(row.id, clerk, row.start_date or date.min, until))
        hidden = row.confidentiality == Confidentiality.PERSOENLICH.value
        name = full_name(row.honorific_prefix, row.given_name, row.affix, row.family_name)
        names[row.id] = MASKED if hidden else clean(name) or "ohne Namen"
    return People(crews={key: _crews(terms[key], first, last) for key in ids}, names=names)


@cache
def _terms() -> Columns:
    """Made once, as making it takes longer than reading."""
    first: Any = bindparam("first")
    last: Any = bindparam("last")
    return (
        select(Membership.organization_id, Membership.role, Membership.start_date, Membership.end_date)
        .add_columns(Person.id, Person.honorific_prefix, Person.given_name, Person.affix, Person.family_name)
        .add_columns(Person.deceased_on, Person.confidentiality)
        .join(Person, Person.id == Membership.person_id)
        .where(Membership.organization_id.in_(AMONG), Membership.substitute_for_id.is_(None))
        .where(or_(Membership.start_date.is_(None), Membership.start_date <= last))
        .where(or_(Membership.end_date.is_(None), Membership.end_date >= first))
    )


def _crews(terms: Sequence[_Term], first: date, last: date) -> tuple[Crew, ...]:
    """Who belongs to a body on the first day, then from each day on which that changes."""
    changing = {one.first for one in terms}
    changing |= {one.last + _ONE_DAY for one in terms if one.last < last}
    found: list[Crew] = []
    for day in (first, *sorted(one for one in changing if first < one <= last)):
        there = [one for one in terms if one.first <= day <= one.last]
        crew = Crew(
            since=day,
            members=frozenset(one.person_id for one in there if not one.clerk),
            clerks=frozenset(one.person_id for one in there if one.clerk),
        )
        if not found or replace(crew, since=found[-1].since) != found[-1]:
            found.append(crew)
    return tuple(found)


def own_people(session: Session, ids: Sequence[int]) -> dict[int, frozenset[int]]:
    """Who leads and writes some sessions where it is not those of the body, by session."""
    rows = fetch(session, _own_officers(), ids)
    return {row.id: frozenset({row.chair_id, row.clerk_id} - {None}) for row in rows}


@cache
def _own_officers() -> Columns:
    return select(Meeting.id, Meeting.chair_id, Meeting.clerk_id).where(
        Meeting.id.in_(AMONG), or_(Meeting.chair_id.is_not(None), Meeting.clerk_id.is_not(None))
    )
