"""Several processes at one database, and processes that are killed: nothing acknowledged is lost."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest
from sqlalchemy import func, select

from ob_buero_tui.catalog.load import load_catalog
from ob_buero_tui.catalog.model import Catalog
from ob_buero_tui.config import Settings
from ob_buero_tui.office import Office, open_office
from ob_buero_tui.services.checking import check_database
from ob_buero_tui.services.requests import verbs
from ob_buero_tui.services.undo import undo
from ob_buero_tui.services.work import transaction
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.journal import Action, Change
from ob_buero_tui.store.requests import Request, RequestNumber
from ob_buero_tui.store.tasks import Note

NOW = datetime(2026, 11, 25, 8, 42, tzinfo=UTC)

DESK = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from ob_buero_tui.config import Settings
from ob_buero_tui.office import open_office
from ob_buero_tui.services.requests import verbs
from ob_buero_tui.services.work import transaction
from ob_buero_tui.store.requests import Request

path, account = sys.argv[1:3]
now = datetime(2026, 11, 25, 8, 42, tzinfo=UTC)
office = open_office(Path(path), Settings(), clock=lambda: now, account=account)
place = office.place
print("da", flush=True)
sys.stdin.readline()
"""

COUNT_UP = """
for number in range(50):
    with transaction(place, "edit_request") as work:
        request = work.get(Request, 1)
        request.fields = request.fields | {"n": request.fields["n"] + 1, account: number}
    verbs.note(place, [1, 2], f"{account} {number}")
office.close()
"""

WRITE_FOR_EVER = """
number = 0
while True:
    verbs.note(place, [1, 2], f"{account} {number} " + "x" * 3000)
    print(number, flush=True)
    number += 1
"""


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog()


@pytest.fixture
def office(database: Path, catalog: Catalog) -> Iterator[Office]:
    opened = open_office(database, Settings(), catalog=catalog, clock=lambda: NOW, account="petra.sander")
    with transaction(opened.place, "import_mail") as work:
        for number in (1, 2):
            values = {"fields": {"n": 0}, "intake_notes": [], "received_at": work.at}
            work.session.add(Request(number=f"2026-{number:04}", subject="Anfrage", **values))
        work.session.flush()
        rows = [{"year": 2026, "serial": key, "request_id": key, "state": "vergeben"} for key in (1, 2)]
        work.session.connection().execute(RequestNumber.__table__.insert(), rows)
    yield opened
    opened.close()


def start(database: Path, account: str, script: str) -> subprocess.Popen[str]:
    """A process with a desk of its own, ready to begin."""
    command = [sys.executable, "-c", DESK + script, str(database), account]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    assert process.stdout.readline() == "da\n"
    return process


def begin(process: subprocess.Popen[str]) -> None:
    assert process.stdin
    process.stdin.write("los\n")
    process.stdin.flush()


def notes_and_their_journal_agree(place: Workplace) -> int:
    """Every note has its insert in the journal and every insert its note; returns how many there are."""
    with place.reading() as session:
        notes = {row.id: row.text for row in session.scalars(select(Note))}
        inserts = session.scalars(
            select(Change).where(Change.table_name == "note", Change.operation == "insert")
        ).all()
        assert {change.row_id: (change.after or {})["text"] for change in inserts} == notes
        known = set(session.scalars(select(Action.id)))
        assert {change.action_id for change in inserts} <= known
    return len(notes)


def test_two_processes_on_the_same_rows_lose_nothing(office: Office, database: Path) -> None:
    """100 use cases each, every other one a change based on what was read."""
    desks = [start(database, account, COUNT_UP) for account in ("anna", "bert")]
    for desk in desks:
        begin(desk)
    for desk in desks:
        assert desk.wait(120) == 0
        assert desk.stdout
        desk.stdout.close()
    place = office.place
    with place.reading() as session:
        assert session.get_one(Request, 1).fields == {"n": 100, "anna": 49, "bert": 49}
        edits = session.scalars(
            select(Change)
            .join(Action, Action.id == Change.action_id)
            .where(Action.verb == "edit_request")
            .order_by(Change.id)
        ).all()
        assert session.scalar(select(func.count()).select_from(Action)) == 1 + 200
    counted = [json.loads((edit.after or {})["fields"])["n"] for edit in edits]
    assert counted == list(range(1, 101))
    for earlier, later in pairwise(edits):
        assert later.before == earlier.after
        assert later.row_version == earlier.row_version + 1
    assert notes_and_their_journal_agree(place) == 200
    assert check_database(database, place).lines == ()


def test_a_killed_writer_loses_nothing_it_had_acknowledged(
    office: Office, database: Path, catalog: Catalog
) -> None:
    place = office.place
    kept = 0
    chance = random.Random(20261125)  # noqa: S311 a fixed series of moments
    for kill in range(3):  # 200 of them: benchmarks.trust kills
        writer = start(database, f"schreiber{kill}", WRITE_FOR_EVER)
        begin(writer)
        assert writer.stdout
        printed = [writer.stdout.readline() for _ in range(chance.randrange(3, 25))]
        writer.kill()
        # What it printed before it died was committed before it was printed.
        acknowledged = len(printed) + writer.stdout.read().count("\n")
        writer.wait(30)
        writer.stdout.close()
        again = open_office(database, Settings(), catalog=catalog, clock=lambda: NOW, account="nachher")
        assert not again.needs_full_check
        notes = notes_and_their_journal_agree(again.place)
        assert notes % 2 == 0, "a batch is written as a whole"
        assert notes >= kept + 2 * acknowledged
        kept = notes
        assert check_database(database, again.place).lines == ()
        again.close()
    verbs.note(place, [1], "geht weiter")
    undo(place)
    with place.reading() as session:
        assert session.scalar(select(func.count()).select_from(Note)) == kept
