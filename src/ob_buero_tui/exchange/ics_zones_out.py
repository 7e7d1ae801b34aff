"""The time zones of a calendar that goes out: described in the file, as RFC 5545 asks."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from ob_buero_tui.exchange.ics_zones import Zones
from ob_buero_tui.rules.zones import zone as zone_of

# Since 1996, without an end: what icalendar works out lists single years and stops in 2038.
_BERLIN = """BEGIN:VTIMEZONE
TZID:{}
BEGIN:DAYLIGHT
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
TZNAME:CEST
DTSTART:19700329T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
TZNAME:CET
DTSTART:19701025T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE"""

_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_SEEN = range(2038, 2066)
"""Years from which the rule of a zone is told; 28 years hold every weekday of every date."""
_FIRST = 1970
_WEEK = 6
"""Days from the first to the last on which the same weekday of a rule may fall."""
_LAST_WEEK = 25


class _Change(NamedTuple):
    """One change of a zone's offset in a year, by the wall time before it.

    Args:
        day: Day of the month; in a rule the first of the seven days on one of which it falls.
    """

    month: int
    day: int
    weekday: int
    hour: int
    minute: int
    before: timedelta
    after: timedelta
    name: str
    summer: bool


def timezones(names: Iterable[str]) -> Iterator[str]:
    """The descriptions of zones under the names that the events use; UTC needs none."""
    known = Zones("Europe/Berlin", ())
    for name in sorted(names):
        zone = known.known(name)
        if zone and zone != "UTC":
            yield _described(name, zone)


def is_known_zone(name: str) -> bool:
    """Whether a zone can be told by its name alone, without the file that it came in."""
    return bool(Zones("Europe/Berlin", ()).known(name))


def _described(name: str, zone: str) -> str:
    template = _BERLIN if zone == "Europe/Berlin" else _template(zone)
    return template.replace("{}", name, 1).replace("\n", "\r\n")


@lru_cache(maxsize=64)
def _template(zone: str) -> str:
    """A zone's description: its history year by year, and from some year on a rule without an end."""
    rules = _rules(zone)
    if rules is None:
        return _listed(zone, None)
    since = _since(zone, rules)
    lines = (
        [_listed(zone, since).removesuffix("\nEND:VTIMEZONE")]
        if since > _FIRST
        else ["BEGIN:VTIMEZONE\nTZID:{}"]
    )
    for rule in rules:
        lines.append(_observance(rule, since, repeated=len(rules) > 1))
    return "\n".join([*lines, "END:VTIMEZONE"])


def _listed(zone: str, until: int | None) -> str:
    """What icalendar works out, up to the beginning of a year."""
    from datetime import date

    from icalendar import Timezone

    last = date(until, 1, 1) if until is not None else date(2038, 1, 1)
    described = Timezone.from_tzid(zone, last_date=last)
    described["TZID"] = "{}"
    text: str = described.to_ical(sorted=False).decode("utf-8")
    return text.removesuffix("\r\n").replace("\r\n", "\n")


def _rules(zone: str) -> tuple[_Change, ...] | None:
    """How a zone changes in every year to come; None where no rule tells it."""
    years = [_changes(zone, year) for year in _SEEN]
    if not years[0]:
        return (_never(zone),) if not any(years) else None
    if any(len(found) != 2 for found in years):
        return None
    rules = []
    for found in zip(*years, strict=True):
        first = min(one.day for one in found)
        same = {one._replace(day=first) for one in found}
        if len(same) != 1 or max(one.day for one in found) - first > _WEEK:
            return None
        rules.append(same.pop())
    return tuple(rules)


def _never(zone: str) -> _Change:
    moment = datetime(_SEEN[0], 1, 1, tzinfo=UTC).astimezone(zone_of(zone))
    offset = moment.utcoffset() or timedelta(0)
    return _Change(1, 1, 0, 0, 0, offset, offset, moment.tzname() or zone, False)


@lru_cache(maxsize=4096)
def _changes(zone: str, year: int) -> tuple[_Change, ...]:
    """The changes of a year, found day by day and then to the minute."""
    place = zone_of(zone)

    def offset(moment: datetime) -> timedelta:
        return moment.astimezone(place).utcoffset() or timedelta(0)

    day = timedelta(days=1)
    found = []
    moment = datetime(year, 1, 1, tzinfo=UTC)
    before = offset(moment)
    while moment.year == year:
        after = offset(moment + day)
        if after != before:
            low, high = moment, moment + day
            while high - low > timedelta(minutes=1):
                middle = low + timedelta(minutes=((high - low) // 2) // timedelta(minutes=1))
                low, high = (middle, high) if offset(middle) == before else (low, middle)
            found.append(_change(place, high, before, after))
        before, moment = after, moment + day
    return tuple(found)


def _change(place: object, at: datetime, before: timedelta, after: timedelta) -> _Change:
    from zoneinfo import ZoneInfo

    assert isinstance(place, ZoneInfo)  # noqa: S101 what `zone` returned
    wall = (at + before).replace(tzinfo=None)
    there = at.astimezone(place)
    return _Change(
        *(wall.month, wall.day, wall.weekday(), wall.hour, wall.minute),
        *(before, after, there.tzname() or "", after > before),
    )


def _since(zone: str, rules: tuple[_Change, ...]) -> int:
    """The first year from which on the rule holds in every year."""
    for year in range(_SEEN[0] - 1, _FIRST - 1, -1):
        found = _changes(zone, year)
        if len(rules) == 1:
            same = not found and _offset_in(zone, year) == rules[0].after
        else:
            same = len(found) == 2 and all(map(_fits, found, rules))
        if not same:
            return year + 1
    return _FIRST


def _fits(one: _Change, rule: _Change) -> bool:
    same = one._replace(day=rule.day, name="") == rule._replace(name="")
    return same and 0 <= one.day - rule.day <= _WEEK


def _offset_in(zone: str, year: int) -> timedelta:
    return datetime(year, 1, 1, tzinfo=UTC).astimezone(zone_of(zone)).utcoffset() or timedelta(0)


def _observance(rule: _Change, since: int, *, repeated: bool) -> str:
    kind = "DAYLIGHT" if rule.summer else "STANDARD"
    lines = [
        f"BEGIN:{kind}",
        f"TZOFFSETFROM:{_text(rule.before)}",
        f"TZOFFSETTO:{_text(rule.after)}",
        f"TZNAME:{rule.name}",
        f"DTSTART:{_day_in(rule, since):%Y%m%dT%H%M%S}",
    ]
    if repeated:
        lines.append(f"RRULE:FREQ=YEARLY;BYMONTH={rule.month};{_by_day(rule)}")
    return "\n".join([*lines, f"END:{kind}"])


def _by_day(rule: _Change) -> str:
    """The day of a rule: the n-th or the last of its weekdays, or the one within seven days."""
    weekday = _DAYS[rule.weekday]
    if rule.day % 7 == 1 and rule.day < _LAST_WEEK:
        return f"BYDAY={rule.day // 7 + 1}{weekday}"
    if rule.day + _WEEK == monthrange(_SEEN[0], rule.month)[1]:
        return f"BYDAY=-1{weekday}"
    days = ",".join(str(rule.day + offset) for offset in range(_WEEK + 1))
    return f"BYDAY={weekday};BYMONTHDAY={days}"


def _day_in(rule: _Change, year: int) -> datetime:
    """The wall time of a change in a year."""
    if rule.before == rule.after:
        return datetime(year, 1, 1)  # noqa: DTZ001 a wall time
    first = datetime(year, rule.month, rule.day, rule.hour, rule.minute)  # noqa: DTZ001 a wall time
    return first + timedelta(days=(rule.weekday - first.weekday()) % 7)


def _text(offset: timedelta) -> str:
    sign = "-" if offset < timedelta(0) else "+"
    minutes = int(abs(offset).total_seconds()) // 60
    return f"{sign}{minutes // 60:02}{minutes % 60:02}"
