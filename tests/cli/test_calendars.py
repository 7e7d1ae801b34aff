"""`calendars sync`: what Outlook leads is read, what the office leads is published, as text and as JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cli_kit import Run

from calendars_kit import ics, vevent

CALENDARS = """\
[[calendars]]
key = "ob"
label = "Oberbürgermeisterin"
short = "OB"
role = "ob"
leads = "outlook"
source = "{source}"

[[calendars]]
key = "rat"
label = "Sitzungen"
short = "Rat"
role = "rat"
publish = "{publish}"
"""


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file that Outlook writes; the settings name an office that says so."""
    (tmp_path / "büro" / "catalog").mkdir(parents=True)
    (tmp_path / "raus").mkdir()
    path = tmp_path / "ob.ics"
    text = CALENDARS.format(source=path, publish=tmp_path / "raus")
    (tmp_path / "büro" / "catalog" / "representation.toml").write_text(text, encoding="utf-8")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    folder = tmp_path / "config" / "ob-buero"
    folder.mkdir(parents=True)
    named = f'office_folder = "{tmp_path / "büro"}"\n'
    (folder / "einstellungen.toml").write_text(named, encoding="utf-8")
    return path


def test_what_was_read_and_published(run: Run, db: Path, source: Path) -> None:
    source.write_text(ics(vevent("neu"), vevent("zwei")), encoding="utf-8")
    ran = run("calendars", "sync", "--db", db)
    assert ran.status == 0, ran.err
    assert ran.out.splitlines() == ["Oberbürgermeisterin: 2 Termine neu.", "Sitzungen: veröffentlicht."]
    again = json.loads(run("calendars", "sync", "--json", "--db", db).out)
    (read,) = again["read"]
    assert (read["new"], read["problems"], again["pending"]) == (0, [], 0)
    assert again["published"] == [{"calendar": "rat", "written": False, "problem": None}]


def test_what_is_wrong_is_said_and_told_by_the_status(run: Run, db: Path, source: Path) -> None:
    ran = run("calendars", "sync", "--db", db)
    assert ran.status == 1
    assert "ist nicht zu lesen" in ran.err
    assert "Es wurde nichts entfernt." in ran.err


def test_an_office_without_such_calendars_is_told_so(run: Run, db: Path) -> None:
    ran = run("calendars", "sync", "--db", db)
    assert ran.status == 0
    assert "Kein Kalender wird von Outlook geführt" in ran.out
