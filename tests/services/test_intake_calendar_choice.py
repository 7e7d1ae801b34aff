"""Which calendar a file belongs to, and how an import knows that somebody is away."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from intake_samples import calendar, event, ics, rows
from oparl_samples import body, meeting, written

from ob_buero_tui.services.intake.event_rows import EventRows
from ob_buero_tui.services.intake.files import import_files
from ob_buero_tui.services.undo import undo
from ob_buero_tui.services.work import transaction
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.calendar import Event


def stored(place: Workplace, columns: str = "calendar, attendee, summary") -> list[tuple[str, ...]]:
    return rows(place, f"SELECT {columns} FROM event ORDER BY id")  # noqa: S608 a test's own names


def named(folder: Path, name: str, file: str = "kalender.ics") -> Path:
    path = folder / file
    text = ics(event()).replace("PRODID", f"X-WR-CALNAME:{name}\r\nPRODID")
    path.write_bytes(text.encode())
    return path


@pytest.mark.parametrize(
    ("name", "file", "expected"),
    [
        ("1. stellvertretende Bürgermeisterin\\, Termine", "export.ics", ("bm1", "1. BM")),
        ("Terminkalender Oberbürgermeisterin", "bm1.ics", ("ob", "OB")),
        ("Sitzungskalender", "x.ics", ("rat", "Rat")),
        ("Kalender", "stadtdirektor.ics", ("stadtdirektor", "StD")),
        ("Kalender", "x.ics", ("ob", "OB")),
    ],
)
def test_a_file_comes_into_the_calendar_it_names(
    place: Workplace, tmp_path: Path, name: str, file: str, expected: tuple[str, str]
) -> None:
    import_files(place, [named(tmp_path, name, file)])
    assert stored(place, "calendar, attendee") == [expected]


def test_two_people_may_have_the_same_appointment(place: Workplace, tmp_path: Path) -> None:
    shared = event("gemeinsam@example.org", summary="Empfang")
    import_files(
        place,
        [
            calendar(tmp_path, shared, name="ob.ics"),
            calendar(tmp_path, shared, event("b@example.org"), name="bm1.ics"),
        ],
    )
    assert stored(place) == [("ob", "OB", "Empfang"), ("bm1", "1. BM", "Empfang"), ("bm1", "1. BM", "Termin")]
    newer = event("gemeinsam@example.org", summary="Empfang im Saal", sequence="2")
    (line,) = import_files(place, [calendar(tmp_path, newer, name="bm1.ics")]).lines
    assert line.text.startswith("1 ersetzt")
    assert [row[2] for row in stored(place)] == ["Empfang", "Empfang im Saal", "Termin"]
    undo(place)
    assert [row[2] for row in stored(place)] == ["Empfang", "Empfang", "Termin"]


def test_one_uid_in_two_calendars_is_two_appointments_that_go_their_own_ways(
    place: Workplace, tmp_path: Path
) -> None:
    shared = event("gemeinsam@example.org", summary="Klausur", rrule="FREQ=WEEKLY;COUNT=3")
    moved = event(
        "gemeinsam@example.org",
        summary="Klausur im Saal",
        recurrence_id=";TZID=Europe/Berlin:20261208T100000",
        dtstart=";TZID=Europe/Berlin:20261208T140000",
        dtend=";TZID=Europe/Berlin:20261208T150000",
    )
    first, second = (
        calendar(tmp_path, shared, name="ob.ics"),
        calendar(tmp_path, shared, moved, name="stadtdirektor.ics"),
    )
    report = import_files(place, [first, second])
    assert [line.text for line in report.lines] == ["1 Termin neu", "1 Termin neu, 1 Einzeltermin neu"]
    assert stored(place, "calendar, summary") == [("ob", "Klausur"), ("stadtdirektor", "Klausur")]
    dates = "SELECT e.calendar, v.summary FROM event_override v JOIN event e ON e.id = v.event_id"
    assert rows(place, dates) == [("stadtdirektor", "Klausur im Saal")]

    before = stored(place, "*")
    again = import_files(place, [calendar(tmp_path, event("neu@example.org"), shared, name="ob.ics")])
    assert again.lines[0].text.startswith("1 Termin neu, 1 unverändert")
    assert stored(place, "*")[:2] == before

    newer = event("gemeinsam@example.org", summary="Abgesagt", status="CANCELLED", sequence="3")
    (line,) = import_files(place, [calendar(tmp_path, newer, name="ob.ics")]).lines
    assert line.text.startswith("1 ersetzt")
    assert stored(place, "*")[1] == before[1]
    assert rows(place, dates) == [("stadtdirektor", "Klausur im Saal")]


def test_the_same_bytes_for_two_calendars_come_into_both(place: Workplace, tmp_path: Path) -> None:
    for name in ("ob.ics", "stadtdirektor.ics", "kopie-ob.ics"):
        calendar(tmp_path, event("gemeinsam@example.org", summary="Klausur"), name=name)
    report = import_files(place, [tmp_path])
    assert [line.text for line in report.lines] == ["1 Termin neu", "bekannt: nichts Neues", "1 Termin neu"]
    assert stored(place, "calendar, summary") == [("ob", "Klausur"), ("stadtdirektor", "Klausur")]
    assert import_files(place, [tmp_path]).summary == "Nichts Neues: 3 Dateien schon bekannt."


def test_a_dry_run_looks_into_the_same_calendar(place: Workplace, tmp_path: Path) -> None:
    import_files(place, [calendar(tmp_path, event(), name="ob.ics")])
    path = calendar(tmp_path, event(), event("neu@example.org"), name="bm1.ics")
    (line,) = import_files(place, [path], dry_run=True).lines
    assert line.counts.events == 2


@pytest.mark.parametrize(
    ("summary", "categories", "kind"),
    [
        ("Urlaub", (), "abwesenheit"),
        ("OB krank", (), "abwesenheit"),
        ("Dienstreise Berlin", (), "abwesenheit"),
        ("Abwesenheit", (), "abwesenheit"),
        ("Nordsee", ("Intern", "urlaub"), "abwesenheit"),
        ("Städtetag", ("Abwesend", "Verbände"), "abwesenheit"),
        ("Gespräch Geschäftsführung Krankenhaus", (), None),
        ("Besprechung Urlaubsvertretung", (), "besprechung"),
        ("Besprechung Urlaub Kollegium", (), "besprechung"),
        ("Partnerschaftsbesuch aus Montclair", (), "delegation"),
        ("Verleihung", ("Ehrung",), None),
    ],
)
def test_words_and_categories_tell_the_kind(
    place: Workplace, summary: str, categories: tuple[str, ...], kind: str | None
) -> None:
    assert EventRows(place.catalog, "").kind(summary, categories) == kind


def test_why_somebody_is_away_is_confidential(place: Workplace, tmp_path: Path) -> None:
    import_files(
        place,
        [
            calendar(
                tmp_path,
                event("1@example.org", summary="Urlaub", **{"class": "PUBLIC"}),
                event("2@example.org", summary="Kur", **{"class": "PRIVATE"}),
                event("3@example.org", summary="Empfang", **{"class": "PUBLIC"}),
                name="bm2.ics",
            )
        ],
    )
    assert stored(place, "kind, confidentiality, owner") == [
        ("abwesenheit", "vertraulich", ""),
        ("abwesenheit", "persoenlich", "petra.sander"),
        ("empfang", "intern", ""),
    ]


def test_what_becomes_an_absence_becomes_confidential(place: Workplace, tmp_path: Path) -> None:
    import_files(place, [calendar(tmp_path, event("1@example.org", summary="Termin"), name="bm1.ics")])
    away = event("1@example.org", summary="Urlaub wegen Reha", sequence="2")
    import_files(place, [calendar(tmp_path, away, name="bm1.ics")])
    assert stored(place, "kind, confidentiality, owner") == [("abwesenheit", "vertraulich", "")]


def test_one_date_that_becomes_an_absence_is_confidential(place: Workplace, tmp_path: Path) -> None:
    series = event("1@example.org", summary="Besprechung", rrule="FREQ=WEEKLY;COUNT=3")
    date = {
        "recurrence_id": ";TZID=Europe/Berlin:20261208T100000",
        "dtstart": ";TZID=Europe/Berlin:20261208T100000",
        "dtend": ";TZID=Europe/Berlin:20261208T110000",
    }
    plain = event("1@example.org", summary="Besprechung im Saal", **date)
    import_files(place, [calendar(tmp_path, series, plain, name="bm1.ics")])
    levels = "SELECT confidentiality FROM event_override"
    assert rows(place, levels) == [("oeffentlich",)]
    away = event("1@example.org", summary="Urlaub wegen Reha", sequence="2", **date)
    import_files(place, [calendar(tmp_path, series, away, name="bm1.ics")])
    assert rows(place, levels) == [("vertraulich",)]
    assert stored(place, "confidentiality") == [("intern",)]


def test_what_also_stands_with_the_mayor_is_told_and_not_moved(place: Workplace, tmp_path: Path) -> None:
    import_files(place, [calendar(tmp_path, event(summary="Empfang"), name="ob.ics")])
    (line,) = import_files(place, [calendar(tmp_path, event(summary="Empfang"), name="bm1.ics")]).lines
    assert line.notes == ("„Empfang“ steht auch im Kalender OB.",)
    assert stored(place, "calendar") == [("ob",), ("bm1",)]


def sessions(place: Workplace, folder: Path) -> Path:
    """The calendar of the council information system with a known session and others beside it."""
    path = written(folder, "rat.json", body(), meeting())
    import_files(place, [path])
    times = {
        "dtstart": ";TZID=Europe/Berlin:20261203T170000",
        "dtend": ";TZID=Europe/Berlin:20261203T190000",
    }
    return calendar(
        folder,
        event("1@ris.example.org", summary="Sitzung des Finanzausschusses", **times),
        event("2@ris.example.org", summary="Sitzung des Bauausschusses", **times),
        event("3@ris.example.org", summary="Finanzausschuss"),
        name="sitzungen.ics",
    )


def test_a_session_known_from_oparl_is_not_entered_twice(place: Workplace, tmp_path: Path) -> None:
    (line,) = import_files(place, [sessions(place, tmp_path)]).lines
    assert line.text.startswith("2 Termine neu, 1 unverändert")
    assert line.notes == (
        "Schon als Sitzung aus dem Ratsinformationssystem da: „Sitzung des Finanzausschusses“.",
    )
    assert [row[1] for row in stored(place, "calendar, summary")] == [
        "FA: 12. Sitzung",
        "Sitzung des Bauausschusses",
        "Finanzausschuss",
    ]


def test_a_session_that_came_both_ways_does_not_clash_with_itself(place: Workplace, tmp_path: Path) -> None:
    from ob_buero_tui.services.calendar.day import day

    (tmp_path / "b").mkdir()
    path = sessions(place, tmp_path / "b")
    with transaction(place, "note") as work:
        work.get(Event, 1).trashed_at = work.at
    import_files(place, [path])
    with transaction(place, "note") as work:
        work.get(Event, 1).trashed_at = None
    clashing = {one.summary: bool(one.conflicts) for one in day(place, date(2026, 12, 3)).events}
    assert len(clashing) == 3
    keys = {one.summary: (one.id, one.conflicts) for one in day(place, date(2026, 12, 3)).events}
    ours, theirs = keys["FA: 12. Sitzung"], keys["Sitzung des Finanzausschusses"]
    assert ours[0] not in theirs[1]
    assert theirs[0] not in ours[1]
    assert clashing["Sitzung des Bauausschusses"]
