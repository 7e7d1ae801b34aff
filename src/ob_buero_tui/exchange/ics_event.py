"""One VEVENT becomes one record: what is wrong in it is repaired, named, or makes the event unreadable."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import TypedDict

from ob_buero_tui.exchange.ics_details import WANTED as DETAILS
from ob_buero_tui.exchange.ics_details import details_of
from ob_buero_tui.exchange.ics_raw import Property, lines
from ob_buero_tui.exchange.ics_records import AnswerRecord, EventRecord
from ob_buero_tui.exchange.ics_values import Moment, Unreadable, Values, person_of, text_of, texts_of
from ob_buero_tui.rules import limits
from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.recurrence import check_rule

WANTED = frozenset(
    (
        *("UID", "SUMMARY", "DESCRIPTION", "LOCATION", "URL", "CLASS", "STATUS", "TRANSP", "CATEGORIES"),
        *("ORGANIZER", "ATTENDEE", "SEQUENCE", "DTSTAMP", "LAST-MODIFIED", "DTSTART", "DTEND", "DURATION"),
        *("RRULE", "EXRULE", "RDATE", "EXDATE", "RECURRENCE-ID", "COMMENT"),
        *DETAILS,
    )
)
DESCRIPTION_LIMIT = limits.ICS_DESCRIPTION
_STATUSES = frozenset(("TENTATIVE", "CONFIRMED", "CANCELLED"))
_REPEATING = frozenset(("RRULE", "EXRULE", "RDATE", "EXDATE"))
# What calls off, answers or asks names its date and need not say more of it (RFC 5546, 3.2.3, 3.2.5, 3.2.6).
_TERSE = frozenset(("CANCEL", "REPLY", "REFRESH"))
_DAY = timedelta(days=1)
# These change with every export of the same event.
_CHANGING = re.compile(r"(?:DTSTAMP|CREATED|LAST-MODIFIED)[;:]", re.IGNORECASE)

Properties = dict[str, list[Property]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What the calendar around an event says about it.

    Args:
        office_zone: IANA name of the office's zone.
        calendar_zone: IANA name from X-WR-TIMEZONE, or "".
        method: METHOD in capitals, or "".
    """

    office_zone: str
    calendar_zone: str
    method: str

    @property
    def cancelled(self) -> bool:
        """The calendar is a cancellation."""
        return self.method == "CANCEL"


class EventReader:
    """Reads the events of one calendar.

    Args:
        values: Reads the values of properties.
        setting: What the calendar says.
    """

    def __init__(self, values: Values, setting: Setting) -> None:
        self._values = values
        self._setting = setting
        self._office = setting.office_zone

    def read(self, found: Properties, raw: str) -> tuple[EventRecord, Moment | None]:
        """Return the record of a VEVENT, and its RECURRENCE-ID as written, for a series in the same file.

        Args:
            found: The wanted properties of the component.
            raw: Its text.

        Raises:
            Unreadable: There is no usable beginning; the message is a German clause.
        """
        notes: list[str] = []
        original = self._original(found)
        if original is not None:
            # RFC 5545, 3.8.4.4: a changed date repeats nothing itself; some programs copy the rule anyway.
            found = {name: items for name, items in found.items() if name not in _REPEATING}
        start = self._start(found, original)
        local, fold, home = self._home(start, found, notes)
        end = self._end(found, start, local, home, notes)
        recurrence = None if original is None else _placed(original, local, start.is_date, home)
        record = EventRecord(
            uid=_uid(found, raw, notes),
            **_told(found, notes),
            dtstart=local,
            dtend=end,
            all_day=start.is_date,
            tzid=home,
            fold=fold,
            status=self._status(found, notes),
            **self._repeats(found, local, start.is_date, home, notes),
            recurrence_id=recurrence,
            recurrence_tzid="" if recurrence is None else home,
            dtstamp=self._instant(found, "DTSTAMP"),
            last_modified=self._instant(found, "LAST-MODIFIED"),
            raw=raw,
            notes=tuple(notes),
            **self._sent(found, original),
            details=details_of(found) if not DETAILS.isdisjoint(found) else (),
        )
        return record, original

    def _repeats(
        self, found: Properties, local: datetime, is_date: bool, home: str, notes: list[str]
    ) -> _Repeats:
        """Return on which days an event is."""
        return {
            "rrule": self._rule(found, local, is_date, home, notes),
            "rdates": self._dates("RDATE", found, local, is_date, home, notes),
            "exdates": self._dates("EXDATE", found, local, is_date, home, notes),
        }

    def _sent(self, found: Properties, original: Moment | None) -> _Sent:
        """Return how an event was sent, whether it reaches the dates that follow, and who answers."""
        method = self._setting.method
        return {
            "method": method,
            "following": original is not None and _is_following(found),
            "answers": _answers(found) if method == "REPLY" else (),
        }

    def _start(self, found: Properties, original: Moment | None) -> Moment:
        """Return the beginning; what calls off or answers may name its date, or the UID alone."""
        items = found.get("DTSTART")
        if not items:
            terse = self._setting.method in _TERSE
            if original is not None and terse:
                return original
            if terse and (stamp := self._instant(found, "DTSTAMP")):
                # The appointment is meant by its UID; of the times in such a message nothing is taken over.
                return Moment(stamp.replace(tzinfo=None), "UTC")
            raise Unreadable("der Beginn (DTSTART) fehlt")
        try:
            return self._values.moment(items[0])
        except Unreadable:
            shown = clean(items[0].value.strip(), limit=60)
            raise Unreadable(f"der Beginn (DTSTART) „{shown}“ ist nicht lesbar") from None

    def _home(self, start: Moment, found: Properties, notes: list[str]) -> tuple[datetime, int, str]:
        """Return wall time and fold of the beginning in the zone the event lives in, and that zone."""
        office = self._office
        if start.is_date:
            return start.local, 0, office
        item = next(iter(found.get("DTSTART") or found.get("RECURRENCE-ID") or found["DTSTAMP"]))
        tzid = item.parameter("TZID") if item.parameters else ""
        if tzid in self._values.zones.notes:
            notes.append(self._values.zones.notes[tzid])
        elif tzid and start.tzid != "UTC" and item.value.strip()[-1:] in "Zz":
            notes.append("Der Beginn nennt eine Zeitzone und trägt das Zeichen für UTC; die Zeitzone gilt.")
        if start.tzid == "":
            return start.local, 0, self._setting.calendar_zone or office
        if start.tzid != "UTC":
            return start.local, start.fold, start.tzid
        if "RRULE" not in found and "RDATE" not in found:
            if self._ends_in_repeated_hour(found):
                return start.local, 0, "UTC"
            return *start.in_zone(office), office
        if self._setting.calendar_zone:
            return *start.in_zone(self._setting.calendar_zone), self._setting.calendar_zone
        notes.append("Die Serie ist in UTC angegeben; ihre Uhrzeit verschiebt sich mit der Sommerzeit.")
        return start.local, 0, "UTC"

    def _ends_in_repeated_hour(self, found: Properties) -> bool:
        """Tell whether DTEND is the second of two equal wall times of the office, which no end can say."""
        try:
            return "DTEND" in found and self._values.moment(found["DTEND"][0]).in_zone(self._office)[1] == 1
        except Unreadable:
            return False

    def _end(
        self, found: Properties, start: Moment, local: datetime, home: str, notes: list[str]
    ) -> datetime:
        """Return the end in the zone of the event: without a usable one the next day, or the beginning."""
        none = local + _DAY if start.is_date else local
        if "DTEND" in found:
            try:
                moment = self._values.moment(found["DTEND"][0])
            except Unreadable:
                notes.append("Das Ende (DTEND) ist nicht lesbar und wurde nicht übernommen.")
                return none
            end = moment.in_zone(home)[0]
            if start.is_date and not moment.is_date:
                # The day of the last minute still belongs to the event.
                end = datetime.combine((end - timedelta(seconds=1)).date(), datetime.min.time()) + _DAY
            if end < local:
                notes.append("Das Ende (DTEND) liegt vor dem Beginn und wurde nicht übernommen.")
                return none
            return max(end, none)
        if "DURATION" in found:
            try:
                length = self._values.duration(found["DURATION"][0])
            except Unreadable:
                notes.append("Die Dauer (DURATION) ist nicht lesbar und wurde nicht übernommen.")
                return none
            if length < timedelta(0):
                notes.append("Die Dauer (DURATION) ist negativ und wurde nicht übernommen.")
                return none
            if start.is_date:
                length = _DAY * -(-length // _DAY)
            return max(local + length, none)
        return none

    def _rule(self, found: Properties, local: datetime, all_day: bool, home: str, notes: list[str]) -> str:
        """Return the raw rule, and note what of the recurrence is not followed."""
        if "EXRULE" in found:
            notes.append("Die Ausnahmeregel (EXRULE) wird nicht ausgewertet.")
        items = found.get("RRULE")
        if not items:
            return ""
        if len(items) > 1:
            notes.append("Der Termin hat mehrere Wiederholungsregeln; nur die erste gilt.")
        rule = clean(items[0].value.strip().upper())
        why = check_rule(rule, local, all_day, home)
        if why:
            why = clean(why, limit=200)
            notes.append(f"Die Wiederholung wird nicht unterstützt: {why}. Es gilt nur der erste Termin.")
        return rule

    def _dates(
        self, name: str, found: Properties, local: datetime, all_day: bool, home: str, notes: list[str]
    ) -> tuple[datetime, ...]:
        """Return the dates of RDATE or EXDATE, each once, as wall times in the zone of the event."""
        if name not in found:
            return ()
        dates: dict[datetime, None] = {}
        lengths = False
        for item in found[name]:
            moments, broken = self._values.moments(item)
            notes.extend(f"Der Wert „{text}“ von {name} ist nicht lesbar." for text in broken[:5])
            for moment in moments:
                dates[_placed(moment, local, all_day, home)] = None
                lengths = lengths or moment.length is not None
        if lengths:
            notes.append("Zusätzliche Termine mit eigener Dauer (RDATE) dauern so lang wie der erste.")
        return tuple(dates)

    def _original(self, found: Properties) -> Moment | None:
        """Return RECURRENCE-ID."""
        items = found.get("RECURRENCE-ID")
        if not items:
            return None
        try:
            return self._values.moment(items[0])
        except Unreadable:
            shown = clean(items[0].value.strip(), limit=60)
            raise Unreadable(f"die Stelle in der Serie (RECURRENCE-ID) „{shown}“ ist nicht lesbar") from None

    def _status(self, found: Properties, notes: list[str]) -> str:
        """Return the status; what says nothing is confirmed."""
        status = _word(found, "STATUS") or "CONFIRMED"
        if status not in _STATUSES:
            notes.append(f"Der Status „{status}“ ist nicht bekannt; der Termin gilt als bestätigt.")
            status = "CONFIRMED"
        return "CANCELLED" if self._setting.cancelled else status

    def _instant(self, found: Properties, name: str) -> datetime | None:
        return self._values.instant(found[name][0]) if name in found else None


def placed_in_series(original: Moment, series: EventRecord) -> datetime:
    """Return the RECURRENCE-ID of a changed date as a wall time in the zone of its series."""
    return _placed(original, series.dtstart, series.all_day, series.tzid)


def _placed(moment: Moment, local: datetime, all_day: bool, home: str) -> datetime:
    """Return a date of a series as the series counts it: a day at midnight, or a wall time in its zone."""
    if moment.is_date and not all_day:
        return datetime.combine(moment.local.date(), local.time())
    there = moment.in_zone(home)[0]
    return _midnight(there.date()) if all_day else there


def _is_following(found: Properties) -> bool:
    """Whether a change holds for all later dates too (RFC 5545, 3.2.13)."""
    return found["RECURRENCE-ID"][0].parameter("RANGE").upper() == "THISANDFUTURE"


def _answers(found: Properties) -> tuple[AnswerRecord, ...]:
    """What the attendees of an answer say."""
    comment = clean(_text(found, "COMMENT").strip(), limit=300)
    told = []
    for item in found.get("ATTENDEE", ()):
        name, _, address = person_of(item).rpartition("<")
        word = clean(item.parameter("PARTSTAT").upper(), limit=30) or "NEEDS-ACTION"
        told.append(
            AnswerRecord(name=name.strip(), address=address.rstrip(">"), partstat=word, comment=comment)
        )
    return tuple(told)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, datetime.min.time())


def _uid(found: Properties, raw: str, notes: list[str]) -> str:
    """Return the UID, or one that is the same for the same event on every reading."""
    uid = _text(found, "UID").strip()
    if uid:
        return uid
    notes.append("Der Termin hat keine Kennung (UID); sie wurde aus seinem Inhalt gebildet.")
    kept = "\n".join(line for line in lines(raw) if not _CHANGING.match(line))
    return f"sha256-{sha256(kept.encode('utf-8', errors='replace')).hexdigest()[:40]}"


class _Repeats(TypedDict):
    """The part of a record that says on which days it is, as written."""

    rrule: str
    rdates: tuple[datetime, ...]
    exdates: tuple[datetime, ...]


class _Sent(TypedDict):
    """The part of a record that an event has from the message it came with."""

    method: str
    following: bool
    answers: tuple[AnswerRecord, ...]


class _Told(TypedDict):
    """The part of a record that has nothing to do with time."""

    summary: str
    description: str
    location: str
    organizer: str
    attendees: tuple[str, ...]
    categories: tuple[str, ...]
    transparent: bool
    sequence: int
    class_: str
    url: str


def _told(found: Properties, notes: list[str]) -> _Told:
    return {
        "summary": _text(found, "SUMMARY"),
        "description": _description(found, notes),
        "location": _text(found, "LOCATION"),
        "organizer": person_of(found["ORGANIZER"][0]) if "ORGANIZER" in found else "",
        "attendees": tuple(person_of(item) for item in found.get("ATTENDEE", ())),
        "categories": _categories(found),
        "transparent": _word(found, "TRANSP") == "TRANSPARENT",
        "sequence": _sequence(found),
        "class_": _word(found, "CLASS"),
        "url": _text(found, "URL"),
    }


def title_of(found: Properties) -> str:
    """Return the title for a message about an event that cannot be read."""
    return clean(_text(found, "SUMMARY"), limit=80)


def _text(found: Properties, name: str) -> str:
    items = found.get(name)
    return clean(text_of(items[0])) if items else ""


def _word(found: Properties, name: str) -> str:
    items = found.get(name)
    return clean(items[0].value.strip().upper(), limit=60) if items else ""


def _description(found: Properties, notes: list[str]) -> str:
    """Return the description, cut where it is unreasonably long."""
    items = found.get("DESCRIPTION")
    if not items:
        return ""
    text = text_of(items[0])
    if len(text) > DESCRIPTION_LIMIT:
        notes.append("Die Beschreibung ist sehr lang und wurde gekürzt.")
    return clean(text, multiline=True, limit=DESCRIPTION_LIMIT)


def _categories(found: Properties) -> tuple[str, ...]:
    """Return the categories of all CATEGORIES properties."""
    texts = (text for item in found.get("CATEGORIES", ()) for text in texts_of(item))
    return tuple(category for text in texts if (category := clean(text, limit=200).strip()))


def _sequence(found: Properties) -> int:
    """Return SEQUENCE, 0 where it is missing or no number."""
    items = found.get("SEQUENCE")
    if items and re.fullmatch(r"\s*[0-9]{1,9}\s*", items[0].value):
        return int(items[0].value)
    return 0
