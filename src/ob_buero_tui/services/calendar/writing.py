"""Writes what a form says into an appointment, or into one changed date of a series."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import fields
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from ob_buero_tui.catalog.representation import MAYOR
from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.visibility import Confidentiality, strictest
from ob_buero_tui.rules.zones import existing_span, gap_told, to_local, to_utc
from ob_buero_tui.services.calendar.forms import DETAILS, EventForm, PersonEntry
from ob_buero_tui.services.work import Work
from ob_buero_tui.store.calendar import Event, EventOverride, Host
from ob_buero_tui.store.requests import Request, RequestEvent

TIME = frozenset(("start", "end", "all_day"))
TEXTS = {
    "summary": 300, "location": 300, "description": 20_000, "organizer": 300, "contact_name": 300,
    "contact_phone": 100, "driver": 100, "car": 100, "room": 200, "dress": 200, "gift": 300, "press": 300,
    "attendee": 40,
}  # fmt: skip
"""Fields of text and how many characters they hold."""
KEYS = frozenset(("event_id", "recurrence_id", "version"))
WHOLE = {
    "calendar": "Kalender", "kind": "Art", "organizer": "Veranstalter", "transparent": "belegt keine Zeit",
    "people": "Personen", "rrule": "Wiederholung", "request_id": "Vorgang",
}  # fmt: skip
"""What holds for a whole series only, as the form calls it."""
MOST_TRAVEL = 12 * 60


def cleaned(form: EventForm) -> EventForm:
    """The form with clean texts; whoever goes for a calendar of its own follows from that."""
    from dataclasses import replace

    texts = {
        name: clean(getattr(form, name), multiline=name == "description", limit=limit).strip()
        for name, limit in TEXTS.items()
    }
    people = tuple(
        PersonEntry(
            person_id=one.person_id,
            name=clean(one.name, limit=300).strip(),
            email=clean(one.email, limit=300).strip(),
            part=one.part,
        )
        for one in form.people
        if one.name.strip()
    )
    return replace(form, **texts, people=people)  # type: ignore[arg-type]


def refuse_wrong(form: EventForm, what: str) -> None:
    """Refuse a form that cannot be an appointment.

    Args:
        what: What was not done, a German sentence.
    """
    if not form.summary:
        raise Refusal(what, "Es fehlt, worum es geht.", "Schreiben Sie einen Titel.")
    if form.end <= form.start:
        raise Refusal(what, "Das Ende liegt nicht nach dem Beginn.", "Ändern Sie die Uhrzeiten.")
    for minutes in (form.travel_before_min, form.travel_after_min):
        if not 0 <= minutes <= MOST_TRAVEL:
            raise Refusal(what, "Die Fahrzeit liegt nicht zwischen 0 und 720 Minuten.", "Ändern Sie sie.")
    if form.speech_min is not None and not 0 < form.speech_min <= 24 * 60:
        raise Refusal(what, "Die Redezeit ist keine Zahl von Minuten.", "Ändern Sie sie.")
    if form.host not in tuple(Host):
        raise Refusal(what, "Veranstalter ist die Stadt oder ein Dritter.", "Wählen Sie eines von beiden.")


def changed_fields(before: EventForm, after: EventForm) -> frozenset[str]:
    """The fields in which two forms differ; wall times with their fold."""
    return frozenset(
        one.name
        for one in fields(EventForm)
        if one.name not in KEYS and _value(before, one.name) != _value(after, one.name)
    )


def _value(form: EventForm, name: str) -> Any:
    value = getattr(form, name)
    return (value, value.fold) if isinstance(value, datetime) else value


def set_span(
    row: Event | EventOverride, start: datetime, end: datetime, *, all_day: bool, tzid: str, zone: str
) -> None:
    """Give an event or a date its time, from wall time of the office.

    A zone of its own stays: the office's time is turned into its wall time. A time that summer time skips is
    moved forward, its end with it.
    """
    if all_day:
        row.dtstart, row.dtend, row.tzid, row.fold, row.all_day = start, end, tzid, 0, True
    else:
        begin, finish = existing_span(start, end, zone)
        begin, fold = begin.replace(fold=0), begin.fold
        if tzid != zone:
            begin, fold = to_local(to_utc(begin, zone, fold), tzid)
            finish = to_local(to_utc(finish, zone, end.fold), tzid)[0]
        row.dtstart, row.dtend, row.tzid, row.fold, row.all_day = begin, finish, tzid, fold, False
    if isinstance(row, Event):
        set_instants(row)


def set_instants(event: Event) -> None:
    """Count the instants of an event anew from its wall time."""
    event.starts_at = to_utc(event.dtstart, event.tzid, event.fold)
    event.ends_at = to_utc(event.dtend, event.tzid)
    if event.ends_at < event.starts_at:
        event.ends_at = event.starts_at + max(event.dtend - event.dtstart, timedelta(0))


def skipped_hour(form: EventForm, zone: str) -> str:
    """What is told about a start that summer time skips; "" where there is such a time."""
    return "" if form.all_day else gap_told(form.start, zone)


def fill_event(work: Work, event: Event, form: EventForm, names: Collection[str]) -> None:
    """Write the named fields of a form into an event; time, rule and people are not among them."""
    for name in names:
        if name in (*TEXTS, *DETAILS, "calendar", "transparent") and hasattr(event, name):
            setattr(event, name, getattr(form, name))
    if "kind" in names:
        event.kind = form.kind or None
    if "status" in names:
        event.status = form.status.value
    if "confidentiality" in names:
        event.confidentiality = form.confidentiality.value
        event.owner = work.desk.account if form.confidentiality is Confidentiality.PERSOENLICH else ""
    if "calendar" in names and form.calendar != MAYOR:
        event.attendee = work.catalog.calendar_short(form.calendar)


def fill_override(work: Work, event: Event, override: EventOverride, form: EventForm) -> None:
    """Write a form into one date; what is as in its series is not kept twice."""
    override.summary, override.location = form.summary, form.location
    override.description, override.status = form.description, form.status.value
    if form.confidentiality.value != level_text(event, override):
        override.confidentiality = form.confidentiality.value
        personal = form.confidentiality is Confidentiality.PERSOENLICH
        override.owner = work.desk.account if personal else ""
    own = {name: getattr(form, name) for name in DETAILS if getattr(form, name) != getattr(event, name)}
    kept = {name: value for name, value in override.details.items() if name not in DETAILS}
    override.details = kept | own


def level_text(event: Event, override: EventOverride | None) -> str:
    """How confidential a date is by series and itself."""
    levels = [Confidentiality(row.confidentiality) for row in (event, override) if row is not None]
    return strictest(levels).value


def set_people(work: Work, event: Event, people: Collection[PersonEntry]) -> None:
    """Let exactly these people belong to an appointment; answers of those who stay are kept."""
    from ob_buero_tui.store.appointments import EventPerson

    rows = work.session.scalars(select(EventPerson).where(EventPerson.event_id == event.id)).all()
    wanted = {(one.person_id, one.name, one.part): one for one in people}
    for row in rows:
        entry = wanted.pop((row.person_id, row.name, row.part), None)
        if entry is None:
            work.session.delete(row)
        else:
            row.email = entry.email
    for one in wanted.values():
        work.session.add(
            EventPerson(
                event_id=event.id, person_id=one.person_id, name=one.name, email=one.email, part=one.part
            )
        )


def link_request(work: Work, event: Event, request_id: int | None, before: int | None = None) -> None:
    """Let an appointment belong to a request instead of another one; it becomes at least as confidential.

    Args:
        before: The request that it belonged to, as the form showed it.
    """
    if before is not None:
        gone = select(RequestEvent).where(
            RequestEvent.event_id == event.id, RequestEvent.request_id == before
        )
        for row in work.session.scalars(gone):
            work.session.delete(row)
        work.refer("request", before)
    if request_id is None:
        return
    from ob_buero_tui.services.requests.verbs import readable

    request: Request = readable(work, [request_id])[0]
    known = select(RequestEvent.id).where(
        RequestEvent.event_id == event.id, RequestEvent.request_id == request.id
    )
    if work.session.scalar(known) is None:
        work.session.add(RequestEvent(request_id=request.id, event_id=event.id))
    levels = (Confidentiality(event.confidentiality), Confidentiality(request.confidentiality))
    event.confidentiality = strictest(levels).value
    if event.confidentiality == Confidentiality.PERSOENLICH:
        event.owner = event.owner or request.owner
    work.refer("request", request.id)
