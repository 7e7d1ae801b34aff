"""How one date in the calendar is named where it stands in the way of another."""

from __future__ import annotations

from datetime import date, timedelta

from ob_buero_tui.catalog.representation import ABSENCE, CalendarRole
from ob_buero_tui.rules import german
from ob_buero_tui.rules.clean import shorten
from ob_buero_tui.rules.conflicts import Slot
from ob_buero_tui.services.calendar.persons import attendee_of
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.calendar import Event, EventOverride


def clash_text(
    place: Workplace, slot: Slot, event: Event, override: EventOverride | None, on: date, *, full: bool
) -> str:
    """A date with its time, such as „Sitzung Stadtrat 17:00–20:00“ or „Abwesenheit OB: Urlaub 21.–23.12.“.

    Args:
        on: The day it stands in the way on; another one is named.
        full: Whether this desk may read it; otherwise it is only „belegt“.
    """
    name = _name(place, event, override) if full else "belegt"
    start, end = place.local(slot.starts), place.local(slot.ends)
    if event.all_day if override is None else override.all_day:
        last = (end - timedelta(days=1)).date()
        if full and event.kind == ABSENCE:
            return f"{name} {german.short_range(start.date(), last)}"
        return f"{name}, ganztägig {german.date_range(start.date(), last)}"
    travel = event.travel_before_min + event.travel_after_min if full else 0
    with_travel = f" (mit {german.duration(travel)} Fahrt)" if travel else ""
    day = "" if start.date() == on else f"{german.short_date(start.date())} "
    return f"{name} {day}{german.clock(start)}–{german.clock(end)}{with_travel}"


def clash_sentence(text: str) -> str:
    """The text as a sentence; an absence says by itself what is wrong."""
    return text if text.startswith("Abwesenheit ") else f"Überschneidung mit {text}"


def _name(place: Workplace, event: Event, override: EventOverride | None) -> str:
    summary = shorten(override.summary if override is not None else event.summary, 80)
    if event.kind == ABSENCE:
        who = f"Abwesenheit {attendee_of(place.catalog, event)}".strip()
        return who if summary.casefold() in ("abwesend", "abwesenheit") else f"{who}: {summary}"
    calendar = place.catalog.calendars.get(event.calendar)
    if calendar is not None and calendar.role is CalendarRole.RAT:
        body = shorten(event.organizer, 60)
        word = place.catalog.word("sitzung")
        if body and "@" not in body:
            return f"{word} {body}"
        return summary if summary.startswith(word) else f"{word} „{summary}“"
    return f"„{summary}“"
