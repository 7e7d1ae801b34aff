"""What a caller has open here, comes to and was noted: shown while the name or number is typed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from ob_buero_tui.rules.clean import shorten
from ob_buero_tui.rules.german import clock, short_date
from ob_buero_tui.rules.states import EventStatus, RequestState
from ob_buero_tui.rules.visibility import View
from ob_buero_tui.services.requests.callers import (
    Typed,
    callers_of,
    known_organization,
    organizations_of_number,
)
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.calendar import Event
from ob_buero_tui.store.people import Organization
from ob_buero_tui.store.requests import Request, RequestEvent
from ob_buero_tui.store.tasks import Note

OPEN, EVENTS, NOTES = 3, 2, 2
"""How many lines of each are shown."""
_LOOKED_AT: Final = 200
_WIDTH: Final = 160


@dataclass(frozen=True, slots=True, kw_only=True)
class CallerMatters:
    """What the office has to do with somebody, the newest of each, as lines.

    Args:
        who: Whose matters these are.
        more: How many more requests are open than are shown.
    """

    who: str = ""
    open: tuple[str, ...] = ()
    more: int = 0
    events: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.open or self.events or self.notes)


def matters(
    place: Workplace,
    name: str,
    tel: str = "",
    email: str = "",
    organization: str = "",
    person_id: int | None = None,
) -> CallerMatters:
    """What is open, comes next and was noted last of whoever is typed; empty while that may be several.

    Args:
        person_id: The known person whom somebody chose.
    """
    typed = Typed.of(name, tel, email)
    with place.reading() as session:
        person, who = _person(session, place, typed, person_id)
        body = _body(session, typed, organization)
        if person is None and body is None:
            return CallerMatters()
        mine: list[ColumnElement[bool]] = [Request.requester_id == person] if person is not None else []
        if body is not None:
            mine.append(Request.organization_id == body)
            known = session.get(Organization, body)
            who = ", ".join(part for part in (who, known.name if known is not None else "") if part)
        return _matters(session, place, who, or_(*mine))


def _person(session: Session, place: Workplace, typed: Typed, chosen: int | None) -> tuple[int | None, str]:
    found = callers_of(session, place, typed)
    if chosen is not None:
        return chosen, next((one.label for one in found if one.id == chosen), "")
    living = [one for one in found if not one.deceased]
    if living and (living[0].sure or len(living) == 1):
        return living[0].id, living[0].label
    return None, ""


def _body(session: Session, typed: Typed, organization: str) -> int | None:
    """The one organization that is named, in its own field or as the caller, or whose number it is."""
    for name in (organization, typed.shown):
        if name.strip() and (known := known_organization(session, name)) is not None:
            return known
    found = organizations_of_number(session, typed.tel)
    return found[0] if len(found) == 1 else None


def _matters(session: Session, place: Workplace, who: str, mine: ColumnElement[bool]) -> CallerMatters:
    rows = session.execute(
        select(Request)
        .where(mine, Request.trashed_at.is_(None))
        .order_by(Request.id.desc())
        .limit(_LOOKED_AT)
    ).scalars()
    seen = [row for row in rows if place.sees(row.confidentiality, row.owner) is View.FULL]
    open_ones = [row for row in seen if not row.closed]
    keys = [row.id for row in seen]
    return CallerMatters(
        who=shorten(who, 120),
        open=tuple(_request_line(place, row) for row in open_ones[:OPEN]),
        more=max(0, len(open_ones) - OPEN),
        events=_events(session, place, keys),
        notes=_notes(session, place, keys),
    )


def _request_line(place: Workplace, row: Request) -> str:
    kind = place.catalog.kinds.get(row.kind or "")
    named = f"{kind.label}: " if kind is not None else ""
    state = place.catalog.states.label(RequestState(row.state))
    return shorten(f"{row.number} {named}{row.subject} ({state})", _WIDTH)


def _events(session: Session, place: Workplace, keys: Sequence[int]) -> tuple[str, ...]:
    """The next appointments of these requests."""
    coming = (
        select(Event)
        .join(RequestEvent, RequestEvent.event_id == Event.id)
        .where(RequestEvent.request_id.in_(keys), Event.trashed_at.is_(None), Event.ends_at >= place.clock())
        .where(Event.status != EventStatus.CANCELLED.value)
        .order_by(Event.starts_at)
        .limit(EVENTS)
    )
    return tuple(_event_line(place, event) for event in session.scalars(coming).unique())


def _event_line(place: Workplace, event: Event) -> str:
    start = place.local(event.starts_at)
    at = "" if event.all_day else f" {clock(start)}"
    name = event.summary if place.sees(event.confidentiality, event.owner) is View.FULL else "belegt"
    return shorten(f"{short_date(start.date())}{at} {name}", _WIDTH)


def _notes(session: Session, place: Workplace, keys: Sequence[int]) -> tuple[str, ...]:
    newest: Any = select(Note).where(Note.request_id.in_(keys)).order_by(Note.id.desc()).limit(NOTES)
    return tuple(
        shorten(f"{short_date(place.local(note.written_at).date())} {note.written_by}: {note.text}", _WIDTH)
        for note in session.scalars(newest)
    )
