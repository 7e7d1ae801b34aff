"""The stations of a paper's Beratungsfolge: which one an item of an agenda belongs to."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ob_buero_tui.services.council.sittings import seats_of
from ob_buero_tui.services.work import Work
from ob_buero_tui.store.council import AgendaItem, Consultation, ConsultationOrganization, Meeting, Paper


def on_agenda(session: Session, paper_id: int, meeting_id: int) -> bool:
    """Whether a paper stands on the agenda of a session and was not taken off."""
    found = session.scalar(
        select(Consultation.id)
        .join(AgendaItem, AgendaItem.id == Consultation.agenda_item_id)
        .where(Consultation.paper_id == paper_id, Consultation.deleted.is_(False))
        .where(AgendaItem.meeting_id == meeting_id)
        .where(AgendaItem.deleted.is_(False), AgendaItem.withdrawn.is_(False))
        .limit(1)
    )
    return found is not None


def link_station(work: Work, meeting: Meeting, paper: Paper, item: AgendaItem) -> None:
    """The paper's next free station before a body of this session gets the item; else a new station."""
    seats = [seat.id for seat in seats_of(work.session, [meeting.id]).get(meeting.id, [])]
    before = select(ConsultationOrganization.consultation_id).where(
        ConsultationOrganization.organization_id.in_(seats)
    )
    free = (
        select(Consultation)
        .where(Consultation.paper_id == paper.id, Consultation.deleted.is_(False))
        .where(Consultation.agenda_item_id.is_(None))
        .where(
            (Consultation.meeting_id == meeting.id)
            | (Consultation.meeting_id.is_(None) & Consultation.id.in_(before))
        )
        .order_by(Consultation.meeting_id.is_(None), Consultation.position, Consultation.id)
    )
    station = work.session.scalars(free).first()
    if station is None:
        last = work.session.scalar(
            select(func.max(Consultation.position)).where(
                Consultation.paper_id == paper.id, Consultation.deleted.is_(False)
            )
        )
        station = Consultation(
            paper_id=paper.id,
            meeting_id=meeting.id,
            agenda_item_id=item.id,
            position=0 if last is None else last + 1,
            extra={},
        )
        work.session.add(station)
        work.session.flush()
        seat_station(work, station, meeting.id)
    else:
        station.meeting_id, station.agenda_item_id = meeting.id, item.id
    work.session.flush()


def seat_station(work: Work, station: Consultation, meeting_id: int) -> None:
    """Let a station name its bodies, so that it still knows them without its session."""
    known = select(ConsultationOrganization.id).where(ConsultationOrganization.consultation_id == station.id)
    if work.session.scalar(known.limit(1)) is not None:
        return
    for seat in seats_of(work.session, [meeting_id]).get(meeting_id, []):
        work.session.add(ConsultationOrganization(consultation_id=station.id, organization_id=seat.id))
