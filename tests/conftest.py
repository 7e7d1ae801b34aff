"""What every test has: folders of its own, and the corpus where one is given."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

pytest_plugins = ["office_fixtures"]

# No test asserts time: a busy machine makes no example wrong.
settings.register_profile("ours", deadline=None)
settings.load_profile("ours")

_FOLDERS = {
    "HOME": "home",
    "XDG_CONFIG_HOME": "config",
    "XDG_DATA_HOME": "data",
    "XDG_CACHE_HOME": "cache",
    "XDG_STATE_HOME": "state",
    "XDG_RUNTIME_DIR": "run",
}


@pytest.fixture(autouse=True)
def own_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keeps a test away from the account's own files, and tells where its folders lie instead."""
    base = tmp_path_factory.mktemp("konto")
    for variable, name in _FOLDERS.items():
        folder = base / name
        folder.mkdir(mode=0o700)
        monkeypatch.setenv(variable, str(folder))
    monkeypatch.delenv("OB_BUERO_DB", raising=False)
    return base


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of real-world files named by OB_BUERO_CORPUS; without it the test is skipped."""
    named = os.environ.get("OB_BUERO_CORPUS", "")
    if not named:
        pytest.skip("OB_BUERO_CORPUS is not set")
    folder = Path(named)
    assert folder.is_dir(), f"OB_BUERO_CORPUS names no folder: {folder}"
    return folder
