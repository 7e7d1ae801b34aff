"""`backup` and `restore`."""

from __future__ import annotations

import json
import os
import platform
from pathlib import Path

import pytest
from cli_kit import Run, letter


def test_a_copy_is_made_listed_tried_out_and_gone_back_to(
    run: Run, db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = run("inbox", "--json", "--db", db).out
    assert "noch keine Sicherung" in run("backup", "--list", "--db", db).out
    made = run("backup", "--db", db)
    assert (made.status, made.err) == (0, "")
    copy = db.parent / "sicherungen" / "buero-2026-11-25-084200-von-hand.sqlite"
    assert made.out == f"Gesichert: „{copy}“.\n"
    tried = run("backup", "--pruefen", "--db", db)
    assert (tried.status, tried.err) == (0, "")
    assert "ist brauchbar" in tried.out
    (told,) = json.loads(run("backup", "--list", "--json", "--db", db).out)
    assert (told["file"], told["requests"], told["events"], told["fault"]) == (str(copy), 3, 5, "")
    assert told["tried"] == "2026-11-25T09:42:00"
    listed = run("backup", "--list", "--db", db).out
    assert "von Hand" in listed
    assert "2026-11-25 09:42" in listed
    with monkeypatch.context() as narrow:
        narrow.setattr("sys.stdout.isatty", lambda: True)
        for columns in (80, 120):
            narrow.setenv("COLUMNS", str(columns))
            drawn = run("backup", "--list", "--db", db).out
            assert f"Ordner: „{copy.parent}“" in drawn
            assert copy.name in drawn, "what `restore` is to be told"
            assert ("Eingänge" in drawn) is (columns == 120)

    (tmp_path / "neu.eml").write_bytes(letter("Kommt spaeter"))
    assert run("import", tmp_path / "neu.eml", "--db", db).status == 0
    asked = run("restore", "letzte", "--db", db)
    assert asked.status == 1
    assert "Mit --ja geht es ohne Frage" in asked.err
    assert "Verloren geht 1 Schritt" in asked.out
    assert "1 neuer Eingang" in asked.out
    assert "Kommt spaeter" in run("inbox", "--db", db).out
    done = run("restore", "letzte", "--ja", "--db", db)
    assert (done.status, done.err) == (0, "")
    assert "-vor-rueckkehr.sqlite“" in done.out
    assert run("inbox", "--json", "--db", db).out == before
    again = run("restore", "letzte", "--db", db).out
    assert f"„{copy}“" in again, "not the state that was just given up"
    assert "Anlass: von Hand." in again
    assert run("check", "--db", db).status == 0


def test_a_copy_goes_where_it_is_told_and_an_unfit_one_is_refused(run: Run, db: Path, tmp_path: Path) -> None:
    (tmp_path / "stick").mkdir()
    archive = [tmp_path / "stick" / f"buero-2026-10-01-0{hour}0000.sqlite" for hour in (8, 9)]
    for old in archive:
        old.write_bytes(db.read_bytes())
        old.with_name(f"{old.name}.sha256").touch()
    assert run("backup", tmp_path / "stick", "--db", db).status == 0
    (copy,) = (tmp_path / "stick").glob("*-von-hand.sqlite")
    assert all(old.exists() for old in archive), "somebody's own archive"
    assert not (db.parent / "sicherungen").exists()
    data = bytearray(copy.read_bytes())
    data[5000] ^= 1
    copy.write_bytes(bytes(data))
    tried = run("backup", copy, "--pruefen", "--db", db)
    assert tried.status == 1
    assert "taugt nicht zur Rückkehr" in tried.err
    before = db.read_bytes()
    refused = run("restore", copy, "--ja", "--db", db)
    assert refused.status == 1
    assert "verändert worden" in refused.err
    assert db.read_bytes() == before
    assert "gibt es nicht" in run("restore", tmp_path / "nichts.sqlite", "--ja", "--db", db).err


def test_while_a_desk_is_open_nobody_goes_back(run: Run, db: Path) -> None:
    assert run("backup", "--db", db).status == 0
    marker = db.with_name(f"{db.name}.offen-{platform.node()}-{os.getppid()}")
    marker.write_text("", encoding="ascii")
    refused = run("restore", "letzte", "--ja", "--db", db)
    assert refused.status == 1
    assert "noch an einem anderen Platz geöffnet" in refused.err
    assert marker.name in refused.err


def test_a_lost_database_comes_back(run: Run, db: Path) -> None:
    before = run("inbox", "--json", "--db", db).out
    assert run("backup", "--db", db).status == 0
    db.unlink()
    assert "gibt es keine Datenbank" in run("backup", "--db", db).err
    assert run("restore", "letzte", "--ja", "--db", db).status == 0
    assert run("inbox", "--json", "--db", db).out == before
