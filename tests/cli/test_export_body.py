"""`export ics --body`: the sessions of one body as a calendar file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from cli_kit import Run

HOME = "https://ris.example.org"
BODIES = {1: ("Stadtrat", "Rat"), 2: ("Ausschuss für Bau und Verkehr", "ABV"), 3: ("Bauausschuss", "BA")}


def an(type_: str, number: int, **values: Any) -> dict[str, Any]:
    """An object of OParl."""
    home = {"id": f"{HOME}/{type_}/{number}", "type": f"https://schema.oparl.org/1.1/{type_}"}
    return {**home, "modified": "2026-11-01T08:00:00+01:00", **values}


def session(number: int, *bodies: int, **values: Any) -> dict[str, Any]:
    """A session of these bodies."""
    names = [f"{HOME}/Organization/{body}" for body in bodies]
    start = f"2026-12-{number:02}T17:00:00+01:00"
    return an("Meeting", number, name=f"{number}. Sitzung", start=start, organization=names, **values)


@pytest.fixture
def council(run: Run, db: Path, tmp_path: Path) -> Path:
    """The office with three bodies and their sessions."""
    objects = [an("Organization", key, name=name, shortName=short) for key, (name, short) in BODIES.items()]
    objects += [session(1, 1), session(2, 2), session(3, 1, 2), session(4, 3, cancelled=True)]
    path = tmp_path / "rat.json"
    path.write_text(json.dumps(objects), encoding="utf-8")
    assert run("import", path, "--db", db).status == 0
    return db


def days(told: str) -> list[str]:
    """The days of the appointments in a calendar file."""
    lines = [line for line in told.splitlines() if line.startswith("DTSTART;TZID=Europe/Berlin:202612")]
    return [line.partition(":")[2][6:8] for line in lines]


def test_one_body_is_chosen_by_its_name_and_joint_sessions_belong_to_both(run: Run, council: Path) -> None:
    ran = run("export", "ics", "--body", "rat", "-o", "-", "--db", council)
    assert (ran.status, days(ran.out)) == (0, ["01", "03"])
    assert "X-WR-CALNAME:Stadtrat" in ran.out
    assert days(run("export", "ics", "--body", "abv", "-o", "-", "--db", council).out) == ["02", "03"]
    assert days(run("export", "ics", "--body", "Bauaus", "-o", "-", "--db", council).out) == ["04"]
    bounded = run("export", "ics", "--body", "Rat", "--from", "2.12.2026", "-o", "-", "--db", council)
    assert days(bounded.out) == ["03"]


def test_what_means_no_body_or_several_is_said(run: Run, council: Path) -> None:
    ran = run("export", "ics", "--body", "bau", "-o", "-", "--db", council)
    assert (ran.status, days(ran.out)) == (0, ["04"]), "what begins so counts more"
    ran = run("export", "ics", "--body", "ausschuss", "-o", "-", "--db", council)
    assert (ran.status, days(ran.out)) == (0, ["02", "03"])
    ran = run("export", "ics", "--body", "uss", "-o", "-", "--db", council)
    assert ran.status == 2
    assert "meint mehrere: Ausschuss für Bau und Verkehr oder Bauausschuss" in ran.err
    assert "gibt es nicht" in run("export", "ics", "--body", "Turnrat", "-o", "-", "--db", council).err
    assert run("export", "json", "--body", "Rat", "-o", "-", "--db", council).status == 2
