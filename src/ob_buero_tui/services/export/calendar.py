"""Appointments as a calendar file: unchanged ones in the words they came in, the others written anew."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from ob_buero_tui.exchange.ics_details import DETAILS, Details
from ob_buero_tui.exchange.ics_raw_out import sound, zones_named
from ob_buero_tui.exchange.ics_records import EventRecord
from ob_buero_tui.exchange.ics_write import OutgoingEvent, zones_of
from ob_buero_tui.exchange.ics_zones_out import is_known_zone
from ob_buero_tui.rules.states import EventStatus
from ob_buero_tui.rules.visibility import Audience, Confidentiality, View
from ob_buero_tui.services.export.as_it_came import Key, date_changes, event_changes, read_again
from ob_buero_tui.services.export.events import Leaving, events_out, instants
from ob_buero_tui.services.export.wanted import BUSY, Wanted
from ob_buero_tui.services.intake.event_lookup import raw_texts
from ob_buero_tui.services.intake.zone_names import zone_aliases
from ob_buero_tui.services.workplace import Workplace

# Of an intern one nothing is said: PRIVATE and CONFIDENTIAL would come back as stricter levels of our own.
CLASSES = {Confidentiality.OEFFENTLICH: "PUBLIC"}
BUSY_CLASS = "PRIVATE"
_UID = re.compile(r"^UID[ \t]*[;:]", re.MULTILINE | re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarOut:
    """What a calendar file is to hold.

    Args:
        zones: The time zones that the events name.
        count: How many appointments there are, each with its changed dates.
        left_out: How many stay because of their level.
        busy: How many are only taken.
        doubled: How many are left out because another calendar has an appointment with the same UID.
    """

    events: tuple[OutgoingEvent, ...]
    zones: frozenset[str]
    count: int
    left_out: int
    busy: int
    doubled: int = 0


def calendar_out(place: Workplace, wanted: Wanted) -> CalendarOut:
    """The appointments of a calendar file, by calendar and in the order they came."""
    found = events_out(place, wanted)
    leaving, doubled = _once(found.rows)
    ids = {one.row.id for one in leaving if one.full}
    with place.reading() as session:
        texts, aliases = raw_texts(session, ids), zone_aliases(session)
    written = (texts[key] for one in leaving if one.full for key in _keys(one) if key in texts)
    writer = EventWriter(place, wanted, texts, read_again(written, place.zone, aliases))
    events = tuple(event for one in leaving for event in writer.events(one))
    zones = {name for event in events for name in zones_of(event)}
    return CalendarOut(
        events=events,
        zones=frozenset(zones),
        count=len(leaving),
        left_out=found.left_out,
        busy=found.busy,
        doubled=doubled,
    )


def alone_out(place: Workplace, one: Leaving, texts: Mapping[Key, str]) -> tuple[OutgoingEvent, ...]:
    """One appointment with its changed dates, for a message to the people who attend it.

    What may not be read in a file keeps its UID and its times, by which the other side finds it again, and
    is called „belegt“; so is a changed date of its own level.

    Args:
        texts: The texts that it and its dates came as.
    """
    wanted = Wanted(audience=Audience.DEPUTY)
    written = [texts[key] for key in _keys(one) if key in texts]
    series, *dates = EventWriter(place, wanted, texts, read_again(written, place.zone)).events(one)
    levels = (one.row.confidentiality, *one.levels)
    told = [series if wanted.sees(*levels) is View.FULL else _hidden(series)]
    for event, row in zip(dates, one.dates, strict=True):
        told.append(event if wanted.sees(*levels, row.confidentiality) is View.FULL else _hidden(event))
    return tuple(told)


def _once(rows: tuple[Leaving, ...]) -> tuple[list[Leaving], int]:
    """Without what another calendar has under the same UID: in one file both would be one and the same."""
    calendars: dict[str, str] = {}
    kept = [
        one
        for one in rows
        if not one.full or calendars.setdefault(one.row.uid, one.row.calendar) == one.row.calendar
    ]
    return kept, len(rows) - len(kept)


def _keys(one: Leaving) -> list[Key]:
    return [(one.row.id, None), *((one.row.id, row.id) for row in one.dates)]


class EventWriter:
    """Turns what leaves into the events of a file.

    Args:
        texts: What appointments and changed dates came as.
        records: What these texts say, by text.
    """

    def __init__(
        self,
        place: Workplace,
        wanted: Wanted,
        texts: Mapping[Key, str],
        records: Mapping[str, EventRecord],
    ) -> None:
        self._now = place.clock()
        self._outside = wanted.outside
        self._own = wanted.audience is Audience.INTERN
        self._texts = texts
        self._records = records

    def events(self, one: Leaving) -> Iterator[OutgoingEvent]:
        """An appointment, its changed dates, and those of them that are only taken."""
        series = self._series(one)
        yield series if one.full else _taken(series, f"belegt-{one.row.id}@ob-buero")
        for row in one.dates:
            date = self._date(one, row, series)
            yield date if one.full else _taken(date, f"belegt-{one.row.id}@ob-buero")
        for row in one.taken:
            alone = replace(self._date(one, row, series), recurrence_id=None)
            yield _taken(alone, f"belegt-{one.row.id}-{row.id}@ob-buero")

    def _series(self, one: Leaving) -> OutgoingEvent:
        row = one.row
        raw, record = self._came(row.id, None)
        details = self._details(row)
        told = event_changes(row, record, details) if record else frozenset[str]()
        changed, said = _written_anew(told, raw)
        exdates = one.exdates
        if record and exdates != record.exdates:
            changed |= {"EXDATE"}
        if record and not _UID.search(raw):
            changed |= {"UID"}  # without one every reader would take it for another appointment each time
        return OutgoingEvent(
            uid=row.uid,
            **_common(row),
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            dtstamp=self._stamp(row.dtstamp, record, said),
            description="" if self._outside else row.description,
            organizer="" if self._outside else row.organizer,
            transparent=row.transparent,
            class_=CLASSES.get(Confidentiality(row.confidentiality), ""),
            rrule=row.rrule,
            rdates=one.rdates,
            exdates=exdates,
            # A date that came without its series still says which one of it it is.
            recurrence_id=record.recurrence_id if record else None,
            series_tzid=record.recurrence_tzid if record else "",
            series_all_day=record.all_day if record else False,
            raw="" if self._outside else raw,
            changed=changed,
            details=details,
        )

    def _date(self, one: Leaving, row: Any, series: OutgoingEvent) -> OutgoingEvent:
        raw, record = self._came(one.row.id, row.id)
        details = self._date_details(row)
        told = date_changes(row, record, one.row, details) if record else frozenset[str]()
        changed, said = _written_anew(told, raw)
        starts_at, ends_at = instants(row)
        level = Confidentiality(row.confidentiality)
        return OutgoingEvent(
            uid=series.uid,
            **_common(row),
            starts_at=starts_at,
            ends_at=ends_at,
            dtstamp=self._stamp(row.dtstamp, record, said),
            description="" if self._outside else row.description,
            organizer=series.organizer,
            transparent=series.transparent,
            class_=series.class_ if level is Confidentiality.OEFFENTLICH else "",
            recurrence_id=row.recurrence_id,
            series_tzid=one.row.tzid,
            series_all_day=one.row.all_day,
            raw="" if self._outside else raw,
            changed=changed,
            details=details,
        )

    def _details(self, row: Any) -> Details:
        """What was arranged; the office's own, so that nobody else is told."""
        if not self._own:
            return ()
        told = ((name, "" if (value := getattr(row, name)) is None else str(value)) for name in DETAILS)
        return tuple((name, value) for name, value in told if value)

    def _date_details(self, row: Any) -> Details:
        """What was arranged for one date alone; it may be that nothing is, though the series says so."""
        if not self._own:
            return ()
        told = ((name, row.details[name]) for name in DETAILS if name in row.details)
        return tuple((name, "" if value is None else str(value)) for name, value in told)

    def _came(self, event_id: int, override_id: int | None) -> tuple[str, EventRecord | None]:
        """The text it came as and what that says; neither where it cannot be read by itself."""
        raw = self._texts.get((event_id, override_id), "")
        record = self._records.get(raw)
        return (sound(raw), record) if record is not None else ("", None)

    def _stamp(
        self, stored: datetime | None, record: EventRecord | None, changed: frozenset[str]
    ) -> datetime:
        """When it was changed last; now where it was changed without saying when."""
        if stored is None or (changed and record is not None and stored == record.dtstamp):
            return self._now
        return stored


def _common(row: Any) -> dict[str, Any]:
    names = ("summary", "location", "dtstart", "dtend", "all_day", "tzid", "fold", "status", "sequence")
    return {name: getattr(row, name) for name in names}


def _written_anew(told: frozenset[str], raw: str) -> tuple[frozenset[str], frozenset[str]]:
    """The properties to write anew, and those of them that say something new, which asks for a new stamp.

    A zone that only its own file described means nothing in another one, so the times are written in ours;
    read without that description they differ from what is stored, and that alone is no newer version.
    """
    known = all(map(is_known_zone, zones_named(raw)))
    said = told if known else told - {"DTSTART", "RDATE", "EXDATE", "RECURRENCE-ID"}
    changed = told | ({"DTSTAMP"} if said else set()) | (set() if known else {"DTSTART"})
    return changed, said


def _hidden(event: OutgoingEvent) -> OutgoingEvent:
    """Its identity and its times alone."""
    return replace(
        event,
        summary=BUSY,
        description="",
        location="",
        class_=BUSY_CLASS,
        raw="",
        changed=frozenset(),
        details=(),
    )


def _taken(event: OutgoingEvent, uid: str) -> OutgoingEvent:
    """The time alone; nothing that names the appointment, not even its own identifier."""
    return replace(_hidden(event), uid=uid, organizer="", status=EventStatus.CONFIRMED.value, sequence=0)
