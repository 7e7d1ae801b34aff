"""The time zones of a calendar that goes out: described in the file, as RFC 5545 asks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ob_buero_tui.exchange.ics_zones import Zones

# Since 1996, without an end: what icalendar works out lists single years and stops in 2038.
_BERLIN = """BEGIN:VTIMEZONE
TZID:{}
BEGIN:DAYLIGHT
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
TZNAME:CEST
DTSTART:19700329T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
TZNAME:CET
DTSTART:19701025T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE"""


def timezones(names: Iterable[str]) -> Iterator[str]:
    """The descriptions of zones under the names that the events use; UTC needs none."""
    known = Zones("Europe/Berlin", ())
    for name in sorted(names):
        zone = known.known(name)
        if zone and zone != "UTC":
            yield _described(name, zone)


def is_known_zone(name: str) -> bool:
    """Whether a zone can be told by its name alone, without the file that it came in."""
    return bool(Zones("Europe/Berlin", ()).known(name))


def _described(name: str, zone: str) -> str:
    if zone == "Europe/Berlin":
        return _BERLIN.format(name).replace("\n", "\r\n")
    from icalendar import Timezone

    described = Timezone.from_tzid(zone)
    described["TZID"] = name
    text: str = described.to_ical(sorted=False).decode("utf-8")
    return text.removesuffix("\r\n")
