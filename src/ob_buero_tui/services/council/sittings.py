"""Sessions read for lists and chains: plain columns with their bodies, two queries however many they are."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, TextClause, bindparam, select, text
from sqlalchemy.orm import Session

from ob_buero_tui.rules.visibility import Audience, Confidentiality, View
from ob_buero_tui.services.fetching import AMONG, Columns, fetch
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.council import AgendaItem, Location, Meeting, MeetingOrganization
from ob_buero_tui.store.people import Organization

AT_ONCE = 500
"""Sessions read in one go; a list of thousands is read in pieces."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """A body that sits in a session."""

    id: int
    name: str
    short_name: str
    ladungsfrist: str
    mayor_attends: bool
    confirmed_as: str = ""
    """Which count of that Ladungsfrist the office has confirmed for it; empty: none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """One session with the bodies that sit, the leading one first; times are local wall time."""

    id: int
    name: str
    start: datetime | None
    end: datetime | None
    state: str
    cancelled: bool
    place: str
    note: str
    event_id: int | None
    seats: tuple[Seat, ...]
    moved_from: datetime | None = None
    urgent_note: str = ""
    titles: tuple[str, ...] = ()
    """What is on its agenda, read where it is urgent: for some of it no Ladungsfrist is shortened."""

    @property
    def leading(self) -> Seat | None:
        """The leading body."""
        return self.seats[0] if self.seats else None

    @property
    def ladungsfrist(self) -> str:
        """The key of the leading body's own Ladungsfrist; empty: that of the Land."""
        return self.seats[0].ladungsfrist if self.seats else ""


def seen(place: Workplace, audience: Audience) -> ColumnElement[bool]:
    """What an audience may read of the sessions that have not been deleted."""
    levels = [level.value for level in Confidentiality if place.sees(level, "", audience) is View.FULL]
    return Meeting.deleted.is_(False) & Meeting.confidentiality.in_(levels)


def read_sittings(session: Session, *conditions: ColumnElement[bool]) -> list[Sitting]:
    """The sessions that fulfil the conditions, by their beginning."""
    return _sittings(session, fetch(session, _all_sittings().where(*conditions)))


def coming_of(session: Session, ids: Collection[int], now: datetime) -> list[Sitting]:
    """Those of some sessions that are still ahead, by their beginning.

    Args:
        now: Wall time.
    """
    return _sittings(session, fetch(session, _coming(), ids, now=now)) if ids else []


def _sittings(session: Session, rows: Sequence[Any]) -> list[Sitting]:
    seats = seats_of(session, [row.id for row in rows])
    titles = _titles_of(session, [row.id for row in rows if row.urgent_note])
    return [
        Sitting(
            id=row.id,
            name=row.name,
            start=row.start,
            end=row.end,
            state=row.meeting_state,
            cancelled=row.cancelled,
            place=_place(row),
            note=row.note,
            event_id=row.event_id,
            seats=tuple(seats.get(row.id, ())),
            moved_from=row.moved_from,
            urgent_note=row.urgent_note,
            titles=tuple(titles.get(row.id, ())),
        )
        for row in rows
    ]


@cache
def _all_sittings() -> Columns:
    """What is read of a session; made once, as making it takes longer than reading."""
    return (
        select(Meeting.id, Meeting.name, Meeting.start, Meeting.end, Meeting.meeting_state, Meeting.cancelled)
        .add_columns(Meeting.note, Meeting.event_id, Meeting.moved_from, Meeting.urgent_note)
        .add_columns(Location.description, Location.room, Location.street_address, Location.locality)
        .outerjoin(Location, Location.id == Meeting.location_id)
        .order_by(Meeting.start.is_(None), Meeting.start, Meeting.id)
    )


@cache
def _coming() -> Columns:
    return _all_sittings().where(Meeting.id.in_(AMONG), Meeting.start > bindparam("now"))


def _titles_of(session: Session, ids: Sequence[int]) -> dict[int, list[str]]:
    if not ids:
        return {}
    found: dict[int, list[str]] = {}
    items = select(AgendaItem.meeting_id, AgendaItem.name).where(AgendaItem.meeting_id.in_(among(ids)))
    for row in session.execute(items.where(AgendaItem.deleted.is_(False), AgendaItem.withdrawn.is_(False))):
        found.setdefault(row.meeting_id, []).append(row.name)
    return found


def seats_of(session: Session, ids: Sequence[int]) -> dict[int, list[Seat]]:
    """The bodies that sit in some sessions, by session, the leading one first."""
    if not ids:
        return {}
    bodies: dict[int, Seat] = {}
    found: dict[int, list[Seat]] = {}
    for row in fetch(session, _all_seats(), ids):
        seat = bodies.get(row.id)
        if seat is None:
            seat = bodies[row.id] = Seat(
                id=row.id,
                name=row.name,
                short_name=row.short_name or row.name,
                ladungsfrist=row.ladungsfrist,
                mayor_attends=row.mayor_attends,
                confirmed_as=row.ladungsfrist_confirmed_as,
            )
        found.setdefault(row.meeting_id, []).append(seat)
    return found


@cache
def _all_seats() -> Columns:
    return (
        select(MeetingOrganization.meeting_id, Organization.id, Organization.name, Organization.short_name)
        .add_columns(Organization.ladungsfrist, Organization.mayor_attends)
        .add_columns(Organization.ladungsfrist_confirmed_as)
        .join(Organization, Organization.id == MeetingOrganization.organization_id)
        .where(MeetingOrganization.meeting_id.in_(AMONG))
        .order_by(MeetingOrganization.meeting_id, MeetingOrganization.position, MeetingOrganization.id)
    )


def among(ids: Sequence[int]) -> TextClause:
    """These keys for an IN, as one parameter however many they are: one statement, compiled once."""
    # As text: made some ten times for each record drawn; a SELECT of its own takes four times as long.
    return _AMONG.bindparams(bindparam("wanted", json.dumps(list(ids)), unique=True))


_AMONG = text("SELECT value FROM json_each(:wanted)")


def _place(row: Any) -> str:
    """What tells where it is: the room and the description, else the address."""
    parts = list(dict.fromkeys(part for part in (row.room, row.description) if part))
    if not parts:
        parts = [part for part in (row.street_address, row.locality) if part]
    return ", ".join(parts)
