"""The office's text modules that fit a request, filled with what is known of it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from ob_buero_tui.catalog.model import FieldType
from ob_buero_tui.catalog.representation import CalendarRole
from ob_buero_tui.catalog.words import TextModule
from ob_buero_tui.rules import german
from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.placeholders import fill_in
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.salutation import Addressee, forms
from ob_buero_tui.rules.workdays import DayKind, shift
from ob_buero_tui.services.people.addressing import forms_of
from ob_buero_tui.services.people.columns import contact_name
from ob_buero_tui.services.requests.verbs import refuse_hidden
from ob_buero_tui.services.workcalendar import work_calendar
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.calendar import Event
from ob_buero_tui.store.decisions import Asked, Inquiry
from ob_buero_tui.store.people import Organization, Person
from ob_buero_tui.store.requests import Request, RequestEvent

REPLY_DAYS, BEFORE_EVENT = 10, 3
"""Working days that others have to answer, and by which their answer comes before the appointment."""
_NAMED = ("verstorben", "name", "person", "geehrte")
"""Fields of kinds that name the person a letter is about."""
_OCCASION = ("anlass", "veranstaltung")
"""Fields of kinds in which somebody writes what it is that is celebrated or held."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledModule:
    """A text module with its gaps filled as far as that is known."""

    key: str
    label: str
    text: str


def filled_modules(place: Workplace, request_id: int) -> tuple[FilledModule, ...]:
    """The text modules of a request's kind, state and reason; those made just for these come first.

    Raises:
        Refusal: there is no such request, or it is personal to another desk.
    """
    with place.reading() as session:
        request = session.get(Request, request_id)
        if request is None:
            raise Refusal("Diesen Eingang gibt es nicht mehr.", "", "Wählen Sie einen anderen.")
        refuse_hidden(place, request)
        fitting = [one for one in place.catalog.text_modules if fits(one, request)]
        fitting.sort(key=lambda one: (not (one.reasons and request.reason), len(one.kinds) != 1))
        values = known_values(session, place, request)
    return tuple(
        FilledModule(key=one.key, label=one.label, text=fill_in(one.text, values)) for one in fitting
    )


def fits(module: TextModule, request: Request) -> bool:
    """Whether a text module is meant for a request of this kind, state and reason."""
    if module.kinds and request.kind not in module.kinds:
        return False
    if module.states and request.state not in module.states:
        return False
    return not (module.reasons and request.reason) or request.reason in module.reasons


def known_values(session: Session, place: Workplace, request: Request) -> dict[str, str]:
    """What is known for each placeholder; empty where nothing is."""
    person = session.get(Person, request.requester_id) if request.requester_id else None
    organization = session.get(Organization, request.organization_id) if request.organization_id else None
    addressed = person or organization
    body = organization.name if person is not None and organization is not None else ""
    found = (
        forms_of(place, addressed, body)[0] if addressed else forms(Addressee(), place.catalog.salutations)
    )
    due = request.due_on
    asked = open_question(session, request)
    values = {
        "anrede": found.salutation.rstrip(", "),
        "person": contact_name(person) if person is not None else "",
        "organisation": organization.name if organization is not None else "",
        "nummer": request.number,
        "betreff": request.subject,
        "anlass": _occasion(place, request),
        "eingang": german.letter_date(place.local(request.received_at).date()),
        "termin": _moment(request),
        "ort": request.event_place,
        "frist": german.letter_date(due) if due is not None and due >= place.today else "",
        "rueckmeldung": _reply_by(session, place, request, asked),
        "frage": asked.question if asked is not None else "",
        "grund": request.reason,
        "amt": _handed_to(place, request),
        "name": str(next((request.fields[key] for key in _NAMED if request.fields.get(key)), "")),
        "vertretung": _deputy(session, place, request),
        "ob": place.catalog.word("ob_brief"),
        "rat": place.catalog.word("rat"),
        "stadt": place.catalog.word("stadt"),
        "heute": german.letter_date(place.today),
        "kuerzel": request.assigned_to or place.desk.initials,
    }
    return {name: clean(value, multiline=name == "frage").strip() for name, value in values.items()}


def _occasion(place: Workplace, request: Request) -> str:
    """What a letter calls it: as its field says, the subject where that is empty or a word of a list."""
    kind = place.catalog.kinds.get(request.kind or "")
    written = [one.key for one in kind.fields if one.type is FieldType.TEXT] if kind is not None else []
    found = (request.fields.get(key) for key in _OCCASION if key in written)
    return str(next((one for one in found if one), request.subject))


def _moment(request: Request) -> str:
    if request.event_start is None:
        return ""
    return f"{german.letter_date(request.event_start.date())}, {german.clock(request.event_start)} Uhr"


def open_question(session: Session, request: Request) -> Inquiry | None:
    """The open question to the sender that was recorded last."""
    query = select(Inquiry).where(
        Inquiry.request_id == request.id, Inquiry.asked == Asked.ABSENDER.value, Inquiry.answered_on.is_(None)
    )
    return session.scalars(query.order_by(Inquiry.id.desc()).limit(1)).one_or_none()


def _reply_by(session: Session, place: Workplace, request: Request, asked: Inquiry | None) -> str:
    """Until when the office asks for an answer: as asked, or ten working days and before the appointment."""
    if asked is not None and asked.due_on is not None and asked.due_on > place.today:
        return german.letter_date(asked.due_on)
    open_days = work_calendar(session, place)
    latest = shift(open_days, place.today, REPLY_DAYS, DayKind.ARBEITSTAGE)
    if request.event_start is not None:
        before = shift(open_days, request.event_start.date(), -BEFORE_EVENT, DayKind.ARBEITSTAGE)
        latest = min(latest, before)
    return german.letter_date(latest) if latest > place.today else ""


def _handed_to(place: Workplace, request: Request) -> str:
    """Where a request was handed to, by its label where the office knows it by a key."""
    known = {one.key: one.label for one in place.catalog.departments}
    return known.get(request.handed_to, request.handed_to)


def _deputy(session: Session, place: Workplace, request: Request) -> str:
    """Whose calendar the appointment stands in, where that is a deputy's."""
    calendars = session.scalars(
        select(Event.calendar)
        .join(RequestEvent, RequestEvent.event_id == Event.id)
        .where(RequestEvent.request_id == request.id, Event.trashed_at.is_(None))
    )
    specs = [place.catalog.calendars.get(key) for key in calendars]
    return next((one.label for one in specs if one and one.role is CalendarRole.STELLVERTRETUNG), "")
