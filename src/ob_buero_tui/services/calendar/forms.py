"""What the form of an appointment holds: a new one, or one date as it is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from ob_buero_tui.catalog.representation import MAYOR
from ob_buero_tui.rules.event_line import EventLine
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.states import EventStatus
from ob_buero_tui.rules.visibility import Confidentiality, View
from ob_buero_tui.services.calendar.one_date import OneDate, find_date
from ob_buero_tui.services.calendar.own_details import own
from ob_buero_tui.services.calendar.slots import level_of, seen_of
from ob_buero_tui.services.intake.event_rows import EventRows
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.requests import RequestEvent

USUAL_MINUTES = 60
MAYOR_GOES = "OB"


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonEntry:
    """Somebody who comes along or is met; `part` is a `store.appointments.Part`."""

    person_id: int | None = None
    name: str = ""
    email: str = ""
    part: str = "gespraech"


@dataclass(frozen=True, slots=True, kw_only=True)
class EventForm:
    """Everything a person may say about an appointment, or about one date of a series.

    Args:
        event_id: None for a new one.
        recurrence_id: The original start of the date, ISO text; "" where nothing repeats.
        version: The version that the form was made from.
        start, end: Wall time of the office, naive, with fold; midnights when all-day, the end exclusive.
        attendee: Who goes, a few letters.
        rrule: How it repeats (RFC 5545); "" for a single one.
        request_id: The request it belongs to.
    """

    start: datetime
    end: datetime
    event_id: int | None = None
    recurrence_id: str = ""
    version: int = 0
    calendar: str = MAYOR
    summary: str = ""
    kind: str = ""
    all_day: bool = False
    location: str = ""
    description: str = ""
    status: EventStatus = EventStatus.CONFIRMED
    confidentiality: Confidentiality = Confidentiality.INTERN
    attendee: str = MAYOR_GOES
    host: str = ""
    organizer: str = ""
    contact_name: str = ""
    contact_phone: str = ""
    driver: str = ""
    car: str = ""
    room: str = ""
    dress: str = ""
    gift: str = ""
    speech_min: int | None = None
    press: str = ""
    travel_before_min: int = 0
    travel_after_min: int = 0
    important: bool = False
    transparent: bool = False
    people: tuple[PersonEntry, ...] = ()
    rrule: str = ""
    request_id: int | None = None


def new_form(place: Workplace, line: EventLine | None, at: datetime) -> EventForm:
    """The form of a new appointment: what its line says, and what follows from kind and place.

    Args:
        at: Where the cursor stands, wall time; midnight where a view has no hours.
    """
    if line is None:
        all_day = at.time() == time(0)
        length = timedelta(days=1) if all_day else timedelta(minutes=USUAL_MINUTES)
        return EventForm(start=at, end=at + length, all_day=all_day)
    form = EventForm(
        start=line.start,
        end=line.end,
        all_day=line.all_day,
        summary=line.summary,
        rrule=line.rrule,
    )
    form = with_kind(place, form, kind_of(place, line.summary), usual_length=not line.end_said)
    return with_place(place, form, line.location)


def kind_of(place: Workplace, summary: str) -> str:
    """The kind of appointment that a title names, as imports know it; "" for none."""
    return EventRows(place.catalog, place.desk.account).kind(summary) or ""


def with_kind(place: Workplace, form: EventForm, key: str, *, usual_length: bool = False) -> EventForm:
    """The form with another kind, and with what a new one of it starts from.

    Args:
        usual_length: Whether it lasts as long as its kind usually does.
    """
    kind = place.catalog.event_kinds.get(key)
    if kind is None:
        return replace(form, kind="")
    end = form.end
    if usual_length and not form.all_day:
        end = form.start + timedelta(minutes=kind.minutes)
    return replace(
        form, kind=key, end=end, confidentiality=kind.confidentiality, transparent=not kind.blocking
    )


def with_place(place: Workplace, form: EventForm, location: str) -> EventForm:
    """The form with another place; travel follows unless somebody has set it by hand."""
    usual = 0 if form.all_day or form.transparent else place.catalog.travel_min(location)
    old = 0 if form.all_day or form.transparent else place.catalog.travel_min(form.location)
    if (form.travel_before_min, form.travel_after_min) != (old, old):
        return replace(form, location=location)
    return replace(form, location=location, travel_before_min=usual, travel_after_min=usual)


def form_of(place: Workplace, key: str) -> EventForm:
    """One date as a form shows it.

    Args:
        key: As `DayEvent.id` names it.

    Raises:
        Refusal: it is gone, or personal to another desk.
    """
    with place.reading() as session:
        found = find_date(session, place.zone, key)
        if seen_of(place, found.event, found.override) is not View.FULL:
            raise hidden()
        return form_from(session, found)


def form_from(session: Session, found: OneDate) -> EventForm:
    """What a form shows of a date, in any session."""
    event, override = found.event, found.override
    shown = override if override is not None else event
    linked = select(RequestEvent.request_id).where(RequestEvent.event_id == event.id)
    return EventForm(
        event_id=event.id,
        recurrence_id=found.recurrence_id,
        version=found.version,
        calendar=event.calendar,
        summary=shown.summary,
        kind=event.kind or "",
        start=found.starts,
        end=found.ends,
        all_day=found.all_day,
        location=shown.location,
        description=shown.description,
        status=EventStatus(shown.status),
        confidentiality=level_of(event, override),
        organizer=event.organizer,
        transparent=event.transparent,
        people=people_of(session, event.id),
        rrule=event.rrule,
        request_id=session.scalar(linked.order_by(RequestEvent.id).limit(1)),
        **{name: own(event, override, name) for name in DETAILS},
    )


DETAILS = (
    *("attendee", "travel_before_min", "travel_after_min", "important", "host", "contact_name"),
    *("contact_phone", "driver", "car", "room", "dress", "gift", "speech_min", "press"),
)
"""Fields of the form that one date of a series may have of its own."""


def people_of(session: Session, event_id: int) -> tuple[PersonEntry, ...]:
    """Who comes along and who is met, in the order they were entered."""
    from ob_buero_tui.store.appointments import EventPerson

    rows = session.scalars(
        select(EventPerson).where(EventPerson.event_id == event_id).order_by(EventPerson.id)
    )
    return tuple(
        PersonEntry(person_id=row.person_id, name=row.name, email=row.email, part=row.part) for row in rows
    )


def hidden() -> Refusal:
    """What is personal to another desk is neither shown nor changed."""
    return Refusal(
        "Der Termin ist persönlich.",
        "Lesen und ändern kann ihn nur der Platz, dem er gehört.",
        "Wenden Sie sich an die Kollegin oder den Kollegen.",
    )
