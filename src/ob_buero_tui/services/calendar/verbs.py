"""Verbs on whole appointments, one or a marked batch; those that ask how far they reach are `date_verbs`."""

from __future__ import annotations

from collections.abc import Sequence

from ob_buero_tui.rules.clean import clean, shorten
from ob_buero_tui.rules.german import plural
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.visibility import View
from ob_buero_tui.services.calendars.pending import touched
from ob_buero_tui.services.history import Params, sentence
from ob_buero_tui.services.requests.verbs import Done
from ob_buero_tui.services.work import Work, use_case
from ob_buero_tui.store.calendar import Event
from ob_buero_tui.store.tasks import Note


def load(work: Work, ids: Sequence[int]) -> list[Event]:
    """The events with these keys, and their names into the action; one in the trash is refused."""
    rows = _rows(work, ids)
    for row in rows:
        if row.trashed_at is not None:
            raise Refusal(
                f"„{clean(row.summary)}“ liegt im Papierkorb.",
                "",
                "Holen Sie den Termin mit u oder aus dem Verlauf aller Schritte zurück.",
            )
    work.tell(table="event", ids=[row.id for row in rows])
    return rows


def _rows(work: Work, ids: Sequence[int]) -> list[Event]:
    """The events with these keys, none of them personal to another desk."""
    if not ids:
        raise Refusal("Es ist kein Termin ausgewählt.", "", "Wählen Sie einen Termin aus.")
    rows = [work.get(Event, row_id) for row_id in dict.fromkeys(ids)]
    for row in rows:
        if work.place.sees(row.confidentiality, row.owner) is not View.FULL:
            raise Refusal(
                "Der Termin ist persönlich.",
                "Lesen und ändern kann ihn nur der Platz, dem er gehört.",
                "Wenden Sie sich an die Kollegin oder den Kollegen.",
            )
    return rows


@use_case("note_event")
def note_event(work: Work, ids: Sequence[int], text: str) -> Done:
    """Add a remark to appointments."""
    text = clean(text, multiline=True, limit=20_000).strip()
    if not text:
        raise Refusal("Die Notiz wurde nicht gespeichert.", "Sie ist leer.", "Schreiben Sie etwas, oder Esc.")
    rows = load(work, ids)
    for row in rows:
        work.session.add(Note(event_id=row.id, text=text, written_by=work.desk.initials, written_at=work.at))
        work.refer("event", row.id)
    return _done(rows, "Notiz gespeichert")


@use_case("mark_event_important")
def mark_event_important(work: Work, ids: Sequence[int]) -> Done:
    """Mark appointments as important; if all are already, take the mark away."""
    rows = load(work, ids)
    important = not all(row.important for row in rows)
    for row in rows:
        row.important = important
    work.tell(important=important)
    return _done(rows, "wichtig" if important else "nicht mehr wichtig")


@use_case("restore_event")
def restore_event(work: Work, ids: Sequence[int]) -> Done:
    """Take appointments out of the trash."""
    rows = _rows(work, ids)
    work.tell(table="event", ids=[row.id for row in rows])
    for row in rows:
        if row.trashed_at is None:
            raise Refusal(f"„{clean(row.summary)}“ liegt nicht im Papierkorb.")
        row.trashed_at = None
        touched(work, row, row)
    return _done(rows, "aus dem Papierkorb geholt")


def _done(rows: Sequence[Event], text: str) -> Done:
    name = f"„{shorten(rows[0].summary, 60)}“" if len(rows) == 1 else f"{len(rows)} Termine"
    return Done(ids=tuple(row.id for row in rows), text=f"{name}: {text}")


# Steps of offices that were there before series had scopes.
@sentence("confirm_event")
def _confirmed(params: Params) -> str:
    tasks = params.get("tasks")
    return f"bestätigt, {plural(tasks, 'Aufgabe', 'Aufgaben')}" if tasks else "bestätigt"


@sentence("cancel_event")
def _cancelled(_params: Params) -> str:
    return "abgesagt"


@sentence("note_event")
def _noted(_params: Params) -> str:
    return "Notiz hinzugefügt"


@sentence("mark_event_important")
def _marked(params: Params) -> str:
    return "als wichtig markiert" if params.get("important") else "nicht mehr wichtig"


@sentence("trash_event")
def _trashed(_params: Params) -> str:
    return "in den Papierkorb gelegt"


@sentence("restore_event")
def _restored(_params: Params) -> str:
    return "aus dem Papierkorb geholt"
