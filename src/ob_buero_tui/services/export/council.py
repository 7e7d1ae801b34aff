"""Sessions and papers of the council as they leave the office."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from ob_buero_tui.catalog.agenda import agenda_rules
from ob_buero_tui.rules.visibility import Confidentiality, View
from ob_buero_tui.services.council.agenda_rows import agenda_rows
from ob_buero_tui.services.council.published import published_papers
from ob_buero_tui.services.council.sessions import meeting_rows
from ob_buero_tui.services.council.views import AgendaRow, MeetingRow
from ob_buero_tui.services.export.wanted import Gathered, Wanted
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.council import AgendaItem, Consultation, Meeting, MeetingOrganization, Paper
from ob_buero_tui.store.people import Organization


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingOut:
    """One session: its row with the chain of dates, and its agenda."""

    row: MeetingRow
    agenda: tuple[AgendaRow, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StationOut:
    """One station of a paper: the item of an agenda it was."""

    meeting_id: int | None
    agenda_item: str = ""
    role: str = ""
    result: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperOut:
    """One paper with its way through the bodies."""

    id: int
    reference: str
    name: str
    type: str = ""
    date: date | None = None
    consultations: tuple[StationOut, ...] = ()


def meetings_out(place: Workplace, wanted: Wanted) -> Gathered[MeetingOut]:
    """All sessions that may be told of, by their beginning; outside, the non-public part by general terms."""
    with place.reading() as session:
        known = session.execute(
            select(Meeting.id, Meeting.start, Meeting.confidentiality)
            .where(Meeting.deleted.is_(False))
            .order_by(Meeting.start.is_(None), Meeting.start, Meeting.id)
        ).all()
        secret = _secret_bodies(session)
        agendas = _agendas(session, place, wanted)
    inside = [one for one in known if wanted.within(one.start.date() if one.start else None)]
    ids = [one.id for one in inside if wanted.sees(one.confidentiality) is View.FULL]
    told = [key for key in ids if key not in secret]
    rows = meeting_rows(place, told, wanted.audience)
    found = tuple(
        MeetingOut(row=rows[key], agenda=tuple(agendas.get(key, ()))) for key in told if key in rows
    )
    return Gathered(rows=found, left_out=len(inside) - len(told))


def papers_out(place: Workplace, wanted: Wanted) -> Gathered[PaperOut]:
    """All papers that may be told of, by their key; outside, those that were on a public agenda."""
    with place.reading() as session:
        rows = session.execute(
            select(Paper.id, Paper.reference, Paper.name, Paper.paper_type, Paper.date)
            .add_columns(Paper.confidentiality)
            .where(Paper.deleted.is_(False))
            .order_by(Paper.id)
        ).all()
        stations = _stations(session, wanted)
        published = published_papers(session) if wanted.outside else set()
    found, left_out = [], 0
    for row in rows:
        if not wanted.within(row.date):
            continue
        if wanted.sees(row.confidentiality) is not View.FULL:
            left_out += 1
        elif not wanted.outside or row.id in published:
            on = tuple(stations.get(row.id, ()))
            found.append(
                PaperOut(
                    id=row.id,
                    reference=row.reference,
                    name=row.name,
                    type=row.paper_type,
                    date=row.date,
                    consultations=on,
                )
            )
    return Gathered(rows=tuple(found), left_out=left_out)


def _secret_bodies(session: Session) -> set[int]:
    """The sessions of bodies that must not be named; any other body is known from its sessions."""
    hidden = (Confidentiality.VERTRAULICH.value, Confidentiality.PERSOENLICH.value)
    return set(
        session.scalars(
            select(MeetingOrganization.meeting_id)
            .join(Organization, Organization.id == MeetingOrganization.organization_id)
            .where(Organization.confidentiality.in_(hidden))
        )
    )


def _agendas(session: Session, place: Workplace, wanted: Wanted) -> dict[int, list[AgendaRow]]:
    """The items of all sessions; outside, those of the non-public part by their general terms."""
    return agenda_rows(
        session,
        agenda_rules(place.catalog),
        lambda level: wanted.sees(level) is View.FULL,
        outside=wanted.outside,
    )


def _stations(session: Session, wanted: Wanted) -> dict[int, list[StationOut]]:
    """The stations of all papers; outside, those on a public agenda of a session that may be told of."""
    rows: Sequence[Any] = session.execute(
        select(Consultation.paper_id, Consultation.role, Consultation.meeting_id, AgendaItem.number)
        .add_columns(AgendaItem.result, AgendaItem.public, AgendaItem.meeting_id.label("by_item"))
        .outerjoin(
            AgendaItem, and_(AgendaItem.id == Consultation.agenda_item_id, AgendaItem.deleted.is_(False))
        )
        .where(Consultation.paper_id.is_not(None), Consultation.deleted.is_(False))
        .order_by(Consultation.paper_id, Consultation.position, Consultation.id)
    ).all()
    levels = {
        row.id: row.confidentiality
        for row in session.execute(
            select(Meeting.id, Meeting.confidentiality).where(Meeting.deleted.is_(False))
        )
    }
    found: dict[int, list[StationOut]] = {}
    for row in rows:
        key = row.meeting_id if row.meeting_id is not None else row.by_item
        known = key in levels and wanted.sees(levels[key]) is View.FULL
        if wanted.outside and not (known and row.public is True):
            continue
        if key is not None and not known:
            continue
        station = StationOut(
            meeting_id=key, agenda_item=row.number or "", role=row.role or "", result=row.result or ""
        )
        found.setdefault(row.paper_id, []).append(station)
    return found
