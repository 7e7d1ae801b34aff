"""What the office arranged for single dates of a series, and what of it outlives a newer file."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime

from ob_buero_tui.exchange.ics_records import EventRecord
from ob_buero_tui.rules.series_dates import day_or_moment, has_start, leaves_out
from ob_buero_tui.services.intake.event_lookup import KnownDate, Series


def series_of_record(record: EventRecord) -> Series:
    """What the dates of a series are counted from, as a file says it."""
    return Series(
        dtstart=record.dtstart,
        tzid=record.tzid,
        all_day=record.all_day,
        rrule=record.rrule,
        rdates=tuple(moment.isoformat() for moment in record.rdates),
        exdates=tuple(moment.isoformat() for moment in record.exdates),
    )


def own_exclusions(stored: Series, told: Series | None, new: Series) -> tuple[str, ...]:
    """The dates that the office itself left out of a series, where a newer version would have them again.

    Args:
        told: The series as its last text said it; what was left out there is not the office's doing.
            None where it came in no text.
        new: The series as the newer version says it.

    Returns:
        As `Event.exdates` has them, without those that the newer version leaves out itself.
    """
    if stored.tzid != new.tzid or stored.all_day != new.all_day:
        return ()
    # A series that the office has moved since took the exceptions of its text along.
    by = stored.dtstart - told.dtstart if told is not None else None
    theirs = {_key(item, new.all_day) for item in new.exdates}
    if told is not None and by is not None:
        theirs |= {
            _key((datetime.fromisoformat(item) + by).isoformat(), new.all_day) for item in told.exdates
        }
    whole = new.expanded()
    return tuple(
        item
        for item in stored.exdates
        if _key(item, new.all_day) not in theirs and leaves_out(whole, day_or_moment(item))
    )


def _key(text: str, all_day: bool) -> date | datetime:
    return date.fromisoformat(text[:10]) if all_day else day_or_moment(text)


def outlived(
    dates: Iterable[tuple[datetime, KnownDate]], came: Collection[int], new: Series
) -> tuple[list[int], int]:
    """The changed dates that a series which runs differently now has no place for.

    Args:
        dates: Those that the newer version does not name, by their original starts.
        came: Keys of those that came in a file; the sender has the last word on them.

    Returns:
        Their keys, and how many of them were the office's own.
    """
    whole = new.expanded()
    gone, ours = [], 0
    for start, known in dates:
        if known.id in came:
            gone.append(known.id)
        elif not has_start(whole, start):
            gone.append(known.id)
            ours += 1
    return gone, ours
