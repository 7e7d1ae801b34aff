"""An office for the commands: a database with a few letters and a calendar, and a clock that stands still."""

from __future__ import annotations

import getpass
import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine
from cli_kit import CALENDAR, Planted, Ran, Run, letter

from ob_buero_tui.catalog.model import Catalog
from ob_buero_tui.cli.main import main
from ob_buero_tui.config import Settings
from ob_buero_tui.office import open_office
from ob_buero_tui.services.work import transaction
from office_fixtures import Clock
from secrets_planting import plant_all

NOW = datetime(2026, 11, 25, 8, 42, tzinfo=UTC)


@pytest.fixture(autouse=True)
def still_clock() -> Iterator[None]:
    """Wednesday 25.11.2026, 09:42, whatever the machine says."""
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str]) -> Run:
    """Runs a command in this process."""

    def command(*words: str | Path) -> Ran:
        capfd.readouterr()
        status = main([os.fspath(word) for word in words])
        told = capfd.readouterr()
        return Ran(status, told.out, told.err)

    return command


@pytest.fixture(scope="session")
def post(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with three letters and a calendar."""
    folder = tmp_path_factory.mktemp("post")
    (folder / "1.eml").write_bytes(letter("Grusswort fuer die Festschrift"))
    (folder / "2.eml").write_bytes(
        letter("Einladung zum Richtfest", "Anja Terhorst", "Programm: Müller spricht.")
    )
    (folder / "3.eml").write_bytes(letter("Gruesse aus Ostheim", "Gerhard Mollenhauer"))
    (folder / "ob.ics").write_bytes(CALENDAR)
    return folder


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory, post: Path) -> Path:
    """The office with that post in it, made by the commands themselves."""
    path = tmp_path_factory.mktemp("vorlage") / "buero.sqlite"
    with pytest.MonkeyPatch.context() as patch, time_machine.travel(NOW, tick=False):
        for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
            patch.setenv(name, str(tmp_path_factory.mktemp("konto")))
        assert main(["--db", str(path), "init"]) == 0
        assert main(["--db", str(path), "import", str(post)]) == 0
    return path


@pytest.fixture
def db(template: Path, tmp_path: Path) -> Path:
    """A copy of that office."""
    folder = tmp_path / "büro"
    shutil.copytree(template.parent, folder)
    return folder / template.name


@pytest.fixture(scope="session")
def planted(template: Path, catalog: Catalog, tmp_path_factory: pytest.TempPathFactory) -> Planted:
    """An office with one set of records for each level, one of them in the trash; only to be read."""
    path = tmp_path_factory.mktemp("geheim") / "buero.sqlite"
    shutil.copy2(template, path)
    office = open_office(path, Settings(), catalog=catalog, clock=Clock(), account=getpass.getuser())
    try:
        with transaction(office.place, "note") as work:
            plant_all(work)
    finally:
        office.close()
    return Planted(path)
