"""`tasks`: the JSON to the last key, the text, the days, the audience."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from cli_kit import Ran, Run

from ob_buero_tui.config import Settings
from ob_buero_tui.office import open_office
from ob_buero_tui.rules.visibility import Confidentiality
from ob_buero_tui.services.follow_ups.verbs import add_task, tick_tasks
from ob_buero_tui.services.requests.editing import classify

FLOWERS = "Blumen \ufffd[31mbestellen"
"""What is left of an escape sequence: it acts on no terminal."""

KEYS = [
    "id",
    "label",
    "due_on",
    "due_time",
    "due_text",
    "overdue",
    "number",
    "subject",
    "assigned_to",
    "done",
]


@pytest.fixture
def with_tasks(db: Path) -> Path:
    """The office with three open tasks and one that is done."""
    office = open_office(db, Settings(), account="petra.sander")
    place = office.place
    add_task(place, "Blumen \x1b[31mbestellen", date(2026, 11, 27), request_id=2)
    add_task(place, "Rückruf", date(2026, 11, 25), request_id=1)
    add_task(place, "Schlüssel holen")
    tick_tasks(place, add_task(place, "fertig", date(2026, 11, 25)).ids)
    classify(place, [2], Confidentiality.VERTRAULICH)
    office.close()
    return db


def document(ran: Ran) -> Any:
    """The JSON a command printed, which is all it printed."""
    assert (ran.status, ran.err) == (0, "")
    return json.loads(ran.out)


def test_the_tasks_have_their_keys_and_stand_by_date(run: Run, with_tasks: Path) -> None:
    listed = document(run("tasks", "--json", "--db", with_tasks))
    assert [list(one) for one in listed] == [KEYS] * 3
    assert [(one["label"], one["due_on"]) for one in listed] == [
        ("Rückruf", "2026-11-25"),
        (FLOWERS, "2026-11-27"),
        ("Schlüssel holen", None),
    ]
    first, _, free = listed
    assert (first["number"], first["subject"]) == ("2026-0001", "Grusswort fuer die Festschrift")
    assert (first["assigned_to"], first["done"], first["overdue"]) == ("PS", False, False)
    assert (free["number"], free["subject"]) == (None, "")


@pytest.mark.parametrize(
    ("options", "labels"),
    [
        (["--until", "heute"], ["Rückruf"]),
        (["--until", "fr"], ["Rückruf", FLOWERS]),
        (["--all"], ["Rückruf", FLOWERS, "Schlüssel holen", "fertig"]),
        (["--audience", "deputy"], ["Rückruf", "belegt", "Schlüssel holen"]),
        (["--audience", "deputy", "--until", "fr"], ["Rückruf"]),
        (["--audience", "press"], []),
        (["--audience", "public", "--all"], []),
    ],
)
def test_what_is_listed(run: Run, with_tasks: Path, options: list[str], labels: list[str]) -> None:
    listed = document(run("tasks", "--json", *options, "--db", with_tasks))
    assert [one["label"] for one in listed] == labels


def test_the_text(run: Run, with_tasks: Path, db: Path) -> None:
    told = run("tasks", "--db", with_tasks).out.splitlines()
    assert told[0].split() == ["Bis", "Aufgabe", "Nummer", "Betreff", "Wer"]
    assert told[1].startswith("Mi 25.11.2026")
    assert told[3].split() == ["ohne", "Schlüssel", "holen", "PS"]
    assert run("tasks", "--audience", "press", "--db", with_tasks).out == "Hier ist nichts zu tun.\n"


def test_a_day_that_is_none_is_wrong_use(run: Run, db: Path) -> None:
    ran = run("tasks", "--until", "irgendwann", "--db", db)
    assert (ran.status, ran.out) == (2, "")
    assert "wurde nicht als Tag verstanden" in ran.err
