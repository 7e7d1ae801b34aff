"""The one expander: a series of events becomes its dates inside a window."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from ob_buero_tui.rules import limits
from ob_buero_tui.rules.recurrence_rule import Rule, Unsupported, parse_rule, rule_starts
from ob_buero_tui.rules.zones import to_local, to_utc

MAX_INSTANCES = limits.RULE_DATES
_DAY = timedelta(days=1)
_CENTURY = timedelta(days=36_525)


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """One date of a series that was changed or cancelled (RECURRENCE-ID).

    Args:
        recurrence_id: Naive wall time, in the zone of the series, at which the date would have started.
        dtstart: New naive start in tzid.
        dtend: New naive end in tzid, exclusive.
        all_day: Whether the changed date has no time.
        tzid: Zone of the changed date.
        fold: 1 for the second of two equal wall times.
        cancelled: The date does not take place.
    """

    recurrence_id: datetime
    dtstart: datetime
    dtend: datetime
    all_day: bool
    tzid: str
    fold: int = 0
    cancelled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """An event with everything that repeats it; an event that does not repeat is a series of one.

    Args:
        dtstart: Naive wall time of the first date (midnight when all_day).
        dtend: Naive wall time of its end, exclusive.
        all_day: Whether the dates have no time.
        tzid: IANA name of the zone of all naive times here.
        fold: 1 when dtstart is the second of two equal wall times.
        rrule: The raw value of RRULE, or "".
        rdates: Additional naive starts.
        exdates: Naive starts left out; a plain date leaves out every start of that day.
        overrides: Changed and cancelled dates; the last one for a date counts.
    """

    dtstart: datetime
    dtend: datetime
    all_day: bool
    tzid: str
    fold: int = 0
    rrule: str = ""
    rdates: tuple[datetime, ...] = ()
    exdates: tuple[date | datetime, ...] = ()
    overrides: tuple[Override, ...] = ()

    @property
    def repeats(self) -> bool:
        """Whether this is more than a single event."""
        return bool(self.rrule or self.rdates or self.overrides)


@dataclass(frozen=True, slots=True, kw_only=True)
class Instance:
    """One date of a series.

    Args:
        recurrence_id: ISO text of the original start in the zone of the series, "" for a single event.
        local_start: Naive wall time in tzid, moved forward where summer time skips it.
        local_end: Naive wall time in tzid, exclusive.
        tzid: Zone of the wall times (that of the override where there is one).
        starts: The same in UTC.
        ends: The same in UTC, never before starts.
        all_day: Whether the date has no time.
        overridden: Index of the override in the series, or None.
    """

    recurrence_id: str
    local_start: datetime
    local_end: datetime
    tzid: str
    starts: datetime
    ends: datetime
    all_day: bool
    overridden: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Expansion:
    """The dates of a series in a window, in order, and a German sentence when its rule was not expanded."""

    occurrences: tuple[Instance, ...]
    unsupported: str = ""


def expand(series: Series, window_start: date, window_end: date, *, tzid: str = "") -> Expansion:
    """Return the dates of a series that touch the days of a window.

    Args:
        series: The series.
        window_start: First day.
        window_end: The day after the last day.
        tzid: Zone whose days the window means; that of the series when empty. Days of all-day events are
            the same everywhere.

    A rule that is wrong or would run away is not expanded: only the first date is returned, with the reason.
    """
    window = _Window(window_start, window_end, tzid or series.tzid)
    try:
        rule = parse_rule(series.rrule, series.dtstart, series.all_day, series.tzid) if series.rrule else None
        return Expansion(occurrences=_ordered(_instances(series, rule, window)))
    except (Unsupported, OverflowError) as problem:
        why = str(problem) if isinstance(problem, Unsupported) else "sie führt aus dem Kalender hinaus"
        first = _instance(series, series.dtstart)
        return Expansion(
            occurrences=(first,) if window.touches(first) else (),
            unsupported=f"Die Wiederholung wird nicht unterstützt: {why}. Es gilt nur der erste Termin.",
        )


def check_rule(rrule: str, dtstart: datetime, all_day: bool, tzid: str) -> str:
    """Return why a rule cannot be expanded, as a German clause, or "" when it can.

    Args:
        rrule: The raw value of RRULE.
        dtstart: Naive wall time of the first date.
        all_day: Whether the dates have no time.
        tzid: Zone of dtstart.
    """
    try:
        parse_rule(rrule, dtstart, all_day, tzid)
    except Unsupported as problem:
        return str(problem)
    return ""


def last_start(rrule: str, dtstart: datetime, all_day: bool, tzid: str) -> datetime | None:
    """Return a wall time after which a rule has no start, or None when it goes on or that is not known.

    Args:
        rrule: The raw value of RRULE, or "".
        dtstart: Naive wall time of the first date.
        all_day: Whether the dates have no time.
        tzid: Zone of dtstart.
    """
    if not rrule:
        return dtstart
    try:
        rule = parse_rule(rrule, dtstart, all_day, tzid)
        if rule.until is not None:
            return max(dtstart, rule.until)
        if rule.count is None:
            return None
        starts = list(rule_starts(rule, dtstart, dtstart, dtstart + _CENTURY))
    except (Unsupported, OverflowError, ValueError):
        return None
    return max([dtstart, *starts]) if len(starts) >= rule.count else None


def recurrence_id_text(local: datetime, all_day: bool) -> str:
    """Return the text under which a date of a series is known: its original start, ISO, without a zone."""
    return (local.date() if all_day else local).isoformat()


class _Window:
    """A span of days, asked whether a date touches it."""

    def __init__(self, first: date, end: date, tzid: str) -> None:
        self.first = first
        self.end = end
        self._starts = to_utc(datetime.combine(first, time.min), tzid)
        self._ends = to_utc(datetime.combine(end, time.min), tzid)

    @property
    def search_first(self) -> datetime:
        """The first wall time of any zone inside the window."""
        return datetime.combine(self.first - _DAY, time.min)

    @property
    def search_last(self) -> datetime:
        """The last wall time of any zone inside the window."""
        return datetime.combine(self.end + _DAY, time.min)

    def touches(self, instance: Instance) -> bool:
        """Tell whether a date lies at least partly inside; what ends at the first midnight does not."""
        if instance.all_day:
            return instance.local_start.date() < self.end and instance.local_end.date() > self.first
        if instance.starts == instance.ends:
            return self._starts <= instance.starts < self._ends
        return instance.starts < self._ends and instance.ends > self._starts


def _instances(series: Series, rule: Rule | None, window: _Window) -> Iterable[Instance]:
    """Yield what takes place in the window, changed dates in place of the original ones."""
    excluded = {_key(series, moment) for moment in series.exdates if isinstance(moment, datetime)}
    excluded_days = {day for day in series.exdates if not isinstance(day, datetime)}
    replaced: dict[datetime, int] = {}
    for index, override in enumerate(series.overrides):
        replaced[_key(series, override.recurrence_id)] = index

    number = 0
    exceptions = bool(excluded or excluded_days or replaced)
    for start in _starts(series, rule, window):
        if exceptions:
            key = _key(series, start)
            if key in excluded or key in replaced or start.date() in excluded_days:
                continue
        instance = _instance(series, start)
        if window.touches(instance):
            number += 1
            if number > MAX_INSTANCES:
                raise Unsupported(f"im Zeitraum lägen mehr als {MAX_INSTANCES:,} Termine".replace(",", "."))
            yield instance

    for key, index in replaced.items():
        if key in excluded or series.overrides[index].cancelled:
            continue
        changed = _changed(series, index)
        if window.touches(changed):
            yield changed


def _starts(series: Series, rule: Rule | None, window: _Window) -> Iterable[datetime]:
    """Return the naive starts that may touch the window: first date, rule and additional dates, each once."""
    longest = window.search_first - datetime.combine(date.min, time.min)
    first = window.search_first - min(max(series.dtend - series.dtstart, _DAY), longest)
    last = window.search_last
    found: dict[datetime, None] = {}
    if rule is None or rule.until is None or series.dtstart <= rule.until:
        # RFC 5545, 3.8.5.3: DTSTART is the first date, also where the rule does not produce it.
        found[series.dtstart] = None
    for start in series.rdates:
        found[start] = None
    if rule is not None:
        limit = len(found) + MAX_INSTANCES
        for start in rule_starts(rule, series.dtstart, first, last):
            found[start] = None
            if len(found) > limit:
                raise Unsupported(f"im Zeitraum lägen mehr als {MAX_INSTANCES:,} Termine".replace(",", "."))
    return [start for start in found if first <= start <= last]


def _key(series: Series, start: datetime) -> datetime:
    """Return what exceptions find a date by: its instant, as a time in a gap goes by two wall times."""
    if series.all_day:
        return datetime.combine(start.date(), time.min)
    return to_utc(start, series.tzid, series.fold if start == series.dtstart else 0)


def _instance(series: Series, start: datetime) -> Instance:
    """Return the date that begins at an original start."""
    fold = series.fold if start == series.dtstart else 0
    return _placed(
        recurrence_id=recurrence_id_text(start, series.all_day) if series.repeats else "",
        start=start,
        duration=series.dtend - series.dtstart,
        all_day=series.all_day,
        tzid=series.tzid,
        fold=fold,
        overridden=None,
    )


def _changed(series: Series, index: int) -> Instance:
    """Return the date of an override."""
    override = series.overrides[index]
    return _placed(
        recurrence_id=recurrence_id_text(override.recurrence_id, series.all_day),
        start=override.dtstart,
        duration=override.dtend - override.dtstart,
        all_day=override.all_day,
        tzid=override.tzid,
        fold=override.fold,
        overridden=index,
    )


def _placed(
    *,
    recurrence_id: str,
    start: datetime,
    duration: timedelta,
    all_day: bool,
    tzid: str,
    fold: int,
    overridden: int | None,
) -> Instance:
    """Return a date with its instants; the length is kept on the clock on the wall (22:00 to 06:00 stays)."""
    duration = max(duration, _DAY if all_day else timedelta(0))
    starts = to_utc(start, tzid, fold)
    ends = to_utc(start + duration, tzid)
    local_start, local_end = start, start + duration
    if not all_day:
        if ends < starts or not duration:
            # Across a skipped or repeated hour the wall times would run backwards.
            ends = starts + duration
        local_start, local_end = to_local(starts, tzid)[0], to_local(ends, tzid)[0]
    return Instance(
        recurrence_id=recurrence_id,
        local_start=local_start,
        local_end=local_end,
        tzid=tzid,
        starts=starts,
        ends=ends,
        all_day=all_day,
        overridden=overridden,
    )


def _ordered(instances: Iterable[Instance]) -> tuple[Instance, ...]:
    """Return the dates in order of time."""
    return tuple(sorted(instances, key=lambda item: (item.starts, item.ends, item.recurrence_id)))
