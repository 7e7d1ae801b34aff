"""The other outcomes: handed over, postponed, withdrawn, fallen through, lapsed (domain.md 1.2)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from sqlalchemy.orm import Session

from ob_buero_tui.catalog.model import OutcomeSpec
from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.german import join, long_date
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.states import RequestState
from ob_buero_tui.rules.workdays import DayKind, WorkCalendar, shift
from ob_buero_tui.services.history import Params, day_text, sentence
from ob_buero_tui.services.requests.decision import BY_DEFAULT, Decision, decide, decision_words
from ob_buero_tui.services.requests.deputations import ASKING, end_deputation
from ob_buero_tui.services.requests.exceptions import dry_check, not_anew, not_into
from ob_buero_tui.services.requests.follow_ups import make_outcome_tasks
from ob_buero_tui.services.requests.inquiries import close_inquiries
from ob_buero_tui.services.requests.recounting import recount
from ob_buero_tui.services.requests.taking_back import (
    RECEIPT_NOTICE,
    cancel_events,
    drop_decided_tasks,
    drop_templates,
)
from ob_buero_tui.services.requests.verbs import Done, add_note, enter_state, load, set_closed, told
from ob_buero_tui.services.requests.waiting import INTERIM, POSTPONED, expected, lift, put_off
from ob_buero_tui.services.work import Work, use_case
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.requests import Request
from ob_buero_tui.store.tasks import Task

ABGABE, VERTAGUNG = "abgabe", "vertagung"
BACK_TASK = "rueckmeldung"
ZWISCHENBESCHEID, ZWISCHENBESCHEID_LABEL = "zwischenbescheid", "Zwischenbescheid"


@dataclass(frozen=True, slots=True)
class Ending:
    """One way a request ends without a decision of the office: its state, and the word for the file."""

    state: RequestState
    label: str


ENDINGS: Mapping[str, Ending] = MappingProxyType(
    {
        "rueckzug": Ending(RequestState.ZURUECKGEZOGEN, "zurückgezogen durch die anfragende Stelle"),
        "ausfall": Ending(RequestState.AUSGEFALLEN, "die Veranstaltung fällt aus"),
        "verfristung": Ending(RequestState.VERFRISTET, "die Frist ist verstrichen"),
    }
)
"""What may happen from outside, by the key that the outcome is stored under."""


@use_case("hand_over")
def hand_over(
    work: Work,
    ids: Sequence[int],
    to: str,
    until: date | None = None,
    text: str = "",
    decision: Decision = BY_DEFAULT,
) -> Done:
    """Hand requests over to a department; with a day they come back then, without one they are closed.

    Args:
        to: Key of a department, or the name of another place in words.
        until: When the department is to report back.
        text: What it is asked to do, for the file.
    """
    to = clean(to, limit=80).strip()
    if not to:
        raise Refusal("Die Abgabe wurde nicht gespeichert.", "Es fehlt, an wen.", "Wählen Sie ein Amt.")
    _refuse_past(work, until, "Die Abgabe wurde nicht gespeichert.")
    whom = department_short(work.place, to)
    rows = load(work, ids)
    for row in rows:
        _refuse_same(work, row, to, until)
        enter_state(work, row, RequestState.ABGEGEBEN)
        # Passed on from one to another: nothing of the first handing over goes on.
        set_closed(work, row, closed=True)
        lift(row)
        drop_templates(work, row, BACK_TASK)
        close_inquiries(work, row)
        decide(work, row, ABGABE, decision, f"an {department_label(work.place, to)}")
        row.handed_to, row.handed_until = to, until
        _end_promises(work, row, row.reason)
        recount(work, row)
        make_outcome_tasks(work, row, ABGABE)
        add_note(work, row, text)
        if until is not None:
            _expect_back(work, row, until, whom)
    work.tell(until=until.isoformat() if until else None, dept=to if whom != to else "")
    tail = f", Rückmeldung bis {long_date(until)}" if until else ""
    return told(rows, f"abgegeben an {whom}{tail}")


def _refuse_same(work: Work, row: Request, to: str, until: date | None) -> None:
    if row.state == RequestState.ABGEGEBEN and (row.handed_to, row.handed_until) == (to, until):
        raise Refusal(
            f"{row.number} ist schon an {department_short(work.place, to)} abgegeben.",
            "",
            "Wählen Sie ein anderes Amt oder einen anderen Tag.",
        )


def _expect_back(work: Work, row: Request, until: date, whom: str) -> None:
    """What is to be reported back is not done with: it waits, and is on the desk again on that day."""
    set_closed(work, row, closed=False)
    put_off(row, until, expected("Rückmeldung", whom))
    work.session.add(
        Task(
            label=clean(f"Rückmeldung von {whom}", limit=200),
            template=BACK_TASK,
            request_id=row.id,
            event_id=None,
            due_on=until,
            due_time=None,
            due_text=f"abgegeben am {long_date(work.today)}",
            assigned_to=row.assigned_to or work.desk.initials,
        )
    )


@use_case("postpone")
def postpone(
    work: Work, ids: Sequence[int], until: date, text: str = "", decision: Decision = BY_DEFAULT
) -> Done:
    """Put the decision off; the request comes back on that day, and its answer stays due.

    Args:
        until: A day after today.
    """
    _refuse_past(work, until, "Die Vertagung wurde nicht gespeichert.")
    rows = load(work, ids)
    for row in rows:
        enter_state(work, row, RequestState.VERTAGT)
        decide(work, row, VERTAGUNG, decision)
        put_off(row, until, POSTPONED)
        recount(work, row)
        add_note(work, row, text)
    work.tell(until=until.isoformat())
    return told(rows, f"vertagt bis {long_date(until)}")


@use_case("end_request")
def end_request(work: Work, ids: Sequence[int], outcome: str, text: str = "") -> Done:
    """Close requests that ended from outside; what was promised for them ends too.

    Args:
        outcome: A key of `ENDINGS`.
        text: More about it, for the file.
    """
    ending = ENDINGS.get(outcome)
    if ending is None:
        raise Refusal(
            "Der Ausgang wurde nicht gespeichert.",
            f"„{clean(outcome)}“ steht nicht zur Wahl.",
            f"Möglich: {join(list(ENDINGS), 'oder')}.",
        )
    rows = load(work, ids)
    for row in rows:
        enter_state(work, row, ending.state, again=False)
        decide(work, row, outcome, BY_DEFAULT, ending.label)
        _end_promises(work, row, ending.label)
        close_inquiries(work, row)
        add_note(work, row, text)
    work.tell(outcome=outcome)
    return told(rows, ending.label)


@use_case("record_outcome")
def record_outcome(work: Work, ids: Sequence[int], outcome: str, until: date | None = None) -> Done:
    """Write down that the answer takes longer: a Zwischenbescheid, or the kind's own word; its tasks arise.

    Args:
        until: When the request is back on the desk; None for the usual number of Arbeitstage.

    Raises:
        Refusal: a kind has no such outcome, it needs a dialog of its own, or the day is past.
    """
    _refuse_past(work, until, "Der Ausgang wurde nicht gespeichert.")
    rows = load(work, ids)
    label = ""
    back = until or usual_return(work.catalog.figures, work.calendar, work.today)
    for row in rows:
        kind = work.catalog.kinds.get(row.kind or "")
        spec = kind.outcome(outcome) if kind is not None else None
        if spec is None and outcome == ZWISCHENBESCHEID:
            spec = OutcomeSpec(key=outcome, label=ZWISCHENBESCHEID_LABEL, state=RequestState.WARTET)
        if spec is None or spec.state is not RequestState.WARTET:
            raise Refusal(f"{row.number}: Diesen Ausgang hat die Art nicht.", "", "Wählen Sie einen anderen.")
        enter_state(work, row, spec.state)
        put_off(row, back, INTERIM)
        row.outcome = outcome
        drop_templates(work, row, RECEIPT_NOTICE)
        make_outcome_tasks(work, row, outcome)
        label = spec.label
    work.tell(outcome=outcome, label=label, until=back.isoformat())
    return told(rows, f"{label}, wieder vorgelegt {long_date(back)}")


def usual_return(figures: Mapping[str, int], calendar: WorkCalendar, today: date) -> date:
    """The day on which what waits for nobody in particular is usually looked at again."""
    return shift(calendar, today, figures.get("wiedervorlage", 5), DayKind.ARBEITSTAGE)


def department_short(place: Workplace, key: str) -> str:
    """What lists call whoever a request was handed to; words of the office's own stay as they are."""
    return next((one.short for one in place.catalog.departments if one.key == key), key)


def department_label(place: Workplace, key: str) -> str:
    """The full name of whoever a request was handed to."""
    return next((f"{one.short} {one.label}" for one in place.catalog.departments if one.key == key), key)


def _end_promises(work: Work, row: Request, reason: str) -> None:
    end_deputation(work, row)
    cancel_events(work, row, reason)
    drop_decided_tasks(work, row)
    drop_templates(work, row, RECEIPT_NOTICE, *ASKING)


def _refuse_past(work: Work, until: date | None, what: str) -> None:
    if until is not None and until <= work.today:
        raise Refusal(
            what,
            f"{long_date(until)} liegt nicht in der Zukunft.",
            "Nennen Sie einen späteren Tag, zum Beispiel „+10t“.",
        )


@dry_check("hand_over")
def _may_hand_over(_session: Session, place: Workplace, row: Request) -> str:
    return not_into(place, row, RequestState.ABGEGEBEN)


@dry_check("postpone")
def _may_postpone(_session: Session, place: Workplace, row: Request) -> str:
    return not_into(place, row, RequestState.VERTAGT)


@dry_check("rueckzug")
def _may_withdraw(_session: Session, place: Workplace, row: Request) -> str:
    return not_anew(place, row, RequestState.ZURUECKGEZOGEN)


@dry_check("ausfall")
def _may_fall_through(_session: Session, place: Workplace, row: Request) -> str:
    return not_anew(place, row, RequestState.AUSGEFALLEN)


@dry_check("verfristung")
def _may_lapse(_session: Session, place: Workplace, row: Request) -> str:
    return not_anew(place, row, RequestState.VERFRISTET)


@dry_check("record_outcome")
def _may_wait(_session: Session, place: Workplace, row: Request) -> str:
    return not_into(place, row, RequestState.WARTET)


@sentence("hand_over")
def _handed(params: Params) -> str:
    until = day_text(params.get("until"))
    return f"abgegeben{decision_words(params)}" + (f", Rückmeldung bis {until}" if until else "")


@sentence("postpone")
def _postponed(params: Params) -> str:
    return f"vertagt bis {day_text(params.get('until'))}{decision_words(params)}"


@sentence("end_request")
def _ended(params: Params) -> str:
    ending = ENDINGS.get(str(params.get("outcome", "")))
    return ending.label if ending is not None else "beendet"


@sentence("record_outcome")
def _recorded(params: Params) -> str:
    return str(params.get("label") or "Ausgang eingetragen")
