"""The values of calendar properties: dates and times in their zone, text, people, lists."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, NamedTuple

from ob_buero_tui.exchange.ics_lines import NO_ADDRESS
from ob_buero_tui.exchange.ics_raw import Property
from ob_buero_tui.exchange.ics_zones import Zones, described_to_local
from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.zones import to_local, to_utc

# Far outside of any office, near enough to the ends of the calendar to break arithmetic.
_FIRST_YEAR, _LAST_YEAR = 1000, 9990
_ESCAPE = re.compile(r"\\([\\,;:nN])")
_CARET = re.compile(r"\^([n'^])")
_ITEM = re.compile(r"(?:[^\\,]|\\.?)+", re.DOTALL)
_PLAIN_TIME = re.compile(r"[0-9]{8}T[0-9]{6}Z?")
_EXTENDED = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[Tt ](\d\d):(\d\d)(?::(\d\d))?(?:\.\d+)?([Zz]?))?")


class Unreadable(ValueError):
    """A value that is not what its property should hold."""


class Moment(NamedTuple):
    """A date or a time of the file.

    Args:
        local: Naive wall time in tzid; midnight for a date.
        tzid: A known IANA name; "" for a time without a zone, "UTC" for a time in UTC.
        fold: 1 for the second of two equal wall times.
        is_date: A date without a time.
        length: The length of a PERIOD, or None.
    """

    local: datetime
    tzid: str
    fold: int = 0
    is_date: bool = False
    length: timedelta | None = None

    def in_zone(self, tzid: str) -> tuple[datetime, int]:
        """Return the wall time and fold in another zone; a time without a zone and a date stay."""
        if self.is_date or self.tzid in ("", tzid):
            return self.local, self.fold
        return to_local(to_utc(self.local, self.tzid, self.fold), tzid)


class Values:
    """Reads values with icalendar and places times in their zones.

    Args:
        zones: The zones of the file.
    """

    def __init__(self, zones: Zones) -> None:
        from icalendar.prop import vDDDTypes, vDuration

        self.zones = zones
        self._parse: Callable[[str], Any] = vDDDTypes.from_ical
        self._parse_duration: Callable[[str], Any] = vDuration.from_ical

    def moment(self, item: Property) -> Moment:
        """Read a property with one date or time.

        Raises:
            Unreadable: It holds something else.
        """
        return self._moment(item.value.strip(), item)

    def moments(self, item: Property) -> tuple[list[Moment], list[str]]:
        """Read a property with a list of dates, times or periods; return also the texts that are none."""
        found: list[Moment] = []
        broken: list[str] = []
        for text in item.value.split(","):
            if not text.strip():
                continue
            try:
                found.append(self._moment(text.strip(), item))
            except Unreadable:
                broken.append(clean(text.strip(), limit=60))
        return found, broken

    def duration(self, item: Property) -> timedelta:
        """Read a DURATION.

        Raises:
            Unreadable: It holds something else.
        """
        try:
            value = self._parse_duration(item.value.strip().upper())
        except (ValueError, OverflowError) as problem:
            raise Unreadable(item.value) from problem
        if not isinstance(value, timedelta) or abs(value) > timedelta(days=366_000):
            raise Unreadable(item.value)
        return value

    def instant(self, item: Property) -> datetime | None:
        """Read a time stamp as an aware UTC datetime: without a zone it counts as UTC, a bad one is None."""
        try:
            moment = self.moment(item)
            return to_utc(moment.local, moment.tzid or "UTC", moment.fold)
        except (Unreadable, OverflowError):
            return None

    def _moment(self, text: str, item: Property) -> Moment:
        value = self._value(text)
        length = None
        if isinstance(value, tuple):
            value, until = value
            length = until if isinstance(until, timedelta) else self._difference(value, until)
        if not isinstance(value, date) or not _FIRST_YEAR <= value.year <= _LAST_YEAR:
            raise Unreadable(text)
        if not isinstance(value, datetime):
            return Moment(datetime.combine(value, time.min), "", is_date=True)
        if item.parameters and item.parameter("VALUE").upper() == "DATE":
            return Moment(datetime.combine(value.date(), time.min), "", is_date=True)
        utc, local = value.tzinfo is not None, value.replace(tzinfo=None)
        tzid = item.parameter("TZID") if item.parameters else ""
        if not tzid or (utc and not self.zones.known(tzid)):
            return Moment(local, "UTC" if utc else "", length=length)
        # A time with a zone and a "Z" contradicts itself; as in icalendar the zone counts.
        place = self.zones.place(tzid, local)
        if place.described is None:
            return Moment(local, place.tzid, length=length)
        there, fold = described_to_local(local, place.described, place.tzid)
        return Moment(there, place.tzid, fold, length=length)

    def _value(self, text: str) -> Any:
        """Parse a value; dates as 2026-01-31 and 2026-01-31T09:00:00 are read too."""
        if _PLAIN_TIME.fullmatch(text):
            try:
                return datetime.fromisoformat(text)  # a tenth of the time, for nearly every value
            except ValueError:
                pass  # such as the second 60, which icalendar knows how to read
        try:
            return self._parse(text.upper())
        except (ValueError, TypeError, OverflowError) as problem:
            match = _EXTENDED.fullmatch(text)
            if match is None:
                raise Unreadable(text) from problem
        year, month, day, hour, minute, second, utc = match.groups(default="")
        plain = year + month + day + (f"T{hour}{minute}{second or '00'}{utc.upper()}" if hour else "")
        try:
            return self._parse(plain)
        except (ValueError, TypeError) as problem:
            raise Unreadable(text) from problem

    @staticmethod
    def _difference(start: object, end: object) -> timedelta | None:
        if isinstance(start, datetime) and isinstance(end, datetime):
            return end.replace(tzinfo=UTC) - start.replace(tzinfo=UTC)
        return None


def text_of(item: Property) -> str:
    """Return the text of a property with its escapes resolved (RFC 5545, 3.3.11), not yet cleaned."""
    if "\\" not in item.value:
        return item.value
    return _ESCAPE.sub(_unescaped, item.value)


def texts_of(item: Property) -> list[str]:
    """Return the texts of a property that holds a list."""
    if "\\" not in item.value:
        return item.value.split(",")
    return [_ESCAPE.sub(_unescaped, part) for part in _ITEM.findall(item.value)]


def person_of(item: Property) -> str:
    """Return an ORGANIZER or ATTENDEE as "Name <address>", cleaned; without a name the address alone."""
    address = item.value.strip()
    if address[:7].lower() == "mailto:":
        # Folding in the wrong place leaves blanks, which no address has.
        address = "".join(address[7:].split())
    if address.lower() == NO_ADDRESS:
        address = ""
    address = clean(address, limit=320)
    name = item.parameter("CN")
    if "^" in name:
        name = _CARET.sub(lambda found: {"n": " ", "'": '"'}.get(found.group(1), "^"), name)
    if "\\" in name:
        name = _ESCAPE.sub(_unescaped, name)
    name = clean(name, limit=200).strip()
    if not name or name == address:
        return address
    return f"{name} <{address}>" if address else name


def _unescaped(found: re.Match[str]) -> str:
    char = found.group(1)
    return "\n" if char in "nN" else char
