"""`person-report` and `retention`: found by number and by name, as text, JSON and PDF; nothing is changed."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from ob_buero_tui.cli.main import main
from ob_buero_tui.office import Office
from ob_buero_tui.services.people.editing import create_contact
from ob_buero_tui.services.requests.verbs import note
from ob_buero_tui.services.work import transaction
from ob_buero_tui.store.requests import Request


@pytest.fixture
def person(office: Office, make_request: Callable[..., int]) -> int:
    """A person with a request, named in another one, with an old closed request of nobody."""
    place = office.place
    values = {"given_name": "Hülya", "family_name": "Quittenbaum", "email": "h.q@example.org"}
    key = create_contact(place, "person", values).ids[0]
    make_request(subject="Bank am Weg", requester_id=key)
    other = make_request(subject="Schulfest")
    note(place, [other], "Frau Quittenbaum backt Kuchen. Herr Wacholder nicht.")
    old = make_request(subject="Alte Einladung", kind="einladung")
    with transaction(place, "note") as work:
        row = work.get(Request, old)
        row.closed_on, row.version = date(2001, 5, 1), row.version
    with transaction(place, "note") as work:
        work.session.connection().exec_driver_sql("UPDATE request SET closed = 1 WHERE id = ?", (old,))
        work.recorder.count += 1
    office.close()
    return key


def test_the_report_finds_a_person_by_number_and_by_name(
    person: int, database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["person-report", "--db", str(database), "--json", str(person)]) == 0
    shape = json.loads(capsys.readouterr().out)
    assert shape["linked"][0]["title"] == "Person Hülya Quittenbaum"
    values = {field["column"]: field["text"] for field in shape["linked"][0]["fields"]}
    assert values["email"] == "h.q@example.org"
    assert any("Bank am Weg" in one["title"] for one in shape["linked"])
    assert "Frau Quittenbaum" in shape["mentioned"][0]["fields"][0]["text"]
    assert main(["person-report", "--db", str(database), "Hülya", "Quittenbaum"]) == 0
    told = capsys.readouterr().out.splitlines()
    assert any("Text: Frau Quittenbaum backt Kuchen" in line for line in told)
    target = tmp_path / "auskunft.pdf"
    assert main(["person-report", "--db", str(database), str(person), "-o", str(target)]) == 0
    assert target.read_bytes().startswith(b"%PDF")
    assert target.stat().st_mode & 0o777 == 0o600
    assert main(["person-report", "--db", str(database), str(person), "-o", "auskunft.doc"]) == 2
    assert main(["person-report", "--db", str(database), "4711"]) == 1


def test_retention_lists_what_is_due(person: int, database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = database.read_bytes()
    assert main(["retention", "--db", str(database), "--json"]) == 0
    shape = json.loads(capsys.readouterr().out)
    assert [(one["table"], one["step"], one["kept_until"], one["unconfirmed"]) for one in shape] == [
        ("request", "vernichten", "2003-12-31", True)
    ]
    assert main(["retention", "--db", str(database)]) == 0
    assert "Alte Einladung" in capsys.readouterr().out
    assert database.read_bytes() == before
    assert person


def test_retention_notes_what_the_e_akte_has(
    person: int, database: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("UPDATE request SET filed_at = (SELECT max(at) FROM action) WHERE id = 1")
        (number,) = connection.execute("SELECT number FROM request WHERE id = 1").fetchone()
    asked = ["retention", "--db", str(database), "--uebernommen", number]
    assert main(asked) == 0
    assert capsys.readouterr().out == f"{number} von der E-Akte übernommen.\n"
    assert main([*asked, "2026-9999"]) == 1
    told = capsys.readouterr().err
    assert "Einen Eingang 2026-9999 gibt es nicht." in told
    assert "Die Übernahme ist schon vermerkt." in told
    assert person
