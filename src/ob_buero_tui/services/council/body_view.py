"""Bodies for the screen Gremien: lists by sort, rows, and one body with its people on a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from ob_buero_tui.rules.body_kinds import BodyKind, body_kind
from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.folding import fold
from ob_buero_tui.rules.member_roles import RoleKind
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.visibility import Audience, Confidentiality, View
from ob_buero_tui.services.council.body_members import MemberView, member_views
from ob_buero_tui.services.council.memberships import MemberLine, members_at
from ob_buero_tui.services.council.responsibilities import holding, responsibilities
from ob_buero_tui.services.people.seeing import read_contact
from ob_buero_tui.services.views import SplitView
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.council_year import Responsibility
from ob_buero_tui.store.people import Organization

RESPONSIBLE: Final = "zustaendig"
"""The split of the responsibilities; the others are the sorts of bodies."""
LABELS: Final = {
    BodyKind.GREMIUM: "Gremien",
    BodyKind.FRAKTION: "Fraktionen",
    BodyKind.EXTERN: "Extern",
    BodyKind.VERWALTUNG: "Ämter",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyRow:
    """A body as a row of the list.

    Args:
        seats: Voting seats, else all seats; None where nobody entered them.
        filled: How many of them are taken on the day.
        start, end: Its term; None: open.
    """

    id: int
    name: str
    short_name: str = ""
    classification: str = ""
    seats: int | None = None
    filled: int = 0
    chair: str = ""
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyView:
    """A body on a day.

    Args:
        part_of, part_of_name: Short and full name of the body it belongs to.
        fractions: Name and number of voting members of each fraction, the largest first.
        clerks, chairs, deputies: Names.
        responsible: What it is responsible for on the day: subject, and who leads that.
        from_ris: Whether it came from a council information system.
    """

    row: BodyRow
    type: str
    kind: BodyKind
    part_of: str = ""
    part_of_name: str = ""
    member_count: int | None = None
    voting_count: int | None = None
    members_only: int = 0
    chairs: tuple[str, ...] = ()
    deputies: tuple[str, ...] = ()
    clerks: tuple[str, ...] = ()
    fractions: tuple[tuple[str, int], ...] = ()
    responsible: tuple[str, ...] = ()
    mayor_attends: bool = True
    from_ris: bool = False
    note: str = ""
    members: tuple[MemberView, ...] = ()


def body_splits(place: Workplace, day: date) -> tuple[SplitView, ...]:
    """The sorts of bodies with their numbers on a day, then the responsibilities."""
    with place.reading() as session:
        kinds = [kind for _, kind, _ in _listed(place, session, day)]
        held = session.scalar(select(func.count()).select_from(Responsibility).where(holding(day))) or 0
    splits = [SplitView(key=kind.value, label=name, count=kinds.count(kind)) for kind, name in LABELS.items()]
    return (*splits, SplitView(key=RESPONSIBLE, label="Zuständig", count=held))


def body_ids(place: Workplace, split: str, day: date) -> list[int]:
    """The keys of a split on a day: bodies that others belong to first, then by name; or responsibilities."""
    with place.reading() as session:
        if split == RESPONSIBLE:
            return [one.id for one in responsibilities(session, holding(day))]
        rows = [(order, key) for key, kind, order in _listed(place, session, day) if kind == split]
    return [key for _, key in sorted(rows)]


def body_rows(place: Workplace, ids: Sequence[int], day: date) -> dict[int, BodyRow]:
    """The rows of some bodies on a day; what is hidden or gone is left out."""
    with place.reading() as session:
        rows = session.scalars(select(Organization).where(Organization.id.in_(ids))).all()
        members = members_at(session, ids, day)
        return {row.id: _row(row, members[row.id]) for row in rows if _seen(place, row.confidentiality)}


def body_view(place: Workplace, organization_id: int, day: date) -> BodyView:
    """One body with everything its panel draws, as it was on a day.

    Raises:
        Refusal: it is gone, or hidden from this desk.
    """
    with place.reading() as session:
        row = read_contact(place, session, "organization", organization_id)
        if not isinstance(row, Organization):
            raise Refusal("Dieses Gremium gibt es nicht mehr.", "", "Wählen Sie ein anderes.")
        lines = members_at(session, [organization_id], day)[organization_id]
        parent = session.get(Organization, row.part_of_id) if row.part_of_id is not None else None
        held = responsibilities(session, holding(day), Responsibility.organization_id == organization_id)
        return BodyView(
            row=_row(row, lines),
            type=clean(row.organization_type),
            kind=body_kind(row.organization_type, row.name),
            part_of=clean(parent.short_name or parent.name) if parent is not None else "",
            part_of_name=clean(parent.name) if parent is not None else "",
            member_count=row.member_count,
            voting_count=row.voting_member_count,
            members_only=sum(one.substitute_for_id is None for one in lines),
            chairs=_named(lines, RoleKind.VORSITZ),
            deputies=_named(lines, RoleKind.STELLVERTRETUNG),
            clerks=_named(lines, RoleKind.SCHRIFTFUEHRUNG),
            fractions=_fractions(lines),
            responsible=tuple(" · ".join(part for part in (one.subject, one.person) if part) for one in held),
            mayor_attends=row.mayor_attends,
            from_ris=row.oparl_id is not None,
            note=row.note,
            members=member_views(session, organization_id, day),
        )


def split_of(place: Workplace, organization_id: int) -> str:
    """The split that lists a body.

    Raises:
        Refusal: it is gone, or hidden from this desk.
    """
    with place.reading() as session:
        row = read_contact(place, session, "organization", organization_id)
        return body_kind(getattr(row, "organization_type", ""), getattr(row, "name", "")).value


def _listed(
    place: Workplace, session: Session, day: date
) -> list[tuple[int, BodyKind, tuple[bool, str, int]]]:
    """Key, sort and place in the order of every body that there is on a day.

    What begins only later is listed from today on, so that a new body is seen where it was entered.
    """
    begun = or_(Organization.start_date.is_(None), Organization.start_date <= day)
    rows = session.execute(
        select(Organization.id, Organization.name, Organization.short_name, Organization.organization_type)
        .add_columns(Organization.confidentiality, Organization.part_of_id)
        .where(_is_body(), Organization.id.not_in(_gone()))
        .where(or_(Organization.end_date.is_(None), Organization.end_date >= day))
        .where(*(() if day >= place.today else (begun,)))
    ).all()
    parents = {row.part_of_id for row in rows}
    return [
        (
            row.id,
            body_kind(row.organization_type, row.name),
            (row.id not in parents, _key(row.short_name or row.name), row.id),
        )
        for row in rows
        if _seen(place, row.confidentiality)
    ]


def _is_body() -> Any:
    """What is more than an address: it came from a council's system, or somebody said what it is."""
    return or_(
        Organization.body_id.is_not(None),
        Organization.oparl_id.is_not(None),
        Organization.organization_type != "",
    )


def _gone() -> Any:
    """Keys of those that the council's system has deleted."""
    deleted = func.json_extract(Organization.extra, "$.oparl.deleted")
    return select(Organization.id).where(Organization.oparl_id.is_not(None), deleted == 1)


def _seen(place: Workplace, level: str) -> bool:
    return place.sees(Confidentiality(level), "", Audience.INTERN) is View.FULL


def _row(row: Organization, lines: Sequence[MemberLine]) -> BodyRow:
    members = [one for one in lines if one.substitute_for_id is None]
    voting = sum(one.voting for one in members)
    seated = sum(one.kind is not RoleKind.SCHRIFTFUEHRUNG for one in members)  # who takes minutes has no seat
    seats = row.voting_member_count if row.voting_member_count is not None else row.member_count
    return BodyRow(
        id=row.id,
        name=clean(row.name),
        short_name=clean(row.short_name),
        classification=clean(row.classification),
        seats=seats,
        filled=voting if row.voting_member_count is not None or seats is None else seated,
        chair=next(iter(_named(lines, RoleKind.VORSITZ)), ""),
        start=row.start_date,
        end=row.end_date,
    )


def _named(lines: Sequence[MemberLine], kind: RoleKind) -> tuple[str, ...]:
    return tuple(one.name for one in lines if one.kind is kind and one.substitute_for_id is None)


def _fractions(lines: Sequence[MemberLine]) -> tuple[tuple[str, int], ...]:
    """How strong each fraction is among those who vote; who has none counts for nobody."""
    found: dict[str, int] = {}
    for one in lines:
        if one.substitute_for_id is None and one.voting and one.fraction:
            found[one.fraction] = found.get(one.fraction, 0) + 1
    return tuple(sorted(found.items(), key=lambda pair: (-pair[1], fold(pair[0]))))


@lru_cache(maxsize=10_000)
def _key(name: str) -> str:
    return fold(name)
