"""The demo office: built once, worked on across restarts, afresh on request, and the same for everyone."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from sqlalchemy import text

from ob_buero_tui import demo
from ob_buero_tui.catalog.folders import data_folder
from ob_buero_tui.config import ThemeName
from ob_buero_tui.demo import demo_office, demo_ready
from ob_buero_tui.office import Office
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.calendar.day import day
from ob_buero_tui.services.checking import check_database
from ob_buero_tui.services.requests.inbox import ids, splits
from ob_buero_tui.services.requests.record import record
from ob_buero_tui.services.requests.verbs import note
from ob_buero_tui.services.undo import NothingToUndo, undo
from ob_buero_tui.services.workcalendar import holidays_missing


@contextmanager
def opened(*, neu: bool = False) -> Iterator[Office]:
    """The demo office, closed again afterwards."""
    office = demo_office(neu)
    try:
        yield office
    finally:
        office.close()


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache folder in which the demo was built."""
    cache = tmp_path_factory.mktemp("cache")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(cache))
        patch.setenv("XDG_CONFIG_HOME", str(tmp_path_factory.mktemp("config")))
        with opened():
            pass
    return cache


@pytest.fixture(autouse=True)
def cache(built: Path, own_folders: Path) -> Path:
    """A copy of that folder as this account's own."""
    folder = own_folders / "cache"
    shutil.copytree(built, folder, dirs_exist_ok=True)
    return folder


def test_the_demo_holds_the_whole_post_and_the_calendar() -> None:
    with opened() as office:
        mails = list((data_folder() / "demo" / "mail").glob("*.eml"))
        assert len(ids(office.place, "alle")) == len(mails) == 60
        assert len(day(office.place, date(2026, 11, 25)).events) >= 8
        assert all(view.count for view in splits(office.place) if view.key != "wartet")
        assert not holidays_missing(office.place)
        assert check_database(office.path, office.place).lines == ()
        assert office.notices == ()


def test_a_sender_with_a_card_is_one_person() -> None:
    with opened() as office, office.place.reading() as session:
        found = session.execute(
            text("SELECT lower(email) FROM person WHERE email <> '' GROUP BY 1 HAVING count(*) > 1")
        )
        assert found.scalars().all() == []


def test_its_clock_begins_on_its_day_and_runs() -> None:
    with time_machine.travel(datetime(2031, 1, 1), tick=False), opened() as office:  # noqa: DTZ001 local
        first = office.place.now
        assert datetime(2026, 11, 25, 9, 42) <= first < datetime(2026, 11, 25, 9, 43)  # noqa: DTZ001 local
        assert office.place.now - first < timedelta(minutes=1)
    with opened() as office:
        assert office.place.now.minute == 42, "a new start begins at the same time again"
        before = office.place.clock()
        while office.place.clock() == before:
            pass


def test_its_desk_is_the_towns_and_has_nothing_to_take_back() -> None:
    with opened() as office:
        assert office.place.desk.initials == "PS"
        assert office.settings.office_name == "OB-Büro"
        with pytest.raises(NothingToUndo):
            undo(office.place)


def test_only_taste_comes_from_the_accounts_settings(own_folders: Path) -> None:
    folder = own_folders / "config" / "ob-buero"
    folder.mkdir()
    (folder / "einstellungen.toml").write_text(
        'theme = "dunkel"\ninitials = "XX"\noffice_name = "Rathaus"\n', encoding="utf-8"
    )
    with opened() as office:
        assert office.settings.theme is ThemeName.DUNKEL
        assert (office.place.desk.initials, office.settings.office_name) == (
            "PS",
            "OB-Büro",
        )


def test_work_survives_a_restart_until_one_starts_afresh() -> None:
    with opened() as office:
        note(office.place, [1], "Rückruf")
    with opened() as office:
        assert any("Rückruf" in line for line in record(office.place, 1).notes)
        undo(office.place)
        note(office.place, [2], "Anruf")
    with opened(neu=True) as office:
        assert not any("Anruf" in line for line in record(office.place, 2).notes)
    with opened() as office:
        assert not any("ruf" in line for line in record(office.place, 1).notes)


def test_attachments_are_there_also_after_a_new_start() -> None:
    for neu in (False, True):
        with opened(neu=neu) as office:
            assert office.place.attachments.known()


def test_what_is_open_elsewhere_is_not_thrown_away(cache: Path) -> None:
    with opened() as office:
        note(office.place, [1], "Rückruf")
        path = office.path
    other = path.with_name(f"{path.name}.offen-{os.uname().nodename}-{os.getppid()}")
    other.touch()
    with pytest.raises(Refusal, match="anderen Fenster"):
        demo_office(True)
    with opened() as office:
        assert any("Rückruf" in line for line in record(office.place, 1).notes)
    other.unlink()
    with opened(neu=True) as office:
        assert record(office.place, 1).notes


def test_half_a_build_is_never_found(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.rmtree(cache)
    cache.mkdir()

    def broken_off(_place: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("ob_buero_tui.services.workcalendar.fill_holidays", broken_off)
        with pytest.raises(KeyboardInterrupt):
            demo_office()
    assert not demo_ready()
    assert list(cache.rglob("*.sqlite")) == []
    with opened() as office:
        assert len(ids(office.place, "alle")) == 60


def test_new_data_build_a_new_demo_and_old_ones_go(
    cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (old,) = (cache / "ob-buero").iterdir()
    data = tmp_path / "data"
    shutil.copytree(data_folder(), data)
    monkeypatch.setattr(demo, "data_folder", lambda: data)
    assert demo_ready(), "the same data elsewhere are the same demo"
    for mail in sorted((data / "demo" / "mail").glob("*.eml"))[3:]:
        mail.unlink()
    assert not demo_ready()
    with opened() as office:
        assert len(ids(office.place, "alle")) == 3
    assert not old.exists()


def test_a_changed_schema_of_the_same_number_builds_a_new_demo(
    cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shipped = Path(demo.versions.__file__).parent
    scripts = tmp_path / "versions"
    shutil.copytree(shipped, scripts)
    monkeypatch.setattr(demo.versions, "__file__", str(scripts / "__init__.py"))
    assert demo_ready(), "the same schema elsewhere is the same demo"
    with next(scripts.glob("*.sql")).open("a", encoding="utf-8") as script:
        script.write("CREATE TABLE more (id INTEGER);\n")
    assert not demo_ready()


def test_a_cache_that_cannot_be_written_is_told(cache: Path) -> None:
    shutil.rmtree(cache)
    cache.write_text("steht im Weg", encoding="utf-8")
    with pytest.raises(Refusal, match="nicht einrichten"):
        demo_office()
