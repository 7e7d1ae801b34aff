"""The Vorlagen: lists of papers and everything about one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, or_, select, union_all
from sqlalchemy.orm import Session

from ob_buero_tui.catalog.papers import paper_rules
from ob_buero_tui.rules.beratungsfolge import Station
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.visibility import Audience, Confidentiality, View
from ob_buero_tui.services.council.meeting import files_of, readable
from ob_buero_tui.services.council.paper_checks import DIRECTION, OVER, Checked, checked
from ob_buero_tui.services.council.paper_edit import ORIGINAL, STATE_WORDS, leads_paper
from ob_buero_tui.services.council.paper_stations import PaperSteps, read_steps
from ob_buero_tui.services.council.paper_views import PaperRecord, PaperRow, StationLine
from ob_buero_tui.services.council.responsibilities import led_at
from ob_buero_tui.services.fetching import AMONG, Columns, fetch
from ob_buero_tui.services.history import history_of
from ob_buero_tui.services.views import SplitView
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.council import (
    AgendaItem,
    Consultation,
    FileLink,
    Meeting,
    Paper,
    PaperParty,
    PaperRelation,
)
from ob_buero_tui.store.people import Organization, Person

IN_WORK, COMING, WAITING, EVERY = "arbeit", "kommend", "ohne", "alle"
SPLITS = {IN_WORK: "In Arbeit", COMING: "Kommende Sitzungen", WAITING: "Ohne Sitzung", EVERY: "Alle"}
_UNRELEASED = ("", "entwurf", "mitzeichnung")


def splits(place: Workplace) -> tuple[SplitView, ...]:
    """The splits with their counts."""
    with place.reading() as session:
        # All but those that come up are counted by one look at the papers.
        (count,) = fetch(
            session,
            select(func.count().label(EVERY))
            .add_columns(func.count().filter(_in_work()).label(IN_WORK))
            .add_columns(func.count().filter(_waits()).label(WAITING))
            .where(_seen(place)),
        )
        ahead = select(func.count()).select_from(_ids(place, COMING).order_by(None).subquery())
        counts = {**count._mapping, COMING: fetch(session, ahead)[0][0]}
        return tuple(SplitView(key=key, label=label, count=counts[key]) for key, label in SPLITS.items())


def paper_ids(place: Workplace, split: str) -> list[int]:
    """The papers of a split: those that come up by their next session, the others newest first."""
    with place.reading() as session:
        return list(session.connection().execute(_ids(place, split)).scalars())


def paper_rows(place: Workplace, ids: Sequence[int]) -> dict[int, PaperRow]:
    """The papers with these keys as rows; keys that are gone are left out."""
    rules = paper_rules(place.catalog)
    with place.reading() as session:
        checks = checked(session, place, ids)
        offices = _offices(session, ids)
        found: dict[int, PaperRow] = {}
        for row in fetch(session, _listed().where(_seen(place)), ids):
            kind = rules.kind_of(row.kind, row.paper_type)
            ahead = _next(checks[row.id].stations, place)
            found[row.id] = PaperRow(
                id=row.id,
                reference=row.reference,
                name=row.name,
                sign=kind.sign if kind else "",
                office=offices.get(row.id, (0, ""))[1],
                next_on=ahead.start.date() if ahead is not None and ahead.start else None,
                next_body=ahead.body if ahead is not None else "",
                state_label=STATE_WORDS.get(row.state, "") if row.state or row.oparl_id is None else "",
                lacks=len(checks[row.id].texts),
                over=row.state in OVER,
            )
    return found


@cache
def _listed() -> Columns:
    """What is read of a row; made once, as making it takes longer than reading."""
    return (
        select(Paper.id, Paper.reference, Paper.name, Paper.kind, Paper.paper_type)
        .add_columns(Paper.state, Paper.oparl_id)
        .where(Paper.id.in_(AMONG))
    )


def paper_record(place: Workplace, paper_id: int) -> PaperRecord:
    """A paper for its panel.

    Raises:
        Refusal: it is gone, or personal to another desk.
    """
    with place.reading() as session:
        row = session.get(Paper, paper_id)
        if row is None or row.deleted or not readable(place, row.confidentiality, Audience.INTERN):
            raise Refusal("Diese Vorlage gibt es nicht mehr.", "", "Wählen Sie eine andere.")
        kind = paper_rules(place.catalog).kind_of(row.kind, row.paper_type)
        steps = read_steps(session, place, [paper_id])
        check = checked(session, place, [paper_id], steps)[paper_id]
        office_id, office = _offices(session, [paper_id]).get(paper_id, (None, ""))
        return PaperRecord(
            id=row.id,
            reference=row.reference,
            name=row.name,
            kind=kind.key if kind else "",
            kind_label=row.paper_type or (kind.label if kind else ""),
            on=row.date,
            office_id=office_id,
            office=office,
            led=_led(session, office_id, row.date),
            originators=_originators(session, paper_id),
            author=row.author,
            file_reference=row.file_reference,
            deadline_on=row.deadline_on,
            state=row.state,
            state_label=STATE_WORDS.get(row.state, "") if row.state or row.oparl_id is None else "",
            confidentiality=row.confidentiality,
            ours=leads_paper(session, place, row, steps),
            lacks=check.lacks + tuple(one.text for one in check.findings if one.station_id is None),
            stations=_stations(steps, check),
            files=files_of(session, FileLink.paper_id == paper_id),
            relations=_relations(session, paper_id),
            note=row.note,
            version=row.version,
            history=history_of(place, session, "paper", [paper_id]),
        )


def _seen(place: Workplace) -> ColumnElement[bool]:
    levels = [level.value for level in Confidentiality if place.sees(level, "") is View.FULL]
    return Paper.deleted.is_(False) & Paper.confidentiality.in_(levels)


def _ids(place: Workplace, split: str) -> Select[Any]:
    query = select(Paper.id).where(_seen(place))
    if split == IN_WORK:
        query = query.where(_in_work())
    elif split == COMING:
        ahead = select(Meeting.id).where(
            Meeting.deleted.is_(False), Meeting.cancelled.is_(False), Meeting.start > place.now
        )
        steps = select(Consultation.paper_id, Meeting.start).where(Consultation.deleted.is_(False))
        # From the sessions ahead by the indexes: their steps, and those that know their item alone.
        both = union_all(
            steps.join(Meeting, Meeting.id == Consultation.meeting_id).where(
                Consultation.meeting_id.in_(ahead)
            ),
            steps.join(AgendaItem, AgendaItem.id == Consultation.agenda_item_id)
            .join(Meeting, Meeting.id == AgendaItem.meeting_id)
            .where(Consultation.meeting_id.is_(None), Meeting.id.in_(ahead)),
        ).subquery()
        first = (
            select(both.c.paper_id, func.min(both.c.start).label("start"))
            .group_by(both.c.paper_id)
            .subquery()
        )
        query = query.join(first, first.c.paper_id == Paper.id).where(Paper.state.not_in(OVER))
        return query.order_by(first.c.start, Paper.reference, Paper.id)
    elif split == WAITING:
        query = query.where(_waits())
    return query.order_by(Paper.date.desc().nulls_last(), Paper.id.desc())


def _in_work() -> ColumnElement[bool]:
    return Paper.oparl_id.is_(None) & Paper.state.in_(_UNRELEASED)


def _waits() -> ColumnElement[bool]:
    """Papers that no session is named for."""
    # The few steps without a session by their index; only our own papers are asked for any step at all.
    lacking = select(Consultation.paper_id).where(
        Consultation.deleted.is_(False),
        Consultation.meeting_id.is_(None),
        Consultation.agenda_item_id.is_(None),
    )
    none = ~exists().where(Consultation.paper_id == Paper.id, Consultation.deleted.is_(False))
    return Paper.state.not_in(OVER) & or_(Paper.id.in_(lacking), Paper.oparl_id.is_(None) & none)


def _next(stations: Sequence[Station], place: Workplace) -> Station | None:
    ahead = [one for one in stations if one.start is not None and one.start > place.now and not one.cancelled]
    return min(ahead, key=lambda one: one.start or place.now, default=None)


def _offices(session: Session, ids: Sequence[int]) -> dict[int, tuple[int, str]]:
    """Who is responsible for some papers, by paper."""
    return {paper_id: (key, name) for paper_id, key, name in fetch(session, _directing(), ids)}


@cache
def _directing() -> Columns:
    return (
        select(PaperParty.paper_id, Organization.id)
        .add_columns(func.coalesce(func.nullif(Organization.short_name, ""), Organization.name))
        .join(Organization, Organization.id == PaperParty.organization_id)
        .where(PaperParty.paper_id.in_(AMONG), PaperParty.role == DIRECTION)
        .order_by(PaperParty.id.desc())
    )


def _led(session: Session, office_id: int | None, on: date | None) -> str:
    if office_id is None or on is None:
        return ""
    return led_at(session, [office_id], on).get(office_id, "")


def _originators(session: Session, paper_id: int) -> tuple[str, ...]:
    rows = session.execute(
        select(Organization.name, Organization.short_name, Person.given_name, Person.family_name)
        .select_from(PaperParty)
        .outerjoin(Organization, Organization.id == PaperParty.organization_id)
        .outerjoin(Person, Person.id == PaperParty.person_id)
        .where(PaperParty.paper_id == paper_id, PaperParty.role != DIRECTION)
        .order_by(PaperParty.id)
    )
    return tuple(
        short or name or f"{given or ''} {family or ''}".strip() for name, short, given, family in rows
    )


def _stations(steps: PaperSteps, check: Checked) -> tuple[StationLine, ...]:
    rows: Mapping[int, Any] = {row.id: row for row in steps.rows}
    found = []
    for one in check.stations:
        row = rows[one.id]
        about = [text for text in check.findings if text.station_id == one.id]
        found.append(
            StationLine(
                id=one.id,
                body=one.body,
                organization_ids=tuple(key for key, _ in steps.bodies.get(one.id, ())),
                role=one.role,
                decides=one.decides,
                meeting_id=row.meeting_id,
                start=one.start,
                number=row.number or "",
                result=one.result,
                problems=tuple(text.text for text in about if text.serious),
                remarks=tuple(text.text for text in about if not text.serious),
            )
        )
    return tuple(found)


def _relations(session: Session, paper_id: int) -> tuple[tuple[str, int, str], ...]:
    """What a paper is to others: „ergänzt“, „ergänzt durch“, „gehört zu“."""
    found = []
    for here, there, words in (
        (PaperRelation.paper_id, PaperRelation.other_id, ("ergänzt", "gehört zu")),
        (PaperRelation.other_id, PaperRelation.paper_id, ("ergänzt durch", "gehört zu")),
    ):
        rows = session.execute(
            select(PaperRelation.role, Paper.id, Paper.reference, Paper.name)
            .join(Paper, Paper.id == there)
            .where(here == paper_id, Paper.deleted.is_(False))
            .order_by(Paper.reference, Paper.id)
        )
        found += [
            (words[0] if role == ORIGINAL else words[1], key, reference or name)
            for role, key, reference, name in rows
        ]
    return tuple(dict.fromkeys(found))
