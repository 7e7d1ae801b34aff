"""Requests as they leave the office."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import select

from ob_buero_tui.rules.names import full_name
from ob_buero_tui.rules.states import RequestState
from ob_buero_tui.rules.visibility import Confidentiality, View
from ob_buero_tui.services.export.wanted import BUSY, Gathered, Wanted
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.people import Organization, Person
from ob_buero_tui.store.requests import Request

_COLUMNS = (
    *(Request.id, Request.number, Request.kind, Request.state, Request.subject, Request.important),
    *(Request.received_at, Request.channel, Request.assigned_to, Request.due_on, Request.due_time),
    *(Request.event_start, Request.event_end, Request.event_place, Request.wiedervorlage_on),
    *(Request.outcome, Request.reason, Request.decided_on, Request.decided_by, Request.file_reference),
    *(Request.confidentiality, Request.fields),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestOut:
    """One request; of one that is taken only number and day of receipt are told.

    The press and the public are told what it is about and when it takes place, nothing of who asked and of
    how the office dealt with it.
    """

    id: int
    number: str
    kind: str | None = None
    state: RequestState
    subject: str
    received_on: date
    due_on: date | None = None
    due_time: time | None = None
    assigned_to: str = ""
    requester: str = ""
    organization: str = ""
    event_start: datetime | None = None
    event_end: datetime | None = None
    event_place: str = ""
    important: bool = False
    channel: str = ""
    wiedervorlage_on: date | None = None
    outcome: str = ""
    reason: str = ""
    decided_on: date | None = None
    decided_by: str = ""
    file_reference: str = ""
    confidentiality: Confidentiality | None = None
    fields: dict[str, Any] | None = None


def requests_out(place: Workplace, wanted: Wanted) -> Gathered[RequestOut]:
    """All requests that are not in the trash, by their number; bounds count for the day of receipt."""
    with place.reading() as session:
        rows = session.execute(
            select(*_COLUMNS)
            .add_columns(Person.confidentiality.label("person_level"), Person.email)
            .add_columns(Person.honorific_prefix, Person.given_name, Person.affix, Person.family_name)
            .add_columns(Organization.confidentiality.label("body_level"), Organization.name)
            .outerjoin(Person, Person.id == Request.requester_id)
            .outerjoin(Organization, Organization.id == Request.organization_id)
            .where(Request.trashed_at.is_(None))
            .order_by(Request.id)
        ).all()
    found, left_out, busy = [], 0, 0
    for row in rows:
        received = place.local(row.received_at).date()
        seen = wanted.sees(row.confidentiality)
        if not wanted.within(received):
            continue
        if seen is View.NOTHING:
            left_out += 1
        elif seen is View.BELEGT:
            busy += 1
            found.append(_busy(row, received))
        else:
            found.append(_outside(row, received, wanted) if wanted.outside else _full(row, received, wanted))
    return Gathered(rows=tuple(found), left_out=left_out, busy=busy)


def _busy(row: Any, received: date) -> RequestOut:
    return RequestOut(
        id=row.id, number=row.number, state=RequestState.NEU, subject=BUSY, received_on=received
    )


def _outside(row: Any, received: date, wanted: Wanted) -> RequestOut:
    return RequestOut(
        id=row.id,
        number=row.number,
        kind=row.kind,
        state=RequestState(row.state),
        subject=row.subject,
        received_on=received,
        organization=_body(row, wanted),
        event_start=row.event_start,
        event_end=row.event_end,
        event_place=row.event_place,
        confidentiality=Confidentiality(row.confidentiality),
    )


def _full(row: Any, received: date, wanted: Wanted) -> RequestOut:
    known = row.person_level is not None and wanted.sees(row.person_level) is View.FULL
    name = full_name(row.honorific_prefix, row.given_name, row.affix, row.family_name) if known else ""
    same = ("due_on", "due_time", "assigned_to", "event_start", "event_end", "event_place", "important")
    decided = ("outcome", "reason", "decided_on", "decided_by", "file_reference", "fields")
    return RequestOut(
        id=row.id,
        number=row.number,
        kind=row.kind,
        state=RequestState(row.state),
        subject=row.subject,
        received_on=received,
        requester=name or (row.email or "" if known else ""),
        organization=_body(row, wanted),
        channel=row.channel,
        wiedervorlage_on=row.wiedervorlage_on,
        confidentiality=Confidentiality(row.confidentiality),
        **{name: getattr(row, name) for name in (*same, *decided)},
    )


def _body(row: Any, wanted: Wanted) -> str:
    """The name of the organization, where it may be told by itself."""
    told = row.body_level is not None and wanted.sees(row.body_level) is View.FULL
    return row.name if told else ""
