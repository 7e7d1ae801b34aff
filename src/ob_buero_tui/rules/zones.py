"""Wall time and UTC: the one place that turns the one into the other."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from ob_buero_tui.rules.german import clock, long_date
from ob_buero_tui.rules.refusals import Refusal

# Counted from here, as datetime.replace() takes many times longer than a sum.
_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 a wall time
_EPOCH_UTC = datetime(1970, 1, 1, tzinfo=UTC)


def zone(tzid: str) -> ZoneInfo:
    """Return the zone of an IANA name.

    Args:
        tzid: An IANA name such as "Europe/Berlin"; names of Windows are mapped where files are read.

    Raises:
        Refusal: The name is unknown or no name at all.
    """
    try:
        return ZoneInfo(tzid)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        # ValueError: "../x" or an absolute path; OSError: the name of a folder such as "Europe".
        raise Refusal(
            f"Die Zeitzone „{tzid}“ ist nicht bekannt.",
            now="Bitte einen Namen wie „Europe/Berlin“ angeben.",
        ) from None


def is_known(tzid: str) -> bool:
    """Tell whether a name is the IANA name of a zone."""
    try:
        zone(tzid)
    except Refusal:
        return False
    return True


def to_utc(local: datetime, tzid: str, fold: int = 0) -> datetime:
    """Return the instant of a wall time as an aware UTC datetime.

    A wall time that a change to summer time skips is moved forward by the gap (02:30 means 03:30).

    Args:
        local: A naive wall time; its own fold is not looked at.
        tzid: IANA name of its zone.
        fold: 1 for the second of two equal wall times when summer time ends.

    Raises:
        Refusal: The zone is unknown.
        OverflowError: The instant lies outside the years 1 to 9999.
    """
    place = zone(tzid)
    if local.fold:
        local = local.replace(fold=0)
    offset = _offset(place, local)
    if fold:
        # In a gap the offset grows; only in an overlap does the second reading exist.
        offset = min(offset, _offset(place, local.replace(fold=1)))
    return _EPOCH_UTC + (local - _EPOCH - offset)


def to_local(utc: datetime, tzid: str) -> tuple[datetime, int]:
    """Return the naive wall time of an instant and its fold (1: the second of two equal wall times).

    Args:
        utc: An aware datetime.
        tzid: IANA name of the zone wanted.

    Raises:
        Refusal: The zone is unknown.
        OverflowError: The wall time lies outside the years 1 to 9999.
    """
    aware = utc.astimezone(zone(tzid))
    return _EPOCH + (utc - _EPOCH_UTC) + (aware.utcoffset() or timedelta(0)), aware.fold


def existing(local: datetime, tzid: str, fold: int = 0) -> tuple[datetime, int]:
    """Return the wall time that a clock really shows, and its fold: a time in a gap is moved forward."""
    return to_local(to_utc(local, tzid, fold), tzid)


def existing_span(start: datetime, end: datetime, tzid: str) -> tuple[datetime, datetime]:
    """Return begin and end that a clock really shows, with their folds; a moved begin takes its end along."""
    begin, fold = existing(start, tzid, start.fold)
    return begin.replace(fold=fold), max(existing(end, tzid, end.fold)[0], begin + (end - start))


def gap_told(local: datetime, tzid: str) -> str:
    """What to say of a wall time that a change to summer time skips; "" of any other.

    Args:
        local: A naive wall time.
        tzid: IANA name of its zone.
    """
    place = zone(tzid)
    first = local.replace(fold=0)
    # Two readings of a wall time differ in a gap and in an overlap alone; only in a gap is it moved.
    if _offset(place, first) == _offset(place, local.replace(fold=1)):
        return ""
    shown = existing(first, tzid)[0]
    if shown == first:
        return ""
    on = long_date(local.date())
    return f"{clock(local)} Uhr gibt es am {on} nicht (Sommerzeit), es gilt {clock(shown)} Uhr"


def _offset(place: ZoneInfo, local: datetime) -> timedelta:
    """Return how far a wall time is ahead of UTC."""
    return place.utcoffset(local) or timedelta(0)
