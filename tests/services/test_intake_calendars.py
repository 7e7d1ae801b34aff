"""A calendar file becomes appointments: new, replaced by newer versions, called off, or known."""

from __future__ import annotations

from pathlib import Path

import pytest
from intake_samples import calendar, count, event, rows, value

from ob_buero_tui.services.history import history_of
from ob_buero_tui.services.intake.files import import_files
from ob_buero_tui.services.intake.report import FileLine, Status
from ob_buero_tui.services.undo import undo
from ob_buero_tui.services.work import transaction
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.calendar import Event

SERIES = {"rrule": "FREQ=WEEKLY;COUNT=4"}
SECOND = {"recurrence_id": ";TZID=Europe/Berlin:20261208T100000"}


def take(place: Workplace, folder: Path, *events: str, method: str = "") -> FileLine:
    """Import one calendar file with these events."""
    (line,) = import_files(place, [calendar(folder, *events, method=method)]).lines
    return line


def starts(place: Workplace) -> list[str]:
    """The starts of all dates in the window, in UTC."""
    return [row[0] for row in rows(place, "SELECT starts_at FROM occurrence ORDER BY starts_at")]


def change(place: Workplace, **values: object) -> None:
    """Change the first event by hand."""
    with transaction(place, "test_change") as work:
        stored = work.get(Event, 1)
        for name, new in values.items():
            setattr(stored, name, new)


def test_events_come_in_with_all_they_say(place: Workplace, tmp_path: Path) -> None:
    raw = event(
        location="Stadthalle",
        summary="Empfang der Sportler",
        description="Zeile 1\\nZeile 2\\, noch etwas",
        organizer=";CN=Erika Beispiel:mailto:erika@verein.example.org",
        status="TENTATIVE",
        x_eigenes="bleibt erhalten",
    )
    line = take(place, tmp_path, raw)
    assert (line.status, line.text) == (Status.NEW, "1 Termin neu")
    columns = (
        "uid, calendar, summary, kind, location, status, confidentiality, attendee, starts_at, ends_at, tzid"
    )
    assert rows(place, f"SELECT {columns} FROM event") == [  # noqa: S608 a test's own names
        (
            *("a@example.org", "ob", "Empfang der Sportler", "empfang", "Stadthalle", "TENTATIVE"),
            *("intern", "OB", "2026-12-01T09:00:00Z", "2026-12-01T10:00:00Z", "Europe/Berlin"),
        )
    ]
    assert value(place, "SELECT description FROM event") == "Zeile 1\nZeile 2, noch etwas"
    assert value(place, "SELECT raw FROM event_source") == raw, "not a byte is lost"
    travel = place.catalog.travel_min("Stadthalle")
    assert rows(place, "SELECT travel_before_min, travel_after_min FROM event") == [(travel, travel)]
    assert starts(place) == ["2026-12-01T09:00:00Z"]


@pytest.mark.parametrize(
    ("said", "level", "owner"),
    [
        ("PUBLIC", "intern", ""),
        ("", "intern", ""),
        ("X-ANDERES", "intern", ""),
        ("CONFIDENTIAL", "vertraulich", ""),
        ("PRIVATE", "persoenlich", "petra.sander"),
    ],
)
def test_only_a_person_publishes(place: Workplace, tmp_path: Path, said: str, level: str, owner: str) -> None:
    take(place, tmp_path, event(**{"class": said}))
    assert rows(place, "SELECT confidentiality, owner FROM event") == [(level, owner)]


def test_what_blocks_no_time_needs_no_travel(place: Workplace, tmp_path: Path) -> None:
    day = event(
        "b@example.org", dtstart=";VALUE=DATE:20261201", dtend=";VALUE=DATE:20261203", location="Weitweg"
    )
    take(place, tmp_path, event(transp="TRANSPARENT", location="Weitweg"), day)
    assert rows(place, "SELECT transparent, all_day, travel_before_min FROM event") == [(1, 0, 0), (0, 1, 0)]
    assert rows(place, "SELECT starts_at, long FROM occurrence WHERE event_id = 2") == [
        ("2026-11-30T23:00:00Z", 1)
    ]


def test_a_series_with_a_moved_and_a_cancelled_date(place: Workplace, tmp_path: Path) -> None:
    moved = event(
        **SECOND, dtstart=";TZID=Europe/Berlin:20261209T140000", dtend=";TZID=Europe/Berlin:20261209T150000"
    )
    off = event(recurrence_id=";TZID=Europe/Berlin:20261215T100000", status="CANCELLED")
    line = take(place, tmp_path, off, event(**SERIES), moved)
    assert line.text == "1 Termin neu, 2 Einzeltermine neu"
    assert starts(place) == ["2026-12-01T09:00:00Z", "2026-12-09T13:00:00Z", "2026-12-22T09:00:00Z"]
    assert rows(place, "SELECT recurrence_id, status FROM event_override ORDER BY recurrence_id") == [
        ("2026-12-08T10:00:00", "CONFIRMED"),
        ("2026-12-15T10:00:00", "CANCELLED"),
    ]
    assert rows(place, "SELECT override_id IS NULL, raw FROM event_source WHERE override_id IS NOT NULL") == [
        (0, off),
        (0, moved),
    ]


def test_the_original_start_counts_in_the_zone_of_the_series(place: Workplace, tmp_path: Path) -> None:
    take(place, tmp_path, event(**SERIES))
    moved = event(recurrence_id="20261208T090000Z", dtstart="20261208T150000Z", dtend="20261208T160000Z")
    line = take(place, tmp_path, moved)
    assert line.text == "1 Einzeltermin neu"
    assert value(place, "SELECT recurrence_id FROM event_override") == "2026-12-08T10:00:00"
    assert len(starts(place)) == 4


def test_a_newer_sequence_replaces_and_undo_brings_the_old_one_back(place: Workplace, tmp_path: Path) -> None:
    take(place, tmp_path, event(summary="Alt", sequence="1"))
    later = {"dtstart": ";TZID=Europe/Berlin:20261202T100000", "dtend": ";TZID=Europe/Berlin:20261202T120000"}
    # Its time stamp is older: SEQUENCE comes first.
    line = take(place, tmp_path, event(summary="Neu", sequence="2", dtstamp="20261001T080000Z", **later))
    assert (line.status, line.text) == (Status.CHANGED, "1 ersetzt")
    assert rows(place, "SELECT summary, sequence FROM event") == [("Neu", 2)]
    assert starts(place) == ["2026-12-02T09:00:00Z"]
    assert "Neu" in value(place, "SELECT raw FROM event_source")
    assert value(place, "SELECT title FROM search_doc") == "Neu"
    undo(place)
    assert rows(place, "SELECT summary, sequence FROM event") == [("Alt", 1)]
    assert starts(place) == ["2026-12-01T09:00:00Z"]
    assert "Alt" in value(place, "SELECT raw FROM event_source")


@pytest.mark.parametrize(
    ("sequence", "dtstamp", "replaced"),
    [
        ("1", "20261102T080000Z", True),
        ("1", "20261101T080000Z", False),
        ("1", "20261031T080000Z", False),
        ("0", "20261120T080000Z", False),
    ],
)
def test_only_a_newer_version_replaces(
    place: Workplace, tmp_path: Path, sequence: str, dtstamp: str, replaced: bool
) -> None:
    take(place, tmp_path, event(summary="Alt", sequence="1"))
    line = take(place, tmp_path, event(summary="Neu", sequence=sequence, dtstamp=dtstamp))
    assert line.text == ("1 ersetzt" if replaced else "1 unverändert")
    assert value(place, "SELECT summary FROM event") == ("Neu" if replaced else "Alt")


def test_a_new_time_stamp_alone_is_no_change_and_no_action(place: Workplace, tmp_path: Path) -> None:
    take(place, tmp_path, event())
    change(place, summary="Von Hand geändert")
    actions = count(place, "action")
    line = take(place, tmp_path, event(dtstamp="20261120T080000Z"))
    assert (line.status, line.text) == (Status.UNCHANGED, "1 unverändert")
    assert value(place, "SELECT summary FROM event") == "Von Hand geändert"
    assert count(place, "action") == actions


def test_a_newer_version_leaves_what_the_office_decided(place: Workplace, tmp_path: Path) -> None:
    take(place, tmp_path, event(location="Stadthalle"))
    change(
        place,
        kind="festakt",
        important=True,
        attendee="BM",
        travel_before_min=90,
        confidentiality="oeffentlich",
    )
    take(
        place, tmp_path, event(location="Stadthalle", summary="Empfang", sequence="1", **{"class": "PUBLIC"})
    )
    columns = "summary, kind, important, attendee, travel_before_min, confidentiality"
    assert rows(place, f"SELECT {columns} FROM event") == [  # noqa: S608 a test's own names
        ("Empfang", "festakt", 1, "BM", 90, "oeffentlich")
    ]
    take(place, tmp_path, event(location="Rathaus", sequence="2", **{"class": "CONFIDENTIAL"}))
    assert rows(place, "SELECT travel_before_min, confidentiality FROM event") == [
        (place.catalog.travel_min("Rathaus"), "vertraulich")
    ]
    take(place, tmp_path, event(sequence="3", **{"class": "PUBLIC"}))
    assert value(place, "SELECT confidentiality FROM event") == "vertraulich", "never less than before"


def test_dates_of_a_series_follow_the_same_rule(place: Workplace, tmp_path: Path) -> None:
    take(place, tmp_path, event(**SERIES), event(**SECOND, summary="Anders", sequence="1"))
    older = take(place, tmp_path, event(**SECOND, summary="Älter"))
    newer = take(place, tmp_path, event(**SECOND, summary="Neuer", sequence="2"))
    assert (older.text, newer.text) == ("1 unverändert", "1 ersetzt")
    assert rows(place, "SELECT summary FROM event_override") == [("Neuer",)]
    assert "Neuer" in value(place, "SELECT raw FROM event_source WHERE override_id IS NOT NULL")


def test_dates_of_a_series_that_now_runs_differently_fall_away(place: Workplace, tmp_path: Path) -> None:
    take(place, tmp_path, event(**SERIES), event(**SECOND, summary="Anders"))
    other = {"dtstart": ";TZID=Europe/Berlin:20261202T100000", "dtend": ";TZID=Europe/Berlin:20261202T110000"}
    take(place, tmp_path, event(**SERIES, **other, sequence="1"))
    assert (count(place, "event_override"), count(place, "event_source")) == (0, 1)
    assert len(starts(place)) == 4
    undo(place)
    assert rows(place, "SELECT summary FROM event_override") == [("Anders",)]
    assert len(starts(place)) == 4


def test_a_cancellation_calls_off(place: Workplace, tmp_path: Path) -> None:
    take(place, tmp_path, event(sequence="2", summary="Empfang"), event("b@example.org", **SERIES))
    old = take(place, tmp_path, event(sequence="1"), method="CANCEL")
    assert (old.text, value(place, "SELECT status FROM event WHERE id = 1")) == ("1 unverändert", "CONFIRMED")
    line = take(place, tmp_path, event(sequence="2", dtstamp="20261110T080000Z"), method="CANCEL")
    assert (line.status, line.text) == (Status.CHANGED, "1 abgesagt")
    assert rows(place, "SELECT status, summary FROM event WHERE id = 1") == [("CANCELLED", "Empfang")]
    one = take(place, tmp_path, event("b@example.org", **SECOND), method="CANCEL")
    assert one.text == "1 abgesagt"
    assert "2026-12-08T09:00:00Z" not in starts(place)
    assert count(place, "event") == 2


def test_a_cancellation_of_nothing_is_named(place: Workplace, tmp_path: Path) -> None:
    line = take(place, tmp_path, event(summary="Fremdes"), method="CANCEL")
    assert (line.status, count(place, "event")) == (Status.UNCHANGED, 0)
    assert line.text == "Die Absage von „Fremdes“ betrifft keinen gespeicherten Termin."


def test_a_date_without_its_series_stands_alone_until_the_series_comes(
    place: Workplace, tmp_path: Path
) -> None:
    line = take(place, tmp_path, event(**SECOND, summary="Verlegt"))
    assert line.text == "1 Termin neu"
    assert "Stammtermin nicht importiert" in value(place, "SELECT series_note FROM event")
    assert take(place, tmp_path, event(**SECOND, summary="Ein anderer Text")).text == "1 unverändert"
    assert take(place, tmp_path, event(**SECOND, summary="Neu verlegt", sequence="1")).text == "1 ersetzt"
    assert take(place, tmp_path, event(**SERIES)).text == "1 Termin neu, 1 Einzeltermin neu"
    assert rows(place, "SELECT summary FROM event WHERE trashed_at IS NULL") == [("Termin",)]
    assert rows(place, "SELECT summary, recurrence_id FROM event_override") == [
        ("Neu verlegt", "2026-12-08T10:00:00")
    ]
    assert len(starts(place)) == 4
    undo(place)
    assert rows(place, "SELECT summary FROM event WHERE trashed_at IS NULL") == [("Neu verlegt",)]
    assert len(starts(place)) == 1


def test_of_two_versions_in_one_file_the_newest_wins_and_is_named(place: Workplace, tmp_path: Path) -> None:
    line = take(place, tmp_path, event(summary="Neu", sequence="5"), event(summary="Alt", sequence="4"))
    assert line.text == "1 Termin neu"
    assert value(place, "SELECT summary FROM event") == "Neu"
    assert any("steht mehrfach in der Datei; die neueste Fassung gilt" in note for note in line.notes)


def test_what_lies_in_the_trash_is_not_brought_back_but_comes_anew(place: Workplace, tmp_path: Path) -> None:
    take(place, tmp_path, event())
    with transaction(place, "test_trash") as work:
        work.get(Event, 1).trashed_at = work.at
    assert take(place, tmp_path, event(description="neu")).text == "1 Termin neu"
    assert rows(place, "SELECT trashed_at IS NULL FROM event") == [(0,), (1,)]


def test_a_rule_that_would_run_away_keeps_its_first_date_and_says_so(
    place: Workplace, tmp_path: Path
) -> None:
    take(place, tmp_path, event(rrule="FREQ=SECONDLY"))
    assert value(place, "SELECT rrule FROM event") == "FREQ=SECONDLY"
    note = value(place, "SELECT series_note FROM event")
    assert note.startswith("Die Wiederholung wird nicht unterstützt: ")
    assert note.endswith(". Es gilt nur der erste Termin.")
    assert starts(place) == ["2026-12-01T09:00:00Z"]


def test_what_was_guessed_stands_as_a_note_on_the_appointment(place: Workplace, tmp_path: Path) -> None:
    line = take(place, tmp_path, event(dtstart=";TZID=Mond/Krater:20261201T100000", dtend=""))
    assert "Mond/Krater" in " ".join(line.notes)
    gap = take(
        place, tmp_path, event("gap@example.org", dtstart=";TZID=Europe/Berlin:20270328T023000", dtend="")
    )
    told = "02:30 Uhr gibt es am So 28.03.2027 nicht (Sommerzeit), es gilt 03:30 Uhr."
    assert gap.notes == (f"„Termin“: {told}",)
    assert value(place, "SELECT text FROM note WHERE event_id = 2") == f"Beim Import: {told}"
    assert value(place, "SELECT text FROM note WHERE event_id = 1").startswith(
        "Beim Import: Die Zeitzone „Mond/Krater“"
    )


def test_a_broken_event_costs_the_others_nothing(place: Workplace, tmp_path: Path) -> None:
    broken = event("b@example.org", dtstart="gestern", summary="Unklar")
    line = take(place, tmp_path, event(), broken, event("c@example.org"))
    assert line.status is Status.NEW
    assert line.text.startswith("2 Termine neu; 1 übersprungen: Termin 2 „Unklar“: ")
    assert (line.counts.events, line.counts.skipped, len(line.problems)) == (2, 1, 1)


def test_dates_at_the_ends_of_time_are_named_or_kept_but_never_fatal(
    place: Workplace, tmp_path: Path
) -> None:
    far = event("far@example.org", dtstart="99991231T235900Z", dtend="99991231T235959Z", summary="Ewig")
    old = event("old@example.org", dtstart="00010101T000000Z", dtend="00010101T010000Z", summary="Urzeit")
    line = take(place, tmp_path, far, event(), old)
    assert line.counts.events + line.counts.skipped == 3
    assert line.counts.events >= 1
    assert len(line.problems) == line.counts.skipped


def test_hostile_text_arrives_harmless_and_whole(place: Workplace, tmp_path: Path) -> None:
    hostile = "\x1b]52;c;aGk=\x07[@click=app.quit]x[/]\u202e"
    raw = event(summary=hostile, location=hostile, description=hostile)
    line = take(place, tmp_path, raw)
    stored = "".join(rows(place, "SELECT summary, location, description FROM event")[0])
    titles = "".join(rows(place, "SELECT title || folded FROM search_doc")[0])
    for bad in ("\x1b", "\x07", "\u202e"):
        assert bad not in stored + titles + line.text + "".join(line.notes)
    assert value(place, "SELECT raw FROM event_source") == raw


def test_the_history_of_one_and_of_many(place: Workplace, tmp_path: Path) -> None:
    take(place, tmp_path, event())
    take(place, tmp_path, event("b@example.org"), event("c@example.org"))
    with place.reading() as session:
        (one,) = history_of(place, session, "event", [1])
        (many,) = history_of(place, session, "event", [3])
    assert one.text == "aus einer Kalenderdatei übernommen: 1 Termin neu"
    assert many.text == "aus einer Kalenderdatei übernommen: 2 Termine neu"
    assert undo(place).sentence == "aus einer Kalenderdatei übernommen: 2 Termine neu"


def test_many_events_are_one_step(place: Workplace, tmp_path: Path) -> None:
    events = [event(f"{n}@example.org", **(SERIES if n % 10 == 0 else {})) for n in range(300)]
    line = take(place, tmp_path, *events)
    assert line.counts.events == 300
    assert (count(place, "search_doc"), count(place, "occurrence")) == (300, 270 + 30 * 4)
    undo(place)
    for table in ("event", "event_source", "search_doc", "occurrence", "imported_file"):
        assert count(place, table) == 0, table
    assert take(place, tmp_path, *events).counts.events == 300
