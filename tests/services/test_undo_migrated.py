"""Undo and redo of steps from before the second schema: their journal knows fewer columns than the tables."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from ob_buero_tui.office import Office
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.people import editing
from ob_buero_tui.services.undo import redo, undo
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store import schema

PERSON: dict[str, object] = {
    "family_name": "Beispiel",
    "given_name": "Erika",
    "honorific_prefix": "Dr.",
    "gender": "",
    "email": "erika@example.org",
    "tel": "",
    "street_address": "",
    "postal_code": "",
    "locality": "Lindenau",
    "deceased_on": None,
    "note": "",
    "confidentiality": "intern",
}
ORGANIZATION: dict[str, object] = {
    "name": "Turnverein Lindenau",
    "organization_type": "",
    "classification": "",
    "email": None,
    "tel": "",
    "street_address": "",
    "postal_code": "",
    "locality": "",
    "note": "",
    "confidentiality": "intern",
}
MEMBERSHIP: dict[str, object] = {
    "person_id": 1,
    "organization_id": 1,
    "on_behalf_of_id": None,
    "role": "Vorsitz",
    "start_date": None,
    "end_date": None,
}
ROWS = {"person": PERSON, "organization": ORGANIZATION, "membership": MEMBERSHIP}

Dump = Callable[[Workplace], dict[str, Any]]


@pytest.fixture
def first_schema(tmp_path: Path) -> Path:
    """A database of the first schema with a desk, and nothing done yet; the fixtures' desk opens it."""
    path = tmp_path / "büro" / "buero.sqlite"
    path.parent.mkdir(mode=0o700)
    frozen = Path(schema.__file__).parent / "migrations/versions/0001_first_schema.sql"
    with closing(sqlite3.connect(path)) as connection:
        for paragraph in frozen.read_text(encoding="utf-8").split("\n\n"):
            if not paragraph.startswith("--"):
                connection.execute(paragraph)
        connection.execute(f"CREATE TABLE alembic_version ({schema.ALEMBIC_COLUMN})")
        connection.execute("INSERT INTO alembic_version VALUES ('0001')")
        connection.execute(f"PRAGMA application_id={schema.APPLICATION_ID}")
        connection.execute("PRAGMA user_version=1")
        connection.execute("INSERT INTO desk(account, initials) VALUES ('petra.sander', 'PS')")
        connection.commit()
    path.chmod(0o600)
    return path


@pytest.fixture
def database(first_schema: Path) -> Path:
    """In the place of the template's copy: what `open_desk` opens, and thereby migrates."""
    return first_schema


def journal(path: Path, operation: str) -> None:
    """One step of the old program, as it stood in its journal."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(
            "INSERT INTO action(verb, at, desk_id, params, left_house)"
            " VALUES ('import_mail', '2026-11-20T08:00:00Z', 1, '{}', '')"
        )
        for table, values in ROWS.items():
            row = {"id": 1, **values}
            if operation == "insert":
                marks = ", ".join("?" for _ in row)
                names = ", ".join(row)
                connection.execute(
                    f"INSERT INTO {table}({names}, version) VALUES ({marks}, 1)",  # noqa: S608
                    list(row.values()),
                )
            column = "after" if operation == "insert" else "before"
            connection.execute(
                f"INSERT INTO change(action_id, table_name, row_id, operation, row_version, {column})"  # noqa: S608
                " VALUES (1, ?, 1, ?, 1, ?)",
                (table, operation, json.dumps(row)),
            )
        connection.commit()


def test_an_import_of_the_first_schema_is_taken_back_and_brought_back(
    database: Path, open_desk: Callable[[str], Office], dump: Dump
) -> None:
    journal(database, "insert")
    place = open_desk("petra.sander").place
    before = dump(place)
    assert len(before["person"]) == 1
    for _ in range(2):
        undo(place)
        assert dump(place)["person"] == dump(place)["membership"] == []
        redo(place)
        assert dump(place) == before


def test_what_the_first_schema_deleted_comes_back_with_the_new_columns_filled(
    database: Path, open_desk: Callable[[str], Office], dump: Dump
) -> None:
    journal(database, "delete")
    place = open_desk("petra.sander").place
    gone = dump(place)
    undo(place)
    with closing(sqlite3.connect(database)) as connection:
        person = connection.execute("SELECT family_name, affix, locks, extra, rank FROM person").fetchall()
        body = connection.execute("SELECT name, short_name, mayor_attends FROM organization").fetchall()
        membership = connection.execute("SELECT person_id, role, extra FROM membership").fetchall()
    assert person == [("Beispiel", "", "[]", "{}", None)]
    assert body == [("Turnverein Lindenau", "", 1)]
    assert membership == [(1, "Vorsitz", "{}")]
    redo(place)
    assert dump(place) == gone


def test_what_was_entered_in_a_new_column_since_is_not_lost_by_taking_the_import_back(
    database: Path, open_desk: Callable[[str], Office], dump: Dump
) -> None:
    journal(database, "insert")
    place = open_desk("petra.sander").place
    editing.edit_contact(open_desk("karl.lorenz").place, "person", 1, {"affix": ""}, {"affix": "von"})
    before = dump(place)
    with pytest.raises(Refusal, match="danach geändert"):
        undo(place)
    assert dump(place) == before
