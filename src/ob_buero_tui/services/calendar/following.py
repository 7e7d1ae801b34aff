"""What hangs on an appointment follows when it moves: preparation, the request's date, the deputy."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import select

from ob_buero_tui.rules.german import plural
from ob_buero_tui.services.calendar.beside import Beside
from ob_buero_tui.services.calendar.forms import EventForm
from ob_buero_tui.services.calendar.one_date import office_span
from ob_buero_tui.services.calendar.preparing import move_preparation
from ob_buero_tui.services.calendar.writing import set_span
from ob_buero_tui.services.calendars.pending import touched
from ob_buero_tui.services.work import Work
from ob_buero_tui.store.calendar import Event
from ob_buero_tui.store.requests import Request, RequestEvent


def follow_event(
    work: Work, event: Event, before: EventForm, after: EventForm, names: Collection[str]
) -> tuple[str, ...]:
    """Let tasks, requests and deputies follow a date that was changed.

    Args:
        event: The row that holds the date now.
        before, after: The date as it was and as it is.
        names: The fields that differ.

    Returns:
        What is told about it, German clauses.
    """
    if not {"start", "end", "location"} & set(names):
        return ()
    from ob_buero_tui.services.requests.following import follow_date

    work.session.flush()
    told = []
    if "start" in names and not event.rrule:
        moved = move_preparation(work, event)
        told += [plural(moved, "Aufgabe neu gerechnet", "Aufgaben neu gerechnet")] if moved else []
    if "start" in names:
        told += _asked_again(work, event)
    for request in requests_at(work, event.id, before):
        told += follow_date(work, request, event, before, after)
    return tuple(dict.fromkeys(told))


def _asked_again(work: Work, event: Event) -> list[str]:
    """A deputy who goes, with no request behind, was asked for the old time."""
    from ob_buero_tui.services.calendar.standing_in import ask_anew, of_event

    row = of_event(work.session, event.id)
    if row is None or row.request_id is not None:
        return []
    ask_anew(work, row, event)
    return ["Vertretung neu fragen"]


def follow_deputies(work: Work, others: Sequence[Beside]) -> tuple[str, ...]:
    """Deputies' entries go where the dates went that they stand for, and the deputies are asked again.

    Args:
        others: As they were before the change.

    Returns:
        What is told about it, German clauses.
    """
    from ob_buero_tui.services.calendar.standing_in import ask_anew

    work.session.flush()
    told = []
    for one in others:
        row, entry, zone = one.row, one.entry, work.place.zone
        who = work.catalog.calendar_short(one.deputation.calendar)
        if row not in work.session:
            told.append(f"{who}: der Termin fällt weg, bitte klären")
            continue
        start, end = office_span(row.dtstart, row.dtend, row.fold, row.tzid, zone, all_day=row.all_day)
        was = office_span(entry.dtstart, entry.dtend, entry.fold, entry.tzid, zone, all_day=entry.all_day)
        if (start, end, row.all_day) == (*was, entry.all_day):
            continue
        set_span(entry, start, end, all_day=row.all_day, tzid=zone, zone=zone)
        touched(work, entry, entry)
        work.session.flush()
        move_preparation(work, entry)
        ask_anew(work, one.deputation, entry)
        work.refer("event", entry.id)
        told.append(f"{who} neu fragen")
    return tuple(dict.fromkeys(told))


def requests_at(work: Work, event_id: int, before: EventForm) -> Sequence[Request]:
    """The open requests of an appointment whose own date is just this one."""
    return work.session.scalars(
        select(Request)
        .join(RequestEvent, RequestEvent.request_id == Request.id)
        .where(RequestEvent.event_id == event_id, Request.trashed_at.is_(None))
        .where(Request.event_start == before.start.replace(fold=0), Request.closed.is_(False))
        .order_by(Request.id)
    ).all()
