"""The time zones of a calendar file: names of IANA and Windows, and zones that only the file describes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta, tzinfo
from types import MappingProxyType
from typing import NamedTuple

from ob_buero_tui.exchange.ics_raw import properties
from ob_buero_tui.exchange.zone_names import zone_shown
from ob_buero_tui.rules import limits
from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.zones import is_known, to_local, to_utc

# Evaluating a VTIMEZONE is slow, and a file needs few.
_MAX_DESCRIBED = limits.ICS_ZONES
_WANTED = frozenset(("TZID", "X-LIC-LOCATION"))
# dateutil evaluates the rules of a VTIMEZONE and would hang on others than these.
_HARMLESS_RULE = re.compile(
    r"(?=.*FREQ=YEARLY)(?=.*BYDAY=)(?=.*BYMONTH=)(?!.*(?:BYSETPOS|BYHOUR|INTERVAL=(?!1(?:;|$))))",
    re.IGNORECASE,
)
# IANA has several names for UTC.
_UTC = frozenset(("UTC", "Etc/UTC", "Etc/GMT", "GMT", "UCT", "Zulu", "Etc/Zulu", "Etc/UCT", "Universal"))


class Place(NamedTuple):
    """Where a wall time of the file belongs: a known zone, or a zone that only the file describes."""

    tzid: str
    described: tzinfo | None = None


class Zones:
    """Finds the zone for each TZID of a file and collects what the reader should know about it.

    Args:
        office_zone: A known IANA name; it stands in for zones nobody knows.
        timezones: The text of each VTIMEZONE of the file.
        aliases: IANA names by names of zones that the office explained; they come last, after all that is
            known anyway.
    """

    def __init__(
        self,
        office_zone: str,
        timezones: Iterable[str],
        aliases: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        self.office_zone = office_zone
        self.notes: dict[str, str] = {}
        self.guessed: dict[str, None] = {}
        self._aliases = aliases
        self._timezones = list(timezones)
        self._described: dict[str, str] | None = None
        self._evaluated = 0
        self._places: dict[str, Place] = {}

    def place(self, tzid: str, near: datetime) -> Place:
        """Return the place of a TZID.

        Args:
            tzid: As written in the file.
            near: A wall time in that zone; a described zone is compared with known ones around it.
        """
        place = self._places.get(tzid)
        if place is None:
            place = self._places[tzid] = self._find(tzid, near)
        return place

    def known(self, tzid: str) -> str:
        """Return the IANA name that a TZID means by its name alone, or ""."""
        from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

        name = tzid.strip().strip('"')
        if name in _UTC:
            return "UTC"
        if is_known(name):
            return name
        if name in WINDOWS_TO_OLSON:
            return WINDOWS_TO_OLSON[name]
        if shown := zone_shown(name):
            return shown
        # RFC 5545, 3.2.19: "/vendor/version/Europe/Berlin" is a name of its own with a known one at the end.
        parts = name.strip("/").split("/")
        if name.startswith("/"):
            for start in range(len(parts)):
                if is_known("/".join(parts[start:])):
                    return "/".join(parts[start:])
        return ""

    def _find(self, tzid: str, near: datetime) -> Place:
        known = self.known(tzid)
        if known:
            return Place(known)
        shown = clean(tzid, limit=80)
        described = self._evaluate(tzid)
        if described is None and shown in self._aliases:
            return Place(self._aliases[shown])
        if described is None:
            self.guessed[shown] = None
            self.notes[tzid] = (
                f"Die Zeitzone „{shown}“ ist nicht bekannt; ihre Uhrzeiten gelten als {self.office_zone}."
            )
            return Place(self.office_zone)
        for candidate in (self.office_zone, self._location(tzid), tzid.replace("_", "/", 1)):
            if is_known(candidate) and _agree(described, candidate, near):
                return Place(candidate)
        self.notes[tzid] = (
            f"Die Zeitzone „{shown}“ steht nur in der Datei; ihre Uhrzeiten wurden umgerechnet"
            f" in {self.office_zone}."
        )
        return Place(self.office_zone, described)

    def _descriptions(self) -> dict[str, str]:
        """Return the text of each VTIMEZONE by its TZID."""
        if self._described is None:
            self._described = {}
            for text in self._timezones:
                found, _ = properties(text, _WANTED)
                for item in found.get("TZID", ()):
                    self._described.setdefault(item.value.strip(), text)
        return self._described

    def _location(self, tzid: str) -> str:
        """Return the IANA name that libical writes beside a TZID of its own, or ""."""
        found, _ = properties(self._descriptions().get(tzid, ""), _WANTED)
        return found["X-LIC-LOCATION"][0].value.strip() if "X-LIC-LOCATION" in found else ""

    def _evaluate(self, tzid: str) -> tzinfo | None:
        """Return the zone that the file describes, or None when it describes none that can be used."""
        from icalendar import Timezone

        text = self._descriptions().get(tzid)
        if text is None or self._evaluated >= _MAX_DESCRIBED:
            return None
        self._evaluated += 1
        rules = re.findall(r"^RRULE[^:\r\n]*:([^\r\n]*)", text, re.IGNORECASE | re.MULTILINE)
        if not all(_HARMLESS_RULE.match(rule) for rule in rules):
            return None
        try:
            component = Timezone.from_ical(text)
            if not isinstance(component, Timezone):
                return None
            zone = component.to_tz(lookup_tzid=False)
            # The first question shows whether the description holds together.
            return zone if isinstance(zone.utcoffset(datetime(2020, 7, 1)), timedelta) else None  # noqa: DTZ001
        except Exception:  # Anything can go wrong inside a foreign description; then there is none.
            return None


def _agree(described: tzinfo, tzid: str, near: datetime) -> bool:
    """Tell whether a described zone shows the same time as a known one through two years."""
    for step in range(0, 730, 5):
        moment = near.replace(hour=12, minute=0, second=0, fold=0) + timedelta(days=step)
        offset = described.utcoffset(moment)
        if offset is None or moment.replace(tzinfo=UTC) - offset != to_utc(moment, tzid):
            return False
    return True


def described_to_local(local: datetime, described: tzinfo, tzid: str) -> tuple[datetime, int]:
    """Turn a wall time of a zone that only the file describes into one of a known zone, with its fold."""
    offset = described.utcoffset(local) or timedelta(0)
    return to_local(local.replace(tzinfo=UTC) - offset, tzid)
