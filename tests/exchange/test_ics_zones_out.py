"""The zones of a calendar file hold for every year to come, whatever reads them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar, Timezone

from ob_buero_tui.exchange.ics_zones_out import timezones

ZONES = [
    "Europe/Berlin", "Europe/London", "Europe/Kyiv", "America/New_York", "America/Sao_Paulo", "Asia/Tokyo",
    "Asia/Kolkata", "Asia/Jerusalem", "Australia/Sydney", "Pacific/Auckland", "Europe/Istanbul",
    "America/Santiago", "Australia/Lord_Howe", "Europe/Lisbon", "Europe/Dublin",
]  # fmt: skip


def described(zone: str) -> Timezone:
    """The description of a zone as icalendar reads it."""
    text = "\r\n".join(["BEGIN:VCALENDAR", *timezones([zone]), "END:VCALENDAR", ""])
    calendar = Calendar.from_ical(text)
    (found,) = calendar.walk("VTIMEZONE")
    assert found.errors == []
    return found


@pytest.mark.parametrize("zone", ZONES)
def test_a_zone_holds_beyond_2038(zone: str) -> None:
    tz = described(zone).to_tz(lookup_tzid=False)
    place = ZoneInfo(zone)
    for year in (2011, 2019, 2026, 2030, 2037, 2038, 2040, 2051, 2064):
        for day in range(0, 365, 5):
            wall = datetime(year, 1, 1, 12) + timedelta(days=day)  # noqa: DTZ001 a wall time
            assert tz.utcoffset(wall) == place.utcoffset(wall), wall


@pytest.mark.parametrize("zone", ["Europe/Berlin", "Europe/London", "America/New_York"])
def test_the_nights_of_the_change(zone: str) -> None:
    tz = described(zone).to_tz(lookup_tzid=False)
    place = ZoneInfo(zone)
    for first in (datetime(2040, 3, 8, tzinfo=UTC), datetime(2040, 10, 25, tzinfo=UTC)):
        for step in range(24 * 20):
            here = (first + timedelta(hours=step)).astimezone(place)
            wall = here.replace(tzinfo=None, fold=0)
            if place.utcoffset(wall.replace(fold=1)) == place.utcoffset(wall):
                assert tz.utcoffset(wall) == here.utcoffset(), wall


def test_a_zone_that_no_rule_tells_is_listed() -> None:
    """Morocco goes by the moon: the years are listed one by one, as far as anybody knows."""
    (text,) = timezones(["Africa/Casablanca"])
    assert "RDATE" in text
