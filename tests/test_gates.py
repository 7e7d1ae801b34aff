"""The house rules as tests: style, types, layers, sizes, clocks, and no registry host in any file."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).resolve().parents[1]
TOOLS: Final = Path(sys.executable).parent
CODE: Final = ("src", "tests", "benchmarks")

FILE_LINES: Final = 400
CLASS_LINES: Final = 250
FUNCTION_LINES: Final = 40
# A test tells a story from its start to its end; cutting it in pieces hides what it shows.
TEST_FUNCTION_LINES: Final = 60

REGISTRY: Final = re.compile(r"pypi\.org|pythonhosted\.org")

# Below services time is an argument. A monotonic clock measures, it does not tell the time.
CLOCKLESS: Final = ("rules", "store", "exchange", "planning", "catalog")
CLOCKS: Final = (".datetime.now", ".datetime.utcnow", ".datetime.today", ".date.today", ".time.time")


def run(*command: str | Path) -> None:
    """Runs a tool in the repository; its report is the failure."""
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"


def python_files(*folders: str) -> list[Path]:
    """All Python files below folders of the repository."""
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def repository_files() -> list[Path]:
    """The files that are, or would be, committed; outside a repository those that lie there."""
    git = ["git", "-c", "safe.directory=*", "ls-files", "-z"]
    listed = subprocess.run(
        [*git, "--cached", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True, check=False
    )
    if listed.returncode == 0:
        names = (ROOT / os.fsdecode(name) for name in listed.stdout.split(b"\0") if name)
        return sorted(path for path in names if path.is_file())
    hidden = (path.relative_to(ROOT).parts for path in ROOT.rglob("*") if path.is_file())
    return sorted(ROOT.joinpath(*parts) for parts in hidden if not {".git", ".venv"} & set(parts))


def test_ruff_finds_nothing() -> None:
    run(sys.executable, "-m", "ruff", "check", "--no-cache", ".")


def test_mypy_finds_nothing() -> None:
    run(sys.executable, "-m", "mypy", *kept_between_runs())


def kept_between_runs() -> list[str]:
    """Where mypy keeps what it knows of all libraries: a fresh checkout need not learn it anew."""
    if os.name != "posix":
        return []
    folder = Path(tempfile.gettempdir()) / f"ob-buero-mypy-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    return ["--cache-dir", str(folder)] if folder.stat().st_uid == os.getuid() else []


def test_layers_are_kept() -> None:
    run(TOOLS / "lint-imports", "--no-cache")


def test_rooms_stay_small() -> None:
    too_large = [line for path in python_files("src") for line in oversize(path, FUNCTION_LINES)]
    too_large += [
        line for path in python_files("tests", "benchmarks") for line in oversize(path, TEST_FUNCTION_LINES)
    ]
    assert not too_large, "\n".join(too_large)


def oversize(path: Path, function_lines: int) -> list[str]:
    """What in a file is longer than its limit: the file itself, classes, functions."""
    text = path.read_text(encoding="utf-8")
    name = path.relative_to(ROOT) if path.is_relative_to(ROOT) else path
    lines = text.count("\n")
    found = [f"{name}: {lines} lines, at most {FILE_LINES}"] if lines > FILE_LINES else []
    for node in rooms(ast.parse(text, filename=str(path))):
        limit = CLASS_LINES if isinstance(node, ast.ClassDef) else function_lines
        size = (node.end_lineno or node.lineno) - node.lineno + 1
        if size > limit:
            found.append(f"{name}:{node.lineno}: {node.name} has {size} lines, at most {limit}")
    return found


def rooms(node: ast.AST) -> Iterator[ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef]:
    """All classes and functions; no expression holds one, so none is looked through."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.expr):
            continue
        if isinstance(child, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield child
        yield from rooms(child)


def dotted(node: ast.expr) -> str:
    """A name with its dots, as `ast.unparse` writes it; „()“ for what has no name."""
    if isinstance(node, ast.Name):
        return node.id
    return f"{dotted(node.value)}.{node.attr}" if isinstance(node, ast.Attribute) else "()"


def test_oversize_names_file_class_and_function(tmp_path: Path) -> None:
    large = tmp_path / "large.py"
    a_class = "class A:\n" + "    x = 1\n" * CLASS_LINES
    a_function = "def f():\n" + "    x = 1\n" * FUNCTION_LINES
    large.write_text(a_class + a_function + "\n" * FILE_LINES, encoding="utf-8")
    file_line, class_line, function_line = oversize(large, FUNCTION_LINES)
    assert "692 lines, at most 400" in file_line
    assert "A has 251 lines, at most 250" in class_line
    assert "f has 41 lines, at most 40" in function_line


def test_oversize_allows_the_limits_themselves(tmp_path: Path) -> None:
    full = tmp_path / "full.py"
    a_class = "class A:\n" + "    x = 1\n" * (CLASS_LINES - 1)
    a_function = "def f():\n" + "    x = 1\n" * (FUNCTION_LINES - 1)
    rest = "\n" * (FILE_LINES - CLASS_LINES - FUNCTION_LINES)
    full.write_text(a_class + a_function + rest, encoding="utf-8")
    assert oversize(full, FUNCTION_LINES) == []


def test_no_clock_below_services() -> None:
    folders = (f"src/ob_buero_tui/{layer}" for layer in CLOCKLESS)
    read = [line for path in python_files(*folders) for line in clocks(path)]
    assert not read, "\n".join(read)


def clocks(path: Path) -> list[str]:
    """Every place in a file that asks what time it is."""
    return [
        f"{path}:{node.lineno}: {ast.unparse(node)}"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"), filename=str(path)))
        if isinstance(node, ast.Attribute) and f".{dotted(node)}".endswith(CLOCKS)
    ]


@pytest.mark.parametrize("read", ["datetime.now(UTC)", "datetime.date.today()", "date.today", "time.time()"])
def test_a_clock_is_seen(tmp_path: Path, read: str) -> None:
    file = tmp_path / "reads.py"
    file.write_text(f"def f(now=None):\n    return {read}\n", encoding="utf-8")
    assert len(clocks(file)) == 1


def test_a_measuring_clock_is_no_clock(tmp_path: Path) -> None:
    file = tmp_path / "measures.py"
    file.write_text("import time\nstart = time.monotonic()\nday = row.date\n", encoding="utf-8")
    assert clocks(file) == []


def test_no_file_names_a_registry_host() -> None:
    files = repository_files()
    assert ROOT / "pyproject.toml" in files
    named = [
        f"{path.relative_to(ROOT)}: {found.group()}"
        for path in files
        for found in REGISTRY.finditer(path.read_bytes().decode("latin-1").lower())
    ]
    assert not named, "\n".join(named)
