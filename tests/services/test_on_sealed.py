"""What holds of a plain database holds of an encrypted one: tests of other files run here on one as well."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from backup_kit import House, subject_of
from test_checking import test_a_sound_office_is_sound
from test_search import (
    test_an_umlaut_is_found_however_it_is_typed,
    test_everything_of_a_record_is_searched,
    test_what_changes_is_found_as_it_is_now,
)
from test_undo import (
    test_keys_are_never_given_twice,
    test_search_and_calendar_follow_undo_and_redo,
    test_undo_and_redo_survive_a_restart,
)
from test_watching import test_another_desks_step_is_news_once, watcher

from ob_buero_tui.catalog.model import Catalog
from ob_buero_tui.config import Settings
from ob_buero_tui.office import open_office
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services import sealing
from ob_buero_tui.services.backups.looking import list_copies
from ob_buero_tui.services.backups.trying import try_copy
from ob_buero_tui.services.checking import check_office
from ob_buero_tui.services.requests import verbs
from ob_buero_tui.services.unlocking import WrongPassword, unlock, unlock_copy
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store import sealed
from ob_buero_tui.store.connecting import connect_vault, password_of
from office_fixtures import ACCOUNT, Clock, contents
from tresor_kit import (
    OTHER,
    PASSWORD,
    another_process,
    no_password_stays,
    place_of,
    same_again,
    sealed_copy,
)

__all__ = [
    "no_password_stays",
    "test_a_sound_office_is_sound",
    "test_an_umlaut_is_found_however_it_is_typed",
    "test_another_desks_step_is_news_once",
    "test_everything_of_a_record_is_searched",
    "test_keys_are_never_given_twice",
    "test_search_and_calendar_follow_undo_and_redo",
    "test_undo_and_redo_survive_a_restart",
    "test_what_changes_is_found_as_it_is_now",
    "watcher",
]


@pytest.fixture(scope="module")
def sealed_template(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The template of all tests, encrypted."""
    path = sealed_copy(template, tmp_path_factory.mktemp("tresor"))
    another_process()
    return path


@pytest.fixture
def database(sealed_template: Path, tmp_path: Path) -> Path:
    """Instead of the plain one; its password is told."""
    return same_again(sealed_template, tmp_path / "büro")


def test_it_is_really_encrypted(place: Workplace, database: Path, make_request: Any) -> None:
    verbs.note(place, [make_request(subject="Sache Elster")], "Elster ruft an")
    files = [item for item in database.parent.rglob("*") if item.is_file()]
    assert database in files
    assert not [item for item in files if b"Elster" in item.read_bytes()]


def test_a_password_is_changed_and_taken_away(place: Workplace, database: Path, make_request: Any) -> None:
    make_request(subject="Sache Elster")
    before = contents(place)
    place.engine.dispose()
    for marker in database.parent.glob("*.offen-*"):
        marker.unlink()
    if as_root := os.name == "posix" and os.getuid() == 0:
        os.chown(database, -1, 1234)
    done = sealing.reseal(place_of(database), OTHER)
    assert not as_root or database.stat().st_gid == 1234, "the group that the IT gave it"
    assert b"Elster" not in done.copy.read_bytes()
    another_process()
    with pytest.raises(WrongPassword):
        unlock(database, PASSWORD)
    unlock(database, OTHER)
    sealing.unseal(place_of(database))
    assert not sealed.mark_of(database).exists()
    another_process()
    office = open_office(database, Settings(), catalog=place.catalog, clock=place.clock, account=ACCOUNT)
    assert contents(office.place) == before
    office.close()


def test_a_copy_of_before_the_password_changed_comes_back(
    database: Path, catalog: Catalog, clock: Clock
) -> None:
    house = House(path=database, settings=Settings(), catalog=catalog, clock=clock)
    request = house.request("Bleibt")
    copy = house.copy()
    assert copy is not None
    sealing.reseal(place_of(database), OTHER)
    with pytest.raises(Refusal, match="„ob-buero restore“ fragt nach ihrem"):
        house.restore(copy)
    assert "Kennwort" in try_copy(copy, house.there, clock.now).fault
    assert all(not view.fault for view in list_copies(house.there))
    unlock_copy(copy, copy, PASSWORD)
    assert not try_copy(copy, house.there, clock.now).fault
    house.restore(copy)
    another_process()
    unlock(database, OTHER)
    assert subject_of(house, request) == "Bleibt"
    sealing.unseal(place_of(database))
    unlock_copy(copy, copy, PASSWORD)
    house.restore(copy)
    another_process()
    assert not sealed.is_sealed(database)
    assert subject_of(house, request) == "Bleibt"


def test_encrypting_leaves_nothing_plain_and_names_older_copies(template: Path, tmp_path: Path) -> None:
    import shutil

    from ob_buero_tui.store.backup import make_backup

    path = Path(shutil.copy2(template, tmp_path / "buero.sqlite"))
    where = place_of(path)
    older = make_backup(path, where.backup_folder, where.now.replace(year=2025))
    done = sealing.seal(where, PASSWORD)
    assert done.plain == (older,)
    shutil.rmtree(where.backup_folder)
    # Only the two new files are left beside their copies, and both are unreadable.
    assert sorted(item.name for item in tmp_path.iterdir()) == ["buero.sqlite", "buero.sqlite.tresor"]
    assert b"SQLite format" not in path.read_bytes()
    assert check_office(path, where.backup_folder).sound


@pytest.mark.parametrize("password", ["", "elf Zeichen"])
def test_a_short_password_is_refused(template: Path, tmp_path: Path, password: str) -> None:
    before = template.read_bytes()
    with pytest.raises(Refusal, match="mindestens 12 Zeichen"):
        sealing.seal(place_of(template), password)
    assert template.read_bytes() == before


def test_while_a_desk_has_it_open_nothing_is_changed(office: Any, database: Path) -> None:
    before = database.read_bytes()
    for step in (
        lambda: sealing.reseal(place_of(database), OTHER),
        lambda: sealing.unseal(place_of(database)),
    ):
        with pytest.raises(Refusal, match="hat sie noch geöffnet"):
            step()
    assert database.read_bytes() == before
    assert password_of(database) == PASSWORD


def test_who_comes_in_between_is_noticed(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another desk writes after everything was poured: the two differ, and the old file stays."""
    from contextlib import closing

    from ob_buero_tui.store import pouring

    before = database.read_bytes()
    really = pouring.pour

    def pour(connection: Any, name: str) -> None:
        really(connection, name)
        with closing(connect_vault(database, "rw")) as other:
            other.execute("UPDATE desk SET initials = 'XX'")

    monkeypatch.setattr(sealing, "pour", pour)
    with pytest.raises(Refusal, match="nicht wie die alte"):
        sealing.unseal(place_of(database))
    assert sealed.is_sealed(database)
    assert len(before) == len(database.read_bytes())
    assert not list(database.parent.glob("*.neu-*"))
