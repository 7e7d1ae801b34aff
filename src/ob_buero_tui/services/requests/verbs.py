"""The verbs on requests that need no dialog of several steps; each takes one record or a marked batch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from ob_buero_tui.rules import states
from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.german import long_date, plural
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.states import CLOSED_STATES, EventStatus, RequestState
from ob_buero_tui.rules.visibility import View
from ob_buero_tui.services.history import Params, day_text, sentence
from ob_buero_tui.services.requests.links import linked_events
from ob_buero_tui.services.tasks import open_tasks
from ob_buero_tui.services.work import Work, use_case
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.journal import Action, Change
from ob_buero_tui.store.requests import Request, RequestEvent
from ob_buero_tui.store.tasks import Note, Task

CLOSING = CLOSED_STATES | {RequestState.ABGESAGT, RequestState.ABGEGEBEN}
"""States with which a request leaves the working lists."""
AT_ONCE = 500
"""Requests read in one go."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What a verb did: the records it changed, and a German sentence for the screen."""

    ids: tuple[int, ...]
    text: str


def enter_state(request: Request, state: RequestState) -> None:
    """Bring a request into a state, the only place that does; a forbidden step is refused.

    Raises:
        Refusal: the state may not follow the present one (domain.md 1.2).
    """
    old = RequestState(request.state)
    if old is state:
        return
    if not states.may(old, state):
        raise Refusal(
            f"{request.number} kann nicht „{states.label(state)}“ werden.",
            f"Der Vorgang ist „{states.label(old)}“.",
            "Nehmen Sie den letzten Schritt mit u zurück, wenn er ein Versehen war.",
        )
    request.state = state.value
    request.closed = state in CLOSING
    request.wiedervorlage_on = None
    request.wiedervorlage_note = ""


def refuse_hidden(place: Workplace, request: Request) -> None:
    """Refuse to show or change what is personal to another desk (design 7)."""
    if place.sees(request.confidentiality, request.owner) is not View.FULL:
        raise Refusal(
            f"{request.number} ist persönlich.",
            "Lesen und bearbeiten kann es nur der Platz, dem es gehört.",
            "Wenden Sie sich an die Kollegin oder den Kollegen.",
        )


def load(work: Work, ids: Sequence[int]) -> list[Request]:
    """The requests with these keys, and their names into the action; one in the trash is refused."""
    rows = _rows(work, ids)
    for row in rows:
        if row.trashed_at is not None:
            raise Refusal(
                f"{row.number} liegt im Papierkorb.",
                "",
                "Holen Sie den Eingang mit u oder aus dem Papierkorb zurück.",
            )
    work.tell(table="request", ids=[row.id for row in rows])
    return rows


def _rows(work: Work, ids: Sequence[int]) -> list[Request]:
    """The requests with these keys, read in pieces, none of them personal to another desk."""
    if not ids:
        raise Refusal("Es ist kein Eingang ausgewählt.", "", "Wählen Sie eine Zeile aus.")
    wanted = list(dict.fromkeys(ids))
    found: dict[int, Request] = {}
    for start in range(0, len(wanted), AT_ONCE):
        piece = select(Request).where(Request.id.in_(wanted[start : start + AT_ONCE]))
        found |= {row.id: row for row in work.session.scalars(piece)}
    rows = [found.get(key) or work.get(Request, key) for key in wanted]
    for row in rows:
        refuse_hidden(work.place, row)
    return rows


@use_case("decline")
def decline(work: Work, ids: Sequence[int], reason: str, text: str = "") -> Done:
    """Turn requests down, with what an acceptance made; a reason is required (domain.md 1.2).

    The reason stands in the record alone: the journal keeps no words of a letter.

    Args:
        reason: One of the kind's reasons, or the office's own words.
        text: More about it, for the file.
    """
    reason = clean(reason).strip()
    if not reason:
        raise Refusal(
            "Die Absage wurde nicht gespeichert.",
            "Es fehlt der Grund.",
            "Wählen Sie einen Grund oder schreiben Sie ihn.",
        )
    rows = load(work, ids)
    for row in rows:
        enter_state(row, RequestState.ABGESAGT)
        row.outcome, row.reason = "absage", reason
        row.decided_on, row.decided_by = work.today, work.desk.initials
        cancel_events(work, row, reason)
        _drop_accepted(work, row)
        _note(work, row, text)
    return _done(rows, f"abgesagt: {reason}")


@use_case("defer")
def defer(work: Work, ids: Sequence[int], until: date, note: str = "") -> Done:
    """Put requests on Wiedervorlage; they come back by themselves on that day.

    Args:
        until: The day, after today.
        note: The next step to take then.
    """
    if until <= work.today:
        raise Refusal(
            "Die Wiedervorlage wurde nicht gespeichert.",
            f"{long_date(until)} liegt nicht in der Zukunft.",
            "Nennen Sie einen späteren Tag, zum Beispiel „+3t“ oder „fr“.",
        )
    rows = load(work, ids)
    for row in rows:
        if row.closed:
            raise Refusal(
                f"{row.number} ist abgeschlossen.",
                "Abgeschlossenes kommt nicht auf Wiedervorlage.",
                "Mit u zurücknehmen.",
            )
        row.wiedervorlage_on = until
        row.wiedervorlage_note = clean(note).strip()
    work.tell(until=until.isoformat())
    return _done(rows, f"auf Wiedervorlage {long_date(until)}")


@use_case("assign")
def assign(work: Work, ids: Sequence[int], initials: str) -> Done:
    """Say who deals with requests; empty initials take the assignment away."""
    initials = clean(initials).strip()[:12]
    rows = load(work, ids)
    for row in rows:
        row.assigned_to = initials
    work.tell(to=initials)
    return _done(rows, f"zuständig {initials}" if initials else "niemandem zugewiesen")


@use_case("note")
def note(work: Work, ids: Sequence[int], text: str) -> Done:
    """Add a remark to requests."""
    if not clean(text, multiline=True).strip():
        raise Refusal("Die Notiz wurde nicht gespeichert.", "Sie ist leer.", "Schreiben Sie etwas, oder Esc.")
    rows = load(work, ids)
    for row in rows:
        _note(work, row, text)
    return _done(rows, "Notiz gespeichert")


@use_case("finish")
def finish(work: Work, ids: Sequence[int], *, tick: Sequence[int] = (), drop_tasks: bool = False) -> Done:
    """Close requests (z. d. A.); open tasks must be done or fall away first (domain.md 10.7).

    Args:
        tick: Keys of open tasks that are done; ticked off in the same step.
        drop_tasks: Let the other open tasks fall away in the same step.
    """
    rows = load(work, ids)
    for row in rows:
        open_ones = []
        for task in open_tasks(work.session, row.id):
            if task.id in tick:
                task.done_at, task.done_by = work.at, work.desk.initials
                work.refer("event", task.event_id)
            else:
                open_ones.append(task)
        if open_ones and not drop_tasks:
            raise Refusal(
                f"{row.number} wurde nicht abgeschlossen.",
                f"Es gibt noch {plural(len(open_ones), 'offene Aufgabe', 'offene Aufgaben')}:"
                f" „{open_ones[0].label}“.",
                "Haken Sie die Aufgaben ab, oder lassen Sie sie entfallen.",
            )
        for task in open_ones:
            work.session.delete(task)
        enter_state(row, RequestState.ERLEDIGT)
    return _done(rows, "erledigt")


@use_case("mark_important")
def mark_important(work: Work, ids: Sequence[int]) -> Done:
    """Mark requests as important; if all are already, take the mark away."""
    rows = load(work, ids)
    important = not all(row.important for row in rows)
    for row in rows:
        row.important = important
    work.tell(important=important)
    return _done(rows, "wichtig" if important else "nicht mehr wichtig")


@use_case("trash")
def trash(work: Work, ids: Sequence[int]) -> Done:
    """Put requests into the trash, from where `restore` takes them back."""
    rows = load(work, ids)
    for row in rows:
        row.trashed_at = work.at
    return _done(rows, "in den Papierkorb gelegt")


@use_case("restore_request")
def restore(work: Work, ids: Sequence[int]) -> Done:
    """Take requests out of the trash."""
    rows = _rows(work, ids)
    work.tell(table="request", ids=[row.id for row in rows])
    for row in rows:
        if row.trashed_at is None:
            raise Refusal(f"{row.number} liegt nicht im Papierkorb.")
        row.trashed_at = None
    return _done(rows, "aus dem Papierkorb geholt")


def cancel_events(work: Work, row: Request, reason: str) -> None:
    """What was promised and is now turned down must not stay in the calendar.

    Left alone is what another request still needs, and what belongs to another desk.
    """
    for event in linked_events(work.session, row.id):
        foreign = work.place.sees(event.confidentiality, event.owner) is not View.FULL
        if not foreign and not _needed(work, event.id, row.id):
            event.status, event.cancel_reason = EventStatus.CANCELLED.value, reason


def _needed(work: Work, event_id: int, request_id: int) -> bool:
    """Whether an appointment belongs to another request that still goes on."""
    others = (
        select(Request.id)
        .join(RequestEvent, RequestEvent.request_id == Request.id)
        .where(RequestEvent.event_id == event_id, Request.id != request_id)
        .where(Request.closed.is_(False), Request.trashed_at.is_(None))
    )
    return work.session.scalars(others.limit(1)).first() is not None


def _drop_accepted(work: Work, row: Request) -> None:
    """The tasks that an acceptance called for fall away where they are still open."""
    made = (
        select(Change.id)
        .join(Action, Action.id == Change.action_id)
        .where(Change.table_name == "task", Change.row_id == Task.id, Change.before.is_(None))
        .where(Action.verb == "accept")
    )
    accepted = select(Task).where(Task.request_id == row.id, Task.done_at.is_(None), made.exists())
    for task in work.session.scalars(accepted):
        work.session.delete(task)


def _note(work: Work, row: Request, text: str) -> None:
    text = clean(text, multiline=True, limit=20_000).strip()
    if text:
        work.session.add(
            Note(request_id=row.id, text=text, written_by=work.desk.initials, written_at=work.at)
        )
        work.refer("request", row.id)


def _done(rows: Sequence[Request], text: str) -> Done:
    name = rows[0].number if len(rows) == 1 else f"{len(rows)} Eingänge"
    return Done(ids=tuple(row.id for row in rows), text=f"{name}: {text}")


@sentence("decline")
def _declined(_params: Params) -> str:
    return "abgesagt"


@sentence("defer")
def _deferred(params: Params) -> str:
    return f"auf Wiedervorlage {day_text(params.get('until'))} gelegt"


@sentence("assign")
def _assigned(params: Params) -> str:
    return f"zuständig: {params['to']}" if params.get("to") else "Zuständigkeit aufgehoben"


@sentence("mark_important")
def _marked(params: Params) -> str:
    return "als wichtig markiert" if params.get("important") else "nicht mehr wichtig"


@sentence("note")
def _noted(_params: Params) -> str:
    return "Notiz hinzugefügt"


@sentence("finish")
def _finished(_params: Params) -> str:
    return "erledigt (z. d. A.)"


@sentence("trash")
def _trashed(_params: Params) -> str:
    return "in den Papierkorb gelegt"


@sentence("restore_request")
def _restored(_params: Params) -> str:
    return "aus dem Papierkorb geholt"
