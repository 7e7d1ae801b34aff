"""Whose time an appointment takes up: the mayor's, or that of a deputy with a calendar of their own."""

from __future__ import annotations

from ob_buero_tui.catalog.model import Catalog
from ob_buero_tui.catalog.representation import COUNCIL, MAYOR, CalendarRole
from ob_buero_tui.services.calendar.own_details import own
from ob_buero_tui.store.calendar import Event, EventOverride

NOBODY = ""
"""Whose time an external calendar takes up that does not block: nothing of it clashes."""


def person_of(catalog: Catalog, calendar: str) -> str:
    """The person whose time a calendar tells of: "ob" for the mayor, sessions included, else its own key."""
    spec = catalog.calendars.get(calendar)
    if spec is not None and spec.role is CalendarRole.EXTERN and not spec.blocks:
        return NOBODY
    if calendar in (MAYOR, COUNCIL) or (spec and spec.role is not CalendarRole.STELLVERTRETUNG):
        return MAYOR
    return calendar


def attendee_of(catalog: Catalog, event: Event, override: EventOverride | None = None) -> str:
    """Who goes there, a few letters: what is entered with the mayor's appointments, else whose calendar."""
    if event.calendar != MAYOR:
        return catalog.calendar_short(event.calendar)
    return str(own(event, override, "attendee"))
