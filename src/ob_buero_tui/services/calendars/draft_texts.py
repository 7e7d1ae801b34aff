"""What people read in a draft for Outlook: which appointment it is about, and which dates of a series."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select

from ob_buero_tui.exchange.ics_write import OutgoingEvent
from ob_buero_tui.rules.clean import clean, shorten
from ob_buero_tui.rules.german import clock, long_date
from ob_buero_tui.services.calendars.comparing import changed_dates
from ob_buero_tui.services.export.as_it_came import read_again
from ob_buero_tui.services.intake.event_groups import grouped
from ob_buero_tui.services.work import Work
from ob_buero_tui.store.calendar import Event, EventOverride

MOST_NAMED = 10
CALLED_OFF, AS_SERIES = "abgesagt", "wieder wie die Serie"


def when(event: OutgoingEvent) -> str:
    """The day of an appointment, and its time."""
    return _moment(event.dtstart, all_day=event.all_day)


def only_dates(
    work: Work, event: Event, outgoing: Sequence[OutgoingEvent], texts: Mapping[tuple[int, int | None], str]
) -> dict[datetime, str]:
    """What became of the dates of a series, by their original starts, where nothing else of it changed.

    Empty where the series itself is another one, or was never there.

    Args:
        outgoing: The series and its dates as they leave.
        texts: What they came as.
    """
    records = tuple(read_again(texts.values(), work.place.zone).values())
    group = grouped(records)[0].get(event.uid)
    if group is None or not (event.rrule or event.rdates):
        return {}
    overrides = work.session.scalars(select(EventOverride).where(EventOverride.event_id == event.id)).all()
    series, dates = outgoing[0], {one.recurrence_id: one for one in outgoing[1:]}
    left_out = {
        moment if isinstance(moment, datetime) else datetime.combine(moment, series.dtstart.time())
        for moment in series.exdates
    }
    found = {}
    for moment in changed_dates(event, overrides, group, work.place.zone):
        if moment in left_out:
            found[moment] = CALLED_OFF
        elif moment in dates:
            found[moment] = _now(dates[moment], series)
        else:
            found[moment] = AS_SERIES
    return found


def heading(outgoing: Sequence[OutgoingEvent], dates: Mapping[datetime, str], *, gone: bool) -> str:
    """The subject: „Termin: Messe, Mi 16.12.2026 12:00“."""
    series = outgoing[0]
    called_off = gone or (bool(dates) and set(dates.values()) == {CALLED_OFF})
    word = "Abgesagt" if called_off else "Termin"
    if len(dates) > 1:
        return f"{word}: {series.summary}, {len(dates)} Termine der Serie"
    for moment in dates:
        return f"{word}: {series.summary}, {_moment(moment, all_day=series.all_day)}"
    return f"{word}: {series.summary}, {when(series)}"


def day_of(outgoing: Sequence[OutgoingEvent], dates: Mapping[datetime, str]) -> str:
    """The day that the file's name begins with."""
    return min(dates, default=outgoing[0].dtstart).date().isoformat()


def body(
    outgoing: Sequence[OutgoingEvent], dates: Mapping[datetime, str], *, gone: bool, reason: str, name: str
) -> str:
    """The text of the mail.

    Args:
        gone: Whether all of it is called off.
        reason: Why; "" for nothing.
        name: Whoever writes.
    """
    series = outgoing[0]
    lines = _dates(series, dates) if dates and not gone else _whole(series, gone=gone)
    lines += [f"Grund: {reason}"] if reason and gone else []
    return "\n".join((*lines, "", "Bitte übernehmen Sie die Einladung in den Kalender.", "", name))


def _dates(series: OutgoingEvent, dates: Mapping[datetime, str]) -> list[str]:
    told = [
        f"{_moment(moment, all_day=series.all_day)}: {text}"
        for moment, text in sorted(dates.items())[:MOST_NAMED]
    ]
    more = len(dates) - MOST_NAMED
    told += [f"und {more} weitere"] if more > 0 else []
    return ["In dieser Serie sind einzelne Termine anders:", "", clean(series.summary), *told]


def _whole(event: OutgoingEvent, *, gone: bool) -> list[str]:
    what = "wird abgesagt" if gone else "steht im Kalender des Büros so"
    until = "" if event.all_day else f"–{clock(event.dtend)}"
    lines = [f"Dieser Termin {what}:", "", clean(event.summary), f"{when(event)}{until}"]
    return lines + ([clean(event.location)] if event.location and not gone else [])


def _now(date: OutgoingEvent, series: OutgoingEvent) -> str:
    """One date as it is now: „jetzt Mi 16.12.2026 12:00–13:00, Ratssaal“."""
    until = "" if date.all_day else f"–{clock(date.dtend)}"
    parts = [f"jetzt {when(date)}{until}"]
    parts += [f"„{shorten(date.summary, 60)}“"] if date.summary != series.summary else []
    parts += [clean(date.location)] if date.location and date.location != series.location else []
    return ", ".join(parts)


def _moment(at: datetime, *, all_day: bool) -> str:
    return long_date(at.date()) if all_day else f"{long_date(at.date())} {clock(at)}"
