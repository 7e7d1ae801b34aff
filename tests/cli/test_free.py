"""`free`: free times in one line, as text and as JSON."""

from __future__ import annotations

import json
from pathlib import Path

from cli_kit import Run


def test_free_times_as_json(run: Run, db: Path) -> None:
    ran = run("free", "60 Minuten, 2.12.2026, mit Frau Unbekannt, 30 Minuten Fahrt", "--json", "--db", db)
    assert (ran.status, ran.err) == (0, "")
    found = json.loads(ran.out)
    assert (found["minutes"], found["first"], found["last"]) == (60, "2026-12-02", "2026-12-02")
    assert found["people"] == [{"name": "Frau Unbekannt", "calendar": "", "person_ids": []}]
    assert found["times"][0]["start"].startswith("2026-12-02T")
    assert found["times"][0]["start"].endswith("+01:00")
    assert found["notes"] == ["Von Frau Unbekannt ist in dieser Zeit kein Termin bekannt; bitte fragen."]


def test_free_times_as_text(run: Run, db: Path) -> None:
    ran = run("free", "60", "Minuten,", "2.12.2026", "--db", db)
    assert ran.status == 0
    assert ran.out.splitlines()[0] == "1 Std. · 2.12.2026 · 08:00–18:00 Uhr · für OB"
    assert "Mi 2.12.2026" in ran.out.splitlines()[1]


def test_what_is_not_understood_is_wrong_use(run: Run, db: Path) -> None:
    ran = run("free", "irgendwann", "--db", db)
    assert (ran.status, ran.out) == (2, "")
    assert "irgendwann" in ran.err
