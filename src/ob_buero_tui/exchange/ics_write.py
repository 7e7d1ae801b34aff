"""Calendar files (RFC 5545) are written: what came from a file goes out in its own words where it can."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from ob_buero_tui.exchange.ics_details import DETAILS, Details, detail_lines
from ob_buero_tui.exchange.ics_lines import LineWriter
from ob_buero_tui.exchange.ics_raw_out import as_it_came, own_lines, patched, zones_named
from ob_buero_tui.exchange.ics_records import EventRecord
from ob_buero_tui.exchange.ics_zones_out import timezones

PRODID = "-//ob-buero//ob-buero//DE"
TIMES = ("DTSTART", "DTEND", "DURATION", "RECURRENCE-ID")
# What else says the same as a property that was changed, in another form.
_TWINS = {
    "DESCRIPTION": ("X-ALT-DESC",),
    "LOCATION": ("GEO", "X-APPLE-STRUCTURED-LOCATION"),
    "SEQUENCE": ("X-MICROSOFT-CDO-APPT-SEQUENCE",),
    "TRANSP": ("X-MICROSOFT-CDO-BUSYSTATUS",),
    "DTSTART": ("X-MICROSOFT-CDO-ALLDAYEVENT",),
}
_NO_DETAILS: dict[str, list[str]] = {written: [] for written in DETAILS.values()}
_PIECE = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class OutgoingEvent:
    """One VEVENT to write.

    Args:
        organizer: "Name <address>", or one of them, or "".
        dtstart, dtend: Naive wall times in tzid, the end exclusive; midnights for all-day events.
        starts_at, ends_at: The same as aware instants; written where wall time is not clear (fold 1).
        rrule: The value of RRULE as it is, checked nowhere.
        rdates, exdates: Starts, naive in tzid; a date leaves out every start of its day.
        class_: CLASS, or "" for none.
        recurrence_id: Original start of the date of a series that this one replaces, naive in series_tzid.
        raw: The component that the event came as; "" for one to write anew.
        changed: The properties in which it differs from `raw` now; they alone are written anew.
        details: What was arranged for it, by the names of `ics_details.DETAILS`.
    """

    uid: str
    summary: str
    dtstart: datetime
    dtend: datetime
    all_day: bool
    tzid: str
    starts_at: datetime
    ends_at: datetime
    dtstamp: datetime
    status: str
    fold: int = 0
    description: str = ""
    location: str = ""
    organizer: str = ""
    transparent: bool = False
    sequence: int = 0
    class_: str = ""
    rrule: str = ""
    rdates: tuple[datetime, ...] = ()
    exdates: tuple[date | datetime, ...] = ()
    recurrence_id: datetime | None = None
    series_tzid: str = ""
    series_all_day: bool = False
    raw: str = ""
    changed: frozenset[str] = frozenset()
    details: Details = ()


def write_calendar(
    events: Iterable[OutgoingEvent], zones: Collection[str], name: str = ""
) -> Iterator[bytes]:
    """Write one calendar, piece by piece.

    Args:
        events: In the order of the file.
        zones: The time zones that the events name, as they name them.
        name: X-WR-CALNAME, or "" for none.
    """
    writer = LineWriter()
    return framed((component(writer, event) for event in events), zones, name=name)


def framed(
    components: Iterable[str], zones: Collection[str], *, name: str = "", method: str = ""
) -> Iterator[bytes]:
    """Put written components into one calendar, piece by piece.

    Args:
        components: Each from BEGIN:VEVENT to END:VEVENT without the last line end.
        zones: The time zones that they name, as they name them.
        name: X-WR-CALNAME, or "" for none.
        method: METHOD of RFC 5546, or "" for a calendar that asks nothing of anybody.
    """
    head = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODID}", "CALSCALE:GREGORIAN"]
    if method:
        head.append(f"METHOD:{method}")
    if name:
        head.append(LineWriter().text("X-WR-CALNAME", name))
    yield _bytes([*head, *timezones(zones)])
    piece: list[str] = []
    for text in components:
        piece.append(text)
        if len(piece) >= _PIECE:
            yield _bytes(piece)
            piece = []
    yield _bytes([*piece, "END:VCALENDAR"])


def zones_of(event: OutgoingEvent) -> set[str]:
    """The zones that the lines of an event name."""
    if event.raw and not event.changed:
        return zones_named(event.raw)
    own = set() if event.all_day else {event.tzid}
    if event.recurrence_id is not None and not event.series_all_day:
        own.add(event.series_tzid)
    return own | (zones_named(event.raw) if event.raw else set())


def component(writer: LineWriter, event: OutgoingEvent) -> str:
    """One VEVENT: in its own words, but for the properties that were changed since."""
    if event.raw and not event.changed:
        return as_it_came(event.raw)
    lines = lines_of(writer, event)
    if not event.raw:
        written = [line for name in lines for line in lines[name]]
        return "\r\n".join(["BEGIN:VEVENT", *written, "END:VEVENT"])
    wanted = set(event.changed)
    if wanted & set(TIMES):
        # Dates and their zone go together: a new zone needs all of them again.
        wanted |= {*TIMES, "RDATE", "EXDATE"}
    for name, twins in _TWINS.items():
        if name in wanted:
            wanted |= set(twins)
    new = {name: lines.get(name, []) for name in wanted}
    if new.get("RELATED-TO"):
        # Only the first is ours to say; what else an event is related to stays.
        same = new["RELATED-TO"][0]
        new["RELATED-TO"] += [line for line in own_lines(event.raw, "RELATED-TO") if line != same]
    return patched(event.raw, new)


def placed_again(record: EventRecord, *, series_all_day: bool) -> str:
    """The text of a changed date as it would say the times of its record; all else keeps its words.

    Args:
        series_all_day: Whether the series has dates without times, which its RECURRENCE-ID then is.
    """
    if record.recurrence_id is None:
        return record.raw
    writer, tzid, all_day = LineWriter(), record.tzid, record.all_day
    original = writer.moment(
        "RECURRENCE-ID", record.recurrence_id, record.recurrence_tzid, all_day=series_all_day
    )
    times = {
        "RECURRENCE-ID": [original],
        "DTSTART": [writer.moment("DTSTART", record.dtstart, tzid, all_day=all_day)],
        "DTEND": [writer.moment("DTEND", record.dtend, tzid, all_day=all_day)],
        "DURATION": [],
    }
    return patched(record.raw, times)


def lines_of(writer: LineWriter, event: OutgoingEvent) -> dict[str, list[str]]:
    """The lines of an event by the name of their property, in the order to write them."""
    return {
        "UID": [writer.text("UID", event.uid)],
        "DTSTAMP": [writer.instant("DTSTAMP", event.dtstamp)],
        **_times(writer, event),
        "SUMMARY": [writer.text("SUMMARY", event.summary)],
        "LOCATION": [writer.text("LOCATION", event.location)] if event.location else [],
        "DESCRIPTION": [writer.text("DESCRIPTION", event.description)] if event.description else [],
        "ORGANIZER": [writer.person("ORGANIZER", event.organizer)] if event.organizer else [],
        "STATUS": [writer.plain("STATUS", event.status)],
        "TRANSP": [writer.plain("TRANSP", "TRANSPARENT" if event.transparent else "OPAQUE")],
        "SEQUENCE": [writer.plain("SEQUENCE", str(event.sequence))],
        "CLASS": [writer.plain("CLASS", event.class_)] if event.class_ else [],
        **(detail_lines(writer, event.details) if event.details else _NO_DETAILS),
    }


def _times(writer: LineWriter, event: OutgoingEvent) -> dict[str, list[str]]:
    tzid, all_day = event.tzid, event.all_day
    # The second of two equal wall times can only be said in UTC; a series has no choice but its wall time.
    clear = event.fold == 0 or bool(event.rrule or event.rdates) or all_day
    if clear:
        start = writer.moment("DTSTART", event.dtstart, tzid, all_day=all_day)
        end = writer.moment("DTEND", event.dtend, tzid, all_day=all_day)
    else:
        start = writer.instant("DTSTART", event.starts_at)
        end = writer.instant("DTEND", event.ends_at)
    original = event.recurrence_id
    return {
        "DTSTART": [start],
        "DTEND": [end] if event.dtend > event.dtstart or not clear else [],
        "DURATION": [],
        "RECURRENCE-ID": (
            [writer.moment("RECURRENCE-ID", original, event.series_tzid, all_day=event.series_all_day)]
            if original is not None
            else []
        ),
        "RRULE": [writer.plain("RRULE", event.rrule)] if event.rrule else [],
        "RDATE": [writer.moment("RDATE", one, tzid, all_day=all_day) for one in event.rdates],
        "EXDATE": [
            writer.moment("EXDATE", one, tzid, all_day=all_day or not isinstance(one, datetime))
            for one in event.exdates
        ],
    }


def _bytes(components: Iterable[str]) -> bytes:
    return "".join(f"{text}\r\n" for text in components).encode("utf-8", errors="replace")
