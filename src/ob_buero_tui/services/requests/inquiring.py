"""Rückfragen: the sender, a department or a Dezernat is asked, reminded of, and the answer written down."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from ob_buero_tui.catalog.decisions import Department, DepartmentKind
from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.conditions import holds
from ob_buero_tui.rules.german import join, long_date
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.states import OPEN_STATES, RequestState
from ob_buero_tui.rules.workdays import DayKind, shift
from ob_buero_tui.services.history import Params, day_text, sentence
from ob_buero_tui.services.requests.exceptions import dry_check
from ob_buero_tui.services.requests.facts import letter
from ob_buero_tui.services.requests.inquiries import (
    InquiryView,
    inquiries,
    open_inquiries,
    stellungnahmen,
)
from ob_buero_tui.services.requests.verbs import Done, enter_state, load, refuse_hidden, told
from ob_buero_tui.services.requests.waiting import expected, put_off
from ob_buero_tui.services.work import Work, use_case
from ob_buero_tui.services.workcalendar import work_calendar
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.decisions import Asked, Inquiry
from ob_buero_tui.store.people import Organization, Person
from ob_buero_tui.store.requests import Request
from ob_buero_tui.store.tasks import Task

__all__ = ["InquiryView", "answer_inquiry", "inquire", "inquiries", "sender_answered", "stellungnahmen"]

REMINDER = "rueckfrage"
"""Template of the reminding task."""
ANSWER_DAYS = "rueckfrage"
"""The figure of how many Arbeitstage an answer may take."""
TEXT_LIMIT = 20_000
CAME_BY_LETTER = "mit der Antwort im Schriftwechsel"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked, of whom, and until when.

    Args:
        department: Key of a department; empty for the sender.
    """

    text: str
    due_on: date
    department: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class InquiryProposal:
    """What the dialog of a question starts from.

    Args:
        sender: Who asked the office; empty where nobody is known.
        missing: Required fields of the kind that are still empty, by their labels.
        waiting: Questions that nobody has answered yet.
    """

    number: str
    sender: str
    missing: tuple[str, ...]
    due_on: date
    waiting: tuple[InquiryView, ...]

    @property
    def question(self) -> str:
        """The question as it is proposed: for what is missing."""
        if not self.missing:
            return ""
        return f"Bitte teilen Sie uns noch mit: {join(list(self.missing))}."


def propose_inquiry(place: Workplace, request_id: int) -> InquiryProposal:
    """What is missing, whom it came from, and until when an answer is usual.

    Raises:
        Refusal: the request is gone, or personal to another desk.
    """
    with place.reading() as session:
        request = session.get(Request, request_id)
        if request is None:
            raise Refusal("Diesen Eingang gibt es nicht mehr.")
        refuse_hidden(place, request)
        days = place.catalog.figures.get(ANSWER_DAYS, 5)
        due = shift(work_calendar(session, place), place.today, days, DayKind.ARBEITSTAGE)
        return InquiryProposal(
            number=request.number,
            sender=_sender(session, request)[0],
            missing=_missing(place, request),
            due_on=due,
            waiting=tuple(one for one in inquiries(session, request_id) if one.answered_on is None),
        )


@use_case("inquire")
def inquire(work: Work, ids: Sequence[int], question: Question) -> Done:
    """Ask about requests; each waits, comes back on the day the answer is due, and has a task that reminds.

    What is decided already stays decided while somebody is asked.

    Raises:
        Refusal: the question is empty, the day is past, or the department is not known.
    """
    text = clean(question.text, multiline=True, limit=TEXT_LIMIT).strip()
    department = _department(work, question.department)
    _refuse_unfit(work, text, question.due_on)
    rows = load(work, ids)
    for row in rows:
        if row.closed:
            raise Refusal(f"{row.number} ist abgeschlossen.", "Abgeschlossenes wartet auf keine Antwort.")
        _ask(work, row, department, text, question.due_on)
    who = department.short if department is not None else "die anfragende Stelle"
    work.tell(whom=who, until=question.due_on.isoformat())
    return told(rows, f"Rückfrage an {who} bis {long_date(question.due_on)}")


@use_case("answer_inquiry")
def answer_inquiry(work: Work, inquiry_id: int, text: str) -> Done:
    """Write down what came back; when nothing else is asked, the request waits no longer."""
    text = clean(text, multiline=True, limit=TEXT_LIMIT).strip()
    if not text:
        raise Refusal(
            "Die Antwort wurde nicht gespeichert.", "Sie ist leer.", "Schreiben Sie, was geantwortet wurde."
        )
    inquiry = work.get(Inquiry, inquiry_id)
    if inquiry.answered_on is not None:
        raise Refusal(
            "Die Antwort wurde nicht gespeichert.",
            f"Die Rückfrage ist seit {long_date(inquiry.answered_on)} beantwortet.",
            "Was dazukommt, schreiben Sie als Notiz (c).",
        )
    rows = load(work, [inquiry.request_id])
    _take(work, rows[0], inquiry, text)
    work.tell(whom=_short(work, inquiry))
    return told(rows, f"Antwort von {inquiry.name} eingetragen")


def sender_answered(
    work: Work,
    request_id: int,
    text: str = CAME_BY_LETTER,
    *,
    senders: Collection[str] | None = None,
    since: date | None = None,
) -> int:
    """The sender has written again: open questions to the sender are answered; returns how many.

    For an import or another step of its own; the letter itself stands in the exchange.

    Args:
        senders: Addresses in lower case that wrote; only what they were asked is answered. None: all of it.
        since: The day of the letter; what was asked later is not answered by it.
    """
    request = work.get(Request, request_id)
    found = [
        one
        for one in open_inquiries(work.session, request_id)
        if one.asked == Asked.ABSENDER
        and (senders is None or one.email.lower() in senders)
        and (since is None or one.asked_on <= since)
    ]
    for inquiry in found:
        _take(work, request, inquiry, text)
    return len(found)


def _ask(work: Work, row: Request, department: Department | None, text: str, due: date) -> None:
    name, email = _sender(work.session, row)
    asked = Asked.ABSENDER
    if department is not None:
        asked = Asked.DEZERNAT if department.kind is DepartmentKind.DEZERNAT else Asked.AMT
        name, email = f"{department.short} {department.label}", department.email
    what = "Antwort" if department is None else "Stellungnahme"
    short = department.short if department is not None else name or "anfragender Stelle"
    task = Task(
        label=clean(f"{what} von {short}", limit=200),
        template=REMINDER,
        request_id=row.id,
        event_id=None,
        due_on=due,
        due_time=None,
        due_text=f"Rückfrage vom {long_date(work.today)}",
        assigned_to=row.assigned_to or work.desk.initials,
    )
    work.session.add(task)
    work.session.flush()
    work.session.add(
        Inquiry(
            request_id=row.id,
            asked=asked.value,
            name=clean(name, limit=200),
            email=email,
            question=text,
            asked_on=work.today,
            asked_by=work.desk.initials,
            due_on=due,
            task_id=task.id,
        )
    )
    work.refer("request", row.id)
    if RequestState(row.state) in OPEN_STATES:
        _wait(work, row, due, short)


def _wait(work: Work, row: Request, due: date, short: str) -> None:
    """The request waits and comes back by itself on the earliest day that an answer is due."""
    before = row.wiedervorlage_on if row.state == RequestState.WARTET else None
    enter_state(work, row, RequestState.WARTET)
    if before is None or due < before:
        put_off(row, due, expected("Antwort", short))


def _take(work: Work, request: Request, inquiry: Inquiry, text: str) -> None:
    inquiry.answer, inquiry.answered_on = text, work.today
    task = work.session.get(Task, inquiry.task_id) if inquiry.task_id is not None else None
    if task is not None and task.done_at is None:
        task.done_at, task.done_by = work.at, work.desk.initials
    work.refer("request", request.id)
    left = [one for one in open_inquiries(work.session, request.id) if one.id != inquiry.id]
    if not left and request.state == RequestState.WARTET:
        enter_state(work, request, RequestState.NEU)


def _refuse_unfit(work: Work, text: str, due: date) -> None:
    if not text:
        raise Refusal("Die Rückfrage wurde nicht gespeichert.", "Sie ist leer.", "Schreiben Sie, was fehlt.")
    if due <= work.today:
        raise Refusal(
            "Die Rückfrage wurde nicht gespeichert.",
            f"{long_date(due)} liegt nicht in der Zukunft.",
            "Nennen Sie einen späteren Tag, zum Beispiel „+5t“.",
        )


def _department(work: Work, key: str) -> Department | None:
    if not key:
        return None
    found = next((one for one in work.catalog.departments if one.key == key), None)
    if found is None:
        raise Refusal(
            "Die Rückfrage wurde nicht gespeichert.",
            f"„{clean(key)}“ steht nicht in departments.toml.",
            "Wählen Sie ein Amt oder Dezernat aus der Liste.",
        )
    return found


def _sender(session: Session, request: Request) -> tuple[str, str]:
    """Name and address of whoever asked."""
    person = session.get(Person, request.requester_id) if request.requester_id else None
    body = session.get(Organization, request.organization_id) if request.organization_id else None
    message = letter(session, request.id)
    name = " ".join(one for one in (person.given_name, person.family_name) if one) if person else ""
    name = name or (body.name if body is not None else "") or (message.sender_name if message else "")
    email = (person.email if person else "") or (message.sender_address if message else "") or ""
    return name or email, email


def _missing(place: Workplace, request: Request) -> tuple[str, ...]:
    """The required fields of the kind without a value; a date counts that the kind calls for."""
    kind = place.catalog.kinds.get(request.kind or "")
    if kind is None:
        return ()
    wanted = [one for one in kind.fields if one.required and holds(one.when, request.fields)]
    return tuple(one.label for one in wanted if request.fields.get(one.key) in (None, ""))


def _short(work: Work, inquiry: Inquiry) -> str:
    """Whom a history sentence names: a department, never a person."""
    if inquiry.asked == Asked.ABSENDER:
        return "der anfragenden Stelle"
    found = next((one for one in work.catalog.departments if inquiry.name.startswith(f"{one.short} ")), None)
    return found.short if found is not None else "der Fachstelle"


@dry_check("inquire")
def _may_ask(_session: Session, _place: Workplace, row: Request) -> str:
    return "ist abgeschlossen" if row.closed else ""


@sentence("inquire")
def _inquired(params: Params) -> str:
    return f"Rückfrage an {params.get('whom', '')} bis {day_text(params.get('until'))}"


@sentence("answer_inquiry")
def _answered(params: Params) -> str:
    return f"Antwort von {params.get('whom', '')} eingetragen"
