"""Calls that nobody makes: code from text, shells, pickles, a database past its door, no charset."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Final

import pytest

from test_gates import dotted

SOURCE: Final = Path(__file__).resolve().parents[1] / "src" / "ob_buero_tui"
NEVER: Final = frozenset({"eval", "exec", "compile", "__import__", "os.system", "os.popen"})
MODULES: Final = frozenset({"pickle", "marshal", "shelve", "xml.etree", "xml.dom", "xml.sax"})
TEXT: Final = frozenset({"open", "read_text", "write_text", "fdopen"})


def offences(source: str, name: str) -> list[str]:
    """What a source text does of all this, as line and code."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import | ast.ImportFrom):
            module = node.module or "" if isinstance(node, ast.ImportFrom) else node.names[0].name
            if any(module == one or module.startswith(f"{one}.") for one in MODULES):
                found.append(f"{node.lineno}: import {module}")
        elif isinstance(node, ast.Call) and _is_wrong(node, name):
            found.append(f"{node.lineno}: {ast.unparse(node.func)}")
    return found


def _is_wrong(node: ast.Call, name: str) -> bool:
    called = dotted(node.func)
    given = {keyword.arg: keyword.value for keyword in node.keywords}
    if called in NEVER:
        return True
    if called.endswith(("sqlite3.connect", "sqlcipher3.connect")):
        return name != "store/connecting.py"
    if isinstance(shell := given.get("shell"), ast.Constant) and shell.value:
        return True
    last = called.rpartition(".")[2]
    if last not in TEXT or called.startswith(("os.open", "archive.", "zipfile.", "tarfile.", "webbrowser.")):
        return False
    modes = [one.value for one in (*node.args, *given.values()) if isinstance(one, ast.Constant)]
    binary = any(isinstance(mode, str) and "b" in mode and set(mode) <= set("rwaxb+") for mode in modes)
    return not binary and "encoding" not in given and None not in given


@pytest.mark.parametrize("folder", sorted(path.name for path in SOURCE.iterdir() if path.is_dir()))
def test_nobody_makes_a_forbidden_call(folder: str) -> None:
    paths = [*(SOURCE / folder).rglob("*.py"), *SOURCE.glob("*.py")]
    found = [
        f"{path.relative_to(SOURCE).as_posix()}:{one}"
        for path in paths
        for one in offences(path.read_text(encoding="utf-8"), path.relative_to(SOURCE).as_posix())
    ]
    assert found == []


@pytest.mark.parametrize(
    "code",
    [
        "eval(text)",
        "import pickle",
        "from xml.etree import ElementTree",
        "subprocess.run(line, shell=True)",
        "sqlite3.connect(path)",
        "path.open()",
        "open(path, 'w')",
        "path.write_text(text)",
        "path.read_text()",
    ],
)
def test_the_guard_sees_what_is_wrong(code: str) -> None:
    assert len(offences(code, "tui/app.py")) == 1
