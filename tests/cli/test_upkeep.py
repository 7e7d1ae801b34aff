"""`init` and `check`."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from cli_kit import Run, letter


def test_a_new_database_is_empty_private_and_sound(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "tief" / "unten" / "buero.sqlite"
    ran = run("init", "--db", path)
    assert (ran.status, ran.err) == (0, "")
    assert ran.out == f"Angelegt: „{path}“.\n"
    assert path.stat().st_mode & 0o077 == 0
    assert run("inbox", "--json", "--db", path).out == "[]\n"
    ran = run("check", "--db", path)
    assert (ran.status, ran.err) == (0, "")
    assert "in Ordnung" in ran.out


def test_without_a_path_it_lies_in_the_accounts_own_folder(run: Run, own_folders: Path) -> None:
    assert run("init").status == 0
    assert (own_folders / "data" / "ob-buero" / "buero.sqlite").is_file()
    assert run("inbox").status == 0


def test_init_refuses_where_a_file_stands(run: Run, db: Path) -> None:
    before = db.read_bytes()
    ran = run("init", "--db", db)
    assert (ran.status, ran.out) == (1, "")
    assert "Dort steht schon eine Datei" in ran.err
    assert db.read_bytes() == before


def test_init_in_a_folder_that_may_not_be_made_says_so(run: Run, tmp_path: Path) -> None:
    (tmp_path / "datei").write_text("", encoding="utf-8")
    ran = run("init", "--db", tmp_path / "datei" / "buero.sqlite")
    assert (ran.status, ran.out) == (1, "")
    assert str(tmp_path / "datei") in ran.err
    assert "Traceback" not in ran.err


@pytest.fixture
def with_attachment(run: Run, db: Path, tmp_path: Path) -> Path:
    """The office with a letter that has an attachment; returns the attachment's file."""
    plain = letter("Mit Anlage").decode()
    head, body = plain.replace("text/plain; charset=utf-8", 'multipart/mixed; boundary="x"').split(
        "\r\n\r\n", 1
    )
    parts = (
        f"--x\r\nContent-Type: text/plain\r\n\r\n{body}--x\r\nContent-Type: application/pdf\r\n"
        'Content-Disposition: attachment; filename="a.pdf"\r\n\r\nInhalt\r\n--x--\r\n'
    )
    (tmp_path / "m.eml").write_bytes(f"{head}\r\n\r\n{parts}".encode())
    assert run("import", tmp_path / "m.eml", "--db", db).status == 0
    kept = db.with_name(db.name + ".anhang").glob("??/*")  # the letter itself is kept too
    (file,) = [each for each in kept if each.read_bytes().strip() == b"Inhalt"]
    return file


def test_attachments_are_checked_to_the_byte(run: Run, db: Path, with_attachment: Path) -> None:
    assert run("check", "--db", db).status == 0
    whole = with_attachment.read_bytes()
    with_attachment.write_bytes(whole[:-1] + b"?")
    ran = run("check", "--db", db)
    assert ran.status == 1
    assert "a.pdf" in ran.err
    assert "in Ordnung" not in ran.out
    with_attachment.unlink()
    assert run("check", "--db", db).status == 1


def test_a_leftover_attachment_is_named_and_no_fault(run: Run, db: Path, with_attachment: Path) -> None:
    stray = with_attachment.with_name("0" * 64)
    stray.write_bytes(b"alt")
    ran = run("check", "--db", db)
    assert (ran.status, ran.err) == (0, "")
    assert "0" * 64 in ran.out
    assert stray.exists()


def test_damage_is_told_and_nothing_is_changed(run: Run, db: Path) -> None:
    with closing(sqlite3.connect(db)) as connection:
        (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'request'").fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    data = bytearray(db.read_bytes())
    data[(page - 1) * size : (page - 1) * size + 200] = b"\xff" * 200
    db.write_bytes(data)
    ran = run("check", "--db", db)
    assert ran.status == 1
    assert "beschädigt" in ran.err
    assert "Traceback" not in ran.err
    assert db.read_bytes() == bytes(data)
