"""`ob-buero` without a command: the one question of the first start, and what the app is opened on."""

from __future__ import annotations

import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from cli_kit import Run

from ob_buero_tui.office import Office


class App:
    """Stands in for the app: notes what it was opened on."""

    def __init__(self) -> None:
        self.opened: list[Office] = []
        self.status = 0

    def run_app(self, office: Office) -> int:
        self.opened.append(office)
        return self.status


@pytest.fixture
def app(monkeypatch: pytest.MonkeyPatch) -> App:
    stand_in = App()
    monkeypatch.setitem(sys.modules, "ob_buero_tui.tui.app", SimpleNamespace(run_app=stand_in.run_app))  # type: ignore[arg-type]
    return stand_in


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody sits in front of it; pytest's own streams are no terminal and change with every phase."""
    monkeypatch.setattr("ob_buero_tui.cli.desk._at_terminal", lambda: True)


def answer(monkeypatch: pytest.MonkeyPatch, typed: str | None) -> list[str]:
    """Types this at every question; None closes the input."""
    asked: list[str] = []

    def respond(question: str) -> str:
        asked.append(question)
        if typed is None:
            raise EOFError
        return typed

    monkeypatch.setattr("builtins.input", respond)
    return asked


@pytest.mark.usefixtures("terminal")
def test_nothing_is_created_while_the_drive_of_the_copies_is_away(
    run: Run, tmp_path: Path, app: App, own_folders: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = answer(monkeypatch, "j")
    folder = own_folders / "config" / "ob-buero"
    folder.mkdir()
    (folder / "einstellungen.toml").write_text(f'backup_folder = "{tmp_path / "stick"}"\n', "utf-8")
    found = run("--db", tmp_path / "neu.sqlite")
    assert found.status
    assert "schließen Sie es an" in found.err
    assert not asked
    assert not app.opened
    assert not (tmp_path / "neu.sqlite").exists()


@pytest.mark.usefixtures("terminal")
def test_a_database_that_opens_asks_nothing(
    run: Run, db: Path, app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = answer(monkeypatch, None)
    assert run("--db", db).status == 0
    assert [office.path for office in app.opened] == [db]
    assert asked == []
    assert not list(db.parent.glob("*.offen-*")), "the office is closed again"


@pytest.mark.usefixtures("terminal")
@pytest.mark.parametrize("typed", ["", "j", "J", "ja", " Ja "])
def test_the_first_start_asks_once_and_creates(
    run: Run, tmp_path: Path, app: App, monkeypatch: pytest.MonkeyPatch, typed: str
) -> None:
    asked = answer(monkeypatch, typed)
    path = tmp_path / "neu" / "buero.sqlite"
    assert run("--db", path).status == 0
    assert asked == ["Neue Datenbank anlegen? [J/n] "]
    assert path.is_file()
    assert [office.path for office in app.opened] == [path]


@pytest.mark.usefixtures("terminal")
@pytest.mark.parametrize("typed", ["n", "nein", "vielleicht", None])
def test_any_other_answer_creates_nothing(
    run: Run, tmp_path: Path, app: App, monkeypatch: pytest.MonkeyPatch, typed: str | None
) -> None:
    answer(monkeypatch, typed)
    path = tmp_path / "neu" / "buero.sqlite"
    ran = run("--db", path)
    assert ran.status == 1
    assert "nichts angelegt" in ran.err
    assert not path.parent.exists()
    assert app.opened == []


@pytest.mark.parametrize("words", [[], ["demo"]])
def test_without_a_terminal_the_app_is_refused_with_another_way(
    run: Run, db: Path, app: App, own_folders: Path, words: list[str]
) -> None:
    ran = run("--db", db, *words)
    assert (ran.status, ran.out, app.opened) == (1, "", [])
    assert "braucht ein Terminal" in ran.err
    assert "ob-buero inbox" in ran.err
    assert list((own_folders / "cache").iterdir()) == [], "no demo is built that nobody sees"


@pytest.mark.usefixtures("terminal")
def test_the_apps_status_is_the_commands(run: Run, db: Path, app: App) -> None:
    app.status = 1
    assert run("--db", db).status == 1


@pytest.mark.usefixtures("terminal")
def test_a_wrong_setting_is_shown_in_the_app(run: Run, db: Path, app: App, own_folders: Path) -> None:
    folder = own_folders / "config" / "ob-buero"
    folder.mkdir()
    (folder / "einstellungen.toml").write_text('theme = "bunt"\n', encoding="utf-8")
    run("--db", db)
    assert any("„theme“" in notice for notice in app.opened[0].notices)


@pytest.mark.usefixtures("terminal")
def test_an_app_that_breaks_leaves_one_sentence_and_a_closed_office(
    run: Run, db: Path, app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_office: Office) -> int:
        raise RuntimeError("x")

    monkeypatch.setattr(sys.modules["ob_buero_tui.tui.app"], "run_app", broken)
    ran = run("--db", db)
    assert ran.status == 1
    assert "unerwarteter Fehler" in ran.err
    assert not list(db.parent.glob("*.offen-*"))
