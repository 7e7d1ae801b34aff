"""How far a change of one date of a series reaches, and which dates it hits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from ob_buero_tui.rules.german import clock, long_date, number
from ob_buero_tui.rules.recurrence import Expansion, Instance, expand, last_start
from ob_buero_tui.rules.visibility import View
from ob_buero_tui.services.calendar.forms import hidden
from ob_buero_tui.services.calendar.one_date import OneDate, find_date
from ob_buero_tui.services.calendar.series_rows import series_of_event
from ob_buero_tui.services.calendar.slots import seen_of
from ob_buero_tui.services.workplace import Workplace

SHOWN = 10
ONE_DAY = timedelta(days=1)
SPANS = tuple(timedelta(days=days) for days in (366 * 30, 366 * 10, 366, 30))
"""How far a series is looked at: a dense one less far, as only so many dates are expanded at once."""


class Scope(StrEnum):
    """Which dates of a series are meant."""

    DIESER = "dieser"
    FOLGENDE = "folgende"
    SERIE = "serie"


LABELS = {
    Scope.DIESER: "nur dieser",
    Scope.FOLGENDE: "dieser und folgende",
    Scope.SERIE: "ganze Serie",
}
"""How dialogs call them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Affected:
    """The dates that a scope hits.

    Args:
        first: Wall time of the office, the first ten at most.
        total: How many; None where the series has no end, or more dates than can be counted.
        text: German, for the dialog.
    """

    first: tuple[datetime, ...]
    total: int | None
    text: str


def affected(place: Workplace, key: str, scope: Scope, *, single: bool = False) -> Affected:
    """The dates that a change of one date with a scope hits.

    Args:
        single: Whether the change lets only that date stand, as it takes the rule away; then the text says
            what goes.

    Raises:
        Refusal: the date is gone, or personal to another desk.
    """
    with place.reading() as session:
        found = find_date(session, place.zone, key)
        if seen_of(place, found.event, found.override) is not View.FULL:
            raise hidden()
        if found.original is None or scope is Scope.DIESER:
            return Affected(first=(found.starts,), total=1, text=_one(found))
        dates, complete = _dates(found, found.original if scope is Scope.FOLGENDE else None, None)
        starts = tuple(place.local(one.starts) if not found.all_day else one.local_start for one in dates)
        endless = last_day(found) is None
    total = len(starts) if complete else None
    text = _text(starts, total, place.today, endless=endless)
    if single and len(starts) > 1:
        text = f"nur {_one(found)} bleibt, die anderen fallen weg, von: {text}"
    return Affected(first=starts[:SHOWN], total=total, text=text)


def dates_from(
    found: OneDate, original: datetime | None = None, until: datetime | None = None
) -> tuple[Instance, ...]:
    """The dates of a series in the order of their original starts.

    Args:
        original: The first one wanted; None for all. Of a long series those of 30 years, or fewer.
        until: Only those before this start.
    """
    return _dates(found, original, until)[0]


def all_dates(found: OneDate) -> tuple[tuple[Instance, ...], bool]:
    """The dates of a series, and whether these are all."""
    return _dates(found, None, None)


def _dates(
    found: OneDate, original: datetime | None, until: datetime | None
) -> tuple[tuple[Instance, ...], bool]:
    """The dates, and whether these are all."""
    begin = (original or found.event.dtstart).date()
    end = until.date() if until is not None else last_day(found) or date.max
    instances, complete = _expanded(found, begin, end)
    wanted = (
        one
        for one in instances
        if (original is None or _original(one) >= original) and (until is None or _original(one) < until)
    )
    return tuple(sorted(wanted, key=_original)), complete


def _expanded(found: OneDate, begin: date, end: date) -> tuple[tuple[Instance, ...], bool]:
    """The dates of some days; of a series too dense for all of them those of the first years or weeks."""
    series = series_of_event(found.event, found.overrides)
    moved = [one.dtstart.date() for one in found.overrides]
    first, latest = min([begin, *moved]) - ONE_DAY, max([end, *moved])
    expansion = Expansion(occurrences=())
    for span in SPANS:
        last = min(latest, begin + span, date.max - 3 * ONE_DAY)
        expansion = expand(series, first, last + 2 * ONE_DAY)
        if not expansion.unsupported:
            return expansion.occurrences, last == latest
    return expansion.occurrences, True


def _original(one: Instance) -> datetime:
    return datetime.fromisoformat(one.recurrence_id) if one.recurrence_id else one.local_start


def last_day(found: OneDate) -> date | None:
    """The day of the last date; None for a series without end."""
    event = found.event
    last = last_start(event.rrule, event.dtstart, event.all_day, event.tzid)
    if last is None:
        return None
    return max([last, *(datetime.fromisoformat(item) for item in event.rdates)]).date()


def _one(found: OneDate) -> str:
    shown = long_date(found.starts.date())
    return shown if found.all_day else f"{shown} {clock(found.starts)}"


def _text(starts: Sequence[datetime], total: int | None, today: date, *, endless: bool) -> str:
    """„12 Termine, Mo 30.11.2026 bis Mo 15.02.2027, davon 3 vergangene“."""
    if not starts:
        return "kein Termin"
    past = sum(start.date() < today for start in starts)
    gone = f", davon {number(past)} vergangene" if past else ""
    first = long_date(starts[0].date())
    if total is None:
        return f"alle Termine ab {first}{', ohne Ende' if endless else ''}{gone}"
    if total == 1:
        return f"1 Termin, {first}{gone}"
    return f"{number(total)} Termine, {first} bis {long_date(starts[-1].date())}{gone}"
