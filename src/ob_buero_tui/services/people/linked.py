"""What belongs to a person or a body: requests, appointments, memberships, papers, sessions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, load_only

from ob_buero_tui.catalog.model import FieldType
from ob_buero_tui.rules import german
from ob_buero_tui.rules.attendance import THERE
from ob_buero_tui.rules.clean import shorten
from ob_buero_tui.rules.names import joined
from ob_buero_tui.rules.states import RequestState
from ob_buero_tui.rules.visibility import Audience, View
from ob_buero_tui.services.people.columns import contact_name
from ob_buero_tui.services.people.named import Naming, folded_words, name_of, names_body, texts_for
from ob_buero_tui.services.people.seeing import Contact
from ob_buero_tui.services.people.views import LinkLine
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.calendar import DEPUTIZED, Event
from ob_buero_tui.store.council import Meeting, MeetingParticipant, Paper, PaperParty
from ob_buero_tui.store.people import Membership, Organization, Person
from ob_buero_tui.store.requests import Request, RequestEvent

SHOWN = 100
"""Lines of one sort; the newest."""
CANDIDATES = 300
"""Records looked at that may name somebody."""

Mentions = dict[str, list[int]]
"""Keys of records by their table."""

_REQUEST_SHOWN = (Request.kind, Request.fields, Request.number, Request.subject, Request.state,
                  Request.received_at, Request.confidentiality, Request.owner)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Seen:
    """Who looks: the desk, its session, and for which audience."""

    place: Workplace
    session: Session
    audience: Audience

    def full(self, level: str, owner: str = "") -> bool:
        """Whether a record may be read in full."""
        return self.place.sees(level, owner, self.audience) is View.FULL


def requests(seen: Seen, row: Contact, mentions: Mentions | None = None) -> tuple[LinkLine, ...]:
    """Requests of a contact, and those that name it in a field, newest first.

    Args:
        mentions: What `mentioning` has found, where it is known already.
    """
    mentions = mentions or mentioning(seen.session, row)
    column = Request.requester_id if isinstance(row, Person) else Request.organization_id
    live = select(Request).options(load_only(*_REQUEST_SHOWN)).where(Request.trashed_at.is_(None))
    asked = live.where(column == row.id).order_by(Request.id.desc()).limit(SHOWN)
    found = {one.id: one for one in seen.session.scalars(asked)}
    type_ = FieldType.PERSON if isinstance(row, Person) else FieldType.ORGANISATION
    naming = [
        key for key, kind in seen.place.catalog.kinds.items() if any(f.type is type_ for f in kind.fields)
    ]
    candidates = [key for key in mentions["request"] if key not in found]
    if candidates and naming:
        named = live.where(Request.id.in_(candidates), Request.kind.in_(naming))
        named_here = _names(row)
        found |= {
            one.id: one
            for one in seen.session.scalars(named)
            if any(map(named_here, texts_for(seen.place.catalog, one, type_)))
        }
    shown = [found[key] for key in sorted(found, reverse=True)]
    return tuple(
        LinkLine(table="request", id=one.id, label=_request_label(seen, one))
        for one in shown
        if seen.full(one.confidentiality, one.owner)
    )[:SHOWN]


def events(
    seen: Seen, row: Contact, request_ids: Sequence[int], mentions: Mentions | None = None
) -> tuple[LinkLine, ...]:
    """Appointments of a contact's requests, and those that it attends or organizes, newest first.

    Args:
        mentions: What `mentioning` has found, where it is known already.
    """
    mentions = mentions or mentioning(seen.session, row)
    live = select(Event).where(Event.trashed_at.is_(None))
    by_request = select(RequestEvent.event_id).where(RequestEvent.request_id.in_(request_ids))
    found = {one.id: one for one in seen.session.scalars(live.where(Event.id.in_(by_request)))}
    named = _names(row)
    names = [name for name in _attendees(seen.session) if named(name)]
    if names:
        attended = live.where(Event.attendee.in_(names)).order_by(Event.id.desc()).limit(CANDIDATES)
        found |= {one.id: one for one in seen.session.scalars(attended)}
    candidates = [key for key in mentions["event"] if key not in found]
    if candidates:
        found |= {
            one.id: one
            for one in seen.session.scalars(live.where(Event.id.in_(candidates)))
            if named(one.organizer) or (row.email and row.email in one.organizer.lower())
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
    rows = seen.session.execute(
        select(Paper.id, Paper.reference, Paper.name, Paper.confidentiality)
        .where(Paper.id.in_(select(PaperParty.paper_id).where(column == row.id)), Paper.deleted.is_(False))
        .order_by(Paper.date.desc(), Paper.id.desc())
        .limit(SHOWN)
    )
    return tuple(
        LinkLine(table="paper", id=key, label=shorten(joined(reference, name), 120))
        for key, reference, name, level in rows
        if seen.full(level)
    )


def meetings(seen: Seen, row: Contact) -> tuple[LinkLine, ...]:
    """Sessions in which a person was present, newest first."""
    if not isinstance(row, Person):
        return ()
    rows = seen.session.execute(
        select(Meeting.id, Meeting.start, Meeting.name, Meeting.confidentiality)
        .join(MeetingParticipant, MeetingParticipant.meeting_id == Meeting.id)
        .where(MeetingParticipant.person_id == row.id, Meeting.deleted.is_(False))
        .where(MeetingParticipant.attendance.in_(THERE))
        .order_by(Meeting.start.desc(), Meeting.id.desc())
        .limit(SHOWN)
    )
    return tuple(
        LinkLine(table="meeting", id=key, label=_meeting_label(start, name))
        for key, start, name, level in rows
        if seen.full(level)
    )


def mentioning(session: Session, row: Contact) -> Mentions:
    """Requests and appointments whose text holds a contact's name, newest first, by the search index."""
    found: Mentions = {"request": [], "event": []}
    match = _match(row)
    if not match:
        return found
    rows = session.connection().exec_driver_sql(
        "SELECT d.type, d.ref_id FROM search_fts f JOIN search_doc d ON d.id = f.rowid"
        " WHERE search_fts MATCH ? AND d.type IN ('request', 'event') ORDER BY f.rowid DESC LIMIT ?",
        (match, CANDIDATES),
    )
    for type_, key in rows:
        found[type_].append(key)
    return found


def _match(row: Contact) -> str:
    """A search for all texts that may name this contact; whether one does is for `_names` to say."""
    if isinstance(row, Person):
        name = name_of(row)
        if not (name.given and name.family):
            return ""
        # Both orders in one go, with the further given names between the two: half the time of two phrases.
        return f'NEAR("{name.given[0]}" "{" ".join(name.family)}", {len(name.given) - 1})'
    words = list(folded_words(row.name))
    while len(words) > 1 and len(words[-1]) == 1:  # „e. V.“ stands in so many texts that it costs the most
        words.pop()
    return f'"{" ".join(words)}"' if words else ""


def _attendees(session: Session) -> list[str]:
    """Who attends appointments in the mayor's place: few names in many rows, so each is looked up once."""
    found = session.connection().exec_driver_sql(
        f"WITH RECURSIVE each(name) AS (SELECT min(attendee) FROM event WHERE {DEPUTIZED}"  # noqa: S608 ours
        f" UNION ALL SELECT (SELECT min(attendee) FROM event WHERE {DEPUTIZED} AND attendee > name)"
        " FROM each WHERE name IS NOT NULL) SELECT name FROM each WHERE name IS NOT NULL"
    )
    return [name for (name,) in found]


def _names(row: Contact) -> Callable[[str], bool]:
    """What says of a text whether it surely names a contact."""
    if isinstance(row, Person):
        name = name_of(row)
        return lambda text: name.in_text(folded_words(text)) is Naming.YES
    return lambda text: names_body(row, folded_words(text))


def _request_label(seen: Seen, row: Request) -> str:
    kind = seen.place.catalog.kinds.get(row.kind or "")
    on = german.long_date(seen.place.local(row.received_at).date())
    parts = (row.number, on, kind.label if kind else "", f"„{shorten(row.subject, 60)}“")
    return f"{joined(*parts)}: {seen.place.catalog.states.label(RequestState(row.state))}"


def _event_label(seen: Seen, event: Event) -> str:
    start = seen.place.local(event.starts_at)
    at = "ganztägig" if event.all_day else german.clock(start)
    return f"{german.long_date(start.date())} {at} {shorten(event.summary, 60)}"


def _meeting_label(start: datetime | None, name: str) -> str:
    on = german.long_date(start.date()) if start else "ohne Datum"
    return f"{on} {shorten(name or 'Sitzung', 80)}"


def _ended(membership: Membership, today: date) -> bool:
    return membership.end_date is not None and membership.end_date < today


def _term(membership: Membership) -> str:
    start, end = membership.start_date, membership.end_date
    if start and end:
        return german.date_range(start, end)
    if start:
        return f"seit {start.day}.{start.month:02}.{start.year}"
    return f"bis {end.day}.{end.month:02}.{end.year}" if end else ""
