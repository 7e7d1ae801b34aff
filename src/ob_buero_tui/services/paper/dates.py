"""The dates of a day with everything a sheet of paper may say about them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ob_buero_tui.catalog.representation import MAYOR, CalendarRole
from ob_buero_tui.rules.states import EventStatus
from ob_buero_tui.rules.visibility import Audience, View
from ob_buero_tui.rules.zones import to_utc
from ob_buero_tui.services.calendar.contacts import NOBODY, Contact, contact_on_the_day
from ob_buero_tui.services.calendar.dates import rows_of_days
from ob_buero_tui.services.calendar.levels import levels_beside
from ob_buero_tui.services.calendar.linked_requests import requests_of
from ob_buero_tui.services.calendar.own_details import own
from ob_buero_tui.services.calendar.persons import person_of
from ob_buero_tui.services.calendar.slots import Dated, by_start, occurrence_key, seen_of
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.appointments import EventPerson
from ob_buero_tui.store.calendar import Event, EventOverride, Occurrence
from ob_buero_tui.store.documents import Document
from ob_buero_tui.store.people import Person
from ob_buero_tui.store.requests import Request
from ob_buero_tui.store.tasks import Task

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One date with what hangs on it.

    Args:
        full: Whether the reader of the sheet may know more than the time.
        people: Who comes along or is met, name and part.
        tasks: What is still to be done for it.
        speech_text: Whether the text of a speech is there.
    """

    occurrence: Occurrence
    event: Event
    override: EventOverride | None
    full: bool
    people: tuple[tuple[str, str], ...] = ()
    tasks: tuple[str, ...] = ()
    request: Request | None = None
    contact: Contact = NOBODY
    speech_text: bool = False

    @property
    def key(self) -> str:
        """The name of the date."""
        return occurrence_key(self.event.id, self.occurrence.recurrence_id)

    @property
    def all_day(self) -> bool:
        """Whether the date has no time."""
        return self.event.all_day if self.override is None else self.override.all_day

    def text(self, name: str) -> str:
        """A text that series and changed date both have, such as `summary`."""
        row = self.event if self.override is None else self.override
        return str(getattr(row, name))

    def own(self, name: str) -> Any:
        """One of `OWN_DETAILS` on this date."""
        return own(self.event, self.override, name)


def found_on(
    session: Session, place: Workplace, on: date, audience: Audience, person: str = MAYOR
) -> list[Found]:
    """What one person has to do on a day, in order; what is cancelled or hidden from the reader is left out.

    Args:
        audience: Who reads the sheet.
        person: "ob", or the key of a deputy's calendar.
    """
    start, end = (to_utc(datetime.combine(one, time.min), place.zone) for one in (on, on + ONE_DAY))
    rows = by_start(rows_of_days(session, on, on, start, end), start, end)
    kept = [row for row in rows if _stands(row) and _goes(place, row, person)]
    more = _More(session, place, [event.id for _, event, _ in kept], audience)
    told_less = audience is not Audience.INTERN
    beside = levels_beside(session, {event.id for _, event, _ in kept}) if told_less else {}
    found = []
    for occurrence, event, override in kept:
        seen = seen_of(place, event, override, audience, beside.get(event.id, ()))
        if seen is View.NOTHING:
            continue
        one = Found(occurrence=occurrence, event=event, override=override, full=seen is View.FULL)
        found.append(more.filled(one) if one.full else one)
    return sorted(found, key=lambda one: (not one.all_day, one.occurrence.starts_at, one.event.id))


def _stands(row: Dated) -> bool:
    _, event, override = row
    return (event if override is None else override).status != EventStatus.CANCELLED


def _goes(place: Workplace, row: Dated, person: str) -> bool:
    """Whether it is this person who goes: by the calendar, or entered with the mayor's appointment."""
    _, event, override = row
    if event.calendar != MAYOR:
        return person_of(place.catalog, event.calendar) == person
    goes = own(event, override, "attendee")
    names = {place.catalog.calendar_short(key): key for key in deputies_of(place)}
    return names.get(goes, MAYOR) == person


def deputies_of(place: Workplace) -> tuple[str, ...]:
    """The calendars of those who stand in for the mayor."""
    deputy = CalendarRole.STELLVERTRETUNG
    return tuple(key for key, one in place.catalog.calendars.items() if one.role is deputy)


class _More:
    """What hangs on the events of a day and the audience may know, read once for all of them."""

    def __init__(self, session: Session, place: Workplace, ids: Sequence[int], audience: Audience) -> None:
        self._session, self._place, self._audience = session, place, audience
        wanted = sorted(set(ids))
        # The days leave out what only paper needs; read here, it fills up the very rows that they gave.
        self._events = session.scalars(select(Event).where(Event.id.in_(wanted))).all()
        self._people = session.scalars(
            select(EventPerson).where(EventPerson.event_id.in_(wanted)).order_by(EventPerson.id)
        ).all()
        self._tasks = session.scalars(
            select(Task)
            .where(Task.event_id.in_(wanted), Task.done_at.is_(None))
            .order_by(Task.due_on, Task.id)
        ).all()
        self._requests = requests_of(session, place, wanted, audience)
        readable = [row.id for rows in self._requests.values() for row in rows]
        asking = {row.requester_id for rows in self._requests.values() for row in rows}
        # Kept, so that each card is at hand when its turn comes.
        self._cards = session.scalars(select(Person).where(Person.id.in_(asking - {None}))).all()
        self._speeches = session.execute(
            select(Document.event_id, Document.request_id)
            .where(Document.kind.in_(("grusswort", "rede")), Document.text != "")
            .where(Document.event_id.in_(wanted) | Document.request_id.in_(readable))
        ).all()

    def filled(self, one: Found) -> Found:
        """A date with what hangs on it."""
        key = one.event.id
        request = next(iter(self._requests.get(key, ())), None)
        return Found(
            occurrence=one.occurrence,
            event=one.event,
            override=one.override,
            full=True,
            people=tuple((row.name, row.part) for row in self._people if row.event_id == key),
            tasks=tuple(row.label for row in self._tasks if row.event_id == key),
            request=request,
            contact=contact_on_the_day(
                self._session,
                self._place,
                one.own("contact_name"),
                one.own("contact_phone"),
                request,
                self._audience,
            ),
            speech_text=any(
                event_id == key or (request is not None and request_id == request.id)
                for event_id, request_id in self._speeches
            ),
        )
