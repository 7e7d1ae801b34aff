"""What the office arranged for single dates of a series outlives a newer file of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from intake_samples import calendar, event, rows, value

from ob_buero_tui.rules.visibility import Confidentiality
from ob_buero_tui.services.calendar.changing import change_event
from ob_buero_tui.services.calendar.date_verbs import trash_dates
from ob_buero_tui.services.calendar.forms import form_of
from ob_buero_tui.services.calendar.moving import move_event
from ob_buero_tui.services.calendar.scopes import Scope
from ob_buero_tui.services.intake.files import import_files
from ob_buero_tui.services.undo import undo
from ob_buero_tui.services.workplace import Workplace

OWN = "SELECT recurrence_id, confidentiality, details FROM event_override ORDER BY recurrence_id"
STARTS = "SELECT starts_at FROM occurrence ORDER BY starts_at"


def take(place: Workplace, folder: Path, *events: str) -> str:
    """Import one calendar file; what is told of it."""
    report = import_files(place, [calendar(folder, *events)])
    return " ".join(line.text + " ".join(line.notes) for line in report.lines)


def series(rule: str, sequence: int = 0, **more: str) -> str:
    """A weekly series on Tuesdays at ten from 01.12.2026 on."""
    return event(rrule=rule, sequence=str(sequence), **more)


@pytest.fixture
def arranged(place: Workplace, tmp_path: Path) -> Workplace:
    """A series of six from a file: the second is prepared and vertraulich, the third thrown away."""
    take(place, tmp_path, series("FREQ=WEEKLY;COUNT=6"))
    form = replace(
        form_of(place, "1@2026-12-08T10:00"),
        driver="Kurt Weber",
        speech_min=10,
        gift="Wein",
        confidentiality=Confidentiality.VERTRAULICH,
    )
    change_event(place, form, Scope.DIESER)
    trash_dates(place, "1@2026-12-15T10:00", Scope.DIESER)
    return place


def test_a_longer_series_keeps_what_was_arranged_and_left_out(arranged: Workplace, tmp_path: Path) -> None:
    before = rows(arranged, OWN)
    assert (len(before), before[0][1]) == (1, "vertraulich")
    take(arranged, tmp_path, series("FREQ=WEEKLY;COUNT=8", 9))
    assert rows(arranged, OWN) == before
    assert value(arranged, "SELECT exdates FROM event") == '["2026-12-15T10:00:00"]'
    assert len(rows(arranged, STARTS)) == 7
    undo(arranged)
    assert len(rows(arranged, STARTS)) == 5


def test_what_the_series_has_no_place_for_goes_and_is_told(arranged: Workplace, tmp_path: Path) -> None:
    told = take(arranged, tmp_path, series("FREQ=WEEKLY;INTERVAL=4;COUNT=4", 9))
    assert rows(arranged, OWN) == []
    assert value(arranged, "SELECT exdates FROM event") == "[]"
    assert "1 Einzeltermin gehört nicht mehr dazu" in told


def test_the_sender_may_take_its_own_exception_back(place: Workplace, tmp_path: Path) -> None:
    left_out = {"exdate": ";TZID=Europe/Berlin:20261222T100000"}
    take(place, tmp_path, series("FREQ=WEEKLY;COUNT=6", **left_out))
    trash_dates(place, "1@2026-12-15T10:00", Scope.DIESER)
    assert len(rows(place, STARTS)) == 4
    take(place, tmp_path, series("FREQ=WEEKLY;COUNT=6", 9))
    assert value(place, "SELECT exdates FROM event") == '["2026-12-15T10:00:00"]'


def test_a_series_that_was_moved_took_the_senders_exception_along(place: Workplace, tmp_path: Path) -> None:
    left_out = {"exdate": ";TZID=Europe/Berlin:20261222T100000"}
    take(place, tmp_path, series("FREQ=WEEKLY;COUNT=6", **left_out))
    form = form_of(place, "1@2026-12-08T10:00")
    later = form.start.replace(hour=11)
    move_event(place, "1@2026-12-08T10:00", later, later.replace(hour=12), Scope.SERIE)
    moved = {
        "dtstart": ";TZID=Europe/Berlin:20261201T110000",
        "dtend": ";TZID=Europe/Berlin:20261201T120000",
    }
    take(place, tmp_path, series("FREQ=WEEKLY;COUNT=6", 9, **moved))
    assert value(place, "SELECT exdates FROM event") == "[]"
    assert len(rows(place, STARTS)) == 6


def test_a_changed_date_of_the_sender_still_goes_with_its_rule(place: Workplace, tmp_path: Path) -> None:
    date = event(
        recurrence_id=";TZID=Europe/Berlin:20261208T100000",
        dtstart=";TZID=Europe/Berlin:20261208T140000",
        dtend=";TZID=Europe/Berlin:20261208T150000",
    )
    take(place, tmp_path, series("FREQ=WEEKLY;COUNT=4"), date)
    take(place, tmp_path, series("FREQ=WEEKLY;COUNT=5", 9))
    assert rows(place, OWN) == []


@pytest.mark.parametrize("gone", [False, True])
def test_a_series_that_was_cut_stays_cut(place: Workplace, tmp_path: Path, gone: bool) -> None:
    take(place, tmp_path, series("FREQ=WEEKLY;COUNT=6"))
    key = "1@2026-12-15T10:00"
    if gone:
        trash_dates(place, key, Scope.FOLGENDE)
    else:
        change_event(place, replace(form_of(place, key), driver="Kurt Weber"), Scope.FOLGENDE)
    before = rows(place, STARTS)
    assert len(before) == (2 if gone else 6)
    for sequence, count in ((9, 6), (10, 8)):
        take(place, tmp_path, series(f"FREQ=WEEKLY;COUNT={count}", sequence))
        assert rows(place, STARTS) == before
