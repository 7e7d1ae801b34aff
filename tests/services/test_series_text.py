"""How a series is told in words."""

from __future__ import annotations

import pytest

from ob_buero_tui.services.calendar.event import series_text
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.calendar import Event


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        ("", ""),
        ("FREQ=WEEKLY;BYDAY=MO", "wöchentlich"),
        ("FREQ=DAILY;INTERVAL=2", "alle 2 Tage"),
        ("FREQ=WEEKLY;INTERVAL=2;UNTIL=20270331", "alle 2 Wochen bis Mi 31.03.2027"),
        ("FREQ=MONTHLY;INTERVAL=3;COUNT=4", "alle 3 Monate, 4-mal"),
        ("FREQ=YEARLY;INTERVAL=1", "jährlich"),
        ("FREQ=WEEKLY;UNTIL=20270330T230000Z", "wöchentlich bis Mi 31.03.2027"),
        ("FREQ=WEEKLY;UNTIL=bald", "wöchentlich"),
        ("FREQ=HOURLY;INTERVAL=2", "wiederkehrend"),
    ],
)
def test_a_series_in_words(place: Workplace, rule: str, told: str) -> None:
    assert series_text(place, Event(rrule=rule)) == told
