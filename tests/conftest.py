"""What every test has: folders of its own, and the corpus where one is given."""

from __future__ import annotations

import gc
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final


def keep_bytecode() -> None:
    """Where the account forbids compiled modules beside the sources, keep them in a folder of its own.

    Many tests start processes: without this, each of them compiles all libraries anew.
    """
    if not sys.dont_write_bytecode or os.name != "posix":
        return
    folder = Path(tempfile.gettempdir()) / f"ob-buero-bytecode-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    if folder.stat().st_uid == os.getuid():
        sys.dont_write_bytecode = False
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        sys.pycache_prefix = os.environ["PYTHONPYCACHEPREFIX"] = str(folder)


def work_in_memory() -> None:
    """Lay the tests' folders into memory where there is room: a database waits for the disk at each step."""
    memory = Path("/dev/shm")
    if "PYTEST_DEBUG_TEMPROOT" in os.environ or not os.access(memory, os.W_OK):
        return
    if shutil.disk_usage(memory).free >= ROOM:
        os.environ["PYTEST_DEBUG_TEMPROOT"] = str(memory)


ROOM: Final = 2_000_000_000
"""Bytes; a whole run that keeps the folders of failed tests alone needs a fraction of it."""


def collect_seldom() -> None:
    """A run makes many objects and is short: looking through all of them again and again is a tenth of it."""
    gc.set_threshold(100_000, 50, 100)


# All before anything large is imported, and before a second process of the run begins.
keep_bytecode()
work_in_memory()
collect_seldom()

import pytest  # noqa: E402
from hypothesis import settings  # noqa: E402

pytest_plugins = ["office_fixtures", "sql_kit"]

# No test asserts time: a busy machine makes no example wrong. A run always tries the same examples, so that a
# change is judged by what it changes; `HYPOTHESIS_PROFILE=search` looks for new ones.
settings.register_profile("ours", deadline=None, derandomize=True)
settings.register_profile("search", deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ours"))

_FOLDERS = {
    "HOME": "home",
    "XDG_CONFIG_HOME": "config",
    "XDG_DATA_HOME": "data",
    "XDG_CACHE_HOME": "cache",
    "XDG_STATE_HOME": "state",
    "XDG_RUNTIME_DIR": "run",
}
LONG: Final = (
    "test_gates.py::test_mypy",
    "test_intake_damaged.py",
    "test_pty_",
    "test_intake_oparl_corpus.py",
    "test_processes.py",
    "test_gates.py",
    "test_wheel.py",
    "test_intake_corpus.py",
    "test_undo_machine.py",
    "test_hostile_everywhere.py",
    "test_rescuing.py",
    "test_statement_faults.py",
    "test_demo.py",
)
"""Parts of names of tests that take seconds: they begin first, so that no worker waits for one at the end."""


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The long ones first, the others in their order."""

    def place(item: pytest.Item) -> int:
        return next((place for place, part in enumerate(LONG) if part in item.nodeid), len(LONG))

    items.sort(key=place)


@pytest.fixture(scope="session")
def accounts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the folders of all tests lie."""
    return tmp_path_factory.mktemp("konten")


@pytest.fixture(autouse=True)
def own_folders(accounts: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Keeps a test away from the account's own files, and tells where its folders lie instead."""
    base = Path(tempfile.mkdtemp(dir=accounts))
    for variable, name in _FOLDERS.items():
        folder = base / name
        folder.mkdir(mode=0o700)
        monkeypatch.setenv(variable, str(folder))
    monkeypatch.delenv("OB_BUERO_DB", raising=False)
    yield base
    shutil.rmtree(base, ignore_errors=True)


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of real-world files named by OB_BUERO_CORPUS; without it the test is skipped."""
    named = os.environ.get("OB_BUERO_CORPUS", "")
    if not named:
        pytest.skip("OB_BUERO_CORPUS is not set")
    folder = Path(named)
    assert folder.is_dir(), f"OB_BUERO_CORPUS names no folder: {folder}"
    return folder
