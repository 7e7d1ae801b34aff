"""A database file to look at, to damage and to open."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ob_buero_tui.store.schema import create_database


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database as it was just created; tests take a copy."""
    path = tmp_path_factory.mktemp("leer") / "buero.sqlite"
    create_database(path)
    return path


@pytest.fixture
def database(empty_database: Path, tmp_path: Path) -> Path:
    """A fresh copy in a folder with an umlaut and a blank in its name."""
    folder = tmp_path / "büro eins"
    folder.mkdir(mode=0o700)
    return Path(shutil.copy2(empty_database, folder / "buero.sqlite"))


@pytest.fixture
def backups(tmp_path: Path) -> Path:
    """Where copies go; not there yet."""
    return tmp_path / "sicherungen"
