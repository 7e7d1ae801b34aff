"""Requests as a whole list for the commands: what an audience may see of each, with its checks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from ob_buero_tui.rules.checks import Finding
from ob_buero_tui.rules.german import join
from ob_buero_tui.rules.query import Query
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.states import RequestState
from ob_buero_tui.rules.visibility import OUTSIDE, Audience, View
from ob_buero_tui.services.requests import inbox
from ob_buero_tui.services.requests.facts import findings
from ob_buero_tui.services.requests.known import bodies_of, known_of
from ob_buero_tui.services.requests.own_splits import searched
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.people import Organization, Person
from ob_buero_tui.store.requests import Request

T = TypeVar("T", Person, Organization)

BUSY = "belegt"
AT_ONCE = 500
"""Rows fetched in one go; a list of thousands is read in pieces."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One request of a list; with `full` false only its number and day of receipt are told.

    Such a one is open and new to whoever looks, whatever became of it.

    Args:
        findings: Its checks, for the office itself only: they speak of other records.
    """

    id: int
    number: str
    kind: str | None = None
    kind_label: str = ""
    state: RequestState
    subject: str
    received_on: date
    due_on: date | None = None
    due_time: time | None = None
    overdue: bool = False
    assigned_to: str = ""
    requester: str = ""
    organization: str = ""
    event_start: datetime | None = None
    important: bool = False
    findings: tuple[Finding, ...] = ()
    full: bool = True


def listing(
    place: Workplace, split: str, audience: Audience = Audience.INTERN, *, checked: bool = True
) -> tuple[Listed, ...]:
    """The requests of a split in its order, as an audience may see them.

    What the audience may not read is in the lists of all and of all that is open alone: any other split
    would tell its kind or state.

    Args:
        split: A key of `inbox.splits`, or `inbox.OPEN_ONES` for all that is open.
        checked: Whether to run the checks, the costly part.

    Raises:
        Refusal: there is no such split.
    """
    known = {view.key: view.label for view in inbox.splits(place)}
    known |= {kind.key: kind.label for kind in place.catalog.active_kinds if kind.key not in known}
    known[inbox.WITHOUT_KIND] = "ohne Art"
    if split not in (*known, *place.catalog.kinds, inbox.OPEN_ONES, inbox.TRASH):
        named = (f"{key} ({label})" for key, label in known.items())
        raise Refusal(f"Den Stapel „{split}“ gibt es nicht.", "", f"Möglich: {join(list(named), 'oder')}.")
    masked = audience is Audience.INTERN or split in (inbox.ALL, inbox.OPEN_ONES)
    return _all(place, inbox.ids(place, split), audience, masked=masked, checked=checked)


def asked_for(place: Workplace, query: Query, *, checked: bool = True) -> tuple[Listed, ...]:
    """The requests that a query finds, by their due date; for the office itself alone.

    Raises:
        Refusal: the query makes no sense.
    """
    wanted = inbox.ids(place, searched(str(query)))
    return _all(place, wanted, Audience.INTERN, masked=False, checked=checked)


def _all(
    place: Workplace, wanted: Sequence[int], audience: Audience, *, masked: bool, checked: bool
) -> tuple[Listed, ...]:
    with place.reading() as session:
        return tuple(
            listed
            for start in range(0, len(wanted), AT_ONCE)
            for listed in _some(session, place, wanted[start : start + AT_ONCE], audience, checked=checked)
            if listed.full or masked
        )


def _some(
    session: Session, place: Workplace, wanted: Sequence[int], audience: Audience, *, checked: bool
) -> Iterator[Listed]:
    rows = {row.id: row for row in session.scalars(select(Request).where(Request.id.in_(wanted)))}
    found = [rows[key] for key in wanted if key in rows]
    people = _by_id(session, Person, {row.requester_id for row in found})
    bodies = _by_id(session, Organization, {row.organization_id for row in found})
    told = checked and audience is Audience.INTERN
    known = known_of(session, wanted) if told else {}
    letters = bodies_of(session, wanted) if told else {}
    for row in found:
        seen = place.sees(row.confidentiality, row.owner, audience)
        if seen is View.BELEGT:
            yield _busy(place, row)
        elif seen is View.FULL:
            person, body = people.get(row.requester_id), bodies.get(row.organization_id)
            letter = letters.get(row.id, "")
            checks = findings(session, place, row, letter, known[row.id]) if told else ()
            listed = _outside(place, row, _told(place, body, audience))
            if audience not in OUTSIDE:
                listed = _full(place, row, listed, _told(place, person, audience), checks)
            yield listed


def _by_id(session: Session, row_class: type[T], ids: set[int | None]) -> dict[int | None, T]:
    return {row.id: row for row in session.scalars(select(row_class).where(row_class.id.in_(ids - {None})))}


def _told(place: Workplace, asking: T | None, audience: Audience) -> T | None:
    """Who asks, where the audience may know them; at the desk their card says by itself what it hides."""
    if asking is None or audience is Audience.INTERN:
        return asking
    return asking if place.sees(asking.confidentiality, "", audience) is View.FULL else None


def _outside(place: Workplace, row: Request, body: Organization | None) -> Listed:
    """What the press and the public are told, as in an export: what it is about and when, not who asked."""
    kind = place.catalog.kinds.get(row.kind or "")
    return Listed(
        id=row.id,
        number=row.number,
        kind=row.kind,
        kind_label=kind.label if kind is not None else (row.kind or ""),
        state=RequestState(row.state),
        subject=row.subject,
        received_on=place.local(row.received_at).date(),
        organization=body.name if body is not None else "",
        event_start=row.event_start,
    )


def _full(
    place: Workplace, row: Request, outside: Listed, person: Person | None, found: tuple[Finding, ...]
) -> Listed:
    """What the office and a deputy are told: all that leaves the house, and what is the office's own."""
    name = " ".join(part for part in (person.given_name, person.family_name) if part) if person else ""
    return replace(
        outside,
        due_on=row.due_on,
        due_time=row.due_time,
        overdue=_overdue(place, row),
        assigned_to=row.assigned_to,
        requester=name or (person.email or "" if person else ""),
        important=row.important,
        findings=found,
    )


def _busy(place: Workplace, row: Request) -> Listed:
    return Listed(
        id=row.id,
        number=row.number,
        state=RequestState.NEU,
        subject=BUSY,
        received_on=place.local(row.received_at).date(),
        full=False,
    )


def _overdue(place: Workplace, row: Request) -> bool:
    return not row.closed and inbox.is_overdue(row.due_on, row.due_time, place.now)
