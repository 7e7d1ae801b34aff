"""The three ways an office counts days: Arbeitstage, Werktage and Kalendertage."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

_SATURDAY, _SUNDAY = 5, 6
_WEEKEND = {_SATURDAY: "Samstag", _SUNDAY: "Sonntag"}
_ONE_DAY = timedelta(days=1)
# An office that is closed longer than this has no open day worth moving to.
_SEARCH_DAYS = 366


class DayKind(StrEnum):
    """Which days count."""

    ARBEITSTAGE = "arbeitstage"
    WERKTAGE = "werktage"
    KALENDERTAGE = "kalendertage"


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolHolidays:
    """School holidays with their name, first and last day."""

    name: str
    first: date
    last: date


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkCalendar:
    """The public holidays and the office's own closed days of a range of dates.

    Args:
        holidays: Public holidays by date, with their German names.
        closed: The office's own closed days by date, with their German names.
        first: The first covered date; before it only weekends are known.
        last: The last covered date; after it only weekends are known.
        school: Days of the school holidays with their names; the office is open on them.
        school_last: The last date up to which the school holidays are known, from `first` on.
    """

    holidays: Mapping[date, str]
    closed: Mapping[date, str]
    first: date
    last: date
    school: Mapping[date, str] = field(default_factory=dict)
    school_last: date = date.min

    def covers(self, day: date) -> bool:
        """Tell whether the holidays of this day are known."""
        return self.first <= day <= self.last

    def open_reason(self, day: date) -> str | None:
        """Say in German why the office is closed on this day; None when it is an Arbeitstag."""
        if self.covers(day):
            named = self.holidays.get(day) or self.closed.get(day)
            if named:
                return named
        return _WEEKEND.get(day.weekday())

    def is_open(self, day: date) -> bool:
        """Tell whether the day is an Arbeitstag: Monday to Friday, no holiday, not closed by the office."""
        return self.open_reason(day) is None

    def is_werktag(self, day: date) -> bool:
        """Tell whether the day is a Werktag: Monday to Saturday and no public holiday."""
        return day.weekday() != _SUNDAY and not (self.covers(day) and day in self.holidays)

    def knows_school(self, day: date) -> bool:
        """Tell whether it is known if the schools have holidays on this day."""
        return self.first <= day <= self.school_last

    def school_holidays(self, day: date) -> SchoolHolidays | None:
        """Return the school holidays that a day lies in."""
        name = self.school.get(day)
        if name is None:
            return None
        first = last = day
        while self.school.get(first - _ONE_DAY) == name:
            first -= _ONE_DAY
        while self.school.get(last + _ONE_DAY) == name:
            last += _ONE_DAY
        return SchoolHolidays(name=name, first=first, last=last)

    def counts(self, day: date, kind: DayKind) -> bool:
        """Tell whether a count of this kind includes the day."""
        if kind is DayKind.KALENDERTAGE:
            return True
        return self.is_werktag(day) if kind is DayKind.WERKTAGE else self.is_open(day)


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A date of the office after it was moved back to an open day.

    Args:
        day: The open day.
        wanted: The day before moving.
        reason: Why the office is closed on the wanted day; empty when nothing was moved.
    """

    day: date
    wanted: date
    reason: str


def shift(cal: WorkCalendar, day: date, n: int, kind: DayKind) -> date:
    """Count n days forward (or back when negative); the start is never counted and n = 0 stays.

    Raises:
        OverflowError: When the result lies outside the years 1 to 9999.
    """
    if kind is DayKind.KALENDERTAGE:
        return day + timedelta(days=n)
    step = _ONE_DAY if n > 0 else -_ONE_DAY
    left = abs(n)
    while left:
        day += step
        if cal.counts(day, kind):
            left -= 1
    return day


def between(cal: WorkCalendar, start: date, end: date, kind: DayKind) -> int:
    """Count the days after start up to and including end; negative when end lies before start.

    It is the inverse of `shift`: counting back, the days before start down to and including end count.
    """
    if end < start:
        return -_counted(cal, end, start - _ONE_DAY, kind)
    if end == start:
        return 0
    return _counted(cal, start + _ONE_DAY, end, kind)


def move_back(cal: WorkCalendar, day: date) -> Moved:
    """Move a day back to the last Arbeitstag at or before it; it stays when the year before is closed."""
    reason = cal.open_reason(day)
    if reason is None:
        return Moved(day=day, wanted=day, reason="")
    for back in range(1, min(_SEARCH_DAYS, day.toordinal() - 1) + 1):
        candidate = day - timedelta(days=back)
        if cal.is_open(candidate):
            return Moved(day=candidate, wanted=day, reason=reason)
    return Moved(day=day, wanted=day, reason="")


def _counted(cal: WorkCalendar, first: date, last: date, kind: DayKind) -> int:
    """Count the days of a kind from first to last, both included, without walking through centuries."""
    total = (last - first).days + 1
    if kind is DayKind.KALENDERTAGE:
        return total
    weekdays = 6 if kind is DayKind.WERKTAGE else 5
    weeks, rest = divmod(total, 7)
    plain = weeks * weekdays + sum((first.weekday() + i) % 7 < weekdays for i in range(rest))
    special = set(cal.holidays) if kind is DayKind.WERKTAGE else {*cal.holidays, *cal.closed}
    lost = sum(1 for day in special if first <= day <= last and cal.covers(day) and day.weekday() < weekdays)
    return plain - lost
