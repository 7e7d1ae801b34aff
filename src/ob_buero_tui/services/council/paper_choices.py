"""What may be chosen for a step of a Beratungsfolge: bodies, and their coming sessions."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select

from ob_buero_tui.rules.session_chain import VERSAND
from ob_buero_tui.services.council.chain import Chains
from ob_buero_tui.services.council.paper_views import SessionChoice
from ob_buero_tui.services.council.sittings import read_sittings
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.council import Meeting, MeetingOrganization
from ob_buero_tui.store.people import Organization

COMMITTEE = "Gremium"
"""What OParl calls a body that sits (`organizationType`)."""
AHEAD = 12
"""How many coming sessions are offered."""


def bodies_to_consult(place: Workplace) -> tuple[tuple[int, str], ...]:
    """The bodies that a paper may be put before: key and name, those that sit first."""
    sits = select(MeetingOrganization.organization_id)
    with place.reading() as session:
        rows = session.execute(
            select(Organization.id, Organization.name)
            .where(Organization.id.in_(sits) | (Organization.organization_type == COMMITTEE))
            .where(func.coalesce(func.json_extract(Organization.extra, "$.oparl.deleted"), 0) == 0)
            .where(Organization.end_date.is_(None) | (Organization.end_date >= place.today))
            .order_by(Organization.name, Organization.id)
        )
        return tuple((key, name) for key, name in rows)


def sessions_of(place: Workplace, organization_ids: Sequence[int]) -> tuple[SessionChoice, ...]:
    """The coming sessions of some bodies, none cancelled, with the last day their invitation may go out.

    Args:
        organization_ids: The bodies; none: all.
    """
    ours = [Meeting.deleted.is_(False), Meeting.cancelled.is_(False), Meeting.start > place.now]
    if organization_ids:
        sits = select(MeetingOrganization.meeting_id).where(
            MeetingOrganization.organization_id.in_(list(organization_ids))
        )
        ours.append(Meeting.id.in_(sits))
    with place.reading() as session:
        chains = Chains.of(session, place)
        found = []
        for one in read_sittings(session, *ours)[: AHEAD * 4]:
            if one.start is None:
                continue
            dispatch = next((step.on for step in chains.dates(one) if step.step.key == VERSAND), None)
            found.append(
                SessionChoice(
                    meeting_id=one.id,
                    body=one.leading.short_name if one.leading else one.name,
                    start=one.start,
                    dispatch=dispatch,
                    reached=dispatch is None or dispatch >= place.today,
                )
            )
    return tuple(found[:AHEAD])
