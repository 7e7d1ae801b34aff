"""The wheel: complete, and at work in another environment and another folder."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).resolve().parents[1]
PACKAGE: Final = "ob_buero_tui"


def run(*command: str | Path, cwd: Path) -> str:
    """Runs a command away from the repository and gives what it printed."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the repository without the network."""
    folder = tmp_path_factory.mktemp("wheel")
    options = ["--no-deps", "--no-build-isolation", "--no-index", "--quiet", "--wheel-dir", str(folder)]
    run(sys.executable, "-m", "pip", "wheel", *options, ROOT, cwd=folder)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of commands of a new environment that holds the wheel; dependencies come from this one."""
    home = tmp_path_factory.mktemp("environment")
    venv.create(home, with_pip=False, symlinks=True)
    scripts = home / Path(sysconfig.get_path("scripts")).name
    python = scripts / "python"
    options = ["--no-deps", "--no-index", "--quiet", str(wheel)]
    run(sys.executable, "-m", "pip", "--python", python, "install", *options, cwd=home)
    where = "import sysconfig; print(sysconfig.get_path('purelib'))"
    packages = Path(run(python, "-c", where, cwd=home).strip())
    # The line comes after the environment's own packages; an editable install over there is not followed.
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return scripts


def test_the_wheel_carries_all_that_is_no_code(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        carried = set(archive.namelist())
    assert f"{PACKAGE}/py.typed" in carried
    assert not (files(ROOT / "src") | {f"{PACKAGE}/{name}" for name in files(ROOT, "data")}) - carried
    assert any(name.endswith("dist-info/licenses/LICENSE") for name in carried)
    assert any(name.endswith("dist-info/sboms/ob-buero.cdx.json") for name in carried)
    assert not [name for name in carried if name.startswith(("tests/", "docs/", "benchmarks/"))]


def files(base: Path, below: str = "") -> set[str]:
    """The names, seen from a folder, of all its files that belong to the product."""
    found = (path for path in (base / below).rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {path.relative_to(base).as_posix() for path in found}


@pytest.mark.parametrize(
    ("folder", "pattern"),
    [
        ("data/catalog/requests", "*.toml"),
        ("data/demo", "*"),
        ("store/migrations", "script.py.mako"),
        ("store/migrations/versions", "*.py"),
        ("tui", "app.tcss"),
    ],
)
def test_the_wheel_has_each_kind_of_file(wheel: Path, folder: str, pattern: str) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = [Path(name) for name in archive.namelist()]
    assert [name for name in names if Path(PACKAGE, folder) in name.parents and name.match(pattern)]


def test_the_installed_command_works_from_another_folder(installed: Path, tmp_path: Path) -> None:
    code = f"import {PACKAGE}; print({PACKAGE}.__file__)"
    imported = Path(run(installed / "python", "-c", code, cwd=tmp_path).strip())
    assert imported.is_relative_to(installed.parent)
    if not (imported.parent / "cli" / "main.py").is_file():
        pytest.skip("no command line yet")
    command = installed / "ob-buero"
    assert run(command, "--version", cwd=tmp_path).split()[-1] == version(installed, tmp_path)
    database = tmp_path / "probe.sqlite"
    run(command, "--db", database, "init", cwd=tmp_path)
    assert database.is_file()
    run(command, "--db", database, "check", cwd=tmp_path)
    json.loads(run(command, "--db", database, "inbox", "--json", cwd=tmp_path))


def version(installed: Path, folder: Path) -> str:
    """The version of the installed package, from its own metadata."""
    code = "from importlib.metadata import version; print(version('ob-buero-tui'))"
    return run(installed / "python", "-c", code, cwd=folder).strip()
