"""A damaged or vanished database at a terminal: back to a copy, only look, or nothing at all."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from cli_kit import Run, letter

from broken_kit import fingerprint, patch, root_page, spoil_page
from ob_buero_tui.office import Office
from ob_buero_tui.services.requests import inbox
from ob_buero_tui.store.backup import integrity_problems, make_backup

Opened = list[tuple[bool, int]]


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Opened:
    """What the app was opened on: whether for reading only, and how many new requests it shows."""
    seen: Opened = []

    def run_app(office: Office) -> int:
        seen.append((office.place.read_only, inbox.splits(office.place)[0].count))
        return 0

    monkeypatch.setitem(sys.modules, "ob_buero_tui.tui.app", SimpleNamespace(run_app=run_app))  # type: ignore[arg-type]
    monkeypatch.setattr("ob_buero_tui.cli.desk._at_terminal", lambda: True)
    return seen


@pytest.fixture
def two(run: Run, db: Path, tmp_path: Path) -> Path:
    """An office with one request in its copy and a second one since; no marker of a dead process."""
    for number in (1, 2):
        (tmp_path / f"{number}.eml").write_bytes(letter(f"Gruss {number}"))
        assert run("import", tmp_path / f"{number}.eml", "--db", db).status == 0
        if number == 1:
            make_backup(db, db.parent / "sicherungen", datetime(2026, 11, 25, 7, tzinfo=UTC))
    return db


def typed(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr("builtins.input", lambda _question: text)


def broken(path: Path) -> Path:
    """The schema is readable, the file is shorter than it says: seen at each opening."""
    spoil_page(path, root_page(path, "sqlite_autoindex_desk_1"))
    patch(path, 28, (path.stat().st_size // 4096 + 1).to_bytes(4))
    return path


def test_back_to_the_copy(run: Run, two: Path, opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    typed(monkeypatch, "1")
    data = broken(two).read_bytes()
    ran = run("--db", two)
    assert ran.status == 0
    assert "zurück zur Sicherung vom Mi 25.11.2026, 08:00 (4 Eingänge, " in ran.out
    assert opened == [(False, 4)]
    assert integrity_problems(two) == []
    assert any(item.read_bytes() == data for item in two.parent.iterdir() if item.is_file())


def test_only_look(run: Run, two: Path, opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    typed(monkeypatch, "2")
    before = fingerprint(broken(two).parent)
    assert run("--db", two).status == 0
    assert opened == [(True, 5)]
    assert fingerprint(two.parent) == before


@pytest.mark.parametrize("text", ["", "x", "3"])
def test_nothing(run: Run, two: Path, opened: Opened, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    typed(monkeypatch, text)
    before = fingerprint(broken(two).parent)
    ran = run("--db", two)
    assert ran.status == 1
    assert "beschädigt" in ran.err
    assert "nichts geöffnet und nichts verändert" in ran.err
    assert opened == []
    assert fingerprint(two.parent) == before


def test_where_copies_are_no_new_database_is_offered(
    run: Run, two: Path, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    two.unlink()
    typed(monkeypatch, "j")
    assert run("--db", two).status == 1
    assert not two.exists()
    typed(monkeypatch, "1")
    assert run("--db", two).status == 0
    assert opened == [(False, 4)]


def test_an_empty_file_without_a_copy_asks_nothing(
    run: Run, tmp_path: Path, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    def asked(_question: str) -> str:
        raise AssertionError("there is nothing to choose")

    monkeypatch.setattr("builtins.input", asked)
    path = tmp_path / "leer.sqlite"
    path.touch()
    ran = run("--db", path)
    assert (ran.status, opened) == (1, [])
    assert path.read_bytes() == b""


def test_check_saves_and_repairs(run: Run, two: Path, tmp_path: Path) -> None:
    before = fingerprint(broken(two).parent)
    for words in ([], ["--repair"]):
        ran = run("check", *words, "--db", two)
        assert ran.status == 1
        assert "check --retten ORDNER" in ran.err
    assert run("check", "--retten", tmp_path / "neu", "--db", two).status == 0
    assert fingerprint(two.parent) == before
    saved = tmp_path / "neu" / "gerettet.sqlite"
    ran = run("check", "--repair", "--db", saved)
    assert "vor-reparatur" in ran.out
    assert "Anlage" not in ran.err
    assert len(run("inbox", "--db", saved).out.splitlines()) == 6
