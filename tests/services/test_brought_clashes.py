"""Conflicts that an import brought are named; what this desk may not read is not."""

# ruff: noqa: DTZ001 wall times are naive by design

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from ob_buero_tui.services.calendar import brought_clashes as module
from ob_buero_tui.services.calendar.brought_clashes import brought_clashes
from ob_buero_tui.services.work import transaction
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.calendar import EventOverride

Make = Callable[..., int]
TEN = datetime(2026, 12, 1, 10)
HOUR = timedelta(hours=1)


def series(place: Workplace, make_event: Make, **more: str) -> int:
    """A weekly series at ten whose second date has words of its own."""
    rule = "FREQ=WEEKLY;COUNT=3"
    key = make_event(dtstart=TEN, dtend=TEN + HOUR, summary="Rücksprache", rrule=rule, driver="Weber")
    second = TEN + timedelta(weeks=1)
    with transaction(place, "note_event") as work:
        values = {"dtstart": second, "dtend": second + HOUR, "tzid": place.zone, "details": {}} | more
        work.session.add(EventOverride(event_id=key, recurrence_id=second, **values))
    return key


def test_a_personal_date_of_a_series_is_only_taken(place: Workplace, make_event: Make) -> None:
    key = series(place, make_event, summary="Anwalt", confidentiality="persoenlich", owner="karl.lorenz")
    start = TEN + timedelta(weeks=1, minutes=30)
    make_event(dtstart=start, dtend=start + HOUR, summary="Messe", driver="Weber")
    assert brought_clashes(place, [key]) == ("Di 8.12. 10:00 belegt: Überschneidung mit „Messe“ 10:30–11:30",)


def test_a_date_is_named_by_its_own_title(place: Workplace, make_event: Make) -> None:
    key = series(place, make_event, summary="Klausur")
    start = TEN + timedelta(weeks=1, minutes=30)
    make_event(dtstart=start, dtend=start + HOUR, summary="Messe")
    (told,) = brought_clashes(place, [key])
    assert told.startswith("Di 8.12. 10:00 „Klausur“: ")


def test_a_conflict_that_has_no_words_of_its_own_is_told_nevertheless(
    place: Workplace, make_event: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = make_event(dtstart=TEN, dtend=TEN + HOUR, summary="Messe")
    make_event(dtstart=TEN, dtend=TEN + HOUR, summary="Probe")
    monkeypatch.setattr(module, "clashes_of", lambda *_args: ())
    assert brought_clashes(place, [one]) == (
        "Di 1.12. 10:00 „Messe“: Überschneidung mit „Probe“ 10:00–11:00",
    )
