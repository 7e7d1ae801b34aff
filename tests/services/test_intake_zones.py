"""A time zone that nobody knows is guessed, marked, asked about once, and put right by the answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from intake_samples import calendar, event, rows, value

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.calendar.changing import change_event
from ob_buero_tui.services.calendar.date_verbs import trash_dates
from ob_buero_tui.services.calendar.forms import form_of
from ob_buero_tui.services.calendar.moving import move_event
from ob_buero_tui.services.calendar.scopes import Scope
from ob_buero_tui.services.export.calendar import calendar_out
from ob_buero_tui.services.export.wanted import Wanted
from ob_buero_tui.services.intake.files import import_files
from ob_buero_tui.services.intake.report import ImportReport
from ob_buero_tui.services.intake.zones import confirm_zone
from ob_buero_tui.services.undo import undo
from ob_buero_tui.services.work import transaction
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.calendar import Event

STRANGE = {"dtstart": ";TZID=Werkszeit:20261201T100000", "dtend": ";TZID=Werkszeit:20261201T110000"}
TIMES = "SELECT dtstart, tzid, starts_at FROM event ORDER BY id"
GUESSED = ("2026-12-01T10:00:00", "Europe/Berlin", "2026-12-01T09:00:00Z")
TOLD = ("2026-12-01T10:00:00", "Europe/London", "2026-12-01T10:00:00Z")


def take(place: Workplace, folder: Path, *events: str, **zones: str) -> ImportReport:
    """Import one calendar file with these events."""
    return import_files(place, [calendar(folder, *events)], zones=zones)


def test_what_is_guessed_is_marked_and_named_once(place: Workplace, tmp_path: Path) -> None:
    report = take(place, tmp_path, event(**STRANGE), event("b@example.org", **STRANGE))
    assert report.zones == ("Werkszeit",)
    assert rows(place, TIMES) == [GUESSED, GUESSED]
    assert "„Werkszeit“ ist nicht bekannt" in value(place, "SELECT text FROM note LIMIT 1")


def test_the_answer_puts_right_what_still_stands_as_guessed(place: Workplace, tmp_path: Path) -> None:
    take(place, tmp_path, event(**STRANGE), event("b@example.org", **STRANGE), event("c@example.org"))
    with transaction(place, "test_change") as work:
        moved = work.get(Event, 2)
        moved.dtstart = datetime.fromisoformat("2026-12-01T10:30")
    before = rows(place, TIMES)
    done = confirm_zone(place, "Werkszeit", "Europe/London")
    assert (done.moved, done.text) == ((1,), "„Werkszeit“ ist Europe/London; 1 Termin umgerechnet")
    assert rows(place, TIMES) == [TOLD, *before[1:]]
    assert value(place, "SELECT starts_at FROM occurrence WHERE event_id = 1") == TOLD[2]
    undo(place)
    assert rows(place, TIMES) == before
    assert value(place, "SELECT count(*) FROM zone_alias") == 0


def test_nobody_is_asked_again(place: Workplace, tmp_path: Path) -> None:
    confirm_zone(place, '"Werkszeit"', "Europe/London")
    report = take(place, tmp_path, event(**STRANGE))
    assert (report.zones, rows(place, TIMES)) == ((), [TOLD])
    assert value(place, "SELECT count(*) FROM note") == 0
    assert confirm_zone(place, "Werkszeit", "Europe/London").moved == ()
    (out,) = calendar_out(place, Wanted()).events
    assert out.tzid == "Europe/London"
    assert "DTSTART" in out.changed, "elsewhere the name means nothing"


def test_confirming_the_guess_changes_no_appointment(place: Workplace, tmp_path: Path) -> None:
    take(place, tmp_path, event(**STRANGE))
    before = rows(place, "SELECT * FROM event")
    confirm_zone(place, "Werkszeit", "Europe/Berlin")
    assert rows(place, "SELECT * FROM event") == before


def test_the_dates_of_a_series_follow(place: Workplace, tmp_path: Path) -> None:
    moved = event(
        recurrence_id=";TZID=Werkszeit:20261208T100000", summary="Verlegt",
        dtstart=";TZID=Werkszeit:20261208T140000", dtend=";TZID=Werkszeit:20261208T150000",
    )  # fmt: skip
    take(place, tmp_path, event(**STRANGE, rrule="FREQ=WEEKLY;COUNT=3"), moved)
    confirm_zone(place, "Werkszeit", "Europe/London")
    assert rows(place, "SELECT starts_at FROM occurrence ORDER BY starts_at") == [
        ("2026-12-01T10:00:00Z",), ("2026-12-08T14:00:00Z",), ("2026-12-15T10:00:00Z",),
    ]  # fmt: skip


def test_what_the_office_threw_away_and_arranged_stays_so(place: Workplace, tmp_path: Path) -> None:
    left_out = {"exdate": "20261215T090000Z"}
    take(place, tmp_path, event(rrule="FREQ=WEEKLY;COUNT=5", **STRANGE, **left_out))
    trash_dates(place, "1@2026-12-08T10:00", Scope.DIESER)
    change_event(place, replace(form_of(place, "1@2026-12-22T10:00"), driver="Kurt Weber"), Scope.DIESER)
    noon = datetime.fromisoformat("2026-12-29T12:00")
    move_event(place, "1@2026-12-29T10:00", noon, noon.replace(hour=13), Scope.DIESER)
    confirm_zone(place, "Werkszeit", "Europe/London")
    assert value(place, "SELECT exdates FROM event") == '["2026-12-15T09:00:00","2026-12-08T10:00:00"]'
    assert rows(place, "SELECT starts_at FROM occurrence ORDER BY starts_at") == [
        ("2026-12-01T10:00:00Z",),
        # What the file left out by an instant is no date any more: it was guessed to be one.
        ("2026-12-15T10:00:00Z",),
        ("2026-12-22T10:00:00Z",),
        ("2026-12-29T11:00:00Z",),
    ]


def test_a_trial_takes_the_answer_and_keeps_nothing(place: Workplace, tmp_path: Path) -> None:
    path = calendar(tmp_path, event(**STRANGE))
    report = import_files(place, [path], dry_run=True, zones={"Werkszeit": "Europe/London"})
    assert report.zones == ()
    assert value(place, "SELECT count(*) FROM zone_alias") == 0


@pytest.mark.parametrize(("name", "tzid"), [("Werkszeit", "Nirgends/Wo"), ("  ", "Europe/Berlin")])
def test_what_makes_no_sense_is_refused(place: Workplace, name: str, tzid: str) -> None:
    with pytest.raises(Refusal, match="nicht bestätigt"):
        confirm_zone(place, name, tzid)


@pytest.mark.parametrize(
    "name",
    [
        "(UTC+01:00) Amsterdam, Berlin, Bern",
        "(UTC+01:00) Amsterdam, Berlin, Bern, Rom, Stockholm, Wien",
        "(GMT+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna",
        "W. Europe Standard Time",
        "Mitteleuropäische Zeit",
        "/freeassociation.sourceforge.net/Europe/Berlin",
    ],
)
def test_names_as_windows_shows_them_are_known(place: Workplace, tmp_path: Path, name: str) -> None:
    zone = f';TZID="{name}":'
    report = take(place, tmp_path, event(dtstart=f"{zone}20261201T100000", dtend=f"{zone}20261201T110000"))
    assert (report.zones, rows(place, TIMES)) == ((), [GUESSED])
