"""What papers still lack: number, Federführung, document, and a Beratungsfolge that holds."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import and_, bindparam, func, or_, select, union_all
from sqlalchemy.orm import Session

from ob_buero_tui.catalog.papers import PaperKind, PaperNeed, paper_rules
from ob_buero_tui.rules.beratungsfolge import Finding, Station, findings
from ob_buero_tui.rules.clean import shorten
from ob_buero_tui.rules.visibility import Audience, Confidentiality
from ob_buero_tui.services.council.meeting import readable
from ob_buero_tui.services.council.paper_stations import PaperSteps, stations_of
from ob_buero_tui.services.fetching import AMONG, Columns, fetch
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.council import AgendaItem, Consultation, FileLink, Meeting, Paper, PaperParty

DIRECTION = "under_direction_of"
"""The role of who is responsible for a paper, OParl's property in snake case."""
MAIN_FILE = "main_file"
SHOWN_BY_RIS = (PaperNeed.NUMMER, PaperNeed.FEDERFUEHRUNG, PaperNeed.DOKUMENT, PaperNeed.BERATUNGSFOLGE)
"""What a paper of a council information system can lack: of the rest it tells nothing."""
ON_ITS_WAY = {"": "ohne Stand", "entwurf": "Entwurf", "mitzeichnung": "in Mitzeichnung"}
"""States of a paper that is not released yet."""
OVER = ("zurueckgezogen", "beschlossen")
_LACKS = {
    PaperNeed.NUMMER: "Nummer fehlt",
    PaperNeed.FEDERFUEHRUNG: "Federführung fehlt",
    PaperNeed.AKTENZEICHEN: "Aktenzeichen fehlt",
    PaperNeed.DOKUMENT: "Dokument fehlt",
    PaperNeed.BERATUNGSFOLGE: "Beratungsfolge fehlt",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """One paper with what it lacks.

    Args:
        lacks: What a paper of its kind needs and this one has not, in German.
        findings: What its Beratungsfolge lacks.
        stations: The steps, in their order.
        name: Its title.
    """

    paper_id: int
    reference: str
    name: str
    lacks: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    stations: tuple[Station, ...] = ()

    @property
    def texts(self) -> tuple[str, ...]:
        """All that stands in its way, in German."""
        return self.lacks + tuple(one.text for one in self.findings if one.serious)


def checked(
    session: Session, place: Workplace, paper_ids: Sequence[int], steps: PaperSteps | None = None
) -> dict[int, Checked]:
    """Check some papers; those that are withdrawn or decided lack nothing any more.

    Args:
        steps: Theirs, where they were read already.
    """
    rules = paper_rules(place.catalog)
    stations = stations_of(session, place, paper_ids, steps)
    direction, documents = (
        _with_direction(session, paper_ids),
        _with_document(session, paper_ids),
    )
    found: dict[int, Checked] = {}
    for row in fetch(session, _papers(), paper_ids):
        kind = rules.kind_of(row.kind, row.paper_type)
        own = stations.get(row.id, ())
        has = {PaperNeed.NUMMER} if row.reference else set()
        has |= {PaperNeed.FEDERFUEHRUNG} if row.id in direction else set()
        has |= {PaperNeed.AKTENZEICHEN} if row.file_reference else set()
        has |= {PaperNeed.DOKUMENT} if row.id in documents else set()
        has |= {PaperNeed.BERATUNGSFOLGE} if own else set()
        over = row.state in OVER
        found[row.id] = Checked(
            paper_id=row.id,
            reference=row.reference,
            name=row.name,
            stations=own,
            lacks=() if over else _lacks(row, kind, has),
            findings=() if over else _findings(row, kind, own, place.now),
        )
    return found


@cache
def _papers() -> Columns:
    """What the checks look at; made once, as making it takes longer than reading."""
    return (
        select(Paper.id, Paper.reference, Paper.name, Paper.kind, Paper.paper_type, Paper.state)
        .add_columns(Paper.oparl_id, Paper.file_reference, Paper.deadline_on)
        .where(Paper.id.in_(AMONG))
    )


def lacks_of(place: Workplace, meeting_id: int) -> tuple[str, ...]:
    """What the papers of a session still lack, one German line for each that lacks something.

    A session that is over, cancelled or gone asks for nothing.
    """
    with place.reading() as session:
        return lacks_within(session, place, meeting_id)


def lacks_within(session: Session, place: Workplace, meeting_id: int) -> tuple[str, ...]:
    """The same, in a session that is open already."""
    meeting = next(iter(fetch(session, _sitting(), meeting=meeting_id)), None)
    if meeting is None or meeting.deleted or meeting.cancelled:
        return ()
    if meeting.start is not None and meeting.start <= place.now:
        return ()
    rows = _of_meeting(session, place, meeting_id)
    checks = checked(session, place, [row.paper_id for row in rows])
    lines: dict[int, list[str]] = {}
    for row in rows:
        one = checks[row.paper_id]
        lines.setdefault(row.paper_id, list(one.lacks) + _up_to(one, row.consultation_id))
        lines[row.paper_id] += _placed_wrong(row)
    return tuple(
        f"{_named(checks[key])}: {'; '.join(dict.fromkeys(texts))}" for key, texts in lines.items() if texts
    )


def _lacks(row: Any, kind: PaperKind | None, has: Collection[PaperNeed]) -> tuple[str, ...]:
    if kind is None:
        return () if row.oparl_id else ("Art fehlt",)
    needs = [one for one in kind.needs if not row.oparl_id or one in SHOWN_BY_RIS]
    texts = [_LACKS[one] for one in needs if one in _LACKS and one not in has]
    if PaperNeed.FREIGABE in needs and row.state in ON_ITS_WAY:
        texts.append(f"nicht freigegeben ({ON_ITS_WAY[row.state]})")
    return tuple(texts)


def _findings(
    row: Any, kind: PaperKind | None, stations: Sequence[Station], now: datetime
) -> tuple[Finding, ...]:
    decided = kind is not None and kind.decided
    return findings(stations, now, decided=decided, deadline=row.deadline_on)


def _up_to(one: Checked, consultation_id: int) -> list[str]:
    """What the Beratungsfolge lacks up to a step: what comes after it is another session's matter."""
    order = [station.id for station in one.stations]
    reached = order.index(consultation_id) if consultation_id in order else len(order)
    return [
        found.text
        for found in one.findings
        if found.station_id is None or order.index(found.station_id) <= reached
    ]


def _placed_wrong(row: Any) -> list[str]:
    if row.item_id is None:
        return ["steht nicht auf der Tagesordnung"]
    if row.public is True and row.confidentiality != Confidentiality.OEFFENTLICH.value:
        return [f"ist {row.confidentiality}, steht aber im öffentlichen Teil"]
    return []


def _named(one: Checked) -> str:
    return one.reference or f"„{shorten(one.name, 40) or 'Vorlage'}“"


def _of_meeting(session: Session, place: Workplace, meeting_id: int) -> list[Any]:
    """The papers of a session in the order of its agenda, those that wait for a place last."""
    rows = fetch(session, _of_its_papers(), meeting=meeting_id)
    return [row for row in rows if readable(place, row.confidentiality, Audience.INTERN)]


@cache
def _sitting() -> Columns:
    return select(Meeting.deleted, Meeting.cancelled, Meeting.start).where(Meeting.id == bindparam("meeting"))


@cache
def _of_its_papers() -> Columns:
    meeting_id: Any = bindparam("meeting")
    on_agenda = select(AgendaItem.id).where(AgendaItem.meeting_id == meeting_id)
    # Each side by its own index; together in one condition they would read all steps of all papers.
    near = union_all(
        select(Consultation.id).where(Consultation.agenda_item_id.in_(on_agenda)),
        select(Consultation.id).where(Consultation.meeting_id == meeting_id),
    )
    return (
        select(Consultation.id.label("consultation_id"), Consultation.paper_id, Paper.confidentiality)
        .add_columns(AgendaItem.id.label("item_id"), AgendaItem.public)
        .join(Paper, and_(Paper.id == Consultation.paper_id, Paper.deleted.is_(False)))
        .outerjoin(
            AgendaItem, and_(AgendaItem.id == Consultation.agenda_item_id, AgendaItem.deleted.is_(False))
        )
        .where(
            Consultation.id.in_(near),
            or_(
                AgendaItem.meeting_id == meeting_id,
                and_(Consultation.meeting_id == meeting_id, AgendaItem.id.is_(None)),
            ),
        )
        .where(Consultation.deleted.is_(False), func.coalesce(AgendaItem.withdrawn, 0) == 0)
        .order_by(AgendaItem.position.is_(None), AgendaItem.position, Consultation.position, Consultation.id)
    )


def _with_direction(session: Session, paper_ids: Sequence[int]) -> set[int]:
    return {row.paper_id for row in fetch(session, _directions(), paper_ids)}


@cache
def _directions() -> Columns:
    return select(PaperParty.paper_id).where(PaperParty.paper_id.in_(AMONG), PaperParty.role == DIRECTION)


def _with_document(session: Session, paper_ids: Sequence[int]) -> set[int | None]:
    return {row.paper_id for row in fetch(session, _documents(), paper_ids)}


@cache
def _documents() -> Columns:
    return select(FileLink.paper_id).where(FileLink.paper_id.in_(AMONG), FileLink.role == MAIN_FILE)
