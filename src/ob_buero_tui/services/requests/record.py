"""One request with everything its panel draws."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from ob_buero_tui.catalog.model import FieldSpec, FieldType, RequestKind
from ob_buero_tui.rules import german, states
from ob_buero_tui.rules.clean import shorten
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.states import EventStatus, RequestState
from ob_buero_tui.rules.visibility import Confidentiality, View
from ob_buero_tui.services.answers.reading import answers_of
from ob_buero_tui.services.history import history_of
from ob_buero_tui.services.requests.facts import findings, letter
from ob_buero_tui.services.requests.inbox import MASKED, is_overdue
from ob_buero_tui.services.requests.precedents import precedents
from ob_buero_tui.services.requests.record_decision import decision_parts
from ob_buero_tui.services.requests.waiting import waiting_line
from ob_buero_tui.services.views import AttachmentView, LinkedEvent, RecordView, TaskView
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.calendar import Event
from ob_buero_tui.store.documents import Attachment
from ob_buero_tui.store.people import Organization, Person
from ob_buero_tui.store.requests import THREADED, Message, Request, RequestEvent
from ob_buero_tui.store.tasks import Note, Task

# Made once: to put a statement together takes as long as to run it.
_REQUEST: Any = bindparam("request")
_WITH_ASKING = (
    select(Request, Person, Organization)
    .outerjoin(Person, Person.id == Request.requester_id)
    .outerjoin(Organization, Organization.id == Request.organization_id)
    .where(Request.id == _REQUEST)
)
_ATTACHMENTS = select(Attachment).where(Attachment.request_id == _REQUEST).order_by(Attachment.id)
_TASKS = select(Task).where(Task.request_id == _REQUEST).order_by(Task.due_on.is_(None), Task.due_on, Task.id)
_EVENTS = (
    select(Event)
    .join(RequestEvent, RequestEvent.event_id == Event.id)
    .where(RequestEvent.request_id == _REQUEST, Event.trashed_at.is_(None))
    .order_by(Event.starts_at)
)
_THREAD = (
    select(Request)
    .where(THREADED, Request.thread == bindparam("thread"))
    .where(Request.id != _REQUEST, Request.trashed_at.is_(None))
    .order_by(Request.received_at)
    .limit(50)
)
_NOTES = select(Note).where(Note.request_id == _REQUEST).order_by(Note.id)


def record(place: Workplace, request_id: int) -> RecordView:
    """A request for its panel; a personal one of another desk shows no more than that it is there.

    Raises:
        Refusal: there is no such request.
    """
    with place.reading() as session:
        found = session.execute(_WITH_ASKING, {"request": request_id}).one_or_none()
        if found is None:
            raise Refusal("Diesen Eingang gibt es nicht mehr.", "", "Wählen Sie einen anderen.")
        request, person, organization = found
        if place.sees(request.confidentiality, request.owner) is not View.FULL:
            return _masked(place, request)
        return _record(place, session, request, person, organization)


def _record(
    place: Workplace,
    session: Session,
    request: Request,
    person: Person | None,
    organization: Organization | None,
) -> RecordView:
    kind = place.catalog.kinds.get(request.kind or "")
    message = letter(session, request.id)
    body = message.body if message is not None else ""
    earlier = precedents(session, place, request)
    return RecordView(
        **(_head(place, request, kind) | decision_parts(place, session, request)),
        subject=request.subject,
        requester=_name(person, message),
        organization=organization.name if organization is not None else "",
        contact=_contact(person or organization, message),
        due_text=request.due_text,
        event_place=request.event_place,
        fields=_fields(kind, request),
        findings=findings(session, place, request, body, earlier=earlier),
        precedents=tuple((each.request_id, each.line) for each in earlier),
        body=body,
        attachments=_attachments(session, request.id),
        tasks=_tasks(place, session, request.id),
        answers=answers_of(session, place, request),
        events=_events(place, session, request.id),
        thread=_thread(session, place, request),
        notes=_notes(place, session, request),
        history=history_of(place, session, "request", [request.id]),
    )


def _head(place: Workplace, request: Request, kind: RequestKind | None) -> dict[str, Any]:
    return {
        "id": request.id,
        "number": request.number,
        "kind": request.kind or "",
        "kind_label": kind.label if kind is not None else (request.kind or ""),
        "sign": kind.sign if kind is not None else "",
        "proposed": request.kind_proposed,
        "state_label": place.catalog.states.label(RequestState(request.state)),
        "received_on": place.local(request.received_at).date(),
        "channel": request.channel,
        "due_on": request.due_on,
        "due_time": request.due_time,
        "wiedervorlage_on": request.wiedervorlage_on,
        "assigned_to": request.assigned_to,
        "event_start": request.event_start,
        "event_end": request.event_end,
        "important": request.important,
        "confidentiality": Confidentiality(request.confidentiality),
    }


def _masked(place: Workplace, request: Request) -> RecordView:
    return RecordView(
        **_head(place, request, place.catalog.kinds.get(request.kind or "")),
        subject=MASKED,
        notes=("Dieser Eingang ist persönlich und nur am Platz zu lesen, an dem er so eingestuft wurde.",),
    )


def _name(person: Person | None, message: Message | None) -> str:
    if person is not None:
        parts = (person.honorific_prefix, person.given_name, person.family_name)
        return " ".join(part for part in parts if part) or person.email or ""
    return (message.sender_name or message.sender_address) if message is not None else ""


def _contact(asking: Person | Organization | None, message: Message | None) -> str:
    told = " · ".join(part for part in (asking.tel, asking.email) if part) if asking is not None else ""
    if told or isinstance(asking, Person):
        return told
    return message.sender_address if message is not None else ""


def _fields(kind: RequestKind | None, request: Request) -> tuple[tuple[str, str], ...]:
    if kind is None:
        return ()
    return tuple(
        (spec.label, field_text(spec, request.fields.get(spec.key)))
        for spec in kind.fields_for(request.fields)
    )


def field_text(spec: FieldSpec, value: Any) -> str:
    """A stored field value as it is shown; empty where nothing was entered."""
    if value is None or value == "":
        return ""
    if spec.type is FieldType.JANEIN:
        return "ja" if value else "nein"
    if spec.type in (FieldType.ZAHL, FieldType.BETRAG) and isinstance(value, int | float):
        return f"{german.number(value)} {spec.unit}".strip()
    if spec.type in (FieldType.DATUM, FieldType.DATUMZEIT):
        return _date_text(str(value))
    return str(value)


def _date_text(value: str) -> str:
    try:
        if "T" not in value:
            return german.long_date(date.fromisoformat(value))
        moment = datetime.fromisoformat(value)
        return f"{german.long_date(moment.date())} {german.clock(moment)}"
    except ValueError:
        return value


def _attachments(session: Session, request_id: int) -> tuple[AttachmentView, ...]:
    rows = session.scalars(_ATTACHMENTS, {"request": request_id})
    return tuple(AttachmentView(name=row.filename, size=row.size, media_type=row.media_type) for row in rows)


def task_view(place: Workplace, task: Task) -> TaskView:
    """A task as a line."""
    return TaskView(
        id=task.id,
        label=task.label,
        due_on=task.due_on,
        due_text=task.due_text,
        done=task.done_at is not None,
        overdue=task.done_at is None and is_overdue(task.due_on, task.due_time, place.now),
    )


def _tasks(place: Workplace, session: Session, request_id: int) -> tuple[TaskView, ...]:
    rows = session.scalars(_TASKS, {"request": request_id})
    return tuple(task_view(place, row) for row in rows)


def _events(place: Workplace, session: Session, request_id: int) -> tuple[LinkedEvent, ...]:
    rows = session.scalars(_EVENTS, {"request": request_id})
    return tuple(LinkedEvent(id=row.id, label=_event_label(place, row)) for row in rows)


def _event_label(place: Workplace, event: Event) -> str:
    start = place.local(event.starts_at)
    at = "ganztägig" if event.all_day else german.clock(start)
    name = event.summary if place.sees(event.confidentiality, event.owner) is View.FULL else "belegt"
    state = states.label(EventStatus(event.status))
    return f"{german.short_date(start.date())} {at} {shorten(name, 60)} ({state})"


def _thread(session: Session, place: Workplace, request: Request) -> tuple[tuple[int, str], ...]:
    """The other letters of the exchange, and the earlier one this may be a double of."""
    rows: Sequence[Request] = ()
    if request.thread:
        rows = session.scalars(_THREAD, {"thread": request.thread, "request": request.id}).all()
    shown = [(row, "") for row in rows if row.id != request.double_of_id]
    double = session.get(Request, request.double_of_id) if request.double_of_id else None
    if double is not None:
        shown.insert(0, (double, "möglicherweise doppelt zu "))
    return tuple(
        (
            row.id,
            f"{prefix}{row.number} {german.short_date(place.local(row.received_at).date())} {row.subject}",
        )
        for row, prefix in shown
        if place.sees(row.confidentiality, row.owner) is View.FULL
    )


def _notes(place: Workplace, session: Session, request: Request) -> tuple[str, ...]:
    lines = []
    if waits := waiting_line(request):
        lines.append(waits)
    if request.reason:
        lines.append(f"Grund: {request.reason}")
    for note in session.scalars(_NOTES, {"request": request.id}):
        at = place.local(note.written_at)
        lines.append(f"{german.short_date(at.date())} {german.clock(at)} {note.written_by}: {note.text}")
    return (*lines, *request.intake_notes)
