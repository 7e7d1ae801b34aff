"""An agenda that this office leads, with topics that wait for it."""

from __future__ import annotations

from datetime import date
from typing import Any

from council_kit import write
from sqlalchemy import select

from ob_buero_tui.services.council.agenda_order import agenda_items
from ob_buero_tui.services.work import Work
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.council import Consultation, ConsultationOrganization, Paper
from ob_buero_tui.store.council_topics import Topic


def add_paper(place: Workplace, name: str, *bodies: int, **values: Any) -> int:
    """A paper with a station before each of these bodies, none of which has a session yet."""

    def fill(work: Work) -> int:
        row = Paper(name=name, extra={}, **values)
        work.session.add(row)
        work.session.flush()
        for position, body in enumerate(bodies):
            station = Consultation(paper_id=row.id, position=position, role="Vorberatung", extra={})
            work.session.add(station)
            work.session.flush()
            work.session.add(ConsultationOrganization(consultation_id=station.id, organization_id=body))
        return row.id

    return int(write(place, fill))


def add_topic(place: Workplace, title: str, **values: Any) -> int:
    """Something that waits for a session."""

    def fill(work: Work) -> Topic:
        row = Topic(title=title, **values)
        work.session.add(row)
        return row

    return int(write(place, fill).id)


def stations(place: Workplace, paper_id: int) -> list[tuple[int | None, int | None]]:
    """Session and item of each station of a paper."""
    with place.reading() as session:
        rows = session.execute(
            select(Consultation.meeting_id, Consultation.agenda_item_id)
            .where(Consultation.paper_id == paper_id, Consultation.deleted.is_(False))
            .order_by(Consultation.position, Consultation.id)
        )
        return [(row.meeting_id, row.agenda_item_id) for row in rows]


def topic(place: Workplace, topic_id: int) -> Topic:
    """A topic as it is stored."""
    with place.reading() as session:
        found = session.get(Topic, topic_id)
        assert found is not None
        return found


def agenda(place: Workplace, meeting_id: int) -> list[str]:
    """Number and title of the items, late and withdrawn ones marked."""
    with place.reading() as session:
        return [
            f"{one.number} {one.name}{' (N)' if one.late else ''}{' (ab)' if one.withdrawn else ''}"
            for one in agenda_items(session, meeting_id)
        ]


TODAY = date(2026, 11, 25)
