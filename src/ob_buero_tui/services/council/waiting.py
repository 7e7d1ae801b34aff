"""What waits for a session: topics of the Themenspeicher, and papers whose next station is its body."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ob_buero_tui.rules.german import short_date
from ob_buero_tui.rules.visibility import Confidentiality, View
from ob_buero_tui.services.council import topic_list
from ob_buero_tui.services.council.sittings import seats_of
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.council import Consultation, ConsultationOrganization, Paper

MOST = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """Something that may come on an agenda: a topic, or a paper without one."""

    key: str
    title: str
    reference: str = ""
    public: bool = True
    until: str = ""
    topic_id: int | None = None
    paper_id: int | None = None


def waiting_for(place: Workplace, meeting_id: int) -> tuple[Waiting, ...]:
    """The topics for a session, then the papers that wait for its body and are no topic."""
    topics = topic_list.waiting_for(place, meeting_id)
    found = [
        Waiting(
            key=f"t{one.id}",
            title=one.title,
            reference=one.paper_reference,
            public=one.public,
            until=f"bis {short_date(one.latest_on)}" if one.latest_on else "",
            topic_id=one.id,
            paper_id=one.paper_id,
        )
        for one in topics
    ]
    known = {one.paper_id for one in topics}
    return (*found, *(one for one in _papers_for(place, meeting_id) if one.paper_id not in known))


def paper_numbered(session: Session, typed: str) -> Paper | None:
    """The paper whose number was typed in place of a title."""
    numbered = select(Paper).where(
        Paper.reference != "", func.lower(Paper.reference) == typed.lower(), Paper.deleted.is_(False)
    )
    return session.scalars(numbered).first()


def paper_called(place: Workplace, typed: str) -> str:
    """Number and title of the paper whose number was typed; empty where there is none to be seen here."""
    with place.reading() as session:
        paper = paper_numbered(session, typed)
        if paper is None or place.sees(paper.confidentiality, "") is not View.FULL:
            return ""
        return f"{paper.reference}: {paper.name}"


def _papers_for(place: Workplace, meeting_id: int) -> list[Waiting]:
    levels = [level.value for level in Confidentiality if place.sees(level, "") is View.FULL]
    with place.reading() as session:
        seats = [seat.id for seat in seats_of(session, [meeting_id]).get(meeting_id, [])]
        papers = session.execute(
            select(Paper.id, Paper.name, Paper.reference, Paper.confidentiality)
            .join(Consultation, Consultation.paper_id == Paper.id)
            .join(ConsultationOrganization, ConsultationOrganization.consultation_id == Consultation.id)
            .where(ConsultationOrganization.organization_id.in_(seats))
            .where(Consultation.meeting_id.is_(None), Consultation.agenda_item_id.is_(None))
            .where(Consultation.deleted.is_(False), Paper.deleted.is_(False), Consultation.result == "")
            .where(Paper.confidentiality.in_(levels), Paper.state.not_in(("zurueckgezogen", "beschlossen")))
            .distinct()
            .order_by(Paper.id.desc())
            .limit(MOST)
        ).all()
    return [
        Waiting(
            key=f"v{row.id}",
            title=row.name,
            reference=row.reference,
            public=row.confidentiality == Confidentiality.OEFFENTLICH.value,
            paper_id=row.id,
        )
        for row in papers
    ]
