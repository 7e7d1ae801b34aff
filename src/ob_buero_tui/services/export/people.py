"""People and organizations as they leave the office."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ob_buero_tui.rules.locks import Lock
from ob_buero_tui.rules.names import full_name
from ob_buero_tui.rules.visibility import Audience, Confidentiality, View
from ob_buero_tui.services.export.wanted import Gathered, Wanted
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.people import Membership, Organization, Person
from ob_buero_tui.store.requests import Request

_NAMES = ("honorific_prefix", "given_name", "affix", "family_name", "job_title", "mandate")
_CONTACT = ("email", "tel", "mobile", "street_address", "postal_code", "locality", "country", "language")
_FORMS = ("form_of_address", "praedikat", "rank", "deceased_on", "categories")
_OWN = (
    "private_street_address",
    "private_postal_code",
    "private_locality",
    "private_tel",
    "birthday",
    "note",
)
_ORGANIZATION = ("name", "short_name", "classification", "organization_type", "website")
_SILENT = (Lock.AUSKUNFTSSPERRE_51.value, Lock.SPERRVERMERK_52.value)
"""Notices that forbid to tell where somebody is to be found."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MembershipOut:
    """A person's place in an organization."""

    organization: str
    role: str = ""
    start_date: date | None = None
    end_date: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonOut:
    """One person: in full for the desks, without notes and private life for deputies, the name outside."""

    id: int
    name: str
    honorific_prefix: str = ""
    given_name: str = ""
    affix: str = ""
    family_name: str = ""
    job_title: str = ""
    mandate: str = ""
    form_of_address: str = ""
    praedikat: str = ""
    rank: int | None = None
    email: str | None = None
    tel: str = ""
    mobile: str = ""
    street_address: str = ""
    postal_code: str = ""
    locality: str = ""
    country: str = ""
    language: str = ""
    private_street_address: str = ""
    private_postal_code: str = ""
    private_locality: str = ""
    private_tel: str = ""
    birthday: date | None = None
    deceased_on: date | None = None
    categories: tuple[str, ...] = ()
    locks: tuple[str, ...] = ()
    note: str = ""
    memberships: tuple[MembershipOut, ...] = ()
    confidentiality: Confidentiality


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganizationOut:
    """One organization; its name and kind alone outside."""

    id: int
    name: str
    short_name: str = ""
    classification: str = ""
    organization_type: str = ""
    website: str = ""
    email: str | None = None
    tel: str = ""
    street_address: str = ""
    postal_code: str = ""
    locality: str = ""
    country: str = ""
    categories: tuple[str, ...] = ()
    note: str = ""
    confidentiality: Confidentiality


def persons_out(place: Workplace, wanted: Wanted) -> Gathered[PersonOut]:
    """All persons that may be told of, by their key."""
    with place.reading() as session:
        rows = session.scalars(select(Person).order_by(Person.id)).all()
        hidden = _known_by_secrets(session, wanted, Request.requester_id)
        members = _memberships(session, wanted)
    found, left_out = [], 0
    for row in rows:
        silent = any(lock.partition(":")[0] in _SILENT for lock in row.locks)
        away = silent and wanted.audience is not Audience.INTERN
        elsewhere = row.oparl_id is not None
        if wanted.sees(row.confidentiality) is not View.FULL:
            left_out += 1
        elif not away and (elsewhere or row.id not in hidden):
            found.append(_person(row, wanted, silent=silent, memberships=tuple(members.get(row.id, ()))))
    return Gathered(rows=tuple(found), left_out=left_out)


def organizations_out(place: Workplace, wanted: Wanted) -> Gathered[OrganizationOut]:
    """All organizations that may be told of, by their key."""
    with place.reading() as session:
        rows = session.scalars(select(Organization).order_by(Organization.id)).all()
        hidden = _known_by_secrets(session, wanted, Request.organization_id)
    found, left_out = [], 0
    for row in rows:
        if wanted.sees(row.confidentiality) is not View.FULL:
            left_out += 1
        elif row.oparl_id is not None or row.id not in hidden:
            found.append(_organization(row, wanted))
    return Gathered(rows=tuple(found), left_out=left_out)


def _person(
    row: Person, wanted: Wanted, *, silent: bool, memberships: tuple[MembershipOut, ...]
) -> PersonOut:
    told: dict[str, Any] = {name: getattr(row, name) for name in _NAMES}
    if not wanted.outside:
        told |= {name: getattr(row, name) for name in (*_FORMS, *(() if silent else _CONTACT))}
        told["categories"] = tuple(row.categories)
    if wanted.audience is Audience.INTERN:
        told |= {name: getattr(row, name) for name in (("note", "birthday") if silent else _OWN)}
        told["locks"] = tuple(row.locks)
    named = full_name(row.honorific_prefix, row.given_name, row.affix, row.family_name)
    level = Confidentiality(row.confidentiality)
    return PersonOut(id=row.id, name=named, memberships=memberships, confidentiality=level, **told)


def _organization(row: Organization, wanted: Wanted) -> OrganizationOut:
    told: dict[str, Any] = {name: getattr(row, name) for name in _ORGANIZATION}
    if not wanted.outside:
        columns = ("email", "tel", "street_address", "postal_code", "locality", "country")
        told |= {name: getattr(row, name) for name in columns}
        told["categories"] = tuple(row.categories)
    if wanted.audience is Audience.INTERN:
        told["note"] = row.note
    return OrganizationOut(id=row.id, confidentiality=Confidentiality(row.confidentiality), **told)


def _known_by_secrets(session: Session, wanted: Wanted, column: Any) -> set[int]:
    """Who is known from requests alone that this audience may not read: that they asked is as secret."""
    if wanted.audience is Audience.INTERN:
        return set()
    rows = session.execute(
        select(column, Request.confidentiality, Request.trashed_at).where(column.is_not(None))
    ).all()
    asked = {key for key, _, _ in rows}
    return asked - {
        key for key, level, trashed in rows if trashed is None and wanted.sees(level) is View.FULL
    }


def _memberships(session: Session, wanted: Wanted) -> dict[int, list[MembershipOut]]:
    rows = session.execute(
        select(Membership.person_id, Membership.role, Membership.start_date, Membership.end_date)
        .add_columns(Organization.name, Organization.confidentiality)
        .join(Organization, Organization.id == Membership.organization_id)
        .where(Membership.person_id.is_not(None))
        .order_by(Membership.id)
    )
    found: dict[int, list[MembershipOut]] = {}
    for row in rows:
        if wanted.sees(row.confidentiality) is View.FULL:
            place = MembershipOut(
                organization=row.name, role=row.role, start_date=row.start_date, end_date=row.end_date
            )
            found.setdefault(row.person_id, []).append(place)
    return found
