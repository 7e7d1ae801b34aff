"""Processes at one encrypted database, a killed one among them, and the migration of an older one."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
import test_processes
from test_processes import WRITE_FOR_EVER, begin, catalog, notes_and_their_journal_agree, office, start
from test_schema import newer_program

from ob_buero_tui.catalog.model import Catalog
from ob_buero_tui.config import Settings
from ob_buero_tui.office import Office, open_office
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.checking import check_database
from ob_buero_tui.services.unlocking import WrongPassword, unlock
from ob_buero_tui.store import connecting, opening, schema, unclean
from ob_buero_tui.store.opening import FileState, Look
from tresor_kit import AS_IN_A_CHILD, NOW, OTHER, PASSWORD, another_process, no_password_stays, sealed_copy

__all__ = ["catalog", "newer_program", "no_password_stays", "office"]

TEN_NOTES = """
for number in range(10):
    verbs.note(place, [1, 2], f"{account} {number}")
office.close()
"""
BREAK_OFF = """
import os
connection = connecting.connect(Path(sys.argv[1]), "rw", isolation_level=None)
connection.execute("PRAGMA cache_size=5")
connection.execute("BEGIN IMMEDIATE")
connection.execute("CREATE TABLE halb AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n"
                   " WHERE i < 4000) SELECT i, hex(randomblob(50)) FROM n")
connection.execute("UPDATE halb SET i = 0")
os.kill(os.getpid(), 9)
"""


@pytest.fixture
def database(empty_database: Path, tmp_path: Path) -> Path:
    """Instead of the plain one; its password is told."""
    return sealed_copy(empty_database, tmp_path / "büro eins")


def test_two_processes_and_a_killed_one_lose_nothing(
    office: Office, database: Path, catalog: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(test_processes, "DESK", AS_IN_A_CHILD + test_processes.DESK)
    other = start(database, "anna", TEN_NOTES)
    killed = start(database, "clara", WRITE_FOR_EVER)
    for desk in (killed, other):
        begin(desk)
    assert killed.stdout
    printed = [killed.stdout.readline() for _ in range(5)]
    killed.kill()
    acknowledged = len(printed) + killed.stdout.read().count("\n")
    killed.wait(30)
    killed.stdout.close()
    assert other.wait(60) == 0
    assert other.stdout
    other.stdout.close()
    again = open_office(database, Settings(), catalog=catalog, clock=lambda: NOW, account="nachher")
    notes = notes_and_their_journal_agree(again.place)
    assert notes >= 2 * (10 + acknowledged)
    assert check_database(database, again.place).lines == ()
    again.close()


def test_a_step_broken_off_is_rolled_back_and_survives_a_wrong_password(
    database: Path, backups: Path
) -> None:
    before = whole(database)
    subprocess.run([sys.executable, "-c", AS_IN_A_CHILD + BREAK_OFF, database], check=False)
    assert unclean.has_journal(database)
    left = {item.name: item.read_bytes() for item in database.parent.iterdir()}
    another_process()
    with pytest.raises(WrongPassword):
        unlock(database, OTHER)
    unlock(database, PASSWORD)
    assert opening.look(database, backups) == Look(state=FileState.READY, unclean=True)
    assert {item.name: item.read_bytes() for item in database.parent.iterdir()} == left
    with closing(connecting.connect(database, "rw")) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert whole(database) == before


def whole(path: Path) -> list[tuple[str, ...]]:
    with closing(connecting.connect(path, "ro")) as connection:
        return connection.execute("SELECT name, sql FROM sqlite_schema").fetchall()


@pytest.mark.parametrize("broken", [(), ("SELECT nichts FROM nirgends",)])
def test_a_migration_of_an_encrypted_file_leaves_an_encrypted_copy(
    database: Path, backups: Path, newer_program: Callable[..., None], broken: tuple[str, ...]
) -> None:
    before = database.read_bytes()
    newer_program(*broken)
    if broken:
        with pytest.raises(Refusal, match="unverändert geblieben"):
            schema.migrate(database, backups, NOW)
        assert database.read_bytes() == before
    else:
        copy = schema.migrate(database, backups, NOW)
        assert "kuerzel" in str(whole(database))
        connecting.share_password(copy, database)
        assert "kuerzel" not in str(whole(copy))
    assert not [copy for copy in backups.glob("*.sqlite") if copy.read_bytes()[:6] == b"SQLite"]
