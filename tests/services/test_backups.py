"""Copies are made when something changed, lie in both folders, can be tried out, and bring all back."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from unittest.mock import patch

import pytest
from backup_kit import House

from ob_buero_tui.catalog.model import Catalog
from ob_buero_tui.config import Settings
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.backups.keeping import MANY_FILES, before_import, is_due, keep_copy
from ob_buero_tui.services.backups.looking import find_copy, list_copies
from ob_buero_tui.services.backups.trying import try_copy
from ob_buero_tui.services.faults import NotSaved
from ob_buero_tui.services.watching import Watcher
from ob_buero_tui.services.work import USE_CASES
from ob_buero_tui.store.attachments import AttachmentFolder
from ob_buero_tui.store.backup import copying, listing, make_backup
from ob_buero_tui.store.backup.contents import content_hash
from ob_buero_tui.store.backup.listing import checksum_of, copies, file_hash
from office_fixtures import Clock
from settling_kit import Disk, disk


@pytest.fixture
def house(database: Path, catalog: Catalog, clock: Clock) -> House:
    """An office that nobody has open."""
    return House(path=database, settings=Settings(), catalog=catalog, clock=clock)


@pytest.fixture
def settled() -> Iterator[Disk]:
    """What has reached the disk."""
    with disk() as watched:
        yield watched


def test_a_copy_is_due_only_after_a_step(house: House, clock: Clock) -> None:
    first = house.copy()
    assert first is not None
    assert house.copy() is None
    request = house.request("Grußwort")
    assert is_due(house.there)
    clock.advance(minutes=30)
    second = house.copy()
    assert second is not None
    assert not is_due(house.there)
    view = list_copies(house.there)[0]
    assert view.contents is not None
    assert (view.path, view.contents.requests, view.label) == (second, 1, "laufend")
    assert view.last_step == clock.now.astimezone(house.there.tz).replace(tzinfo=None, hour=9, minute=42)
    # The same number of another history is no copy of this one: after a return the steps begin again there.
    house.restore(first)
    clock.advance(minutes=1)
    assert house.request("Ein anderes") == request
    assert is_due(house.there)


def test_a_copy_without_its_attachments_does_not_count(house: House, clock: Clock) -> None:
    house.request("Grußwort")
    make_backup(house.path, house.there.folder, clock.now, attachments=False)
    assert is_due(house.there)


def test_what_a_copy_was_made_for_is_said_in_words(house: House, clock: Clock) -> None:
    for label in ("vor-tresor", "tresor"):
        make_backup(house.path, house.there.folder, clock.now, label=label)
    assert {view.label for view in list_copies(house.there)} == {"Tresor: vorher", "Tresor: nachher"}


def test_the_second_folder_gets_the_same_and_its_loss_stops_nothing(
    house: House, clock: Clock, tmp_path: Path, settled: Disk
) -> None:
    away = tmp_path / "platte"
    house.settings = replace(house.settings, backup_folder=away)
    house.attach(house.request("Mit Plan"), b"Plan")
    first = keep_copy(house.there, clock.now)
    assert first.copy is not None
    assert settled.unsettled(house.there.folder) == []
    assert "nicht zu finden" in first.told[0]
    assert not away.exists()  # the drive is not there: nothing is made in its place
    away.mkdir()
    house.request("Noch etwas")
    clock.advance(minutes=1)
    kept = keep_copy(house.there, clock.now)
    assert kept.told == ()
    assert kept.copy is not None
    # Thinning takes older copies right after; a power loss must not take the new one's name.
    assert settled.unsettled(house.there.folder) == settled.unsettled(away) == []
    assert [(view.second, view.path.name) for view in list_copies(house.there)] == [
        (False, kept.copy.name),
        (True, kept.copy.name),
        (False, first.copy.name),
    ]
    assert not try_copy(away / kept.copy.name, house.there, clock.now).fault


def test_one_day_with_a_wrong_clock_keeps_no_later_copy_from_the_second_folder(
    house: House, clock: Clock, tmp_path: Path
) -> None:
    away = tmp_path / "platte"
    away.mkdir()
    house.settings = replace(house.settings, backup_folder=away)
    keep_copy(house.there, clock.now + timedelta(days=3650))
    house.request("Danach")
    later = keep_copy(house.there, clock.now).copy
    assert later is not None
    assert (away / later.name).exists()
    assert find_copy(house.there, "letzte", clock.now) == later


def test_where_nothing_is_due_no_copy_is_read(house: House, clock: Clock, tmp_path: Path) -> None:
    away = tmp_path / "platte"
    away.mkdir()
    house.settings = replace(house.settings, backup_folder=away)
    house.copy()
    with patch.object(listing, "file_hash", side_effect=AssertionError("read in full")):
        assert house.copy() is None


def test_a_drive_that_knows_no_rights_takes_copies_all_the_same(
    house: House, clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    away = tmp_path / "platte"
    away.mkdir()
    house.settings = replace(house.settings, backup_folder=away)
    house.attach(house.request("Mit Plan"), b"Plan")
    change = Path.chmod

    def chmod(path: Path, mode: int) -> None:
        if path.is_relative_to(away):
            raise PermissionError(1, "Operation not permitted", str(path))
        change(path, mode)

    monkeypatch.setattr(Path, "chmod", chmod)
    assert keep_copy(house.there, clock.now).told == ()


def test_in_a_folder_that_somebody_named_nothing_is_thinned(
    house: House, clock: Clock, tmp_path: Path
) -> None:
    old = [
        make_backup(house.path, tmp_path / "archiv", clock.now - timedelta(days=9, hours=n)) for n in (1, 2)
    ]
    there = replace(house.there, folder=tmp_path / "archiv")
    assert keep_copy(there, clock.now, forced=True, thinned=False).copy is not None
    assert all(copy.exists() for copy in old)


def test_where_the_first_folder_fails_the_second_has_a_copy_of_its_own(
    house: House, clock: Clock, tmp_path: Path
) -> None:
    away = tmp_path / "platte"
    away.mkdir()
    house.settings = replace(house.settings, backup_folder=away)
    house.there.folder.write_text("kein Ordner", encoding="utf-8")
    kept = keep_copy(house.there, clock.now)
    assert kept.copy is not None
    assert kept.copy.parent == away
    assert "Die Sicherung ist nicht gelungen" in kept.told[0]
    house.settings = replace(house.settings, backup_folder=None)
    with pytest.raises(Refusal, match="nicht gelungen"):
        house.copy(forced=True)


def test_before_a_large_import_there_is_a_copy_or_no_import(
    house: House, clock: Clock, tmp_path: Path
) -> None:
    files = [tmp_path / f"{number}.eml" for number in range(MANY_FILES)]
    assert before_import(house.there, files, clock.now).copy is None  # nothing was ever done here
    house.request("Alt")
    assert before_import(house.there, files[1:], clock.now).copy is None
    made = before_import(house.there, files, clock.now).copy
    assert made is not None
    assert "-vor-import" in made.name
    house.request("Neu")
    for item in house.there.folder.iterdir():
        item.unlink() if item.is_file() else None
    house.there.folder.rmdir()
    house.there.folder.write_text("", encoding="utf-8")
    with pytest.raises(Refusal, match="nichts importiert"):
        before_import(house.there, files, clock.now)


def test_trying_out_finds_what_is_missing_and_remembers_it(house: House, clock: Clock) -> None:
    sha256 = house.attach(house.request("Mit Plan"), b"Plan")
    copy = house.copy()
    assert copy is not None
    tried = try_copy(copy, house.there, clock.now)
    assert not tried.fault
    assert tried.files == 1
    assert tried.content == content_hash(house.path)
    assert list_copies(house.there)[0].checked is not None
    pool = house.there.folder / "buero.sqlite.anhang" / sha256[:2] / sha256
    pool.write_bytes(b"Plam")
    assert "1 Anlage war darin beschädigt" in try_copy(copy, house.there, clock.now).sentence
    assert pool.read_bytes() == b"Plan"  # brought once more from the office
    pool.write_bytes(b"Plam")
    AttachmentFolder(house.path).path(sha256).unlink()
    assert "1 Anlage fehlt" in try_copy(copy, house.there, clock.now).sentence
    assert "1 Anlage fehlt" in list_copies(house.there)[0].fault
    assert not is_due(house.there)  # its database is whole: it stays, and another like it is not needed
    assert not list(house.path.parent.glob(".*probe*"))


def test_an_attachment_that_was_cut_is_brought_again_with_the_next_copy(house: House, clock: Clock) -> None:
    sha256 = house.attach(house.request("Mit Plan"), b"Plan")
    house.copy()
    pool = house.there.folder / "buero.sqlite.anhang" / sha256[:2] / sha256
    pool.write_bytes(b"")
    clock.advance(minutes=1)
    house.copy(forced=True)
    assert pool.read_bytes() == b"Plan"


def test_a_copy_that_only_this_program_cannot_read_is_no_bad_one(house: House, clock: Clock) -> None:
    copy = house.copy()
    assert copy is not None
    with closing(sqlite3.connect(copy)) as connection:
        connection.execute("PRAGMA user_version=999")
    checksum_of(copy).write_text(f"{file_hash(copy)}  {copy.name}\n", encoding="utf-8")
    assert "neueren Fassung" in try_copy(copy, house.there, clock.now).fault
    (found,) = copies(house.path, house.there.folder)
    assert found.believed_whole


def test_a_copy_that_came_out_otherwise_than_it_was_counted_is_told(house: House, clock: Clock) -> None:
    house.request("Eins")
    copy = house.copy()
    assert copy is not None
    contents = list_copies(house.there)[0].contents
    assert contents is not None
    copying.write_contents(copy, replace(contents, requests=5))
    assert "es kamen 1 statt 5 Eingänge zurück" in try_copy(copy, house.there, clock.now).sentence


def test_a_desk_that_was_open_all_the_same_writes_nothing_into_the_file_without_a_name(house: House) -> None:
    """On another machine, say, whose marker somebody removed."""
    copy = house.copy(forced=True)
    assert copy is not None
    desk = house.open()
    watcher = Watcher(desk.place)
    assert not watcher.replaced()
    try:
        house.restore(copy)  # this process's own marker does not count
        assert watcher.replaced()
        with pytest.raises(NotSaved, match="eine andere Datei"):
            USE_CASES["test_create_request"].run(desk.place, {})
    finally:
        watcher.close()
        desk.close()
    house.path.rename(house.path.with_name("weg"))
    assert not watcher.replaced()
