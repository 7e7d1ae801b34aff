"""Changing an appointment: one date, this and the following ones, or the whole series."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from ob_buero_tui.rules.clean import shorten
from ob_buero_tui.rules.german import join, plural
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.states import EventStatus
from ob_buero_tui.services.calendar.beside import beside
from ob_buero_tui.services.calendar.clashing import check
from ob_buero_tui.services.calendar.following import follow_deputies, follow_event
from ob_buero_tui.services.calendar.forms import EventForm, form_from
from ob_buero_tui.services.calendar.one_date import OneDate, find_date
from ob_buero_tui.services.calendar.preparing import make_preparation
from ob_buero_tui.services.calendar.renaming import become_series
from ob_buero_tui.services.calendar.scopes import LABELS, Scope
from ob_buero_tui.services.calendar.series_changes import Left, change_series
from ob_buero_tui.services.calendar.series_rules import start_series
from ob_buero_tui.services.calendar.splitting import is_first, split
from ob_buero_tui.services.calendar.writable import refuse_calendar, refuse_unwritable
from ob_buero_tui.services.calendar.writing import (
    TIME,
    WHOLE,
    changed_fields,
    cleaned,
    fill_event,
    fill_override,
    level_text,
    link_request,
    refuse_wrong,
    set_people,
    set_span,
    skipped_hour,
)
from ob_buero_tui.services.calendars.pending import touched
from ob_buero_tui.services.faults import Conflict
from ob_buero_tui.services.history import Params, sentence
from ob_buero_tui.services.requests.verbs import Done
from ob_buero_tui.services.work import Work, use_case
from ob_buero_tui.store.calendar import Event, EventOverride

NOT_CHANGED = "Der Termin wurde nicht geändert."


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """What a change did.

    Args:
        event: The row that holds the date now; the new series where one was cut in two.
        scope: How far it reached in the end.
        names: The fields that changed.
        texts: What else is told, German clauses.
    """

    event: Event
    scope: Scope
    names: frozenset[str]
    texts: tuple[str, ...] = ()


@use_case("change_event")
def change_event(work: Work, form: EventForm, scope: Scope = Scope.DIESER, reason: str = "") -> Done:
    """Save the form of an appointment.

    Args:
        form: As `form_of` gave it, with what was changed.
        scope: Which dates of a series are meant.
        reason: Why it stands although it clashes.

    Raises:
        Conflict: somebody changed the appointment meanwhile.
        Clashing: it clashes with something, and no reason is given.
        Refusal: it would be no appointment, or this desk may not change it.
    """
    if form.event_id is None:
        raise Refusal(NOT_CHANGED, "Er ist noch nicht eingetragen.")
    key = f"{form.event_id}@{form.recurrence_id}" if form.recurrence_id else str(form.event_id)
    found = find_date(work.session, work.place.zone, key)
    if found.version != form.version:
        raise Conflict(NOT_CHANGED)
    done = apply(work, found, form, scope, reason, NOT_CHANGED)
    work.tell(table="event", ids=[done.event.id], scope=_told_scope(found, done.scope))
    work.tell(fields=sorted(done.names))
    if not done.names:
        return Done(ids=(done.event.id,), text=f"„{shorten(form.summary, 60)}“: nichts geändert")
    parts = [f"geändert{_scope_text(found, done.scope)}", *done.texts]
    return Done(ids=(done.event.id,), text=f"„{shorten(form.summary, 60)}“: {', '.join(parts)}")


def apply(work: Work, found: OneDate, form: EventForm, scope: Scope, reason: str, what: str) -> Changed:
    """Write what differs between a date and a form of it, inside any step.

    Args:
        what: What was not done where it is refused, a German sentence.
    """
    scope = Scope(scope)
    refuse_unwritable(work, found, what)
    before, after = form_from(work.session, found), cleaned(form)
    names = changed_fields(before, after)
    if not names:
        return Changed(event=found.event, scope=scope, names=names)
    _refuse(work, before, after, names, what)
    others = beside(work.session, work.place.zone, found.event)
    if found.original is None:
        event, override, left = _change_single(work, found.event, before, after, names), None, Left()
    elif scope is Scope.DIESER:
        _refuse_whole(found, after, names, what)
        event, left = found.event, Left()
        override = _change_date(work, found, after, names)
    else:
        override = None
        scope = Scope.SERIE if is_first(found) else scope
        event = split(work, found) if scope is Scope.FOLGENDE else found.event
        left = change_series(work, event, found.original, before, after, names)
        _belonging(work, event, before, after, names)
        touched(work, event, event)
    texts = follow_event(work, event, before, after, names) + follow_deputies(work, others)
    if "status" in names and after.status is EventStatus.CONFIRMED and found.original is None:
        tasks = make_preparation(work, event)
        texts += (plural(tasks, "Aufgabe", "Aufgaben"),) if tasks else ()
    check(work, event, override, reason)
    hint = skipped_hour(after, work.place.zone) if TIME & names else ""
    told = (*texts, *_left_text(left), *((hint,) if hint else ()))
    return Changed(event=event, scope=scope, names=names, texts=told)


def ensure_override(work: Work, found: OneDate) -> EventOverride:
    """The row of one date of a series, made where it ran as its series does."""
    if found.override is not None:
        return found.override
    event, original = found.event, found.original
    assert original is not None  # noqa: S101 only dates of a series come here
    override = EventOverride(
        event_id=event.id,
        recurrence_id=original,
        dtstart=original,
        dtend=original + (event.dtend - event.dtstart),
        tzid=event.tzid,
        fold=event.fold if original == event.dtstart else 0,
        all_day=event.all_day,
        summary=event.summary,
        location=event.location,
        description=event.description,
        status=event.status,
        sequence=event.sequence,
        dtstamp=event.dtstamp,
        details={},
    )
    work.session.add(override)
    work.session.flush()
    return override


def _refuse(work: Work, before: EventForm, after: EventForm, names: Collection[str], what: str) -> None:
    """Refuse what cannot be an appointment; what was odd before and stays so is no mistake of now."""
    if {"start", "end", "all_day", "summary"} & set(names) or before.end > before.start:
        refuse_wrong(after, what)
    if "calendar" in names:
        refuse_calendar(work, after.calendar, what)


def _refuse_whole(found: OneDate, after: EventForm, names: Collection[str], what: str) -> None:
    """Some things hold for a whole series only, and a date is never less confidential than it."""
    whole = [label for name, label in WHOLE.items() if name in names]
    if whole:
        verb = "gilt" if len(whole) == 1 else "gelten"
        raise Refusal(
            what,
            f"{join(whole)} {verb} für alle Termine einer Serie.",
            "Wählen Sie „dieser und folgende“ oder „ganze Serie“.",
        )
    level = level_text(found.event, None)
    order = ("oeffentlich", "intern", "vertraulich", "persoenlich")
    if "confidentiality" in names and order.index(after.confidentiality.value) < order.index(level):
        raise Refusal(
            what,
            "Ein Termin ist nie weniger vertraulich als seine Serie.",
            "Wählen Sie „dieser und folgende“ oder „ganze Serie“.",
        )


def _change_single(
    work: Work, event: Event, before: EventForm, after: EventForm, names: frozenset[str]
) -> Event:
    zone = work.place.zone
    if TIME & names:
        old = event.dtstart
        set_span(event, after.start, after.end, all_day=after.all_day, tzid=event.tzid, zone=zone)
        if event.dtstart != old:
            event.moved_from = None if event.moved_from == event.dtstart else old
    fill_event(work, event, after, names - TIME)
    if "rrule" in names and after.rrule:
        start_series(event, after.rrule)
        become_series(work, event)
    _belonging(work, event, before, after, names)
    touched(work, event, event)
    return event


def _belonging(work: Work, event: Event, before: EventForm, after: EventForm, names: Collection[str]) -> None:
    """People and request, which are rows of their own."""
    if "people" in names:
        set_people(work, event, after.people)
    if "request_id" in names:
        link_request(work, event, after.request_id, before.request_id)


def _change_date(work: Work, found: OneDate, after: EventForm, names: frozenset[str]) -> EventOverride:
    event, override = found.event, ensure_override(work, found)
    if TIME & names:
        zone = work.place.zone
        set_span(override, after.start, after.end, all_day=after.all_day, tzid=override.tzid, zone=zone)
    fill_override(work, event, override, after)
    touched(work, override, event)
    work.refer("event", event.id)
    return override


def _left_text(left: Left) -> tuple[str, ...]:
    dropped = plural(left.dropped, "Ausnahme passt", "Ausnahmen passen") + " nicht mehr und fällt weg"
    if left.dropped != 1:
        dropped = dropped.replace("fällt", "fallen")
    kept = plural(left.kept, "Ausnahme behält ihre", "Ausnahmen behalten ihre") + " eigene Zeit"
    told = tuple(text for count, text in ((left.dropped, dropped), (left.kept, kept)) if count)
    return (left.lost, *told) if left.lost else told


def _scope_text(found: OneDate, scope: Scope) -> str:
    return "" if found.original is None else f" ({LABELS[scope]})"


def _told_scope(found: OneDate, scope: Scope) -> str:
    return "" if found.original is None else scope.value


def scope_words(params: Params) -> str:
    """How far a step reached, for the history."""
    scope = params.get("scope")
    return f" ({LABELS[Scope(scope)]})" if scope else ""


FIELD_WORDS = {
    "summary": "Titel", "kind": "Art", "start": "Zeit", "end": "Zeit", "all_day": "Zeit", "location": "Ort",
    "description": "Beschreibung", "status": "Status", "confidentiality": "Vertraulichkeit",
    "attendee": "wer hingeht", "host": "Veranstalter", "organizer": "Veranstalter", "calendar": "Kalender",
    "contact_name": "Kontakt", "contact_phone": "Kontakt", "driver": "Fahrer", "car": "Wagen",
    "room": "Raum", "dress": "Kleidung", "gift": "Geschenk", "speech_min": "Rede", "press": "Presse",
    "travel_before_min": "Fahrzeit", "travel_after_min": "Fahrzeit", "important": "Wichtigkeit",
    "transparent": "belegt keine Zeit", "people": "Personen", "rrule": "Wiederholung",
    "request_id": "Vorgang",
}  # fmt: skip


@sentence("change_event")
def _changed(params: Params) -> str:
    names = dict.fromkeys(FIELD_WORDS[name] for name in params.get("fields", ()) if name in FIELD_WORDS)
    told = f": {join(list(names))}" if names else ""
    return f"geändert{scope_words(params)}{told}"
