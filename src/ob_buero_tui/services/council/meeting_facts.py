"""What the office knows of a session beside its agenda: who leads it, and what became of it."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from ob_buero_tui.rules.visibility import Confidentiality, View, label
from ob_buero_tui.services.council.leading import led_by_of
from ob_buero_tui.services.council.memberships import officers_of
from ob_buero_tui.services.council.views import MeetingFacts
from ob_buero_tui.services.people.columns import contact_name
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.council import Meeting
from ob_buero_tui.store.people import Person


def facts_of(session: Session, place: Workplace, row: Meeting, body: int | None) -> MeetingFacts:
    """What is known of a session that this desk may read.

    Args:
        body: The key of its leading body.
    """
    day = row.start.date() if row.start is not None else place.today
    level = Confidentiality(row.confidentiality)
    chair, clerk = officers(session, row, body, day)
    return MeetingFacts(
        moved_from=row.moved_from,
        moved_note=row.moved_note,
        cancelled_note=row.cancelled_note,
        chair=_name(session, place, chair),
        clerk=_name(session, place, clerk),
        led_by=led_by_of(session, place.catalog, [row.id])[row.id],
        confidentiality="" if level is Confidentiality.OEFFENTLICH else label(level),
    )


def officers(
    session: Session, row: Meeting, organization_id: int | None, day: date
) -> tuple[int | None, int | None]:
    """Who leads and who writes a session: its own, else those of the leading body on that day."""
    chair, clerk = row.chair_id, row.clerk_id
    if organization_id is not None and not (chair and clerk):
        usual = officers_of(session, organization_id, day)
        chair, clerk = chair or usual[0], clerk or usual[1]
    return chair, clerk


def _name(session: Session, place: Workplace, person_id: int | None) -> str:
    person = session.get(Person, person_id) if person_id is not None else None
    if person is None or place.sees(person.confidentiality, "") is not View.FULL:
        return ""
    return contact_name(person)
