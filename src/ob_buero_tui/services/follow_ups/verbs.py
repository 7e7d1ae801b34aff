"""The verbs on tasks: done, put off, given to somebody, remarked on, made; each takes one or a batch."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time

from ob_buero_tui.rules.clean import clean, shorten
from ob_buero_tui.rules.german import long_date, short_date
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.visibility import View
from ob_buero_tui.services.council.item_tasks import levels_of_item
from ob_buero_tui.services.follow_ups.by_hand import SET_BY_HAND, moved_from
from ob_buero_tui.services.history import Params, day_text, sentence
from ob_buero_tui.services.requests.verbs import Done
from ob_buero_tui.services.work import Work, use_case
from ob_buero_tui.store.calendar import Event
from ob_buero_tui.store.requests import Request
from ob_buero_tui.store.tasks import Note, Task


@use_case("tick_task")
def tick_tasks(work: Work, ids: Sequence[int], *, done: bool = True) -> Done:
    """Tick tasks off, or open them again.

    Args:
        done: False opens them again.
    """
    rows = _load(work, ids)
    for row in rows:
        if done and row.done_at is None:
            row.done_at, row.done_by = work.at, work.desk.initials
        elif not done:
            row.done_at, row.done_by = None, ""
    work.tell(done=done)
    return _done(rows, "erledigt" if done else "wieder offen")


@use_case("defer_task")
def defer_tasks(work: Work, ids: Sequence[int], until: date) -> Done:
    """Put tasks off to another day; how the first date was counted is kept.

    Args:
        until: The day, today or later.
    """
    if until < work.today:
        raise Refusal(
            "Die Aufgabe wurde nicht verschoben.",
            f"{long_date(until)} liegt in der Vergangenheit.",
            "Nennen Sie einen späteren Tag, zum Beispiel „+3t“ oder „fr“.",
        )
    rows = _load(work, ids)
    for row in rows:
        if row.done_at is not None:
            raise Refusal(
                f"„{shorten(row.label, 60)}“ ist schon erledigt.", "", "Mit e öffnen Sie sie wieder."
            )
        if row.due_on != until:
            row.due_text = _put_off(row)
            row.due_on, row.due_time = until, None
    work.tell(until=until.isoformat())
    return _done(rows, f"auf {long_date(until)} verschoben")


@use_case("assign_task")
def assign_tasks(work: Work, ids: Sequence[int], initials: str) -> Done:
    """Say who does tasks; empty initials take the assignment away."""
    initials = clean(initials).strip()[:12]
    rows = _load(work, ids)
    for row in rows:
        row.assigned_to = initials
    work.tell(to=initials)
    return _done(rows, f"zuständig {initials}" if initials else "niemandem zugewiesen")


@use_case("note_task")
def note_tasks(work: Work, ids: Sequence[int], text: str) -> Done:
    """Add a remark to the requests and appointments that tasks belong to, once to each."""
    text = clean(text, multiline=True, limit=20_000).strip()
    if not text:
        raise Refusal("Die Notiz wurde nicht gespeichert.", "Sie ist leer.", "Schreiben Sie etwas, oder Esc.")
    rows = _load(work, ids)
    records: dict[tuple[int | None, int | None], None] = {}
    for row in rows:
        if row.request_id is None and row.event_id is None:
            raise Refusal(
                "Die Notiz wurde nicht gespeichert.",
                f"„{shorten(row.label, 60)}“ gehört zu keinem Eingang oder Termin.",
                "Legen Sie dafür mit + eine Aufgabe an.",
            )
        records[row.request_id, row.event_id if row.request_id is None else None] = None
    for request_id, event_id in records:
        written = {"written_by": work.desk.initials, "written_at": work.at}
        work.session.add(Note(request_id=request_id, event_id=event_id, text=text, **written))
    return _done(rows, "Notiz gespeichert")


@use_case("add_task")
def add_task(
    work: Work,
    label: str,
    due_on: date | None = None,
    due_time: time | None = None,
    *,
    request_id: int | None = None,
    event_id: int | None = None,
) -> Done:
    """Make a task by hand, for a request, an appointment or on its own; it goes to whoever makes it.

    Args:
        label: What is to be done.
        due_on: The day; None leaves it without one.
        due_time: Local time of that day.
    """
    label = clean(label, limit=200).strip()
    if not label:
        raise Refusal(
            "Die Aufgabe wurde nicht angelegt.", "Es fehlt, was zu tun ist.", "Schreiben Sie es davor."
        )
    task = Task(
        label=label,
        request_id=request_id,
        event_id=event_id,
        due_on=due_on,
        due_time=due_time if due_on is not None else None,
        due_text=SET_BY_HAND if due_on is not None else "",
        assigned_to=work.desk.initials,
    )
    _refuse_hidden(work, task)
    work.session.add(task)
    work.session.flush()
    _name(work, [task])
    when = f"bis {long_date(due_on)}" if due_on is not None else "ohne Termin"
    return _done([task], f"angelegt, {when}")


def _load(work: Work, ids: Sequence[int]) -> list[Task]:
    """The tasks with these keys; of a record personal to another desk or in the trash none is given."""
    if not ids:
        raise Refusal("Es ist keine Aufgabe ausgewählt.", "", "Wählen Sie eine Zeile aus.")
    rows = [work.get(Task, key) for key in dict.fromkeys(ids)]
    for row in rows:
        _refuse_hidden(work, row)
    _name(work, rows)
    return rows


def _name(work: Work, rows: Sequence[Task]) -> None:
    work.tell(table="task", ids=[row.id for row in rows])
    for row in rows:
        work.refer("request", row.request_id)
        work.refer("event", row.event_id)


def _refuse_hidden(work: Work, task: Task) -> None:
    records: list[Request | Event] = []
    if task.request_id is not None:
        records.append(work.get(Request, task.request_id))
    if task.event_id is not None:
        records.append(work.get(Event, task.event_id))
    levels = [(one.confidentiality, one.owner) for one in records]
    if task.agenda_item_id is not None:
        levels += [(level, "") for level in levels_of_item(work.session, task.agenda_item_id)]
    if any(work.place.sees(*one) is not View.FULL for one in levels):
        raise Refusal(
            "Die Aufgabe gehört zu etwas Persönlichem.",
            "Lesen und bearbeiten kann es nur der Platz, dem es gehört.",
            "Wenden Sie sich an die Kollegin oder den Kollegen.",
        )
    for record in records:
        if record.trashed_at is not None:
            raise Refusal(
                "Die Aufgabe gehört zu etwas, das im Papierkorb liegt.",
                "",
                "Holen Sie es mit u oder aus dem Papierkorb zurück.",
            )


def _put_off(task: Task) -> str:
    """How a date that was moved came about: once the day before, and how that was counted."""
    if task.due_on is None:
        return SET_BY_HAND
    return clean(moved_from(task.due_text, short_date(task.due_on)), limit=300)


def _done(rows: Sequence[Task], text: str) -> Done:
    name = f"„{shorten(rows[0].label, 60)}“" if len(rows) == 1 else f"{len(rows)} Aufgaben"
    return Done(ids=tuple(row.id for row in rows), text=f"{name}: {text}")


@sentence("tick_task")
def _ticked(params: Params) -> str:
    # Read in the history of the task and of its request: there „erledigt“ alone would mean the request.
    return "Aufgabe abgehakt" if params.get("done") else "Aufgabe wieder geöffnet"


@sentence("defer_task")
def _deferred(params: Params) -> str:
    return f"Aufgabe auf {day_text(params.get('until'))} verschoben"


@sentence("assign_task")
def _assigned(params: Params) -> str:
    return f"Aufgabe an {params['to']} gegeben" if params.get("to") else "Aufgabe niemandem zugewiesen"


@sentence("note_task")
def _noted(_params: Params) -> str:
    return "Notiz hinzugefügt"


@sentence("add_task")
def _added(_params: Params) -> str:
    return "Aufgabe angelegt"
