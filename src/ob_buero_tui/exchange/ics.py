"""Calendar files (RFC 5545): bytes become plain records; what is broken is named and costs nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from ob_buero_tui.exchange.ics_event import WANTED, EventReader, Setting, placed_in_series, title_of
from ob_buero_tui.exchange.ics_raw import RawCalendar, RawFile, decode, properties, split_file
from ob_buero_tui.exchange.ics_records import CalendarFile, EventRecord, Skipped
from ob_buero_tui.exchange.ics_values import Moment, Unreadable, Values
from ob_buero_tui.exchange.ics_zones import Zones
from ob_buero_tui.rules import limits
from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.german import join, number, plural
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.zones import gap_told, zone

MAX_BYTES = limits.ICS_BYTES
MAX_EVENTS = limits.ICS_EVENTS
GAPS_NAMED = 5
"""So many appointments at an hour that does not exist are named."""

_HEADER = frozenset(("METHOD", "X-WR-CALNAME", "X-WR-TIMEZONE"))
# What a file may hold besides events: singular and plural.
_OTHERS = {
    "VTODO": ("Aufgabe", "Aufgaben"),
    "VJOURNAL": ("Journaleintrag", "Journaleinträge"),
    "VFREEBUSY": ("Frei/Belegt-Angabe", "Frei/Belegt-Angaben"),
    "VAVAILABILITY": ("Verfügbarkeit", "Verfügbarkeiten"),
    "VALARM": ("Erinnerung", "Erinnerungen"),
}


def read_calendar(
    data: bytes, office_zone: str, aliases: Mapping[str, str] = MappingProxyType({})
) -> CalendarFile:
    """Read all events of a calendar file, also of several calendars in one file.

    Times keep the zone they are given in. A single time in UTC becomes a wall time of the office. A series
    in UTC follows X-WR-TIMEZONE or stays in UTC, because its dates would otherwise move with summer time.

    Args:
        data: The bytes of the file.
        office_zone: IANA name of the office's zone; times without a zone belong to it.
        aliases: IANA names by names of zones that the office explained.

    Raises:
        Refusal: The file is no calendar, too large, or holds too many events; or the zone is unknown.
    """
    zone(office_zone)
    if len(data) > MAX_BYTES:
        raise Refusal(
            "Die Kalenderdatei wurde nicht gelesen.",
            f"Sie ist {number(len(data) // 1_000_000)} MB groß, gelesen werden höchstens 50 MB.",
            "Bitte den Kalender in kleineren Teilen exportieren.",
        )
    text, decoded = decode(data)
    if "\n" not in text:
        text = text.replace("\r", "\n")
    raw = split_file(text)
    _refuse_foreign(text, raw)
    return _Reading(raw, office_zone, aliases).read([decoded] if decoded else [])


def _refuse_foreign(text: str, raw: RawFile) -> None:
    """Refuse what is no calendar, and what is too much of one."""
    if not raw.calendars:
        why = "Sie enthält keinen Kalender (BEGIN:VCALENDAR fehlt)."
        if not text.strip("\x00\r\n\t "):
            why = "Sie ist leer."
        elif "BEGIN:VCARD" in text[:1000].upper():
            why = "Sie enthält Visitenkarten (vCard) und keine Termine."
        elif text.lstrip()[:1] == "<":
            why = "Sie ist eine Internetseite und kein Kalender."
        raise Refusal(
            "Die Kalenderdatei ist nicht lesbar.",
            why,
            "Bitte den Kalender noch einmal als ICS-Datei exportieren.",
        )
    count = sum(len(calendar.events) for calendar in raw.calendars)
    if count > MAX_EVENTS:
        raise Refusal(
            "Die Kalenderdatei wurde nicht gelesen.",
            f"Sie enthält {number(count)} Termine, gelesen werden höchstens {number(MAX_EVENTS)}.",
            "Bitte den Kalender in kleineren Teilen exportieren.",
        )


class _Reading:
    """The reading of one file."""

    def __init__(self, raw: RawFile, office_zone: str, aliases: Mapping[str, str]) -> None:
        self._raw = raw
        timezones = [text for calendar in raw.calendars for text in calendar.timezones]
        self._zones = Zones(office_zone, timezones, aliases)
        self._values = Values(self._zones)
        self._events: list[EventRecord] = []
        self._skipped: list[Skipped] = []
        self._others: Counter[str] = Counter(raw.others)
        self._originals: dict[int, Moment] = {}
        self._notes: list[str] = []
        self._gaps: list[str] = []
        self._method = ""
        self._name = ""

    def read(self, notes: list[str]) -> CalendarFile:
        """Read all calendars.

        Args:
            notes: What is already known about the file.
        """
        self._notes.extend(notes)
        for calendar in self._raw.calendars:
            reader = EventReader(self._values, self._setting(calendar))
            for position, text in calendar.events:
                self._read_event(reader, position, text)
        self._join_series()
        self._note_others()
        self._note_doubles()
        return CalendarFile(
            events=tuple(self._events),
            notes=tuple(dict.fromkeys((*self._notes, *self._gaps, *self._zones.notes.values()))),
            skipped=tuple(sorted(self._skipped, key=lambda item: item.position)),
            method=self._method,
            name=self._name,
            guessed_zones=tuple(self._zones.guessed),
        )

    def _setting(self, calendar: RawCalendar) -> Setting:
        """Read what a calendar says about its events."""
        found, _ = properties("\n".join(calendar.header), _HEADER)
        method = clean(found["METHOD"][0].value.strip().upper(), limit=60) if "METHOD" in found else ""
        self._method = self._method or method
        if "X-WR-CALNAME" in found:
            name = found["X-WR-CALNAME"][0].value.replace("\\,", ",").replace("\\;", ";")
            self._name = self._name or clean(name.strip(), limit=200)
        named = found["X-WR-TIMEZONE"][0].value.strip() if "X-WR-TIMEZONE" in found else ""
        calendar_zone = self._zones.known(named) if named else ""
        if named and not calendar_zone:
            self._notes.append(f"Die Zeitzone des Kalenders „{clean(named, limit=80)}“ ist nicht bekannt.")
        return Setting(office_zone=self._zones.office_zone, calendar_zone=calendar_zone, method=method)

    def _read_event(self, reader: EventReader, position: int, text: str | None) -> None:
        """Read one event, or name it when it cannot be read."""
        if text is None:
            self._skip(position, "", "der Termin ist nicht abgeschlossen (END:VEVENT fehlt)")
            return
        found, inner = properties(text, WANTED)
        if inner:
            self._others.update(inner)
        try:
            record, original = reader.read(found, text)
        except Unreadable as problem:
            self._skip(position, title_of(found), str(problem))
        except Exception as problem:  # One event, however broken, must not cost the others.
            self._skip(position, title_of(found), f"der Termin ist nicht lesbar ({type(problem).__name__})")
        else:
            if original is not None:
                self._originals[len(self._events)] = original
            self._events.append(self._in_time(record))

    def _in_time(self, record: EventRecord) -> EventRecord:
        """Say so where an event begins at an hour that summer time skips."""
        told = "" if record.all_day else gap_told(record.dtstart, record.tzid)
        if not told:
            return record
        if len(self._gaps) < GAPS_NAMED:
            self._gaps.append(f"„{clean(record.summary, limit=60)}“: {told}.")
        return replace(record, notes=(*record.notes, f"{told}."))

    def _skip(self, position: int, title: str, why: str) -> None:
        named = f"Termin {number(position)}" + (f" „{title}“" if title else "")
        self._skipped.append(Skipped(position=position, reason=f"{named}: {why}."))

    def _join_series(self) -> None:
        """Name the changed dates of each series of the file in the zone of the series."""
        series = {event.uid: event for event in self._events if event.recurrence_id is None}
        for index, original in self._originals.items():
            event = self._events[index]
            master = series.get(event.uid)
            if master is not None:
                there = placed_in_series(original, master)
                self._events[index] = replace(event, recurrence_id=there, recurrence_tzid=master.tzid)

    def _note_others(self) -> None:
        """Count what was not taken over."""
        others = self._others
        counted = [plural(others[name], *words) for name, words in _OTHERS.items() if others[name]]
        if counted:
            verb = "wurde" if len(counted) == 1 and counted[0].startswith("1 ") else "wurden"
            self._notes.append(f"{join(counted)} {verb} nicht übernommen.")
        if not self._events and not self._skipped:
            self._notes.append("Die Datei enthält keine Termine.")

    def _note_doubles(self) -> None:
        """Name identifiers that more than one event of the file claims."""
        claimed = Counter((event.uid, event.recurrence_id) for event in self._events)
        doubled = [uid for (uid, _), count in claimed.items() if count > 1]
        if doubled:
            shown = join([f"„{clean(uid, limit=60)}“" for uid in doubled[:3]])
            more = f" und {number(len(doubled) - 3)} weitere" if len(doubled) > 3 else ""
            self._notes.append(f"Mehrere Termine haben dieselbe Kennung: {shown}{more}.")
