"""New appointments: from the form, or as a copy of another one."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from ob_buero_tui.rules.clean import shorten
from ob_buero_tui.rules.german import clock, long_date, plural
from ob_buero_tui.rules.states import EventStatus
from ob_buero_tui.rules.visibility import Confidentiality, View
from ob_buero_tui.services.calendar.clashing import check
from ob_buero_tui.services.calendar.forms import EventForm, form_from, hidden
from ob_buero_tui.services.calendar.new_rows import new_event
from ob_buero_tui.services.calendar.one_date import find_date
from ob_buero_tui.services.calendar.preparing import make_preparation
from ob_buero_tui.services.calendar.series_rules import start_series
from ob_buero_tui.services.calendar.slots import seen_of
from ob_buero_tui.services.calendar.writable import refuse_calendar
from ob_buero_tui.services.calendar.writing import (
    cleaned,
    fill_event,
    link_request,
    refuse_wrong,
    set_people,
    set_span,
    skipped_hour,
)
from ob_buero_tui.services.calendars.pending import touched
from ob_buero_tui.services.history import Params, moment_text, sentence
from ob_buero_tui.services.requests.verbs import Done
from ob_buero_tui.services.work import Work, use_case
from ob_buero_tui.store.calendar import Event

NOT_ADDED = "Der Termin wurde nicht angelegt."
FILLED = (
    *("summary", "kind", "location", "description", "status", "confidentiality", "organizer", "attendee"),
    *("transparent", "important", "host", "contact_name", "contact_phone", "driver", "car", "room", "dress"),
    *("gift", "speech_min", "press", "travel_before_min", "travel_after_min", "calendar"),
)
"""The fields that a new appointment takes from its form as they are."""


@use_case("add_event")
def add_event(work: Work, form: EventForm, reason: str = "") -> Done:
    """Enter a new appointment or series, with the tasks that prepare for it where it is binding.

    Args:
        reason: Why it stands although it clashes.

    Raises:
        Clashing: it clashes with something, and no reason is given.
        Refusal: it has no title, ends before its start, or its rule yields nothing.
    """
    event, tasks = enter(work, form, reason)
    work.tell(table="event", ids=[event.id], start=event.dtstart.isoformat(), series=bool(event.rrule))
    parts = [f"eingetragen {_when(event)}"]
    parts += [plural(tasks, "Aufgabe", "Aufgaben")] if tasks else []
    parts += [hint] if (hint := skipped_hour(form, work.place.zone)) else []
    return Done(ids=(event.id,), text=f"„{shorten(event.summary, 60)}“: {', '.join(parts)}")


@use_case("copy_event")
def copy_event(work: Work, key: str, start: datetime, reason: str = "") -> Done:
    """Enter one date once more at another time; of a series only this date is copied.

    Args:
        key: The date, as `DayEvent.id` names it.
        start: Wall time of the office.
    """
    found = find_date(work.session, work.place.zone, key)
    if seen_of(work.place, found.event, found.override) is not View.FULL:
        raise hidden()
    form = form_from(work.session, found)
    status = EventStatus.TENTATIVE if form.status is EventStatus.CANCELLED else form.status
    length = form.end.replace(fold=0) - form.start.replace(fold=0)
    if form.all_day:
        start = start.replace(hour=0, minute=0)
    copy = replace(
        form,
        event_id=None,
        recurrence_id="",
        version=0,
        status=status,
        start=start,
        end=start + length,
        rrule="",
        request_id=None,
    )
    event, _ = enter(work, copy, reason)
    work.tell(table="event", ids=[event.id], start=event.dtstart.isoformat())
    work.refer("event", found.event.id)
    hint = skipped_hour(copy, work.place.zone)
    text = f"kopiert auf {_when(event)}" + (f", {hint}" if hint else "")
    return Done(ids=(event.id,), text=f"„{shorten(event.summary, 60)}“: {text}")


def enter(work: Work, form: EventForm, reason: str) -> tuple[Event, int]:
    """Enter an appointment inside any step; returns it and how many tasks prepare for it."""
    form = cleaned(form)
    refuse_wrong(form, NOT_ADDED)
    refuse_calendar(work, form.calendar, NOT_ADDED)
    event = new_event(confidentiality=Confidentiality.INTERN.value)
    fill_event(work, event, form, FILLED)
    zone = work.place.zone
    set_span(event, form.start, form.end, all_day=form.all_day, tzid=zone, zone=zone)
    if form.rrule:
        start_series(event, form.rrule)
    event.dtstamp = work.at
    work.session.add(event)
    work.session.flush()
    set_people(work, event, form.people)
    link_request(work, event, form.request_id)
    touched(work, event, event)
    event.sequence = 0
    work.session.flush()
    tasks = make_preparation(work, event) if event.status == EventStatus.CONFIRMED else 0
    check(work, event, reason=reason)
    return event, tasks


def _when(event: Event) -> str:
    day = long_date(event.dtstart.date())
    return day if event.all_day else f"{day} {clock(event.dtstart)}"


@sentence("add_event")
def _added(params: Params) -> str:
    kind = "als Serie eingetragen ab" if params.get("series") else "eingetragen"
    return f"{kind} {moment_text(params.get('start'))}".strip()


@sentence("copy_event")
def _copied(params: Params) -> str:
    return f"als Kopie eingetragen {moment_text(params.get('start'))}".strip()
