"""`import`: one line per file, what was refused on stderr, nothing twice, and Ctrl+C between two files."""

from __future__ import annotations

import json
import signal
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from cli_kit import Run, letter

from ob_buero_tui.cli import importing


def numbers(db: Path) -> list[str]:
    with closing(sqlite3.connect(db)) as connection:
        return [row[0] for row in connection.execute("SELECT number FROM request ORDER BY id")]


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    """A folder with two good letters, one that is none, and a file nobody reads."""
    folder = tmp_path / "post"
    folder.mkdir()
    (folder / "a.eml").write_bytes(letter("Erster"))
    (folder / "b.eml").write_bytes(b"kein Brief")
    (folder / "c.eml").write_bytes(letter("Dritter"))
    (folder / "d.xyz").write_bytes(b"?")
    return folder


def test_every_file_gets_its_line_and_one_bad_one_stops_no_other(run: Run, db: Path, mixed: Path) -> None:
    ran = run("import", mixed, "--db", db)
    assert ran.status == 1
    *lines, unread, last = ran.out.splitlines()
    assert [line.split(": ")[0] for line in lines] == [str(mixed / name) for name in ("a.eml", "c.eml")]
    assert "neu: 2026-0004" in lines[0]
    assert "neu: 2026-0005" in lines[1]
    assert unread == "1 Datei .xyz nicht gelesen: Dieses Format liest der Import nicht."
    assert last == "3 Dateien: 2 Eingänge neu, 1 Datei nicht gelesen."
    assert ran.err.startswith(f"{mixed / 'b.eml'}: ")
    assert len(ran.err.splitlines()) == 1
    assert numbers(db)[3:] == ["2026-0004", "2026-0005"]


def test_an_unknown_list_waits_until_its_columns_are_accepted(run: Run, db: Path, tmp_path: Path) -> None:
    path = tmp_path / "liste.csv"
    path.write_text("Eingang;Anlass;Wer\n3.11.2026;Fest;PS\n", encoding="utf-8")
    first = run("import", path, "--db", db)
    assert first.status == 1
    assert first.err.splitlines() == [
        f"{path}: Spalten noch nicht bestätigt. Vorschlag: „Eingang“ = Eingang am, „Anlass“ = Betreff,"
        " „Wer“ = Zuständig.",
        importing.ACCEPT,
    ]
    assert first.out == "Nichts Neues: 1 Liste mit unbestätigten Spalten.\n"
    second = run("import", path, "--accept-columns", "--db", db)
    assert (second.status, second.out) == (0, f"{path}: 1 Eingang neu\n1 Datei: 1 Eingang neu.\n")


def test_files_nobody_reads_are_named_by_their_ending(run: Run, db: Path, tmp_path: Path) -> None:
    folder = tmp_path / "post"
    folder.mkdir()
    for name in ("a.DOC", "b.doc", "ohne", ".versteckt", "Thumbs.db", "~$offen.doc"):
        (folder / name).write_bytes(b"?")
    told = [
        "1 Datei ohne Endung nicht gelesen: Dieses Format liest der Import nicht.",
        "2 Dateien .doc nicht gelesen: Bitte als PDF speichern oder den Vorgang von Hand erfassen.",
    ]
    alone = run("import", folder, "--db", db)
    assert (alone.status, alone.err.splitlines()) == (1, told)
    (folder / "c.eml").write_bytes(letter("Erster"))
    ran = run("import", folder, "--db", db)
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.splitlines()[1:3] == told


def test_the_same_again_brings_nothing_new(run: Run, db: Path, post: Path) -> None:
    ran = run("import", post, "--db", db)
    assert (ran.status, ran.err) == (0, "")
    assert "4 Dateien schon bekannt" in ran.out
    assert len(numbers(db)) == 3


def test_a_trial_says_what_would_be_and_writes_nothing(run: Run, db: Path, mixed: Path) -> None:
    before = db.read_bytes()
    ran = run("import", mixed / "a.eml", "--dry-run", "--db", db)
    assert (ran.status, ran.err) == (0, "")
    assert "wäre neu" in ran.out
    assert "nichts gespeichert" in ran.out
    assert db.read_bytes() == before


@pytest.mark.parametrize("name", ["fehlt.eml", "d.xyz"])
def test_a_named_file_that_cannot_be_read_is_named(run: Run, db: Path, mixed: Path, name: str) -> None:
    ran = run("import", mixed / name, "--db", db)
    assert ran.status == 1
    assert ran.err.count(name) == 1
    assert ran.out == "Nichts Neues: 1 Datei nicht gelesen.\n"


def test_a_part_that_was_left_out_is_told_with_its_reason(run: Run, db: Path, tmp_path: Path) -> None:
    broken = (
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:g@example.org\r\nDTSTART:20261201T090000Z\r\n"
        "SUMMARY:Gut\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:b@example.org\r\nDTSTART:gestern\r\nSUMMARY:Schlecht\r\n"
        "END:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    (tmp_path / "teils.ics").write_bytes(broken.encode())
    ran = run("import", tmp_path / "teils.ics", "--db", db)
    assert ran.status == 1
    assert "1 Termin neu" in ran.out
    assert "teils.ics" in ran.err
    (tmp_path / "luecke.ics").write_bytes(broken.replace("20261201T090000Z", "20270328T023000").encode())
    ran = run("import", tmp_path / "luecke.ics", "--db", db)
    assert "\n  „Gut“: 02:30 Uhr gibt es am So 28.03.2027 nicht" in ran.out
    (tmp_path / "ris.json").write_bytes(
        b'{"id": "https://ris.example.org/b", "type": "https://schema.oparl.org/1.1/Body", "x": NaN}'
    )
    ran = run("import", tmp_path / "ris.json", "--db", db)
    assert ran.out.count("weggelassen.") == 1
    assert ".." not in ran.out


def test_a_read_only_office_takes_nothing(
    run: Run, db: Path, mixed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import os

    allowed = os.access
    monkeypatch.setattr("os.access", lambda path, mode: mode != os.W_OK and allowed(path, mode))
    ran = run("import", mixed, "--db", db)
    assert ran.status == 1
    assert "nur zum Lesen" in ran.err
    assert len(numbers(db)) == 3
    assert len(json.loads(run("inbox", "--json", "--db", db).out)) == 3, "reading goes on"


def test_ctrl_c_ends_the_import_after_the_present_file(
    run: Run, db: Path, mixed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = signal.getsignal(signal.SIGINT)
    real = importing.import_files

    def pressed(place, paths, *, progress, **terms):  # type: ignore[no-untyped-def]
        def show(index: int, count: int, path: str) -> bool | None:
            if index == 1:
                signal.raise_signal(signal.SIGINT)
            return progress(index, count, path)  # type: ignore[no-any-return]

        return real(place, paths, progress=show, **terms)

    monkeypatch.setattr(importing, "import_files", pressed)
    ran = run("import", mixed, "--db", db)
    assert ran.status == 1
    assert "neu: 2026-0004" in ran.out
    assert "Abgebrochen" in ran.out
    assert "Traceback" not in ran.err
    assert numbers(db)[3:] == ["2026-0004"]
    assert signal.getsignal(signal.SIGINT) is before


def test_a_bar_is_drawn_on_a_terminal_only(
    run: Run, db: Path, mixed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "xterm")
    assert "Import" not in run("import", mixed / "a.eml", "--db", db).err
    for stream in ("stdout", "stderr"):
        monkeypatch.setattr(f"sys.{stream}.isatty", lambda: True)
    ran = run("import", mixed / "c.eml", "--db", db)
    assert ran.status == 0
    assert "Import" in ran.err
    assert "c.eml: neu" in ran.out


def test_an_unknown_time_zone_is_told_and_explained_once(run: Run, db: Path, tmp_path: Path) -> None:
    path = tmp_path / "plan.ics"
    path.write_text(
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:z@example.org\nDTSTAMP:20261101T080000Z\n"
        "DTSTART;TZID=Werkszeit:20270201T100000\nSUMMARY:Schicht\nEND:VEVENT\nEND:VCALENDAR\n",
        encoding="utf-8",
    )
    first = run("import", path, "--db", db)
    assert first.status == 0
    assert first.out.splitlines()[1] == importing.ASSUMED.format("Werkszeit")
    second = run("import", path, "--zone", "Werkszeit=Europe/London", "--db", db)
    assert (second.status, second.err) == (0, "")
    assert second.out.splitlines()[0] == "„Werkszeit“ ist Europe/London; 1 Termin umgerechnet."
    with closing(sqlite3.connect(db)) as connection:
        assert connection.execute("SELECT starts_at FROM event WHERE summary = 'Schicht'").fetchone() == (
            "2027-02-01T10:00:00Z",
        )
    for wrong in ("Werkszeit", "Werkszeit=Nirgends", "=Europe/Berlin"):
        refused = run("import", path, "--zone", wrong, "--db", db)
        assert refused.status == 2
        assert "--zone erwartet" in refused.err
