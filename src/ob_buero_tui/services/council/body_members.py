"""The people of a body for a list: whom they stand in for, who stands in for them, and who comes later."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.folding import fold
from ob_buero_tui.rules.german import long_date
from ob_buero_tui.rules.member_roles import RoleKind, role_kind
from ob_buero_tui.services.council.memberships import MemberLine, all_lines, on_day
from ob_buero_tui.services.people.columns import contact_name
from ob_buero_tui.services.people.seeing import read_contact
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.people import Membership, Organization, Person


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberView:
    """A place in a body as a row of the list of members.

    Args:
        line: Who it is, as on the day.
        stands_for: Name of the member this person stands in for, empty for a member.
        substitutes: Names of those who stand in, in their order.
        start, end: First and last day; None: open.
        coming: Whether it begins only after the day.
        voting_right: What was entered; None: as the role says.
        from_ris: Whether it came from a council information system.
    """

    line: MemberLine
    stands_for: str = ""
    substitutes: tuple[str, ...] = ()
    start: date | None = None
    end: date | None = None
    note: str = ""
    coming: bool = False
    voting_right: bool | None = None
    from_ris: bool = False

    @property
    def id(self) -> int:
        """The key of the membership."""
        return self.line.membership_id


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonPlace:
    """A place of one person in a body on a day, as one line."""

    membership_id: int
    organization_id: int
    text: str


def member_views(session: Session, organization_id: int, day: date) -> tuple[MemberView, ...]:
    """Every place in a body on a day: members as `members_at` orders them, each with who stands in behind.

    What begins after the day follows at the end.
    """
    now = all_lines(session, [organization_id], day)
    later = all_lines(session, [organization_id], day, later=True)
    every = [line for _, line in (*now, *later)]
    dates = _dates(session, [one.membership_id for one in every])
    names = {one.membership_id: one.name for one in every}
    standing: dict[int, list[MemberLine]] = {}
    for _, line in now:
        if line.substitute_for_id is not None:
            standing.setdefault(line.substitute_for_id, []).append(line)
    ordered: list[MemberLine] = []
    for _, line in now:
        if line.substitute_for_id is None:
            ordered += [line, *standing.pop(line.membership_id, ())]
    # Whoever stands in for a place that holds no longer, or not yet, comes last.
    ordered += [line for lines in standing.values() for line in lines]
    later_keys = {line.membership_id for _, line in later}
    return tuple(
        MemberView(
            line=line,
            stands_for=names.get(line.substitute_for_id or 0, "") or ("?" if line.substitute_for_id else ""),
            substitutes=tuple(one.name for _, one in now if one.substitute_for_id == line.membership_id),
            start=dates[line.membership_id].start_date,
            end=dates[line.membership_id].end_date,
            note=dates[line.membership_id].note,
            coming=line.membership_id in later_keys,
            voting_right=dates[line.membership_id].voting_right,
            from_ris=dates[line.membership_id].oparl_id is not None,
        )
        for line in [*ordered, *(line for _, line in later)]
    )


def person_places(place: Workplace, person_id: int, day: date) -> tuple[str, tuple[PersonPlace, ...]]:
    """A person's name and the places it had on a day, by body.

    Raises:
        Refusal: the person is gone, or hidden from this desk.
    """
    fraction = aliased(Organization)
    with place.reading() as session:
        person = read_contact(place, session, "person", person_id)
        rows = session.execute(
            select(Membership, Organization.name, Organization.short_name)
            .add_columns(fraction.short_name.label("fraction_short"), fraction.name.label("fraction"))
            .join(Organization, Organization.id == Membership.organization_id)
            .outerjoin(fraction, fraction.id == Membership.on_behalf_of_id)
            .where(Membership.person_id == person_id, on_day(day))
        ).all()
        holders = _holders(session, [row.Membership.substitute_for_id for row in rows])
        places = [
            PersonPlace(
                membership_id=row.Membership.id,
                organization_id=row.Membership.organization_id or 0,
                text=_told(row, holders),
            )
            for row in sorted(rows, key=lambda row: (fold(row.name), row.Membership.id))
        ]
        return contact_name(person), tuple(places)


def term(start: date | None, end: date | None) -> str:
    """From when to when, in words: „seit Do 6.11.2025“."""
    if start is not None and end is not None:
        return f"{long_date(start)} bis {long_date(end)}"
    if start is not None:
        return f"seit {long_date(start)}"
    return f"bis {long_date(end)}" if end is not None else ""


def _told(row: Any, holders: dict[int, str]) -> str:
    one: Membership = row.Membership
    fraction = clean(row.fraction_short or row.fraction or "")
    stands = holders.get(one.substitute_for_id or 0, "")
    parts = (
        clean(row.name),
        clean(one.role),
        f"für {fraction}" if fraction else "",
        f"vertritt {stands}" if stands else "",
        "" if votes(one) else "ohne Stimmrecht",
        term(one.start_date, one.end_date),
    )
    return " · ".join(part for part in parts if part)


def votes(row: Membership) -> bool:
    """Whether a place has a vote: as it says, else as its role does."""
    if row.voting_right is not None:
        return row.voting_right
    return role_kind(row.role) not in (RoleKind.BERATEND, RoleKind.SCHRIFTFUEHRUNG)


def _dates(session: Session, ids: Sequence[int]) -> dict[int, Any]:
    rows = session.execute(
        select(Membership.id, Membership.start_date, Membership.end_date, Membership.note)
        .add_columns(Membership.oparl_id, Membership.voting_right)
        .where(Membership.id.in_(ids))
    )
    return {row.id: row for row in rows}


def _holders(session: Session, ids: Sequence[int | None]) -> dict[int, str]:
    """The names of the people who hold these memberships."""
    rows = session.execute(
        select(Membership.id, Person)
        .join(Person, Person.id == Membership.person_id)
        .where(Membership.id.in_([key for key in ids if key is not None]))
    )
    return {key: contact_name(person) for key, person in rows}
