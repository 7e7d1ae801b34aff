"""The last day of an appointment: whole days, series with and without an end, dates added, moved, left."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from ob_buero_tui.rules.recurrence import Override, Series
from ob_buero_tui.rules.series_end import last_day

at = datetime.fromisoformat
START = at("2026-12-01T10:00")


def _series(**values: Any) -> Series:
    end = values.get("dtstart", START) + timedelta(hours=1)
    return Series(**{"dtstart": START, "dtend": end, "all_day": False, "tzid": "Europe/Berlin"} | values)


def _override(to: datetime, **values: Any) -> Override:
    return Override(
        recurrence_id=at("2026-12-08T10:00"), dtstart=to, dtend=to + timedelta(hours=1), all_day=False,
        tzid="Europe/Berlin", **values,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, "2026-12-01"),
        ({"dtend": START}, "2026-12-01"),
        ({"all_day": True, "dtstart": at("2026-12-31"), "dtend": at("2027-01-01")}, "2026-12-31"),
        ({"rrule": "FREQ=WEEKLY"}, None),
        ({"rrule": "FREQ=UNSINN"}, "2026-12-01"),
        ({"rrule": "FREQ=WEEKLY;COUNT=3"}, "2026-12-15"),
        ({"rrule": "FREQ=WEEKLY;UNTIL=20270101T080000Z"}, "2026-12-29"),
        ({"rrule": "FREQ=WEEKLY;COUNT=2", "exdates": (date(2026, 12, 8),)}, "2026-12-01"),
        ({"rrule": "FREQ=WEEKLY;COUNT=2", "overrides": (_override(at("2027-02-01")),)}, "2027-02-01"),
        (
            {
                "rrule": "FREQ=WEEKLY;COUNT=2",
                "overrides": (_override(at("2027-02-01"), cancelled=True),),
            },
            "2026-12-01",
        ),
        ({"rdates": (at("2046-03-04T10:00"),)}, "2046-03-04"),
    ],
)
def test_the_last_day(values: dict[str, Any], expected: str | None) -> None:
    assert last_day(_series(**values)) == (date.fromisoformat(expected) if expected else None)
