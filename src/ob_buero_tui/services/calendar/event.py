"""One appointment with everything its panel draws."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from ob_buero_tui.rules import german
from ob_buero_tui.rules.clean import shorten
from ob_buero_tui.rules.visibility import View
from ob_buero_tui.services.calendar.candidates import date_candidate
from ob_buero_tui.services.calendar.clash_finding import clashes_of
from ob_buero_tui.services.calendar.clash_texts import excused_text
from ob_buero_tui.services.calendar.details import details_of, own_date
from ob_buero_tui.services.calendar.linked_requests import requests_of
from ob_buero_tui.services.calendar.own_details import own
from ob_buero_tui.services.calendar.series_rows import series_words
from ob_buero_tui.services.history import history_of
from ob_buero_tui.services.requests.record import task_view
from ob_buero_tui.services.views import DayEvent, EventView, TaskView
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.calendar import Event
from ob_buero_tui.store.council import Meeting
from ob_buero_tui.store.tasks import Note, Task


def event_record(place: Workplace, shown: DayEvent) -> EventView:
    """An appointment of a day for its panel; of one shown as belegt nothing is added.

    Args:
        shown: The date as the day lists it.
    """
    if shown.view != View.FULL:
        return EventView(day=shown)
    with place.reading() as session:
        event = session.get(Event, shown.event_id)
        if event is None:
            return EventView(day=shown)
        kind = place.catalog.event_kinds.get(event.kind or "")
        conflicts, waived = _conflicts(place, session, shown)
        override, _ = own_date(session, event, shown.id)
        return EventView(
            day=shown,
            kind_label=kind.label if kind is not None else "",
            organizer=event.organizer,
            description=event.description if override is None else override.description,
            series=event.series_note or series_words(event),
            cancel_reason=own(event, override, "cancel_reason"),
            meeting_id=session.scalar(select(Meeting.id).where(Meeting.event_id == event.id).limit(1)),
            conflicts=conflicts,
            requests=_requests(place, session, event.id),
            tasks=_tasks(place, session, event.id),
            notes=_notes(place, session, event.id),
            history=history_of(place, session, "event", [event.id]),
            details=details_of(place, session, event, override, waived),
        )


def _conflicts(
    place: Workplace, session: Session, shown: DayEvent
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What the date clashes with, and what it may clash with, as somebody has said why."""
    if not shown.conflicts and not shown.waived:
        return (), ()
    candidate = date_candidate(session, shown.id, shown.start.date())
    found = clashes_of(session, place, candidate, excused=True)
    standing = (clash.text for clash in found if clash.excuse is None)
    excused = (excused_text(place, clash.text, clash.excuse) for clash in found if clash.excuse is not None)
    return tuple(dict.fromkeys(standing)), tuple(dict.fromkeys(excused))


def _requests(place: Workplace, session: Session, event_id: int) -> tuple[tuple[int, str], ...]:
    rows = requests_of(session, place, [event_id]).get(event_id, ())
    return tuple((row.id, f"{row.number} {shorten(row.subject, 80)}") for row in rows)


def _tasks(place: Workplace, session: Session, event_id: int) -> tuple[TaskView, ...]:
    rows = session.scalars(
        select(Task).where(Task.event_id == event_id).order_by(Task.due_on.is_(None), Task.due_on, Task.id)
    )
    return tuple(task_view(place, row) for row in rows)


def _notes(place: Workplace, session: Session, event_id: int) -> tuple[str, ...]:
    rows = session.scalars(select(Note).where(Note.event_id == event_id).order_by(Note.id))
    return tuple(
        f"{german.short_date(at.date())} {german.clock(at)} {row.written_by}: {row.text}"
        for row in rows
        for at in [place.local(row.written_at)]
    )
