"""One date of an appointment, found by its key: `17`, or `17@2026-11-25T09:00` for one of a series."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from ob_buero_tui.rules.recurrence import expand, recurrence_id_text
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.zones import to_local, to_utc
from ob_buero_tui.services.calendar.series_rows import overrides_of, repeats, series_of_event
from ob_buero_tui.store.calendar import Event, EventOverride

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class OneDate:
    """One date with the rows that say what it is.

    Args:
        original: Naive wall time, in the zone of the series, at which it would start; None for an
            appointment that does not repeat.
        overrides: All changed dates of the series.
        starts, ends: Naive wall time of the office, with fold; midnights when all-day, the end exclusive.
    """

    event: Event
    override: EventOverride | None
    original: datetime | None
    overrides: tuple[EventOverride, ...]
    starts: datetime
    ends: datetime
    all_day: bool

    @property
    def version(self) -> int:
        """A number that rises with every change of the date or its series."""
        return self.event.version + (self.override.version if self.override is not None else 0)

    @property
    def recurrence_id(self) -> str:
        """The text under which occurrences and waivers know it; "" for a single appointment."""
        return "" if self.original is None else recurrence_id_text(self.original, self.event.all_day)


def event_key(key: str) -> tuple[int, str]:
    """The event and the original start that a key names.

    Raises:
        Refusal: it is no key.
    """
    number, _, original = key.partition("@")
    if not number.isdecimal():
        raise _gone()
    return int(number), original


def find_date(session: Session, zone: str, key: str) -> OneDate:
    """The date with this key; a key without a date means a series from its first date on.

    Args:
        zone: The office's time zone.

    Raises:
        Refusal: there is no such date any more.
    """
    event_id, wanted = event_key(key)
    event = session.get(Event, event_id)
    if event is None:
        raise _gone()
    overrides = tuple(overrides_of(session, event_id))
    if not repeats(event, overrides):
        if wanted:
            raise _gone()
        return _single(event, zone)
    original = _original(event, overrides, wanted)
    override = next((one for one in overrides if one.recurrence_id == original), None)
    shown = override if override is not None else event
    start = override.dtstart if override is not None else original
    end = override.dtend if override is not None else original + (event.dtend - event.dtstart)
    fold = shown.fold if override is not None or original == event.dtstart else 0
    starts, ends = office_span(start, end, fold, shown.tzid, zone, all_day=shown.all_day)
    return OneDate(
        event=event,
        override=override,
        original=original,
        overrides=overrides,
        starts=starts,
        ends=ends,
        all_day=shown.all_day,
    )


def office_span(
    start: datetime, end: datetime, fold: int, tzid: str, zone: str, *, all_day: bool
) -> tuple[datetime, datetime]:
    """Wall times of some zone as wall times of the office, with fold; days are the same everywhere."""
    if all_day:
        return start, max(end, start + ONE_DAY)
    starts, ends = to_utc(start, tzid, fold), to_utc(end, tzid)
    if ends < starts:
        ends = starts + max(end - start, timedelta(0))
    return _local(starts, zone), _local(ends, zone)


def _local(instant: datetime, zone: str) -> datetime:
    local, fold = to_local(instant, zone)
    return local.replace(fold=fold)


def _single(event: Event, zone: str) -> OneDate:
    starts, ends = office_span(
        event.dtstart, event.dtend, event.fold, event.tzid, zone, all_day=event.all_day
    )
    return OneDate(
        event=event,
        override=None,
        original=None,
        overrides=(),
        starts=starts,
        ends=ends,
        all_day=event.all_day,
    )


def _original(event: Event, overrides: Sequence[EventOverride], wanted: str) -> datetime:
    """The original start that a key's text means."""
    if not wanted:
        return event.dtstart
    try:
        near = datetime.fromisoformat(wanted)
    except ValueError:
        raise _gone() from None
    for one in overrides:
        if one.recurrence_id.isoformat().startswith(wanted):
            return one.recurrence_id
    day = near.date()
    found = expand(series_of_event(event, overrides), day - ONE_DAY, day + 2 * ONE_DAY).occurrences
    for instance in found:
        if instance.recurrence_id.startswith(wanted):
            return datetime.fromisoformat(instance.recurrence_id)
    raise _gone()


def _gone() -> Refusal:
    return Refusal(
        "Diesen Termin gibt es nicht mehr.",
        "",
        "Vielleicht wurde er verschoben oder gelöscht. Sehen Sie den neuen Stand im Kalender an.",
    )
