"""The status a day shows for one date of a series: its own where it has one, else that of the series."""

# ruff: noqa: DTZ001 wall times are naive by design

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import pytest

from ob_buero_tui.rules.states import EventStatus
from ob_buero_tui.services.calendar.day import day
from ob_buero_tui.services.work import transaction
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.calendar import EventOverride

Make = Callable[..., int]


@pytest.mark.parametrize(
    ("series", "one_date"),
    [(EventStatus.CONFIRMED, EventStatus.TENTATIVE), (EventStatus.TENTATIVE, EventStatus.CONFIRMED)],
)
def test_a_date_of_a_series_shows_its_own_status(
    place: Workplace, make_event: Make, series: EventStatus, one_date: EventStatus
) -> None:
    first, second = ((datetime(2026, 12, number, 9), datetime(2026, 12, number, 9, 30)) for number in (1, 2))
    key = make_event(
        summary="Morgenlage",
        dtstart=first[0],
        dtend=first[1],
        rrule="FREQ=DAILY;COUNT=3",
        status=series.value,
    )
    with transaction(place, "test_override") as work:
        work.session.add(
            EventOverride(
                event_id=key, recurrence_id=second[0], dtstart=second[0], dtend=second[1], tzid=place.zone,
                summary="Morgenlage", status=one_date.value,
            )
        )  # fmt: skip
    shown = [event.status for number in (1, 2, 3) for event in day(place, date(2026, 12, number)).events]
    assert shown == [series, one_date, series]
