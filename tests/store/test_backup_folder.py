"""The folder of the copies: thinned, swept, shared attachments, and the second one on another drive."""

from __future__ import annotations

import os
import platform
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.store.attachments import AttachmentFolder
from ob_buero_tui.store.backup import copying, latest_good, make_backup
from ob_buero_tui.store.backup.contents import from_json
from ob_buero_tui.store.backup.copying import mirror
from ob_buero_tui.store.backup.listing import contents_of, copies
from ob_buero_tui.store.backup.pool import bring, pool_of
from ob_buero_tui.store.backup.thinning import thin

NOW = datetime(2026, 11, 25, 8, 42, tzinfo=UTC)
ZONE = ZoneInfo("Europe/Berlin")


def attach(database: Path, data: bytes) -> str:
    """A file that a row names, without the services above."""
    sha256 = AttachmentFolder(database).store(data)
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("DELETE FROM imported_file")
        connection.execute(
            "INSERT INTO imported_file(sha256, name, format, imported_at, version) VALUES (?, '', '', '', 1)",
            (sha256,),
        )
        connection.commit()
    return sha256


def copy_of(database: Path, folder: Path, days: float) -> Path:
    """A copy made so many days ago."""
    return make_backup(database, folder, NOW - timedelta(days=days))


def test_attachments_stay_as_long_as_a_copy_names_them(database: Path, backups: Path) -> None:
    old = attach(database, b"alt")
    copy_of(database, backups, 20.2)
    new = attach(database, b"neu")
    copy_of(database, backups, 20.1)
    copy_of(database, backups, 0)
    pool = pool_of(backups, database)
    assert pool.known() == {old, new}
    os.utime(pool.path(old), (0, 0))
    assert thin(database, backups, NOW, ZONE) == (backups / "buero-2026-11-05-035400.sqlite",)
    assert pool.known() == {new}
    assert len(copies(database, backups)) == 2
    # A copy that does not say what it needs keeps everything.
    for copy in copies(database, backups):
        contents_of(copy.path).unlink()
    attach(database, b"neuer")
    copy_of(database, backups, 0)
    thin(database, backups, NOW, ZONE)
    assert new in pool.known()


def test_what_another_desk_has_just_brought_and_not_yet_named_stays(database: Path, backups: Path) -> None:
    copy_of(database, backups, 0)
    sha256 = attach(database, b"Plan")
    office, pool = AttachmentFolder(database), pool_of(backups, database)
    bring(office, pool, [sha256])
    os.utime(pool.path(sha256), (0, 0))
    bring(office, pool, [sha256])  # it is there already, and is needed once more
    thin(database, backups, NOW, ZONE)
    assert pool.known() == {sha256}


def test_a_folder_that_fails_to_answer_once_loses_no_attachment(
    database: Path, backups: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    attach(database, b"Plan")
    copy = make_backup(database, backups, NOW)
    pool = pool_of(backups, database)
    os.utime(pool.path(next(iter(pool.known()))), (0, 0))
    listed = Path.iterdir
    for fails_at in (2, 3):
        asked: list[Path] = []

        def iterdir(folder: Path, asked: list[Path] = asked, fails_at: int = fails_at) -> Iterator[Path]:
            asked.extend([folder] if folder == backups else [])
            if folder == backups and len(asked) == fails_at:
                raise OSError(5, "Input/output error")
            return listed(folder)

        monkeypatch.setattr(Path, "iterdir", iterdir)
        thin(database, backups, NOW, ZONE)
    monkeypatch.undo()
    copy.rename(copy.with_suffix(".weg"))
    thin(database, backups, NOW, ZONE)
    assert len(pool.known()) == 1


def test_without_one_copy_that_is_read_in_full_and_whole_nothing_goes(database: Path, backups: Path) -> None:
    made = [copy_of(database, backups, days) for days in (30.2, 30.1)]
    for item in made:
        data = bytearray(item.read_bytes())
        data[-1] ^= 1  # the size is right, the sum is not
        item.write_bytes(bytes(data))
    assert latest_good(database, [backups]) is None
    assert thin(database, backups, NOW, ZONE) == ()
    good = copy_of(database, backups, 30.3)
    assert thin(database, backups, NOW, ZONE) == (made[0],)
    assert good.exists()
    found = latest_good(database, [backups])
    assert found is not None
    assert found.path == good


def test_what_a_killed_copy_left_goes_and_a_living_one_stays(database: Path, backups: Path) -> None:
    copy_of(database, backups, 0)
    dead = backups / f"buero-2026-11-25-080000.teil-{platform.node()}-999999999-5"
    living = backups / f"buero-2026-11-25-080000.teil-{platform.node()}-{os.getpid()}-"
    for item in (dead, dead.with_name(dead.name + "-journal"), living):
        item.touch()
    thin(database, backups, NOW, ZONE)
    assert not dead.exists()
    assert not dead.with_name(dead.name + "-journal").exists()
    assert living.exists()


def test_two_copies_of_one_second_are_two(database: Path, backups: Path) -> None:
    names = [make_backup(database, backups, NOW).name for _ in range(2)]
    assert names == ["buero-2026-11-25-084200.sqlite", "buero-2026-11-25-084200-2.sqlite"]
    assert {copy.path.name for copy in copies(database, backups)} == set(names)
    assert all(copy.believed_whole for copy in copies(database, backups))


def test_a_file_of_another_database_is_no_copy_of_this_one(database: Path, backups: Path) -> None:
    make_backup(database, backups, NOW)
    for name in ("buero-2-2026-11-25-084200.sqlite", "buero-2026-13-25-084200.sqlite", "buero-alt.sqlite"):
        (backups / name).touch()
    assert len(copies(database, backups)) == 1


def test_the_second_folder_is_read_again_after_writing(
    database: Path, backups: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sha256 = attach(database, b"Plan")
    copy = make_backup(database, backups, NOW)
    there = mirror(copy, database, tmp_path / "platte")
    assert there.read_bytes() == copy.read_bytes()
    assert pool_of(there.parent, database).read(sha256) == b"Plan"
    assert from_json(contents_of(there)) == from_json(contents_of(copy))
    whole = copying.copy_bytes

    def spoiled(source: Path, target: Path) -> None:
        whole(source, target)
        with target.open("r+b") as file:
            file.write(b"\xff")

    monkeypatch.setattr(copying, "copy_bytes", spoiled)
    with pytest.raises(Refusal, match="verändert"):
        mirror(copy, database, tmp_path / "andere")
    assert list((tmp_path / "andere").iterdir()) == []


def test_a_copy_that_rotted_is_not_laundered_on_its_way_to_the_second_folder(
    database: Path, backups: Path, tmp_path: Path
) -> None:
    copy = make_backup(database, backups, NOW)
    data = bytearray(copy.read_bytes())
    data[-1] ^= 1
    copy.write_bytes(bytes(data))
    with pytest.raises(Refusal, match="seither verändert"):
        mirror(copy, database, tmp_path / "platte")
    assert list((tmp_path / "platte").glob("*.sqlite*")) == []
    (found,) = copies(database, backups)
    assert not found.believed_whole  # so that the next copy is due at once


def test_the_second_folder_claims_no_attachment_that_it_has_not(
    database: Path, backups: Path, tmp_path: Path
) -> None:
    sha256 = attach(database, b"Plan")
    copy = make_backup(database, backups, NOW)
    pool_of(backups, database).path(sha256).unlink()
    contents = from_json(contents_of(mirror(copy, database, tmp_path / "platte")))
    assert contents is not None
    assert (contents.attachments, contents.lack) == ((), "1 Anlage fehlte schon im ersten Ordner")


def test_a_damaged_attachment_is_not_copied_as_a_good_one(database: Path, backups: Path) -> None:
    sha256 = attach(database, b"Plan")
    AttachmentFolder(database).path(sha256).write_bytes(b"Plam")
    contents = from_json(contents_of(make_backup(database, backups, NOW)))
    assert contents is not None
    assert contents.attachments == ()
    assert pool_of(backups, database).known() == set()
