"""Who is responsible for a subject on a day: dated rows, so that an old record shows who was then."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.folding import fold
from ob_buero_tui.rules.german import long_date
from ob_buero_tui.rules.member_roles import RoleKind
from ob_buero_tui.rules.names import full_name
from ob_buero_tui.rules.visibility import Confidentiality
from ob_buero_tui.services.council.memberships import members_at
from ob_buero_tui.services.naming import MASKED
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.council_year import Responsibility
from ob_buero_tui.store.people import Organization, Person


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponsibilityLine:
    """One row as it is listed: `office` and `person` are names, empty where nobody is entered.

    Args:
        office_name: The full name of the office, `office` its short one.
    """

    id: int
    subject: str
    office: str = ""
    office_name: str = ""
    person: str = ""
    organization_id: int | None = None
    person_id: int | None = None
    start: date | None = None
    end: date | None = None
    note: str = ""

    @property
    def who(self) -> str:
        """„Schulamt · Kim Ahrens“."""
        return " · ".join(part for part in (self.office, self.person) if part)


def holding(day: date) -> ColumnElement[bool]:
    """Responsibilities that hold on a day."""
    return or_(Responsibility.start_date.is_(None), Responsibility.start_date <= day) & or_(
        Responsibility.end_date.is_(None), Responsibility.end_date >= day
    )


def responsibilities(session: Session, *conditions: ColumnElement[bool]) -> tuple[ResponsibilityLine, ...]:
    """The rows that fulfil the conditions, by subject, the newest first."""
    rows = session.execute(
        select(Responsibility.id, Responsibility.subject, Responsibility.organization_id)
        .add_columns(Responsibility.person_id, Responsibility.start_date, Responsibility.end_date)
        .add_columns(Responsibility.note, Organization.name, Organization.short_name)
        .add_columns(Person.honorific_prefix, Person.given_name, Person.affix, Person.family_name)
        .add_columns(Person.confidentiality)
        .outerjoin(Organization, Organization.id == Responsibility.organization_id)
        .outerjoin(Person, Person.id == Responsibility.person_id)
        .where(*conditions)
    ).all()
    lines = [_line(row) for row in rows]
    return tuple(sorted(lines, key=lambda one: (fold(one.subject), -(one.start or date.min).toordinal())))


def responsible_at(session: Session, subjects: Sequence[str], day: date) -> tuple[ResponsibilityLine, ...]:
    """Who was responsible for one of these subjects on a day; spelling and case do not matter."""
    wanted = {key_of(one) for one in subjects if one.strip()}
    found = responsibilities(session, holding(day)) if wanted else ()
    return tuple(one for one in found if key_of(one.subject) in wanted)


def led_at(session: Session, organization_ids: Sequence[int], day: date) -> dict[int, str]:
    """Who led these offices on a day: as a responsibility says, else the head among their members."""
    of_office = responsibilities(session, holding(day), Responsibility.organization_id.in_(organization_ids))
    heads = {
        key: next((one.name for one in lines if one.kind is RoleKind.VORSITZ), "")
        for key, lines in members_at(session, organization_ids, day).items()
    }
    said = {one.organization_id: one.person for one in reversed(of_office) if one.person}
    named = {key: said.get(key) or heads[key] for key in organization_ids}
    return {key: name for key, name in named.items() if name}


def told_at(place: Workplace, session: Session, subjects: Sequence[str], day: date) -> tuple[str, ...]:
    """Who was responsible for these subjects on a day, as lines: „Schulen: Schulamt · Kim Ahrens“.

    Args:
        place: The desk; the day is told where it is not today.
    """
    then = f" (am {long_date(day)})" if day != place.today else ""
    return tuple(f"{one.subject}: {one.who}{then}" for one in responsible_at(session, subjects, day))


def _line(row: Any) -> ResponsibilityLine:
    hidden = row.confidentiality == Confidentiality.PERSOENLICH.value
    name = ""
    if row.person_id is not None:
        name = full_name(row.honorific_prefix, row.given_name, row.affix, row.family_name)
        name = MASKED if hidden else clean(name) or "ohne Namen"
    return ResponsibilityLine(
        id=row.id,
        subject=clean(row.subject),
        office=clean(row.short_name or row.name or ""),
        office_name=clean(row.name or ""),
        person=name,
        organization_id=row.organization_id,
        person_id=row.person_id,
        start=row.start_date,
        end=row.end_date,
        note=row.note,
    )


def key_of(subject: str) -> str:
    """How subjects are compared."""
    return " ".join(fold(subject).split())


def responsibility_rows(place: Workplace, ids: Sequence[int]) -> dict[int, ResponsibilityLine]:
    """The rows of some keys."""
    with place.reading() as session:
        return {one.id: one for one in responsibilities(session, Responsibility.id.in_(ids))}


def others_of(place: Workplace, row: ResponsibilityLine) -> tuple[ResponsibilityLine, ...]:
    """Who else was or will be responsible for the same subject, the newest first."""
    with place.reading() as session:
        found = responsibilities(session, Responsibility.id != row.id)
    return tuple(one for one in found if key_of(one.subject) == key_of(row.subject))
