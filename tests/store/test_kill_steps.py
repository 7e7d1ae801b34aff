"""Killed at any point, a copy or a return leaves the old state or the new one; more: benchmarks/trust."""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kill_kit import kill_at, points_of
from ob_buero_tui.services.backups.keeping import is_due
from ob_buero_tui.services.backups.looking import loss_of
from ob_buero_tui.services.backups.places import BackupPlace
from ob_buero_tui.store import unclean
from ob_buero_tui.store.backup import latest_good, make_backup, restoring
from ob_buero_tui.store.soundness import integrity_problems

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no fork")
NOW = datetime(2026, 11, 25, 8, 42, tzinfo=UTC)


def fill(path: Path, initials: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DELETE FROM desk")
        rows = [(f"platz.{number}" + "x" * 200, initials) for number in range(400)]
        connection.executemany("INSERT INTO desk(account, initials) VALUES (?, ?)", rows)
        connection.commit()


def break_off(path: Path) -> None:
    """A process dies in the middle of a step, with half of it already in the file."""
    child = os.fork()
    if not child:
        connection = sqlite3.connect(path, isolation_level=None)
        connection.execute("PRAGMA cache_size=5")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("UPDATE desk SET initials = 'halb'")
        os._exit(0)
    os.waitpid(child, 0)
    assert unclean.has_journal(path)
    assert b"halb" in path.read_bytes()


def everybody(path: Path) -> set[str]:
    """The initials of all desks, as the next start finds them."""
    with closing(sqlite3.connect(path)) as connection:
        found = {row[0] for row in connection.execute("SELECT initials FROM desk")}
        assert connection.execute("SELECT count(*) FROM desk").fetchone() == (400,)
    assert integrity_problems(path) == []
    return found


@pytest.mark.parametrize("broken_off", [False, True])
def test_a_return_that_is_killed_leaves_the_old_file_or_the_new_one(
    database: Path, tmp_path: Path, broken_off: bool
) -> None:
    template, folder = database.parent, tmp_path / "probe"
    shutil.copyfile(database, template / "frisch")
    fill(database, "alt")
    fill(template / "frisch", "neu")
    if broken_off:
        break_off(database)
    path = folder / database.name

    def step() -> object:
        return restoring.put_in_place(folder / "frisch", path, NOW, 0o600)

    shutil.copytree(template, folder)
    points = points_of(step, folder)
    (kept,) = folder.glob(f"*{restoring.BEFORE}*.sqlite")
    assert everybody(kept) == {"alt"}, "what stood there is kept with its broken-off step"
    seen = set()
    for at in range(1, points + 2):
        shutil.rmtree(folder)
        shutil.copytree(template, folder)
        assert kill_at(step, folder, at) == (at <= points)
        seen |= everybody(path)
    assert seen == {"alt", "neu"}


def test_a_copy_that_is_killed_is_no_copy_and_the_next_one_is(database: Path, tmp_path: Path) -> None:
    folder = tmp_path / "probe"
    path, backups = folder / database.name, folder / "sicherungen"
    fill(database, "alt")

    def step() -> object:
        return make_backup(path, backups, NOW)

    shutil.copytree(database.parent, folder)
    points = points_of(step, folder)
    for at in range(1, points + 1, 15):
        shutil.rmtree(folder)
        shutil.copytree(database.parent, folder)
        assert kill_at(step, folder, at)
        for copy in backups.glob("*.sqlite"):
            assert everybody(copy) == {"alt"}
        assert everybody(path) == {"alt"}
        make_backup(path, backups, NOW)
        assert latest_good(path, (backups,)) is not None


def test_after_a_step_that_broke_off_a_copy_is_made_all_the_same(database: Path, backups: Path) -> None:
    """The first who comes after a power loss may be a migration or a command, which reads first."""
    fill(database, "alt")
    break_off(database)
    there = BackupPlace(path=database, folder=backups)
    assert is_due(there)
    assert loss_of(database, None, there) is None
    assert everybody(make_backup(database, backups, NOW)) == {"alt"}
    assert not unclean.has_journal(database)
    assert everybody(database) == {"alt"}
