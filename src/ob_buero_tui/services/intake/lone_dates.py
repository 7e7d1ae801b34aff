"""Reads again the stored text of a single date whose series was not there when it came in."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from ob_buero_tui.exchange.ics_records import EventRecord
from ob_buero_tui.rules.refusals import Refusal


def reread(raw: str, zone: str, aliases: Mapping[str, str] = MappingProxyType({})) -> EventRecord | None:
    """The record of a stored component, None where it is no longer readable.

    Args:
        raw: The text from BEGIN:VEVENT to END:VEVENT.
        zone: The office's time zone name.
        aliases: IANA names by names of zones that the office explained.
    """
    from ob_buero_tui.exchange.ics import read_calendar

    try:
        found = read_calendar(f"BEGIN:VCALENDAR\r\n{raw}\r\nEND:VCALENDAR\r\n".encode(), zone, aliases).events
    except Refusal:
        return None
    return found[0] if len(found) == 1 else None
