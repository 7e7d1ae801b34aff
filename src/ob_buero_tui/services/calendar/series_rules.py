"""Gives an appointment a rule: it begins with the rule's first date, and yields at least one."""

from __future__ import annotations

from ob_buero_tui.rules.series_make import first_start
from ob_buero_tui.services.calendar.writing import set_instants
from ob_buero_tui.store.calendar import Event


def start_series(event: Event, rrule: str) -> None:
    """Make an event repeat by a rule from its own time on; it moves to the rule's first date.

    Raises:
        Refusal: the rule is wrong or yields nothing.
    """
    start = first_start(rrule, event.dtstart, all_day=event.all_day, tzid=event.tzid)
    event.dtend += start - event.dtstart
    if start != event.dtstart:
        event.dtstart, event.fold = start, 0
    event.rrule, event.series_note = rrule, ""
    set_instants(event)
