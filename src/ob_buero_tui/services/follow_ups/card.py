"""One task or waiting request with everything the panel of the Wiedervorlagen draws."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ob_buero_tui.rules import states
from ob_buero_tui.rules.german import clock, long_date, short_date
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.states import EventStatus
from ob_buero_tui.rules.visibility import View
from ob_buero_tui.rules.waiting import binding_text, woken_text
from ob_buero_tui.services.follow_ups.rows import seen, with_records
from ob_buero_tui.services.follow_ups.steps import Steps, step_card
from ob_buero_tui.services.follow_ups.views import FollowUpView, Pairs
from ob_buero_tui.services.requests.inbox import MASKED, is_overdue
from ob_buero_tui.services.requests.record import record, task_view
from ob_buero_tui.services.views import RecordView
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.calendar import Event
from ob_buero_tui.store.people import Organization, Person
from ob_buero_tui.store.requests import Request
from ob_buero_tui.store.tasks import Note, Task

LAST_NOTES = 5
PERSONAL = "Das ist persönlich und nur am Platz zu lesen, an dem es so eingestuft wurde."


def card(place: Workplace, table: str, key: int, known: Steps | None = None) -> FollowUpView:
    """A task ("task"), a request ("request") or a deadline of the council ("step") for the panel.

    Args:
        known: What `steps_due` has counted already of the sessions.

    Raises:
        Refusal: it is gone.
    """
    if table == "step":
        return step_card(place, key, known)
    if table == "request":
        return _request_card(place, record(place, key))
    with place.reading() as session:
        row = session.execute(with_records([key])).one_or_none()
        if row is None:
            raise Refusal("Diese Aufgabe gibt es nicht mehr.", "", "Wählen Sie eine andere.")
        task: Task = row.Task
        if seen(place, row) is not View.FULL:
            return FollowUpView(table="task", id=key, title=MASKED, notes=(PERSONAL,), full=False)
        own: dict[str, Any] = {
            "table": "task",
            "id": key,
            "title": task.label,
            "facts": _task_facts(place, task),
            "overdue": task.done_at is None and is_overdue(task.due_on, task.due_time, place.now),
            "done": task.done_at is not None,
        }
        if task.request_id is None:
            behind = _event_behind(place, session, task) if task.event_id is not None else _item_behind(row)
            return FollowUpView(**own, **behind)
    return FollowUpView(**own, **_request_behind(place, record(place, task.request_id), without=key))


def _task_facts(place: Workplace, task: Task) -> Pairs:
    late = task.done_at is None and is_overdue(task.due_on, task.due_time, place.now)
    done = f"{long_date(place.local(task.done_at).date())} von {task.done_by}" if task.done_at else ""
    return _told(
        ("Zu tun bis", _day(task.due_on, task.due_time, late=late) or "ohne Termin"),
        ("Gezählt", task.due_text),
        ("Zuständig", task.assigned_to),
        ("Erledigt", done),
    )


def _request_card(place: Workplace, view: RecordView) -> FollowUpView:
    with place.reading() as session:
        request = session.get(Request, view.id)
        if request is None or place.sees(request.confidentiality, request.owner) is not View.FULL:
            return FollowUpView(table="request", id=view.id, title=MASKED, notes=(PERSONAL,), full=False)
        note, woken = request.wiedervorlage_note, woken_text(request.woken_by)
        days = request.wiedervorlage_days
    late = view.wiedervorlage_on is not None and view.wiedervorlage_on < place.today
    facts = _told(
        ("Wieder am", _day(view.wiedervorlage_on, None, late=late)),
        ("Früher", woken),
        ("Gebunden", binding_text(days) if days is not None else ""),
        ("Nächstes", note),
        ("Antwort bis", _day(view.due_on, view.due_time, late=_late(place, view))),
        ("Gezählt", view.due_text),
        ("Zuständig", view.assigned_to),
    )
    behind = _request_behind(place, view)
    if view.wiedervorlage_on is not None and len(view.notes) <= LAST_NOTES:
        behind["notes"] = view.notes[1:]  # the first repeats the facts
    return FollowUpView(table="request", id=view.id, title=view.subject, facts=facts, overdue=late, **behind)


def _request_behind(place: Workplace, view: RecordView, *, without: int = 0) -> dict[str, Any]:
    """What both cards say of a request.

    Args:
        without: A task that is not told of, because the card is about it.
    """
    when = ""
    if view.event_start is not None:
        when = f"{long_date(view.event_start.date())} {clock(view.event_start)}"
    with place.reading() as session:
        copies, deceased = _reach(session, view)
    who = " · ".join(part for part in (view.requester, view.organization) if part)
    about = _told(
        ("Betreff", view.subject),
        ("Von", who),
        ("Verstorben", deceased),
        ("Kontakt", view.contact),
        ("Termin", " · ".join(part for part in (when, view.event_place) if part)),
        ("Stand", view.state_label),
        ("Antwort bis", _day(view.due_on, view.due_time) if without else ""),
    )
    return {
        "heading": " · ".join(part for part in (view.number, view.kind_label) if part),
        "about": about if without else about[1:],
        "tasks": tuple(task for task in view.tasks if task.id != without),
        "notes": view.notes[-LAST_NOTES:],
        "opens": ("request", view.id),
        "copies": copies,
    }


def _event_behind(place: Workplace, session: Session, task: Task) -> dict[str, Any]:
    """What the card of a task says of its appointment."""
    event = session.get_one(Event, task.event_id)
    start = place.local(event.starts_at)
    kind = place.catalog.event_kinds.get(event.kind or "")
    siblings = session.scalars(
        select(Task)
        .where(Task.event_id == event.id, Task.id != task.id)
        .order_by(Task.due_on.is_(None), Task.due_on, Task.id)
    )
    notes = session.scalars(
        select(Note).where(Note.event_id == event.id).order_by(Note.id.desc()).limit(LAST_NOTES)
    ).all()
    at = "ganztägig" if event.all_day else clock(start)
    about = _told(
        ("Name", event.summary),
        ("Wann", f"{long_date(start.date())} {at}"),
        ("Wo", event.location),
        ("Wer", event.attendee),
        ("Veranstalter", event.organizer),
        ("Stand", states.label(EventStatus(event.status))),
    )
    return {
        "heading": " · ".join(part for part in ("Termin", kind.label if kind is not None else "") if part),
        "about": about,
        "tasks": tuple(task_view(place, one) for one in siblings),
        "notes": tuple(_note(place, one) for one in reversed(notes)),
        "opens": ("event", event.id),
        "copies": _told(("Termin", event.summary), ("Ort", event.location)),
    }


def _item_behind(row: Any) -> dict[str, Any]:
    """What the card of a task says of the item it follows from."""
    if row.item_id is None:
        return {}
    day = long_date(row.meeting_start.date()) if row.meeting_start is not None else ""
    about = _told(
        ("Sitzung", " · ".join(part for part in (row.meeting_name or "", day) if part)),
        ("Punkt", f"{row.item_number} {row.item_name}".strip()),
    )
    opens = ("meeting", row.meeting_id) if row.meeting_id is not None else None
    return {"heading": "Aus der Sitzung", "about": about, "opens": opens}


def _note(place: Workplace, note: Note) -> str:
    at = place.local(note.written_at)
    return f"{short_date(at.date())} {clock(at)} {note.written_by}: {note.text}"


def _reach(session: Session, view: RecordView) -> tuple[Pairs, str]:
    """What may be copied of a request and who asked for it, and since when that person is dead."""
    request = session.get_one(Request, view.id)
    person = session.get(Person, request.requester_id) if request.requester_id else None
    body = session.get(Organization, request.organization_id) if request.organization_id else None
    reached: Pairs = ()
    for one in (person, body):
        if one is not None:
            place_line = " ".join(part for part in (one.postal_code, one.locality) if part)
            lines = [part for part in (one.street_address, place_line) if part]
            reached += _told(
                ("Telefon", one.tel), ("E-Mail", one.email or ""), ("Anschrift", "\n".join(lines))
            )
    first = dict(reversed(reached))  # the person's own before those of the organization
    dead = person.deceased_on if person is not None else None
    names = (
        ("Nummer", view.number),
        ("Betreff", view.subject),
        ("Person", view.requester),
        ("Organisation", view.organization),
    )
    ways = ("Telefon", first.get("Telefon", "")), ("E-Mail", first.get("E-Mail", ""))
    copies = _told(*names, *ways, ("Anschrift", first.get("Anschrift", "")), ("Ort", view.event_place))
    return copies, long_date(dead) if dead is not None else ""


def _told(*pairs: tuple[str, str]) -> Pairs:
    """Without what is empty."""
    return tuple((name, value) for name, value in pairs if value)


def _late(place: Workplace, view: RecordView) -> bool:
    return is_overdue(view.due_on, view.due_time, place.now)


def _day(on: date | None, at: time | None = None, *, late: bool = False) -> str:
    if on is None:
        return ""
    hour = f" {clock(at)}" if at is not None else ""
    return f"{long_date(on)}{hour}{' · überfällig' if late else ''}"
