"""`fetch`: council data from an endpoint, told as text and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cli_kit import Run

from oparl_server import SCHEMA, Answer, Ris, serving


def session(number: int) -> dict[str, Any]:
    """A session."""
    return {
        "id": f"https://ris.example.org/meeting/{number}",
        "type": f"{SCHEMA}/Meeting",
        "name": f"{number}. Sitzung",
        "start": f"2026-12-0{number}T17:00:00+01:00",
        "modified": "2026-11-01T08:00:00+01:00",
    }


@pytest.fixture
def ris(monkeypatch: pytest.MonkeyPatch) -> Iterator[Ris]:
    """A council information system with three sessions."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with serving() as found:
        found.lists["meetings"] = [session(number) for number in (1, 2, 3)]
        yield found


def test_an_endpoint_is_fetched_and_known_by_its_address_afterwards(run: Run, db: Path, ris: Ris) -> None:
    ran = run("fetch", "--db", db)
    assert (ran.status, ran.out) == (1, "")
    assert "Noch ist keine Schnittstelle bekannt." in ran.err
    ran = run("fetch", ris.system, "--db", db)
    assert (ran.status, ran.err) == (0, "")
    told = "Stadt Beispiel: 3 Sitzungen, 1 Körperschaft und 1 Ratsinformationssystem neu"
    assert ran.out.startswith(told)
    again = run("fetch", "--db", db)
    assert "nichts Neues" in again.out
    assert "Gefragt war nach Änderungen seit 25.11.2026, 09:27." in again.out
    (shape,) = json.loads(run("fetch", "--full", "--json", "--db", db).out)["endpoints"]
    assert (shape["url"], shape["since"], shape["new"], shape["left"]) == (ris.system, None, {}, 0)


def test_what_did_not_come_is_said_and_told_by_the_status(run: Run, db: Path, ris: Ris) -> None:
    ris.odd["/meetings?page=2"] = Answer(status=500)
    ran = run("fetch", ris.system, "--db", db)
    assert ran.status == 1
    assert "1 Liste bleibt für das nächste Mal." in ran.out
    assert ran.err.startswith("Stadt Beispiel: Sitzungen: Der Server meldet einen Fehler (500).")
    refused = run("fetch", "ftp://ris.example.org/", "--db", db)
    assert (refused.status, "keine Adresse im Web" in refused.err) == (1, True)
