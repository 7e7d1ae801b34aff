"""Turns the records of a calendar file into the columns of appointments."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from ob_buero_tui.catalog.model import Catalog
from ob_buero_tui.catalog.representation import ABSENCE, MAYOR, calendar_named
from ob_buero_tui.exchange.ics_details import DETAILS
from ob_buero_tui.exchange.ics_records import CalendarFile, EventRecord
from ob_buero_tui.rules.folding import fold
from ob_buero_tui.rules.keywords import keyword_source
from ob_buero_tui.rules.recurrence import check_rule
from ob_buero_tui.rules.states import EventStatus
from ob_buero_tui.rules.visibility import Confidentiality, strictest
from ob_buero_tui.rules.zones import to_local, to_utc
from ob_buero_tui.store.calendar import OWN_DETAILS, Host

NO_TITLE = "(ohne Titel)"

LEVELS = {"PRIVATE": Confidentiality.PERSOENLICH, "CONFIDENTIAL": Confidentiality.VERTRAULICH}
"""What CLASS (RFC 5545 3.8.1.3) asks for; anything else is intern, because only a person publishes."""

NO_SERIES = "Einzelner Termin einer Serie, deren Stammtermin nicht importiert ist."


class EventRows:
    """Makes rows of event records; the office's places and kinds are looked up once per name.

    Args:
        owner: The account that personal appointments belong to.
        calendar: Key of the calendar that they come into.
    """

    def __init__(self, catalog: Catalog, owner: str, calendar: str = MAYOR) -> None:
        self.calendar = calendar
        self._catalog = catalog
        self._owner = owner
        self._attendee = catalog.calendar_short(calendar) if calendar != MAYOR else "OB"
        self._travel: dict[str, int] = {}
        labels = {fold(kind.label): key for key, kind in catalog.event_kinds.items() if kind.label}
        # The longest label first: „Pressegespräch“ is more than „Gespräch“.
        ordered = sorted(labels, key=len, reverse=True)
        self._kinds = labels
        self._kind_words = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, ordered))})") if ordered else None
        own = [
            (keyword_source(word), key) for key, kind in catalog.event_kinds.items() for word in kind.words
        ]
        self._own_kinds = [key for _, key in own]
        groups = "|".join(f"({source})" for source, _ in own)
        self._own_words = re.compile(rf"(?<!\w)(?:{groups})(?!\w)") if own else None

    @classmethod
    def of(cls, catalog: Catalog, owner: str, file: CalendarFile, name: str) -> EventRows:
        """What makes the rows of a file, in the calendar that its own name or its file's name stands for."""
        return cls(catalog, owner, calendar_named(catalog.calendars, file.name, name))

    def event(self, record: EventRecord) -> dict[str, Any]:
        """The columns of a new appointment.

        Raises:
            OverflowError: it lies outside the years that can be counted.
        """
        kind = self.kind(record.summary, record.categories)
        level = self.level(record, kind)
        travel = self.travel(record)
        return {
            **self.content(record),
            "uid": record.uid,
            "calendar": self.calendar,
            "kind": kind,
            "confidentiality": level.value,
            "owner": self._owner if level is Confidentiality.PERSOENLICH else "",
            "attendee": self._attendee,
            "travel_before_min": travel,
            "travel_after_min": travel,
        }

    def content(self, record: EventRecord) -> dict[str, Any]:
        """The columns that the sender of an appointment decides on."""
        starts = to_utc(record.dtstart, record.tzid, record.fold)
        ends = to_utc(record.dtend, record.tzid)
        if ends < starts:
            # Across a repeated hour the wall times run backwards; the length is what counts.
            ends = starts + max(record.dtend - record.dtstart, timedelta(0))
        return {
            "summary": record.summary.strip() or NO_TITLE,
            "description": record.description,
            "location": record.location,
            "dtstart": record.dtstart,
            "dtend": record.dtend,
            "tzid": record.tzid,
            "fold": record.fold,
            "all_day": record.all_day,
            "starts_at": starts,
            "ends_at": ends,
            "status": record.status,
            "transparent": record.transparent,
            "rrule": record.rrule,
            "rdates": [moment.isoformat() for moment in record.rdates],
            "exdates": [moment.isoformat() for moment in record.exdates],
            "series_note": series_note(record),
            "sequence": record.sequence,
            "dtstamp": record.dtstamp,
            "organizer": record.organizer,
            **details_told(record),
        }

    def date(self, record: EventRecord, moment: datetime) -> dict[str, Any]:
        """The columns of one date that differs from its series, without the series' key.

        Args:
            moment: The date's original start, in the wall time of the series.
        """
        # What says nothing of its own is as confidential as its series.
        level = self.level(record, lowest=Confidentiality.OEFFENTLICH)
        return {
            "recurrence_id": moment,
            "dtstart": record.dtstart,
            "dtend": record.dtend,
            "tzid": record.tzid,
            "fold": record.fold,
            "all_day": record.all_day,
            "summary": record.summary.strip() or NO_TITLE,
            "location": record.location,
            "description": record.description,
            "status": record.status,
            "sequence": record.sequence,
            "dtstamp": record.dtstamp,
            "confidentiality": level.value,
            "owner": self._owner if level is Confidentiality.PERSOENLICH else "",
            "details": {name: value for name, value in details_told(record).items() if name in OWN_DETAILS},
        }

    def travel(self, record: EventRecord) -> int:
        """Minutes to the place; none for what has no time of day or blocks none."""
        if record.all_day or record.transparent or not record.location:
            return 0
        known = self._travel.get(record.location)
        if known is None:
            known = self._travel[record.location] = self._catalog.travel_min(record.location)
        return known

    def kind(self, summary: str, categories: Sequence[str] = ()) -> str | None:
        """The kind that a category names by a word, or whose word or label comes first in a title."""
        words = self._own_words
        for category in categories if words else ():
            if words and (named := words.fullmatch(fold(category).strip())):
                return self._own_kinds[(named.lastindex or 1) - 1]
        title = fold(summary)
        found = self._kind_words.search(title) if self._kind_words else None
        own = words.search(title) if words else None
        if own and not (found and found.start() <= own.start()):
            return self._own_kinds[(own.lastindex or 1) - 1]
        return self._kinds[found.group()] if found else None

    def level(
        self,
        record: EventRecord,
        kind: str | None = None,
        lowest: Confidentiality = Confidentiality.INTERN,
    ) -> Confidentiality:
        """What CLASS asks for; why somebody is away is confidential by its kind, whatever the file says.

        Args:
            kind: The kind that the office knows it as; what its title says counts too.
            lowest: The level where the file says nothing.
        """
        level = LEVELS.get(record.class_, lowest)
        if ABSENCE not in (kind, self.kind(record.summary, record.categories)):
            return level
        own = self._catalog.event_kinds[ABSENCE].confidentiality
        # Personal to whom? The desk that imports is not the one that is away.
        return strictest([level, Confidentiality.VERTRAULICH if own is Confidentiality.PERSOENLICH else own])


_NO_DETAILS: dict[str, Any] = dict.fromkeys(DETAILS, "") | {"speech_min": None}


def details_told(record: EventRecord) -> dict[str, Any]:
    """What was arranged, as far as the file says so, as columns; what makes no sense there is left out."""
    if not record.details:
        return {}
    told: dict[str, Any] = dict(record.details)
    if told.get("host", "") not in set(Host):
        del told["host"]
    if "speech_min" in told:
        minutes = told.pop("speech_min")
        told["speech_min"] = int(minutes) if minutes.isascii() and minutes.isdigit() else None
    return told


def even_rows(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows that all have the columns of details as soon as one has any, for they are written together."""
    if all(_NO_DETAILS.keys().isdisjoint(row) for row in rows):
        return rows
    return [{**_NO_DETAILS, **row} for row in rows]


def original_start(record: EventRecord, tzid: str, all_day: bool) -> datetime:
    """The original start of a changed date, in the wall time of its series.

    Args:
        tzid: The zone of the series.
        all_day: Whether the series has dates without times.
    """
    moment = record.recurrence_id
    assert moment is not None  # noqa: S101 only changed dates come here
    if not all_day and record.recurrence_tzid not in ("", tzid):
        moment = to_local(to_utc(moment, record.recurrence_tzid), tzid)[0]
    return moment.replace(hour=0, minute=0, second=0) if all_day else moment


def series_note(record: EventRecord) -> str:
    """Why a series is shown with its first date only, or that a date stands alone; "" where all is well."""
    if record.recurrence_id is not None:
        return NO_SERIES
    if not record.rrule:
        return ""
    why = check_rule(record.rrule, record.dtstart, record.all_day, record.tzid)
    return f"Die Wiederholung wird nicht unterstützt: {why}. Es gilt nur der erste Termin." if why else ""


def is_cancelled(record: EventRecord) -> bool:
    """Whether the record calls its date off."""
    return record.status == EventStatus.CANCELLED
