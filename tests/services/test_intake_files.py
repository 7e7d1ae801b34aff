"""Files and folders: what is gathered, what is known already, and what a bad file costs."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from intake_samples import calendar, count, event, mail, rows, value

from ob_buero_tui.config import Settings
from ob_buero_tui.office import Office, open_office
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.intake import formats
from ob_buero_tui.services.intake.files import gather, import_files
from ob_buero_tui.services.intake.report import Status
from ob_buero_tui.services.undo import undo
from ob_buero_tui.services.workplace import Workplace

Dump = Callable[[Workplace], dict[str, Any]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with what an office keeps in one."""
    place = tmp_path / "eingang"
    (place / "unter").mkdir(parents=True)
    mail(place, "b.eml", message_id="b@x.example.org")
    mail(place, "A.EML", message_id="a@x.example.org", subject="Einladung")
    mail(place / "unter", "c.eml", message_id="c@x.example.org", subject="Radweg")
    calendar(place, event(), event("b@example.org"), name="Termine.ICS")
    (place / "liste.xyz").write_bytes(b"PK\x03\x04")
    return place


def test_folders_are_walked_in_a_stable_order(folder: Path) -> None:
    found = [path.relative_to(folder).as_posix() for path in gather([folder])]
    assert found == ["A.EML", "Termine.ICS", "b.eml", "unter/c.eml"]


def test_each_file_is_gathered_once_and_named_ones_always(folder: Path) -> None:
    given = [folder / "liste.xyz", folder / "b.eml", folder, folder / "b.eml"]
    assert [path.name for path in gather(given)] == ["liste.xyz", "b.eml", "A.EML", "Termine.ICS", "c.eml"]


def test_files_are_read_in_an_order_in_which_a_sender_is_found(place: Workplace, folder: Path) -> None:
    card = "BEGIN:VCARD\nVERSION:3.0\nN:Beispiel;Erika\nEMAIL:erika@verein.example.org\nEND:VCARD\n"
    (folder / "unter" / "zuletzt.vcf").write_text(card, encoding="utf-8")
    report = import_files(place, [folder])
    read = [Path(line.path).name for line in report.lines]
    assert read == ["Termine.ICS", "zuletzt.vcf", "A.EML", "b.eml", "c.eml"]
    assert (count(place, "person"), count(place, "action")) == (1, 5)
    assert rows(place, "SELECT DISTINCT requester_id FROM request") == [(1,)]


def test_what_nobody_reads_is_counted_by_its_ending(place: Workplace, folder: Path) -> None:
    (folder / "unter" / "Brief.PST").touch()
    (folder / "unter" / ".DS_Store").touch()
    report = import_files(place, [folder, folder / "unter"])
    assert report.unread == {".pst": 1, ".xyz": 1}
    assert report.passed_over[0] == "1 Datei .pst nicht gelesen: Bitte in Outlook als .eml speichern."
    assert import_files(place, [folder / "b.eml"]).unread == {}


def test_a_second_import_finds_nothing_new_and_reads_nothing(
    place: Workplace, folder: Path, monkeypatch: pytest.MonkeyPatch, dump: Dump
) -> None:
    first = import_files(place, [folder])
    assert first.summary == "4 Dateien: 3 Eingänge und 2 Termine neu."
    assert count(place, "action") == 4, "each file is one step"
    before = dump(place)
    monkeypatch.setattr(formats, "prepare_mail", None)
    monkeypatch.setattr("ob_buero_tui.exchange.ics.read_calendar", None)
    second = import_files(place, [folder])
    assert {(line.status, line.text) for line in second.lines} == {(Status.KNOWN, "bekannt: nichts Neues")}
    assert second.summary == "Nichts Neues: 4 Dateien schon bekannt."
    assert (dump(place), second.problems) == (before, ())


def test_the_same_bytes_under_another_name_are_known(place: Workplace, tmp_path: Path) -> None:
    import_files(place, [mail(tmp_path, "a.eml"), mail(tmp_path, "b.eml")])
    assert rows(place, "SELECT name, format FROM imported_file") == [("a.eml", "eml")]


def test_after_undo_the_same_bytes_come_in_again(place: Workplace, folder: Path, dump: Dump) -> None:
    empty = dump(place)
    import_files(place, [folder])
    for _ in range(4):
        undo(place)
    assert dump(place) == empty
    assert (count(place, "search_doc"), count(place, "occurrence")) == (0, 0)
    import_files(place, [folder])
    assert rows(place, "SELECT number FROM request ORDER BY id") == [
        ("2026-0004",),
        ("2026-0005",),
        ("2026-0006",),
    ]
    states = [row[0] for row in rows(place, "SELECT state FROM request_number ORDER BY serial")]
    assert states == ["storniert"] * 3 + ["vergeben"] * 3


def test_a_trial_says_the_same_and_writes_nothing(place: Workplace, folder: Path, dump: Dump) -> None:
    before = dump(place)
    trial = import_files(place, [folder], dry_run=True)
    assert dump(place) == before
    assert (count(place, "action"), count(place, "request_number"), place.attachments.known()) == (
        0,
        0,
        set(),
    )
    assert trial.summary == "4 Dateien: 3 Eingänge und 2 Termine neu. Probelauf, nichts gespeichert."
    assert trial.totals == import_files(place, [folder]).totals
    assert import_files(place, [folder], dry_run=True).files[Status.KNOWN] == 4


def test_a_bad_file_between_good_ones_is_named_and_skipped(place: Workplace, folder: Path) -> None:
    (folder / "aa.eml").write_bytes(b"")
    (folder / "ab.ics").write_bytes(b"<html>Anmeldung</html>")
    (folder / "ac.eml").write_bytes(bytes(range(256)))
    report = import_files(place, [folder])
    assert [line.status for line in report.lines if line.path.endswith((".eml", ".EML"))].count(
        Status.NEW
    ) >= 3
    refused = [line for line in report.lines if line.status is Status.REFUSED]
    assert {Path(line.path).name for line in refused} >= {"aa.eml", "ab.ics"}
    assert len(report.problems) == len(refused)
    assert "Die Datei ist keine E-Mail. Sie ist leer." in report.problems[1]
    assert count(place, "imported_file") == len(report.lines) - len(refused)


def test_an_unexpected_error_is_logged_without_what_the_file_says(
    place: Workplace, folder: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    original = formats.prepare_mail

    def stumble(catalog: Any, letter: Any, *rest: Any) -> Any:
        if "Einladung" in letter.subject:
            raise RecursionError("Erika Beispiel, Geheimnis")
        return original(catalog, letter, *rest)

    monkeypatch.setattr(formats, "prepare_mail", stumble)
    with caplog.at_level(logging.DEBUG):
        report = import_files(place, [folder])
    assert [line.status for line in report.lines] == [Status.NEW, Status.REFUSED, Status.NEW, Status.NEW]
    assert report.lines[1].text == (
        "Die Datei ließ sich nicht verarbeiten. Die technische Ursache steht im Protokoll."
    )
    assert "RecursionError at test_intake_files.py:" in caplog.text
    assert "Geheimnis" not in caplog.text
    assert "A.EML" not in caplog.text
    assert "Traceback" not in caplog.text


def test_an_error_while_writing_leaves_nothing_of_that_file(
    place: Workplace, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any) -> None:
        raise OSError("kein Platz")

    monkeypatch.setattr("ob_buero_tui.services.intake.mails.register", fail)
    report = import_files(place, [folder])
    assert [line.status for line in report.lines].count(Status.REFUSED) == 3
    for table in ("request", "message", "person"):
        assert count(place, table) == 0, table
    assert (count(place, "event"), count(place, "action")) == (2, 1)


@pytest.mark.parametrize("name", ["liste.xyz", "ohne"])
def test_an_unknown_format_is_named(place: Workplace, folder: Path, name: str) -> None:
    (folder / name).touch()
    (line,) = import_files(place, [folder / name]).lines
    assert line.status is Status.REFUSED
    assert line.text.startswith("Unbekanntes Format „")
    assert "Gelesen werden " in line.text
    assert all(f" {ending}" in line.text for ending in formats.FORMATS)
    assert line.text.endswith("Speichern Sie E-Mails als .eml, Termine als .ics und Kontakte als .vcf.")


def test_what_is_no_file_is_named(place: Workplace, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "rohr.eml")
    report = import_files(place, [tmp_path / "fehlt.eml", tmp_path / "rohr.eml"])
    assert [line.text for line in report.lines] == [
        "Die Datei gibt es nicht. Prüfen Sie Ordner und Schreibweise.",
        "Das ist keine gewöhnliche Datei. Nennen Sie die Datei selbst oder ihren Ordner.",
    ]


def test_too_large_a_file_is_refused_unread(
    place: Workplace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ob_buero_tui.services.intake.files.MAX_BYTES", 10)
    (line,) = import_files(place, [mail(tmp_path)]).lines
    assert line.text.startswith("Die Datei ist zu groß.")
    assert line.text.endswith("Speichern Sie den Inhalt in mehreren kleineren Dateien.")


def test_an_import_can_be_ended_between_two_files(place: Workplace, folder: Path) -> None:
    told: list[tuple[int, int, str]] = []

    def progress(done: int, total: int, path: str) -> bool:
        told.append((done, total, Path(path).name))
        return done < 2

    report = import_files(place, [folder], progress=progress)
    assert told == [(0, 4, "Termine.ICS"), (1, 4, "A.EML"), (2, 4, "b.eml")]
    assert (len(report.lines), report.stopped) == (2, True)
    assert report.summary.endswith("Abgebrochen, der Rest wurde nicht angesehen.")
    assert (count(place, "request"), count(place, "event")) == (1, 2)


def test_the_window_of_dates_is_filled_by_the_first_import(place: Workplace, tmp_path: Path) -> None:
    with place.engine.connect().execution_options(writing=True) as connection, connection.begin():
        connection.exec_driver_sql("DELETE FROM occurrence_window")
    import_files(place, [calendar(tmp_path, event())])
    assert (count(place, "occurrence_window"), count(place, "occurrence")) == (1, 1)


def test_an_office_open_for_reading_only_refuses_but_judges(
    place: Workplace, folder: Path, database: Path, office: Office
) -> None:
    from dataclasses import replace

    closed = replace(place, read_only=True)
    with pytest.raises(Refusal, match="nur zum Lesen"):
        import_files(closed, [folder])
    assert import_files(closed, [folder], dry_run=True).totals.requests == 3


def test_two_desks_with_the_same_folder_make_no_doubles(
    place: Workplace, other_place: Workplace, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import_files(other_place, [folder])
    # The other desk was faster between this desk's look and its transaction.
    monkeypatch.setattr("ob_buero_tui.services.intake.files.is_known", lambda *_: False)
    report = import_files(place, [folder])
    assert [line.status for line in report.lines] == [
        Status.UNCHANGED,
        Status.KNOWN,
        Status.KNOWN,
        Status.KNOWN,
    ]
    assert (count(place, "request"), count(place, "event")) == (3, 2)


def test_everything_is_there_after_opening_anew(office: Office, folder: Path, database: Path) -> None:
    import_files(office.place, [folder])
    office.close()
    again = open_office(
        database, Settings(), catalog=office.place.catalog, clock=office.place.clock, account="x"
    )
    try:
        assert value(again.place, "SELECT count(*) FROM request") == 3
    finally:
        again.close()
