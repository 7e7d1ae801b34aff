"""The verbs on requests that need no dialog of several steps; each takes one record or a marked batch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.german import long_date
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.states import CLOSED_STATES, RequestState
from ob_buero_tui.rules.visibility import View
from ob_buero_tui.rules.waiting import binding_text
from ob_buero_tui.services.history import Params, day_text, sentence
from ob_buero_tui.services.requests.stepping import may_enter
from ob_buero_tui.services.requests.waiting import bind, lift, put_off, typed_step
from ob_buero_tui.services.work import Work, use_case
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.journal import Action, Change
from ob_buero_tui.store.requests import Request
from ob_buero_tui.store.tasks import Note

CLOSING = CLOSED_STATES | {RequestState.ABGESAGT, RequestState.ABGEGEBEN}
"""States with which a request leaves the working lists."""
AT_ONCE = 500
"""Requests read in one go."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What a verb did: the records it changed, and a German sentence for the screen."""

    ids: tuple[int, ...]
    text: str


def enter_state(
    work: Work, request: Request, state: RequestState, *, again: bool = True, bound: bool = False
) -> None:
    """Bring a request into a state, the only place that does; a forbidden step is refused.

    Its Wiedervorlage ends with that; a next step that somebody had typed is kept among the notes.

    Args:
        again: Whether a request that is in the state already is no mistake.
        bound: Whether a Wiedervorlage that is bound to the appointment stays.

    Raises:
        Refusal: the state may not follow the present one (domain.md 1.2).
    """
    old = RequestState(request.state)
    table = work.catalog.states
    if old is state and not again:
        raise Refusal(
            f"{request.number} ist schon „{table.label(old)}“.",
            "Wer wann warum entschieden hat, bliebe sonst nicht stehen.",
            way_back(work, request),
        )
    if old is state:
        return
    if not may_enter(table, request, state):
        raise Refusal(
            f"{request.number} kann nicht „{table.label(state)}“ werden.",
            f"Der Vorgang ist „{table.label(old)}“.",
            way_back(work, request),
        )
    request.state = state.value
    set_closed(work, request, closed=state in CLOSING)
    if bound and request.wiedervorlage_days is not None and not request.closed:
        return
    if step := typed_step(request.wiedervorlage_note):
        add_note(work, request, f"Nächster Schritt war: {step}")
    lift(request)


def set_closed(work: Work, request: Request, *, closed: bool) -> None:
    """Close or open a request: the only place where that is written, as its retention begins with the day.

    Another ending of what is closed begins no new retention; what is opened again is not in the E-Akte as it
    then ends.
    """
    if not (closed and request.closed and request.closed_on):
        request.closed_on = work.today if closed else None
    if not closed:
        request.filed_at = request.taken_over_at = None
    request.closed = closed


def way_back(work: Work, request: Request) -> str:
    """What to do about a step that was a mistake: u only takes back this desk's newest one."""
    newest = work.session.scalars(
        select(Action.id)
        .where(
            Action.desk_id == work.desk.id,
            Action.target_id.is_(None),
            Action.undone_by_id.is_(None),
            Action.id < work.action_id,
        )
        .order_by(Action.id.desc())
        .limit(1)
    ).one_or_none()
    mine = select(Change.id).where(
        Change.action_id == newest, Change.table_name == "request", Change.row_id == request.id
    )
    if newest is not None and work.session.scalar(mine.limit(1)) is not None:
        return "Nehmen Sie den letzten Schritt mit u zurück, wenn er ein Versehen war."
    return "War der Schritt ein Versehen, nehmen Sie ihn im Verlauf aller Schritte zurück."


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
    rows = readable(work, ids)
    work.tell(table="request", ids=[row.id for row in rows])
    return rows


def readable(work: Work, ids: Sequence[int]) -> list[Request]:
    """The requests with these keys for an inner step; one in the trash is refused."""
    rows = _rows(work, ids)
    for row in rows:
        if row.trashed_at is not None:
            raise Refusal(
                f"{row.number} liegt im Papierkorb.",
                "",
                "Holen Sie den Eingang mit u oder aus dem Papierkorb zurück.",
            )
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


@use_case("defer")
def defer(
    work: Work,
    ids: Sequence[int],
    until: date | None = None,
    note: str = "",
    before: int | None = None,
    wakes: bool = True,
) -> Done:
    """Put requests on Wiedervorlage; they come back by themselves on that day.

    Args:
        until: A day after today; None where `before` is given.
        note: The next step to take then.
        before: Days before each one's own appointment, negative after it; moves with it.
        wakes: Whether an answer or a change of the appointment brings them back earlier.
    """
    note = clean(note, limit=200).strip()
    if before is None and (until is None or until <= work.today):
        raise Refusal(
            "Die Wiedervorlage wurde nicht gespeichert.",
            f"{long_date(until)} liegt nicht in der Zukunft." if until else "Es fehlt der Tag.",
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
        if before is None:
            put_off(row, until, note, wakes=wakes)
        else:
            bind(work, row, before, note, wakes=wakes)
    work.tell(until=until.isoformat() if until and before is None else None, before=before)
    return told(rows, f"auf Wiedervorlage {_when_back(rows, before)}")


def _when_back(rows: Sequence[Request], before: int | None) -> str:
    days = {row.wiedervorlage_on for row in rows}
    one = long_date(day) if len(days) == 1 and (day := next(iter(days))) else ""
    bound = binding_text(before) if before is not None else ""
    return ", ".join(part for part in (one, bound) if part)


@use_case("assign")
def assign(work: Work, ids: Sequence[int], initials: str) -> Done:
    """Say who deals with requests; empty initials take the assignment away."""
    initials = clean(initials).strip()[:12]
    rows = load(work, ids)
    for row in rows:
        row.assigned_to = initials
    work.tell(to=initials)
    return told(rows, f"zuständig {initials}" if initials else "niemandem zugewiesen")


@use_case("note")
def note(work: Work, ids: Sequence[int], text: str) -> Done:
    """Add a remark to requests."""
    if not clean(text, multiline=True).strip():
        raise Refusal("Die Notiz wurde nicht gespeichert.", "Sie ist leer.", "Schreiben Sie etwas, oder Esc.")
    rows = load(work, ids)
    for row in rows:
        add_note(work, row, text)
    return told(rows, "Notiz gespeichert")


@use_case("mark_important")
def mark_important(work: Work, ids: Sequence[int]) -> Done:
    """Mark requests as important; if all are already, take the mark away."""
    rows = load(work, ids)
    important = not all(row.important for row in rows)
    for row in rows:
        row.important = important
    work.tell(important=important)
    return told(rows, "wichtig" if important else "nicht mehr wichtig")


@use_case("trash")
def trash(work: Work, ids: Sequence[int]) -> Done:
    """Put requests into the trash, from where `restore` takes them back."""
    rows = load(work, ids)
    for row in rows:
        row.trashed_at = work.at
    return told(rows, "in den Papierkorb gelegt")


@use_case("restore_request")
def restore(work: Work, ids: Sequence[int]) -> Done:
    """Take requests out of the trash."""
    rows = _rows(work, ids)
    work.tell(table="request", ids=[row.id for row in rows])
    for row in rows:
        if row.trashed_at is None:
            raise Refusal(f"{row.number} liegt nicht im Papierkorb.")
        if row.merged_into_id is not None:
            raise Refusal(
                f"{row.number} lässt sich nicht zurückholen.",
                f"Er ist in {work.get(Request, row.merged_into_id).number} aufgegangen.",
                "Nehmen Sie das Zusammenführen zurück: mit u, später im Verlauf aller Schritte.",
            )
        row.trashed_at = None
    return told(rows, "aus dem Papierkorb geholt")


def add_note(work: Work, row: Request, text: str) -> None:
    """Add a remark to a request, unless it is empty."""
    text = clean(text, multiline=True, limit=20_000).strip()
    if text:
        work.session.add(
            Note(request_id=row.id, text=text, written_by=work.desk.initials, written_at=work.at)
        )
        work.refer("request", row.id)


def told(rows: Sequence[Request], text: str) -> Done:
    """What a verb did to some requests, said with the number of one or with how many they are."""
    name = rows[0].number if len(rows) == 1 else f"{len(rows)} Eingänge"
    return Done(ids=tuple(row.id for row in rows), text=f"{name}: {text}")


@sentence("defer")
def _deferred(params: Params) -> str:
    before = params.get("before")
    when = binding_text(before) if before is not None else day_text(params.get("until"))
    return f"auf Wiedervorlage {when} gelegt"


@sentence("assign")
def _assigned(params: Params) -> str:
    return f"zuständig: {params['to']}" if params.get("to") else "Zuständigkeit aufgehoben"


@sentence("mark_important")
def _marked(params: Params) -> str:
    return "als wichtig markiert" if params.get("important") else "nicht mehr wichtig"


@sentence("note")
def _noted(_params: Params) -> str:
    return "Notiz hinzugefügt"


@sentence("trash")
def _trashed(_params: Params) -> str:
    return "in den Papierkorb gelegt"


@sentence("restore_request")
def _restored(_params: Params) -> str:
    return "aus dem Papierkorb geholt"
