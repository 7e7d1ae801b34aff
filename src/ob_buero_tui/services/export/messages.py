"""One appointment for a message (RFC 5546): under its own UID, and saying no more than a file may."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from ob_buero_tui.exchange.ics_write import OutgoingEvent
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.visibility import Audience, View
from ob_buero_tui.rules.zones import to_utc
from ob_buero_tui.services.export.as_it_came import read_again
from ob_buero_tui.services.export.calendar import BUSY_CLASS, EventWriter
from ob_buero_tui.services.export.events import Leaving, whole_event
from ob_buero_tui.services.export.wanted import BUSY, Wanted
from ob_buero_tui.services.intake.event_lookup import raw_texts
from ob_buero_tui.services.workplace import Workplace

MESSAGE = Wanted(audience=Audience.DEPUTY)
"""A message leaves the office: what was arranged in it stays, and what is personal is only taken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageOut:
    """What a message tells of.

    Args:
        events: The series with its changed dates, or the dates asked for.
        busy: It says only that the time is taken, because of the level of the appointment.
    """

    events: tuple[OutgoingEvent, ...]
    busy: bool


def message_out(
    session: Session, place: Workplace, event_id: int, dates: Collection[datetime] = ()
) -> MessageOut:
    """An appointment for `exchange.itip`, whatever calendar it stands in and also from the trash.

    What is vertraulich or persoenlich keeps its UID and its times and is called „belegt“: the other side
    has to find it again, and learns nothing else.

    Args:
        dates: Original starts, naive in the zone of the series; only these, each as a date of its own.
            Empty for all of it.

    Raises:
        Refusal: There is no such appointment.
    """
    found = whole_event(session, event_id)
    if found is None:
        raise Refusal("Die Nachricht zum Termin wurde nicht geschrieben.", "Den Termin gibt es nicht mehr.")
    one, linked = found
    texts = raw_texts(session, [event_id])
    series, *changed = EventWriter(place, MESSAGE, texts, read_again(texts.values(), place.zone)).events(one)
    levels = (one.row.confidentiality, *linked)
    if not _readable(*levels):
        series = _masked(series)
    told = [series]
    for event, row in zip(changed, one.dates, strict=True):
        told.append(event if _readable(*levels, row.confidentiality) else _masked(event))
    if dates:
        told = [_date(one, told, start) for start in sorted(dates)]
    return MessageOut(events=tuple(told), busy=any(event.class_ == BUSY_CLASS for event in told))


def _readable(*levels: str) -> bool:
    return MESSAGE.sees(*levels) is View.FULL


def _date(one: Leaving, told: list[OutgoingEvent], start: datetime) -> OutgoingEvent:
    """One date of a series, which has its own words where it was changed."""
    series = told[0]
    changed = next((event for event in told[1:] if event.recurrence_id == start), None)
    if changed is not None:
        return changed
    end = start + (series.dtend - series.dtstart)
    return replace(
        series,
        dtstart=start,
        dtend=end,
        starts_at=to_utc(start, series.tzid),
        ends_at=to_utc(end, series.tzid),
        fold=0,
        rrule="",
        rdates=(),
        exdates=(),
        recurrence_id=start,
        series_tzid=one.row.tzid,
        series_all_day=one.row.all_day,
        changed=series.changed | ({"DTSTART", "RRULE"} if series.raw else set()),
    )


def _masked(event: OutgoingEvent) -> OutgoingEvent:
    """Its identity and its times, and that they are taken."""
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
