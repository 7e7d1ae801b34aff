"""Opening an office: markers, migration, reading only, rights of the files."""

from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ob_buero_tui.catalog.load import load_catalog
from ob_buero_tui.catalog.model import Catalog
from ob_buero_tui.config import Mode, Settings
from ob_buero_tui.office import Office, backup_folder, create_office, open_office
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.drafts import save_draft
from ob_buero_tui.store import opening, schema, unclean
from ob_buero_tui.store.backup import make_backup

NOW = datetime(2026, 11, 25, 8, 42, tzinfo=UTC)


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog()


@pytest.fixture
def open_it(database: Path, catalog: Catalog) -> Callable[..., Office]:
    def opened(settings: Settings | None = None) -> Office:
        settings = settings or Settings()
        return open_office(database, settings, catalog=catalog, clock=lambda: NOW, account="petra.sander")

    return opened


def test_a_missing_database_is_not_created(tmp_path: Path, catalog: Catalog) -> None:
    with pytest.raises(Refusal, match="ob-buero init"):
        open_office(tmp_path / "buero.sqlite", Settings(), catalog=catalog, account="ps")
    assert list(tmp_path.glob("buero*")) == []


def test_a_marker_stands_while_the_office_is_open(database: Path, open_it: Callable[..., Office]) -> None:
    office = open_it()
    assert unclean.marker(database).exists()
    assert office.needs_full_check
    office.close()
    assert [item.name for item in database.parent.iterdir()] == ["buero.sqlite"]


OPEN_AND_DIE = """
import os, sys
from pathlib import Path
from ob_buero_tui.config import Settings
from ob_buero_tui.office import open_office
open_office(Path(sys.argv[1]), Settings(), account="karl.lorenz")
os.kill(os.getpid(), 9)
"""


def test_after_a_crash_the_full_check_runs_on_opening(
    database: Path, open_it: Callable[..., Office], monkeypatch: pytest.MonkeyPatch
) -> None:
    subprocess.run([sys.executable, "-c", OPEN_AND_DIE, database], check=False)
    checks: list[bool] = []
    problems = unclean.problems

    def watched(path: Path, *, full: bool) -> list[str]:
        checks.append(full)
        return problems(path, full=full)

    monkeypatch.setattr(unclean, "problems", watched)
    first = open_it()
    assert not first.needs_full_check
    first.close()
    open_it().close()
    assert checks == [True, False]
    assert [item.name for item in database.parent.iterdir()] == ["buero.sqlite"]


def test_without_the_right_to_write_the_office_opens_for_reading(
    database: Path, open_it: Callable[..., Office], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = database.read_bytes()
    access = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: path != database and access(path, mode))
    office = open_it()
    assert office.place.read_only
    assert any("nur zum Lesen" in notice for notice in office.notices)
    assert not save_draft(office.place, "x", {})
    office.close()
    assert database.read_bytes() == before
    assert [item.name for item in database.parent.iterdir()] == ["buero.sqlite"]


def test_an_older_database_is_brought_up_to_date_and_says_so(
    database: Path, open_it: Callable[..., Office], monkeypatch: pytest.MonkeyPatch
) -> None:
    def raise_ordinal(path: Path) -> None:
        with closing(sqlite3.connect(path)) as connection:
            connection.execute(f"PRAGMA user_version={schema.SCHEMA}")

    newer = schema.SCHEMA + 1
    for module in (schema, opening):
        monkeypatch.setattr(module, "SCHEMA", newer)
    monkeypatch.setattr(schema, "_upgrade", raise_ordinal)
    office = open_it()
    office.close()
    (copy,) = backup_folder(database).glob("*.sqlite")
    assert any(copy.name in notice for notice in office.notices)
    again = open_it()
    assert again.notices == ()
    again.close()


@pytest.mark.parametrize(("mode", "rights"), [(Mode.EINZELPLATZ, 0o600), (Mode.GRUPPE, 0o660)])
def test_all_files_of_an_office_have_the_rights_of_its_mode(
    tmp_path: Path, catalog: Catalog, mode: Mode, rights: int
) -> None:
    path = tmp_path / "amt" / "buero.sqlite"
    settings = replace(Settings(), mode=mode)
    create_office(path, settings)
    office = open_office(path, settings, catalog=catalog, account="ps")
    attached = office.place.attachments.path(office.place.attachments.store(b"%PDF"))
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO desk(account, initials) VALUES ('a', 'A')")
        files = (path, unclean.journal_of(path), unclean.marker(path), attached)
        assert {stat.S_IMODE(item.stat().st_mode) for item in files} == {rights}
    office.close()


def test_what_a_killed_process_left_beside_the_database_goes_at_the_next_opening(
    database: Path, open_it: Callable[..., Office]
) -> None:
    alive = unclean.process_token()
    dead = f"{alive.rpartition('-')[0]}-1"
    for token in (alive, dead):
        database.with_name(f"{database.name}.neu-{token}").write_bytes(b"SQLite")
        private = database.with_name(f".{database.name}-probe-{token}-abc")
        private.mkdir()
        (private / "buero.sqlite").write_bytes(b"SQLite")
    kept = [database.with_name(f"buero-2026-11-{day}-084200-vor-rueckkehr.sqlite") for day in (20, 24)]
    for item in kept:
        item.write_bytes(b"SQLite")
        unclean.journal_of(item).write_bytes(b"halb")
    open_it().close()
    assert [item.exists() for item in kept] == [True, True], "no copy is newer"
    make_backup(database, backup_folder(database), NOW)
    open_it().close()
    left = {item.name for item in database.parent.iterdir()}
    assert not [name for name in left if dead in name]
    assert sum(alive in name for name in left) == 2
    assert [item.exists() for item in kept] == [False, True]
    assert [unclean.journal_of(item).exists() for item in kept] == [False, True]
