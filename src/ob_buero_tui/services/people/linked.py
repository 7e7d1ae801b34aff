"""What belongs to a person or a body: requests, appointments, memberships, papers, sessions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ob_buero_tui.catalog.model import FieldType
from ob_buero_tui.rules import german, states
from ob_buero_tui.rules.clean import shorten
from ob_buero_tui.rules.folding import query_words
from ob_buero_tui.rules.names import joined
from ob_buero_tui.rules.states import RequestState
from ob_buero_tui.rules.visibility import Audience, View
from ob_buero_tui.services.people.columns import contact_name
from ob_buero_tui.services.people.named import Naming, folded_words, name_of, names_body, texts_for
from ob_buero_tui.services.people.seeing import Contact
from ob_buero_tui.services.people.views import LinkLine
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.calendar import Event
from ob_buero_tui.store.council import Meeting, MeetingParticipant, Paper, PaperParty
from ob_buero_tui.store.people import Membership, Organization, Person
from ob_buero_tui.store.requests import Request, RequestEvent

SHOWN = 100
"""Lines of one sort; the newest."""
CANDIDATES = 300
"""Records looked at that may name somebody."""


@dataclass(frozen=True, slots=True)
class Seen:
    """Who looks: the desk, its session, and for which audience."""

    place: Workplace
    session: Session
    audience: Audience

    def full(self, level: str, owner: str = "") -> bool:
        """Whether a record may be read in full."""
        return self.place.sees(level, owner, self.audience) is View.FULL


def requests(seen: Seen, row: Contact) -> tuple[LinkLine, ...]:
    """Requests of a contact, and those that name it in a field, newest first."""
    column = Request.requester_id if isinstance(row, Person) else Request.organization_id
    asked = select(Request).where(column == row.id, Request.trashed_at.is_(None))
    found = {one.id: one for one in seen.session.scalars(asked.order_by(Request.id.desc()).limit(SHOWN))}
    candidates = [key for key in _mentioning(seen.session, "request", row) if key not in found]
    if candidates:
        named = select(Request).where(Request.id.in_(candidates), Request.trashed_at.is_(None))
        found |= {one.id: one for one in seen.session.scalars(named) if _names(seen, one, row)}
    shown = [found[key] for key in sorted(found, reverse=True)]
    return tuple(
        LinkLine(table="request", id=one.id, label=_request_label(seen, one))
        for one in shown
        if seen.full(one.confidentiality, one.owner)
    )[:SHOWN]


def events(seen: Seen, row: Contact, request_ids: Sequence[int]) -> tuple[LinkLine, ...]:
    """Appointments of a contact's requests, and those that it attends or organizes, newest first."""
    by_request = select(RequestEvent.event_id).where(RequestEvent.request_id.in_(request_ids))
    rows = seen.session.scalars(
        select(Event).where(Event.id.in_(by_request), Event.trashed_at.is_(None))
    ).all()
    found = {one.id: one for one in rows}
    last = row.family_name if isinstance(row, Person) else row.name
    if last:
        attended = select(Event).where(Event.attendee.contains(last, autoescape=True))
        found |= {
            one.id: one
            for one in seen.session.scalars(attended.order_by(Event.id.desc()).limit(CANDIDATES))
            if one.trashed_at is None and _named_in(one.attendee, row)
        }
    candidates = [key for key in _mentioning(seen.session, "event", row) if key not in found]
    if candidates:
        organized = select(Event).where(Event.id.in_(candidates), Event.trashed_at.is_(None))
        found |= {
            one.id: one
            for one in seen.session.scalars(organized)
            if _named_in(one.organizer, row) or (row.email and row.email in one.organizer.lower())
        }
    shown = sorted(found.values(), key=lambda one: one.starts_at, reverse=True)
    return tuple(
        LinkLine(table="event", id=one.id, label=_event_label(seen, one))
        for one in shown
        if seen.full(one.confidentiality, one.owner)
    )[:SHOWN]


def memberships(seen: Seen, row: Contact) -> tuple[LinkLine, ...]:
    """A person's bodies, or a body's people, with role and term; those that go on come first."""
    person = isinstance(row, Person)
    if person:
        query = select(Membership, Organization).join(
            Organization, Organization.id == Membership.organization_id
        )
        query = query.where(Membership.person_id == row.id)
    else:
        query = select(Membership, Person).join(Person, Person.id == Membership.person_id)  # type: ignore[assignment]
        query = query.where(Membership.organization_id == row.id)
    rows: list[Any] = list(seen.session.execute(query))
    today = seen.place.today
    rows.sort(key=lambda pair: (_ended(pair[0], today), contact_name(pair[1]).lower(), pair[0].id))
    return tuple(
        LinkLine(
            table="organization" if person else "person",
            id=other.id,
            label=" · ".join(
                part for part in (shorten(contact_name(other), 80), shorten(one.role, 60), _term(one)) if part
            ),
        )
        for one, other in rows
        if seen.full(other.confidentiality)
    )


def papers(seen: Seen, row: Contact) -> tuple[LinkLine, ...]:
    """Council papers that a contact is behind, newest first."""
    column = PaperParty.person_id if isinstance(row, Person) else PaperParty.organization_id
    rows = seen.session.scalars(
        select(Paper)
        .where(Paper.id.in_(select(PaperParty.paper_id).where(column == row.id)), Paper.deleted.is_(False))
        .order_by(Paper.date.desc(), Paper.id.desc())
        .limit(SHOWN)
    )
    return tuple(
        LinkLine(table="paper", id=one.id, label=shorten(joined(one.reference, one.name), 120))
        for one in rows
        if seen.full(one.confidentiality)
    )


def meetings(seen: Seen, row: Contact) -> tuple[LinkLine, ...]:
    """Sessions in which a person was present, newest first."""
    if not isinstance(row, Person):
        return ()
    rows = seen.session.scalars(
        select(Meeting)
        .join(MeetingParticipant, MeetingParticipant.meeting_id == Meeting.id)
        .where(MeetingParticipant.person_id == row.id, Meeting.deleted.is_(False))
        .order_by(Meeting.start.desc(), Meeting.id.desc())
        .limit(SHOWN)
    )
    return tuple(
        LinkLine(table="meeting", id=one.id, label=_meeting_label(one))
        for one in rows
        if seen.full(one.confidentiality)
    )


def _mentioning(session: Session, type_: str, row: Contact) -> list[int]:
    """Records that contain all words of a contact's name, by the search index; newest first."""
    name = joined(row.given_name.split(" ")[0], row.family_name) if isinstance(row, Person) else row.name
    words = query_words(name)
    if not words or (isinstance(row, Person) and not (row.given_name and row.family_name)):
        return []
    connection = session.connection()
    found = connection.exec_driver_sql(
        "SELECT d.ref_id FROM search_fts f JOIN search_doc d ON d.id = f.rowid"
        " WHERE search_fts MATCH ? AND d.type = ? ORDER BY f.rowid DESC LIMIT ?",
        (" ".join(f'"{word}"' for word in words), type_, CANDIDATES),
    )
    return [key for (key,) in found]


def _names(seen: Seen, request: Request, row: Contact) -> bool:
    type_ = FieldType.PERSON if isinstance(row, Person) else FieldType.ORGANISATION
    return any(_named_in(text, row) for text in texts_for(seen.place.catalog, request, type_))


def _named_in(text: str, row: Contact) -> bool:
    words = folded_words(text)
    if isinstance(row, Person):
        return name_of(row).in_text(words) is Naming.YES
    return names_body(row, words)


def _request_label(seen: Seen, row: Request) -> str:
    kind = seen.place.catalog.kinds.get(row.kind or "")
    on = german.long_date(seen.place.local(row.received_at).date())
    parts = (row.number, on, kind.label if kind else "", f"„{shorten(row.subject, 60)}“")
    return f"{joined(*parts)}: {states.label(RequestState(row.state))}"


def _event_label(seen: Seen, event: Event) -> str:
    start = seen.place.local(event.starts_at)
    at = "ganztägig" if event.all_day else german.clock(start)
    return f"{german.long_date(start.date())} {at} {shorten(event.summary, 60)}"


def _meeting_label(meeting: Meeting) -> str:
    on = german.long_date(meeting.start.date()) if meeting.start else "ohne Datum"
    return f"{on} {shorten(meeting.name or 'Sitzung', 80)}"


def _ended(membership: Membership, today: date) -> bool:
    return membership.end_date is not None and membership.end_date < today


def _term(membership: Membership) -> str:
    start, end = membership.start_date, membership.end_date
    if start and end:
        return german.date_range(start, end)
    if start:
        return f"seit {start.day}.{start.month:02}.{start.year}"
    return f"bis {end.day}.{end.month:02}.{end.year}" if end else ""
