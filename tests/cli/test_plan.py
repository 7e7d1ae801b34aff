"""`plan`: a year computed, listed, shown and written, with what is wrong use of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from cli_kit import Run

from ob_buero_tui.exchange.sheet import read_table

Make = Callable[..., int]


@pytest.fixture
def bodies(make_meeting: Make) -> None:
    """Two bodies whose habits are read from their sessions; one sits in secret."""
    moment = datetime.fromisoformat
    for start in ("2026-09-10T17:00", "2026-10-08T17:00", "2026-11-05T17:00"):
        make_meeting(body="Stadtrat" if start < "2026-10" else 1, start=moment(start))
    for start in ("2026-09-14T16:00", "2026-10-12T16:00", "2026-11-09T16:00"):
        body = "Ältestenrat" if start < "2026-10" else 2
        make_meeting(body=body, start=moment(start), confidentiality="intern")


def test_a_year_is_planned_listed_and_written(run: Run, database: Path, bodies: None, tmp_path: Path) -> None:
    at = ("--db", database)
    assert "Noch ist kein Jahr geplant" in run("plan", *at).out
    made = run("plan", "propose", "2027", "--rounds", "2", *at)
    assert made.status == 0, made.err
    assert "Jahresplan 2027: 4 Termine" in made.out
    listed = json.loads(run("plan", "--json", *at).out)
    assert [(one["year"], one["variant"], one["state"]) for one in listed] == [
        (2027, "A", "entwurf"),
        (2027, "B", "entwurf"),
    ]
    shown = json.loads(run("plan", "show", "2027", "b", "--json", *at).out)
    assert (shown["variant"], len(shown["meetings"])) == ("B", 4)
    days = {
        (one["organization"], datetime.fromisoformat(one["start"]).weekday()) for one in shown["meetings"]
    }
    assert days <= {("Stadtrat", 3), ("Ältestenrat", 0)} or shown["cost"] > 0
    assert "Ältestenrat" in run("plan", "show", "2027", *at).out

    file = tmp_path / "plan.xlsx"
    told = run("plan", "export", "2027", "-o", file, "--audience", "public", *at)
    assert (told.status, told.out) == (0, f"„{file}“: 2 Termine geschrieben.\n")
    rows = read_table(file.read_bytes(), ".xlsx").rows
    assert sum(row[4] == "Stadtrat" for row in rows) == 2
    assert "Ältestenrat" not in str(rows)
    assert "Ältestenrat" not in run("plan", "export", "2027", "-o", "-", "--audience", "press", *at).out
    assert run("plan", "export", "2027", "-o", file, *at).status == 1
    assert run("plan", "export", "2027", "A", "-o", file, "--force", *at).status == 0


@pytest.mark.parametrize(
    ("words", "status", "says"),
    [
        (("show",), 2, "gehört ein Jahr"),
        (("export", "2027"), 2, "gehört eine Datei"),
        (("export", "2027", "-o", "plan.docx"), 2, ".pdf, .xlsx oder .txt"),
        (("show", "2031"), 1, "Einen Plan 2031 gibt es nicht."),
        (("propose", "2027"), 1, "Es lässt sich nichts planen."),
        (("frage",), 2, "steht „frage“ nicht zur Wahl"),
    ],
)
def test_what_does_not_go_says_why(
    run: Run, database: Path, words: tuple[str, ...], status: int, says: str
) -> None:
    ran = run("plan", *words, "--db", database)
    assert ran.status == status
    assert says in ran.err
