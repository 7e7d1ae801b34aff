"""A change of one date and all later ones (RANGE=THISANDFUTURE) becomes a changed date for each of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from ob_buero_tui.exchange.ics_records import EventRecord
from ob_buero_tui.exchange.ics_write import placed_again
from ob_buero_tui.rules import limits
from ob_buero_tui.rules.german import long_date
from ob_buero_tui.rules.recurrence import expand, last_start
from ob_buero_tui.services.intake.event_lookup import Series

MOST = limits.RULE_FOLLOWED
"""How many later dates one change is written to: ten years of a weekly series."""

LONGEST = timedelta(days=limits.RULE_FOLLOWED_DAYS)


def with_following(
    moments: Mapping[datetime, EventRecord], series: Series
) -> tuple[dict[datetime, EventRecord], list[str]]:
    """The changed dates of a series, with those that follow a change of this and all later dates.

    Each later date becomes a changed date of its own, so that it can be moved, called off and taken back
    like any other, and the series keeps its UID, by which its source will go on naming it. What the file
    says of a later date itself goes before; of two such changes the later one counts from its date on.

    Args:
        moments: The changed dates by their original starts in the wall time of the series.

    Returns:
        All changed dates, and a German sentence where a series goes on beyond those that were changed.
    """
    found = dict(moments)
    notes = []
    starts = sorted(start for start, record in moments.items() if record.following)
    for index, start in enumerate(starts):
        until = starts[index + 1] if index + 1 < len(starts) else datetime.max  # noqa: DTZ901 a wall time
        later, more = _later(series, start, until)
        for moment in later:
            if moment not in moments:
                found[moment] = _on(moments[start], series, start, moment)
        if more and later:
            notes.append(
                f"„{moments[start].summary}“ ändert sich für alle späteren Termine; eingetragen ist das bis"
                f" {long_date(later[-1].date())}."
            )
    return found, notes


def _later(series: Series, start: datetime, until: datetime) -> tuple[list[datetime], bool]:
    """The original starts behind one and before another, and whether there would be more of them."""
    whole = series.expanded()
    last = min(start + LONGEST, until)
    expansion = expand(whole, start.date(), last.date() + timedelta(days=1))
    if expansion.unsupported or not whole.repeats:
        return [], False
    starts = sorted({datetime.fromisoformat(one.recurrence_id) for one in expansion.occurrences})
    later = [one for one in starts if start < one < until]
    ends = last_start(series.rrule, series.dtstart, series.all_day, series.tzid) if series.rrule else start
    return later[:MOST], len(later) > MOST or (last < until and (ends is None or ends > last))


def _on(record: EventRecord, series: Series, start: datetime, moment: datetime) -> EventRecord:
    """A change on another date of its series: moved by the same time, as long as the changed one."""
    begin = moment + (record.dtstart - start)
    there = replace(
        record,
        recurrence_id=moment,
        recurrence_tzid=series.tzid,
        dtstart=begin,
        dtend=begin + (record.dtend - record.dtstart),
        fold=0,
        following=False,
    )
    return replace(there, raw=placed_again(there, series_all_day=series.all_day))
