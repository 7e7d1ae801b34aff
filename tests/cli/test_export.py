"""`export`: where it writes and where it refuses, its document to the last key, its tables, its words."""

from __future__ import annotations

import csv
import io
import json
import logging
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from cli_kit import Run

from ob_buero_tui.cli import exporting
from ob_buero_tui.cli.logbook import log_file
from ob_buero_tui.cli.outfile import write_whole
from ob_buero_tui.exchange.ics import read_calendar
from ob_buero_tui.rules.refusals import Refusal

DOCUMENT = [
    "exported_at",
    "audience",
    "requests",
    "events",
    "tasks",
    "persons",
    "organizations",
    "meetings",
    "papers",
]
REQUEST = [
    "id", "number", "kind", "state", "subject", "received_on", "due_on", "due_time", "assigned_to",
    "requester", "organization", "event_start", "event_end", "event_place", "important",
    "channel", "wiedervorlage_on", "outcome", "reason", "decided_on", "decided_by", "file_reference",
    "confidentiality", "fields",
]  # fmt: skip
EVENT = [
    "id", "uid", "calendar", "summary", "start", "end", "all_day", "location", "status", "confidentiality",
    "attendee", "travel_before_min", "travel_after_min", "kind", "description", "organizer", "transparent",
    "important", "tzid", "rrule", "rdates", "exdates", "overrides",
]  # fmt: skip


def table(text: str) -> list[list[str]]:
    """The cells of a CSV file."""
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=";"))


def test_a_calendar_is_written_for_this_account_alone(run: Run, db: Path, tmp_path: Path) -> None:
    path = tmp_path / "ob.ics"
    ran = run("export", "ics", "-o", path, "--db", db)
    assert (ran.status, ran.err) == (0, "")
    assert ran.out == f"„{path}“: 4 Termine exportiert. Wegen Vertraulichkeit nicht exportiert: 1.\n"
    assert path.stat().st_mode & 0o777 == 0o600
    assert [one.summary for one in read_calendar(path.read_bytes(), "Europe/Berlin").events] == [
        "Jour fixe", "Richtfest Kita Nord", "Messe", "Zeitumstellung",
    ]  # fmt: skip
    assert sorted(item.name for item in tmp_path.iterdir()) == ["büro", "ob.ics"]


def test_a_document_has_its_keys_and_types(run: Run, db: Path) -> None:
    ran = run("export", "json", "-o", "-", "--db", db)
    document = json.loads(ran.out)
    assert list(document) == DOCUMENT
    assert (document["exported_at"], document["audience"]) == ("2026-11-25T09:42:00+01:00", "intern")
    assert [list(one) for one in document["requests"]] == [REQUEST] * 3
    assert [list(one) for one in document["events"]] == [EVENT] * 4
    first = document["requests"][0]
    assert (first["id"], first["number"], first["received_on"]) == ("1", "2026-0001", "2026-11-23")
    weekly, _, fair, _ = document["events"]
    assert (weekly["id"], weekly["start"]) == ("1", "2026-12-01T09:00:00+01:00")
    assert (fair["start"], fair["end"], fair["transparent"]) == ("2026-12-01", "2026-12-03", True)
    assert {"id", "name", "email", "memberships"} <= set(document["persons"][0])
    assert "exportiert." in ran.err, "the sentence does not mix with the data"


def test_sessions_are_as_the_command_tells_them(
    run: Run, database: Path, make_meeting: Callable[..., int]
) -> None:
    make_meeting(body="Stadtrat", meeting_state="terminiert")
    document = json.loads(run("export", "json", "--only", "sessions", "-o", "-", "--db", database).out)
    assert list(document) == ["exported_at", "audience", "meetings", "papers"]
    (session,) = document["meetings"]
    (told,) = json.loads(run("sessions", "--json", "--db", database).out)
    assert {key: session[key] for key in told} == told
    assert list(session) == [*told, "end", "place", "cancelled", "agenda"]
    header, row = table(run("export", "csv", "--only", "sessions", "-o", "-", "--db", database).out)
    assert header[:3] == ["Gremium", "Sitzung", "Beginn"]
    assert row[2] == "10.12.2026 17:00"
    assert "Vorlagenschluss" in header


@pytest.mark.parametrize(
    ("only", "first", "count"),
    [
        ([], ["2026-0001", "Grußwort", "neu", "Grusswort fuer die Festschrift", "23.11.2026"], 3),
        (["--only", "requests"], ["2026-0001", "Grußwort", "neu"], 3),
        (["--only", "events"], ["Oberbürgermeisterin", "Jour fixe", "01.12.2026 09:00"], 4),
        (["--only", "people"], ["Person", "Ursula Dornieden"], 3),
        (["--only", "tasks"], [], 0),
    ],
)
def test_a_table_is_one_of_them(run: Run, db: Path, only: list[str], first: list[str], count: int) -> None:
    ran = run("export", "csv", *only, "-o", "-", "--db", db)
    assert ran.status == 0
    header, *rows = table(ran.out)
    assert len(rows) == count
    assert all(len(row) == len(header) for row in rows)
    assert (rows[0][: len(first)] if rows else []) == first


def test_bounds_and_calendar_choose(run: Run, db: Path) -> None:
    def chosen(*words: str) -> list[str]:
        told = run("export", "json", "--only", "events", "-o", "-", *words, "--db", db).out
        return [one["summary"] for one in json.loads(told)["events"]]

    assert chosen("--from", "1.12.2026", "--to", "1.12.2026") == ["Jour fixe", "Richtfest Kita Nord", "Messe"]
    assert chosen("--from", "kw50") == ["Jour fixe"]
    assert chosen("--calendar", "bm1") == []
    assert len(chosen("--calendar", "ob")) == 4


# Where it refuses


def test_a_file_that_is_there_stays_until_forced(run: Run, db: Path, tmp_path: Path) -> None:
    path = tmp_path / "ob.ics"
    path.write_text("wichtig", encoding="utf-8")
    ran = run("export", "ics", "-o", path, "--db", db)
    assert (ran.status, ran.out) == (1, "")
    assert "gibt es schon" in ran.err
    assert "--force" in ran.err
    assert path.read_text(encoding="utf-8") == "wichtig"
    assert run("export", "ics", "-o", path, "--force", "--db", db).status == 0
    assert path.read_bytes().startswith(b"BEGIN:VCALENDAR")
    assert path.stat().st_mode & 0o777 == 0o600


def test_the_database_is_never_replaced(run: Run, db: Path) -> None:
    before = db.read_bytes()
    ran = run("export", "json", "-o", db, "--force", "--db", db)
    assert ran.status == 1
    assert "ist die Datenbank selbst" in ran.err
    assert db.read_bytes() == before


@pytest.mark.parametrize(("place", "sentence"), [("fehlt/x.csv", "gibt es nicht"), ("", "ist ein Ordner")])
def test_a_place_that_takes_no_file_is_named(
    run: Run, db: Path, tmp_path: Path, place: str, sentence: str
) -> None:
    ran = run("export", "csv", "-o", tmp_path / place, "--db", db)
    assert (ran.status, ran.out) == (1, "")
    assert sentence in ran.err
    assert [item.name for item in tmp_path.iterdir()] == ["büro"]


def test_what_breaks_off_leaves_nothing(tmp_path: Path) -> None:
    def broken() -> Iterable[bytes]:
        yield b"halb"
        raise KeyboardInterrupt

    path = tmp_path / "x.csv"
    path.write_bytes(b"alt")
    with pytest.raises(KeyboardInterrupt):
        write_whole(path, broken(), force=True)
    assert path.read_bytes() == b"alt"
    assert [item.name for item in tmp_path.iterdir()] == ["x.csv"]


def test_a_file_that_comes_meanwhile_is_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"

    def late() -> Iterable[bytes]:
        yield b"neu"
        path.write_bytes(b"vom anderen Platz")

    with pytest.raises(Refusal):
        write_whole(path, late(), force=False)
    assert path.read_bytes() == b"vom anderen Platz"
    assert [item.name for item in tmp_path.iterdir()] == ["x.csv"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["export", "pdf", "-o", "x"], "Bei FORMAT steht „pdf“ nicht zur Wahl. Möglich: ics, json, csv, "),
        (["export", "ics"], "Es fehlt: -o/--output."),
        (["export", "ics", "-o", "-", "--only", "tasks"], "In eine Kalenderdatei (ics) passen nur Termine"),
        (["export", "csv", "-o", "-", "--calendar", "ob"], "--only events"),
        (["export", "ics", "-o", "-", "--calendar", "xy"], "Den Kalender „xy“ gibt es nicht. Möglich: ob ("),
        (["export", "ics", "-o", "-", "--from", "irgendwann"], "„irgendwann“"),
        (["export", "ics", "-o", "-", "--from", "2.12.", "--to", "1.12."], "--to liegt vor --from."),
        (["exprt"], "Gemeint ist vielleicht „export“."),
    ],
)
def test_wrong_use_is_explained(run: Run, db: Path, words: list[str], sentence: str) -> None:
    ran = run(*words, "--db", db) if words[0] == "export" else run(*words)
    assert (ran.status, ran.out) == (2, "")
    assert sentence in ran.err


def test_tasks_are_for_the_office(run: Run, db: Path) -> None:
    ran = run("export", "csv", "--only", "tasks", "-o", "-", "--audience", "press", "--db", db)
    assert (ran.status, ran.out) == (1, "")
    assert "Aufgaben gibt es nur für intern und deputy" in ran.err


def test_an_export_leaves_a_line_without_names(run: Run, db: Path, tmp_path: Path) -> None:
    before = db.read_bytes()
    run("export", "csv", "--only", "people", "-o", tmp_path / "Familie Dornieden.csv", "--db", db)
    (line,) = log_file().read_text(encoding="utf-8").splitlines()
    assert line.endswith("export csv for intern: persons=3 organizations=0 left_out=0")
    assert db.read_bytes() == before, "it is no step that could be undone"
    assert logging.getLogger(exporting.__name__).level == logging.INFO


def test_cells_and_texts_are_harmless(run: Run, database: Path, make_request: Callable[..., int]) -> None:
    make_request(subject="=HYPERLINK(1)", event_place="+49 30 1", reason="a\x1b[2Jb;c\nd")
    rows = table(run("export", "csv", "-o", "-", "--db", database).out)
    told: dict[str, Any] = dict(zip(rows[0], rows[-1], strict=True))
    assert (told["Betreff"], told["Ort"]) == ("'=HYPERLINK(1)", "'+49 30 1")
    assert told["Begründung"] == "a\ufffd[2Jb;c\nd"
    assert "\x1b" not in run("export", "json", "-o", "-", "--db", database).out
