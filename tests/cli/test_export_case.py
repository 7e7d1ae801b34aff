"""`export eakte`: numbers in, folders out, and for nobody but the office."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from cli_kit import Planted, Run

from ob_buero_tui.rules.visibility import Audience, Confidentiality
from secrets_kit import WORDS, found_of, plain


@pytest.fixture
def closed(db: Path) -> Path:
    """The office with two of its letters closed."""
    with sqlite3.connect(db) as connection:
        connection.execute("UPDATE request SET closed = 1, state = 'erledigt' WHERE id < 3")
    return db


def test_numbers_become_folders(run: Run, closed: Path, tmp_path: Path) -> None:
    ran = run("export", "eakte", "2026-0001", "2026-0002", "-o", tmp_path / "akte", "--db", closed)
    assert (ran.status, ran.err) == (0, "")
    folders = sorted((tmp_path / "akte").iterdir())
    assert [one.name for one in folders] == [
        "2026-0001 Grusswort fuer die Festschrift",
        "2026-0002 Einladung zum Richtfest",
    ]
    assert all(str(one) in ran.out for one in folders)
    assert len(list(folders[0].glob("Eingang/*.eml"))) == 1


def test_what_cannot_go_is_named_and_stops_no_other(run: Run, closed: Path, tmp_path: Path) -> None:
    words = ("2026-0001", "2026-0003", "2026-9999")
    ran = run("export", "eakte", *words, "-o", tmp_path / "akte", "--db", closed)
    assert ran.status == 1
    assert "Einen Eingang 2026-9999 gibt es nicht." in ran.err
    assert "2026-0003 geht nicht in die E-Akte. Der Eingang ist noch nicht abgeschlossen." in ran.err
    assert len(list((tmp_path / "akte").iterdir())) == 1


@pytest.mark.parametrize("audience", [Audience.DEPUTY, Audience.PRESS, Audience.PUBLIC])
def test_it_is_for_the_office_alone(run: Run, closed: Path, tmp_path: Path, audience: Audience) -> None:
    akte = tmp_path / "akte"
    ran = run("export", "eakte", "2026-0001", "-o", akte, "--audience", audience, "--db", closed)
    assert ran.status == 1
    assert "Akte des Büros selbst" in ran.err
    assert not akte.exists()


@pytest.mark.parametrize(
    "words", [("eakte",), ("json", "2026-0001"), ("eakte", "2026-0001", "--only", "tasks")], ids=" ".join
)
def test_what_makes_no_sense_is_wrong_use(run: Run, db: Path, tmp_path: Path, words: tuple[str, ...]) -> None:
    assert run("export", *words, "-o", tmp_path / "akte", "--db", db).status == 2


def test_no_secret_of_any_record_is_in_a_folder(run: Run, planted: Planted, tmp_path: Path) -> None:
    """Every request of the planted office, closed: of the secret ones nothing leaves, of others no secret."""
    path = tmp_path / "buero.sqlite"
    path.write_bytes(planted.path.read_bytes())
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE request SET closed = 1, state = 'erledigt'")
        numbers = [row[0] for row in connection.execute("SELECT number FROM request ORDER BY id")]
    ran = run("export", "eakte", *numbers, "-o", tmp_path / "akte", "--db", path)
    told = plain(ran.out) + "".join(
        plain(_text(one)) for one in (tmp_path / "akte").rglob("*") if one.is_file()
    )
    secret = ("vertraulich", "persoenlich", "trash", "foreign")
    assert not found_of([WORDS[name] for name in secret], told)
    assert found_of([WORDS[Confidentiality.INTERN]], told)
    assert "2026-8000 Offener Eingang" in {one.name for one in (tmp_path / "akte").iterdir()}


def _text(path: Path) -> str:
    from pypdf import PdfReader

    if path.suffix != ".pdf":
        return f"{path} {path.read_text(encoding='utf-8')}"
    # The lines of a page break long words; without blanks they are whole again.
    pages = " ".join(page.extract_text() for page in PdfReader(path).pages)
    return f"{path} {pages} {pages.replace(chr(10), '')}"
