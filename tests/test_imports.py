"""What an import costs: the rules stay bare, and the command line loads nothing it does not need."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

import ob_buero_tui

PACKAGE: Final = Path(ob_buero_tui.__file__).parent
HEAVY: Final = (
    *("textual", "rich", "sqlalchemy", "alembic", "icalendar", "email", "holidays", "inscriptis", "vobject"),
    *("python_calamine", "xlsxwriter", "oxmsg", "typst", "pypdf", "docxtpl", "docx", "jinja2"),
)
"""How much longer `--version` may take than a bare interpreter that imports argparse."""

cli_stands = pytest.mark.skipif(not (PACKAGE / "cli" / "main.py").is_file(), reason="no command line yet")


def loaded_by(*modules: str) -> set[str]:
    """The top packages that a new interpreter holds after importing modules."""
    code = f"import sys, {', '.join(modules)}; print(*{{name.partition('.')[0] for name in sys.modules}})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def modules_of(layer: str) -> list[str]:
    """The dotted names of all modules of a layer."""
    files = (path.relative_to(PACKAGE.parent).with_suffix("") for path in (PACKAGE / layer).rglob("*.py"))
    return sorted(".".join(parts.parts).removesuffix(".__init__") for parts in files)


def test_rules_load_nothing_heavy() -> None:
    modules = modules_of("rules")
    assert "ob_buero_tui.rules.refusals" in modules
    assert not loaded_by(*modules) & {*HEAVY, "platformdirs", "sqlite3"}


def test_settings_load_nothing_heavy() -> None:
    assert not loaded_by("ob_buero_tui.config") & {*HEAVY, "platformdirs", "tomllib", "sqlite3"}


def test_exchange_and_catalog_load_their_libraries_only_when_used() -> None:
    assert not loaded_by(*modules_of("exchange"), *modules_of("catalog")) & set(HEAVY)


@cli_stands
def test_the_command_line_loads_nothing_heavy() -> None:
    assert not loaded_by("ob_buero_tui.cli.main") & set(HEAVY)


@cli_stands
def test_the_first_screen_maps_no_table_that_it_does_not_read() -> None:
    # The council's twelve classes cost the start as much as everything else that is mapped.
    code = "import sys, ob_buero_tui.cli.desk, ob_buero_tui.tui.app, ob_buero_tui.tui.screens.inbox;"
    code += "print(*(name for name in sys.modules if name.startswith('ob_buero_tui.store.')))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "ob_buero_tui.store.requests" in done.stdout
    assert not {"ob_buero_tui.store.council", "ob_buero_tui.store.tables"} & set(done.stdout.split())


@cli_stands
def test_the_version_is_told() -> None:
    version = [sys.executable, "-m", "ob_buero_tui", "--version"]
    told = subprocess.run(version, capture_output=True, text=True, check=True).stdout
    assert ob_buero_tui.__version__ in told
