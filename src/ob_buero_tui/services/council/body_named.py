"""Finds a body by what somebody typed: its short name, its name, or the beginning of either."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from ob_buero_tui.rules.folding import fold
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.council import MeetingOrganization
from ob_buero_tui.store.people import Organization


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedBody:
    """A body that sits in sessions."""

    id: int
    label: str


def bodies_named(place: Workplace, text: str) -> tuple[NamedBody, ...]:
    """The bodies that are meant: called exactly that, else beginning so, else with it in their name."""
    with place.reading() as session:
        sitting = select(MeetingOrganization.organization_id)
        rows = session.execute(
            select(Organization.id, Organization.name, Organization.short_name)
            .where(Organization.id.in_(sitting))
            .order_by(Organization.name, Organization.id)
        ).all()
    wanted = fold(text.strip())
    if not wanted:
        return ()
    names = {row.id: [fold(name) for name in (row.short_name, row.name) if name] for row in rows}
    for meant in (
        lambda name: name == wanted,
        lambda name: name.startswith(wanted),
        lambda name: wanted in name,
    ):
        found = [row for row in rows if any(map(meant, names[row.id]))]
        if found:
            return tuple(NamedBody(id=row.id, label=row.name) for row in found)
    return ()


def body_label(place: Workplace, body_id: int) -> str:
    """What a body is called."""
    with place.reading() as session:
        return session.scalar(select(Organization.name).where(Organization.id == body_id)) or ""
