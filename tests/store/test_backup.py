"""A copy counts only when it was checked."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import stat
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.store.backup import copying, integrity_problems, make_backup
from ob_buero_tui.store.backup.listing import copies

NOW = datetime(2026, 11, 25, 8, 42, tzinfo=UTC)


def content(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return list(connection.iterdump())


def test_a_copy_is_equal_checked_and_private(database: Path, backups: Path) -> None:
    copy = make_backup(database, backups, NOW)
    assert copy.name == "buero-2026-11-25-084200.sqlite"
    assert content(copy) == content(database)
    checksum = copy.with_name(copy.name + ".sha256")
    digest = hashlib.sha256(copy.read_bytes()).hexdigest()
    assert checksum.read_text(encoding="utf-8") == f"{digest}  {copy.name}\n"
    contents = copy.with_name(copy.name + ".json")
    modes = {stat.S_IMODE(item.stat().st_mode) for item in (copy, checksum, contents)}
    assert modes == {0o600}
    assert stat.S_IMODE(backups.stat().st_mode) == 0o700
    assert {item.name for item in backups.iterdir()} == {copy.name, checksum.name, contents.name}


def test_a_copy_for_a_group_may_be_read_and_written_by_it(database: Path, tmp_path: Path) -> None:
    folder = tmp_path / "gruppe" / "sicherungen"
    before = os.umask(0o077)
    try:
        make_backup(database, folder, NOW, mode=0o660)
    finally:
        os.umask(before)
    modes = {stat.S_IMODE(item.stat().st_mode) for item in folder.iterdir()}
    assert modes == {0o660}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o770


def test_a_copy_is_made_while_another_desk_reads_and_holds_the_lock(database: Path, backups: Path) -> None:
    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute("INSERT INTO desk(account, initials) VALUES ('a', 'A')")
        copy = make_backup(database, backups, NOW)
        other.execute("COMMIT")
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("SELECT count(*) FROM desk").fetchone() == (0,)


def test_a_desk_that_never_lets_go_of_the_lock_is_told_of(
    database: Path, backups: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copying, "LOCK_SECONDS", 0.0, raising=False)
    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(Refusal, match="Ein anderer Arbeitsplatz schreibt gerade"):
            make_backup(database, backups, NOW)
    assert list(backups.iterdir()) == []


def test_a_damaged_copy_is_thrown_away(
    database: Path, backups: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy_file = copying._copy

    def spoil(source: Path, target: Path) -> None:
        copy_file(source, target)
        with target.open("r+b") as file:
            file.seek(4096 * 3)
            file.write(b"\xff" * 100)

    monkeypatch.setattr(copying, "_copy", spoil)
    with pytest.raises(Refusal, match="Sicherung wurde verworfen"):
        make_backup(database, backups, NOW)
    assert list(backups.iterdir()) == []


def test_a_copy_that_cannot_be_written_is_told(
    database: Path, backups: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_source: Path, _target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(copying, "_copy", full)
    with pytest.raises(Refusal, match="Prüfen Sie freien Platz"):
        make_backup(database, backups, NOW)
    assert list(backups.iterdir()) == []


def test_the_newest_copy_of_this_database_is_known(database: Path, backups: Path) -> None:
    assert copies(database, backups) == []
    made = [make_backup(database, backups, NOW + timedelta(hours=hour), label="x"[:hour]) for hour in (0, 1)]
    (backups / "buero-archiv-2027-01-01-000000.sqlite").touch()
    assert copies(database, backups)[0].path == made[1]


def test_a_file_with_broken_references_is_copied_all_the_same(database: Path, backups: Path) -> None:
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA foreign_keys=OFF")
        connection.execute("INSERT INTO draft(desk_id, form, \"values\", saved_at) VALUES (7, 'x', '{}', '')")
        connection.commit()
    assert integrity_problems(database) == []
    assert make_backup(database, backups, NOW).exists()
