"""The steps of papers through the bodies, read for checks and panels with the dates of their sessions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from ob_buero_tui.rules.beratungsfolge import Station
from ob_buero_tui.rules.session_chain import VERSAND, ChainDate
from ob_buero_tui.services.council.chain import Chains
from ob_buero_tui.services.council.sittings import Seat, Sitting, coming_of, seats_of
from ob_buero_tui.services.fetching import AMONG, Columns, fetch
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.council import AgendaItem, Consultation, ConsultationOrganization, Meeting
from ob_buero_tui.store.people import Organization


def station_rows(session: Session, paper_ids: Sequence[int]) -> Sequence[Any]:
    """The steps of some papers in their order, each with its item and its session, which may be missing."""
    return fetch(session, _all_steps(), paper_ids)


@cache
def _all_steps() -> Columns:
    """What is read of a step; made once, as making it takes longer than reading."""
    return (
        select(Consultation.id, Consultation.paper_id, Consultation.position, Consultation.role)
        .add_columns(Consultation.authoritative, Consultation.oparl_id)
        .add_columns(func.coalesce(func.nullif(Consultation.result, ""), AgendaItem.result).label("result"))
        .add_columns(AgendaItem.id.label("item_id"), AgendaItem.number, AgendaItem.public)
        .add_columns(AgendaItem.withdrawn, Meeting.id.label("meeting_id"), Meeting.start, Meeting.cancelled)
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
        .where(Consultation.paper_id.in_(AMONG), Consultation.deleted.is_(False))
        .order_by(Consultation.paper_id, Consultation.position, Meeting.start, Consultation.id)
    )


def bodies_of(session: Session, consultation_ids: Sequence[int]) -> dict[int, list[tuple[int, str]]]:
    """Before which bodies some steps put their papers: keys and short names, by step."""
    found: dict[int, list[tuple[int, str]]] = {}
    for consultation_id, key, name in fetch(session, _all_bodies(), consultation_ids):
        found.setdefault(consultation_id, []).append((key, name))
    return found


@cache
def _all_bodies() -> Columns:
    return (
        select(ConsultationOrganization.consultation_id, Organization.id)
        .add_columns(func.coalesce(func.nullif(Organization.short_name, ""), Organization.name))
        .join(Organization, Organization.id == ConsultationOrganization.organization_id)
        .where(ConsultationOrganization.consultation_id.in_(AMONG))
        .order_by(ConsultationOrganization.id)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperSteps:
    """The steps of some papers as they are stored, read once for all that asks for them.

    Args:
        rows: As `station_rows` gives them.
        bodies: Before which bodies they put their papers, by step.
        seats: Who sits in their sessions, by session.
        coming: Those of the sessions that are still ahead.
    """

    rows: Sequence[Any]
    bodies: Mapping[int, Sequence[tuple[int, str]]]
    seats: Mapping[int, Sequence[Seat]]
    coming: Sequence[Sitting]


def read_steps(session: Session, place: Workplace, paper_ids: Sequence[int]) -> PaperSteps:
    """Read the steps of some papers with their bodies and sessions."""
    rows = station_rows(session, paper_ids)
    meetings = {row.meeting_id for row in rows if row.meeting_id is not None}
    coming = coming_of(session, sorted(meetings), place.now)
    seats = {one.id: one.seats for one in coming}
    others = seats_of(session, sorted(meetings - seats.keys()))
    return PaperSteps(
        rows=rows,
        bodies=bodies_of(session, [row.id for row in rows]) if rows else {},
        seats={**others, **seats},
        coming=coming,
    )


def stations_of(
    session: Session, place: Workplace, paper_ids: Sequence[int], steps: PaperSteps | None = None
) -> dict[int, tuple[Station, ...]]:
    """The steps of some papers as the checks take them, by paper, in their order."""
    known = steps or read_steps(session, place, paper_ids)
    last = _dispatches(session, place, known.coming)
    found: dict[int, list[Station]] = {}
    for row in known.rows:
        named = [name for _key, name in known.bodies.get(row.id, ())]
        named = named or [seat.short_name for seat in known.seats.get(row.meeting_id, ())[:1]]
        dispatch = last.get(row.meeting_id)
        found.setdefault(row.paper_id, []).append(
            Station(
                id=row.id,
                body=", ".join(named),
                start=row.start,
                role=row.role or "",
                authoritative=row.authoritative,
                dispatch=dispatch.on if dispatch else None,
                rule=dispatch.rule if dispatch else "",
                placed=row.item_id is not None and not row.withdrawn,
                cancelled=bool(row.cancelled),
                result=row.result or "",
            )
        )
    return {key: tuple(stations) for key, stations in found.items()}


def _dispatches(session: Session, place: Workplace, coming: Sequence[Sitting]) -> dict[int, ChainDate]:
    """The last day of dispatch of some coming sessions, by session."""
    if not coming:
        return {}
    chains = Chains.of(session, place)
    found = {one.id: [step for step in chains.dates(one) if step.step.key == VERSAND] for one in coming}
    return {key: steps[0] for key, steps in found.items() if steps}
