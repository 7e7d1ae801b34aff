"""Verschiebung: the requester moves the date; what was promised for the old one is open again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.deadlines import Due, resolve
from ob_buero_tui.rules.german import clock, long_date, plural, short_date
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.states import EventStatus, RequestState
from ob_buero_tui.rules.zones import existing
from ob_buero_tui.services.calendar.preparing import move_preparation
from ob_buero_tui.services.calendars.pending import touched
from ob_buero_tui.services.faults import Conflict
from ob_buero_tui.services.follow_ups.by_hand import by_hand
from ob_buero_tui.services.history import Params, moment_text, sentence
from ob_buero_tui.services.requests.appointing import own_event, set_time
from ob_buero_tui.services.requests.decision import undecide
from ob_buero_tui.services.requests.deputations import ASKING, end_deputation
from ob_buero_tui.services.requests.due import deadlines
from ob_buero_tui.services.requests.facts import event_span, request_bases
from ob_buero_tui.services.requests.recounting import recount
from ob_buero_tui.services.requests.taking_back import drop_templates
from ob_buero_tui.services.requests.verbs import Done, add_note, enter_state, load, told
from ob_buero_tui.services.work import Work, use_case
from ob_buero_tui.store.calendar import Event
from ob_buero_tui.store.requests import Request
from ob_buero_tui.store.tasks import Task

AGAIN = "neuer Termin: bitte erneut klären"


@dataclass(frozen=True, slots=True, kw_only=True)
class Moving:
    """The new date of a request; local wall time of the office.

    Args:
        version: The request's version when it was asked for.
        end: None keeps the length it had.
    """

    request_id: int
    version: int
    start: datetime
    end: datetime | None = None


@use_case("move_request")
def move_request(work: Work, moving: Moving) -> Done:
    """Move a request's date; it is to be decided anew, its appointment is tentative meanwhile.

    Open tasks are counted anew; what was done for driver, speech and press is open again (domain.md 1.2).

    Raises:
        Conflict: somebody changed the request meanwhile.
        Refusal: the end is not after the start, or the request is closed.
    """
    rows = load(work, [moving.request_id])
    return told(rows, carry_over(work, rows[0], moving))


def carry_over(work: Work, request: Request, moving: Moving, hit: Event | None = None) -> str:
    """Move one request's date inside any step; returns what happened, in German.

    Args:
        hit: The appointment that moves; None for the request's own.

    Raises:
        Conflict, Refusal: as `move_request`.
    """
    if request.version != moving.version:
        raise Conflict(f"{request.number} wurde nicht verschoben.")
    before = request.event_start
    start, end = _span(work, request, moving)
    if start == before and end == request.event_end:
        raise Refusal(f"{request.number} wurde nicht verschoben.", "Es ist derselbe Termin.")
    enter_state(work, request, RequestState.VERSCHOBEN, bound=True)
    undecide(request)
    request.event_start, request.event_end = start, end
    taken = end_deputation(work, request)
    drop_templates(work, request, *ASKING)
    event = hit if hit is not None else own_event(work, request)
    if event is not None:
        _move_event(work, event, start, end)
    again = recount_tasks(work, request)
    recount(work, request)
    work.tell(start=start.isoformat(), before=before.isoformat() if before else None, again=again)
    parts = [f"verschoben auf {long_date(start.date())} {clock(start)}"]
    parts += [f"{plural(again, 'Aufgabe', 'Aufgaben')} wieder offen"] if again else []
    parts += ["Vertretung neu fragen"] if taken else []
    return ", ".join(parts)


def _span(work: Work, request: Request, moving: Moving) -> tuple[datetime, datetime]:
    start = existing(moving.start, work.place.zone)[0]
    kind = work.catalog.kinds.get(request.kind or "")
    old = event_span(kind, request)
    usual = timedelta(minutes=kind.event_minutes if kind is not None else 60)
    end = moving.end or start + (old[1] - old[0] if old is not None else usual)
    end = existing(end, work.place.zone)[0]
    if end <= start:
        raise Refusal(
            f"{request.number} wurde nicht verschoben.",
            "Das Ende liegt nicht nach dem Beginn.",
            "Ändern Sie die Uhrzeiten.",
        )
    return start, end


def _move_event(work: Work, event: Event, start: datetime, end: datetime) -> None:
    fold = existing(start, work.place.zone)[1]
    set_time(work, event, start, end, fold)
    event.status = EventStatus.TENTATIVE.value
    touched(work, event, event)
    move_preparation(work, event)


def recount_tasks(work: Work, request: Request) -> int:
    """Count the request's tasks anew; returns how many that were done are open again.

    What the office has put off by hand stays, and a note says so.
    """
    kind = work.catalog.kinds.get(request.kind or "")
    if kind is None:
        return 0
    bases = request_bases(work.place, kind, request)
    dues = resolve(kind.tasks, bases, work.calendar, known=deadlines(kind, bases, work.calendar))
    again, left = 0, []
    rows = select(Task).where(Task.request_id == request.id).order_by(Task.id)
    for task in work.session.scalars(rows).all():
        due = dues.get(task.template)
        if task.done_at is not None:
            again += _reopened(work, task, due)
        elif due is None or (task.due_on, task.due_time) == (due.on, due.at):
            continue
        elif by_hand(task.due_text):
            left.append(f"„{task.label}“" + (f" ({short_date(task.due_on)})" if task.due_on else ""))
        else:
            _set_due(task, due)
    if left:
        text = f"Der Termin wurde verschoben. Von Hand gesetzt und so geblieben: {', '.join(left)}."
        add_note(work, request, f"{text} Bitte prüfen.")
    return again


def _reopened(work: Work, task: Task, due: Due | None) -> bool:
    """Open a done task again that was promised to somebody for the old date; tells whether it was."""
    if task.template not in work.catalog.states.reopen:
        return False
    task.done_at, task.done_by = None, ""
    if due is not None:
        _set_due(task, due)
    if task.due_on is None or task.due_on < work.today:
        task.due_on, task.due_time = work.today, None
    task.due_text = clean(f"{AGAIN}; {task.due_text}" if task.due_text else AGAIN, limit=300)
    return True


def _set_due(task: Task, due: Due) -> None:
    task.due_on, task.due_time = due.on, due.at
    task.due_text = clean(", ".join(part for part in (due.text, due.moved) if part), limit=300)


@sentence("move_request")
def _moved(params: Params) -> str:
    before, start = moment_text(params.get("before")), moment_text(params.get("start"))
    again = params.get("again")
    text = f"verschoben von {before} auf {start}" if before else f"verschoben auf {start}"
    return text + (f", {plural(again, 'Aufgabe', 'Aufgaben')} wieder offen" if again else "")
