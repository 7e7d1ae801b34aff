"""One paper with its way through the bodies."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from ob_buero_tui.rules.german import long_date
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.visibility import OUTSIDE, Audience
from ob_buero_tui.services.council.meeting import files_of, readable
from ob_buero_tui.services.council.published import published_papers
from ob_buero_tui.services.council.sittings import seats_of
from ob_buero_tui.services.council.views import ConsultationLine, PaperView
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.council import (
    AgendaItem,
    Consultation,
    ConsultationOrganization,
    FileLink,
    Meeting,
    Paper,
)
from ob_buero_tui.store.people import Organization


def paper(place: Workplace, paper_id: int, audience: Audience = Audience.INTERN) -> PaperView:
    """A paper for its panel, as an audience may see it.

    The press and the public are told of papers that were on a public agenda, and of these stations alone.

    Raises:
        Refusal: there is no such paper, or the audience may not see it.
    """
    with place.reading() as session:
        row = session.get(Paper, paper_id)
        if row is None or row.deleted or not _told(session, place, row, audience):
            raise Refusal("Diese Vorlage gibt es nicht mehr.", "", "Wählen Sie eine andere.")
        return PaperView(
            id=row.id,
            reference=row.reference,
            name=row.name,
            type=row.paper_type,
            date=row.date,
            consultations=_consultations(session, place, paper_id, audience),
            files=() if audience in OUTSIDE else files_of(session, FileLink.paper_id == paper_id),
        )


def _told(session: Session, place: Workplace, row: Paper, audience: Audience) -> bool:
    if not readable(place, row.confidentiality, audience):
        return False
    return audience not in OUTSIDE or row.id in published_papers(session, [row.id])


def _consultations(
    session: Session, place: Workplace, paper_id: int, audience: Audience
) -> tuple[ConsultationLine, ...]:
    """The stations in the order of their sessions; those without a date come last."""
    rows = session.execute(
        select(Consultation.id, Consultation.role, Consultation.authoritative, Consultation.position)
        .add_columns(Meeting.id.label("meeting_id"), Meeting.start, Meeting.confidentiality)
        .add_columns(AgendaItem.number, AgendaItem.result, AgendaItem.public)
        .outerjoin(
            AgendaItem, and_(AgendaItem.id == Consultation.agenda_item_id, AgendaItem.deleted.is_(False))
        )
        # A station may know its item alone, which knows its session.
        .outerjoin(
            Meeting,
            and_(
                Meeting.id == func.coalesce(Consultation.meeting_id, AgendaItem.meeting_id),
                Meeting.deleted.is_(False),
            ),
        )
        .where(Consultation.paper_id == paper_id, Consultation.deleted.is_(False))
        .order_by(Meeting.start.is_(None), Meeting.start, Consultation.position, Consultation.id)
    ).all()
    if audience in OUTSIDE:
        rows = [
            row
            for row in rows
            if row.public is True
            and row.meeting_id is not None
            and readable(place, row.confidentiality, audience)
        ]
    named = _bodies(session, [row.id for row in rows])
    seats = seats_of(session, [row.meeting_id for row in rows if row.meeting_id is not None])
    return tuple(
        ConsultationLine(
            meeting_id=row.meeting_id,
            text=_line(row, named.get(row.id) or [seat.short_name for seat in seats.get(row.meeting_id, ())]),
        )
        for row in rows
    )


def _bodies(session: Session, ids: Sequence[int]) -> dict[int, list[str]]:
    rows = session.execute(
        select(ConsultationOrganization.consultation_id, Organization.short_name, Organization.name)
        .join(Organization, Organization.id == ConsultationOrganization.organization_id)
        .where(ConsultationOrganization.consultation_id.in_(ids))
        .order_by(ConsultationOrganization.id)
    )
    found: dict[int, list[str]] = {}
    for key, short_name, name in rows:
        found.setdefault(key, []).append(short_name or name)
    return found


def _line(row: Any, bodies: Sequence[str]) -> str:
    """One station: „Do 10.12.2026 · Stadtrat · TOP Ö 7 · Entscheidung · einstimmig beschlossen“."""
    role = row.role or ("Entscheidung" if row.authoritative else "")
    parts = (
        long_date(row.start.date()) if row.start is not None else "ohne Termin",
        ", ".join(bodies),
        f"TOP {row.number}" if row.number else "",
        role,
        row.result or "",
    )
    return " · ".join(part for part in parts if part)
