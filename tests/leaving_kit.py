"""Finds in the source everything by which something is written, printed, copied, logged or handed over."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import ob_buero_tui

SOURCE = Path(ob_buero_tui.__file__).parent

FILES = frozenset(
    (
        *("write_bytes", "write_text", "fdopen", "mkstemp", "mkdtemp", "NamedTemporaryFile", "copyfile"),
        *("copy2", "copyfileobj", "symlink_to", "hardlink_to"),
        *("write_new", "write_out", "write_waiting", "write_whole", "write_copy", "write_folder"),
    )
)
"""Calls that make a file, ours among them."""
FORMS = frozenset(
    (
        *("make_pdf", "fill_docx", "text_docx", "write_book", "write_table", "write_calendar"),
        *("build_request", "build_cancel", "draft_bytes", "mailto_url", "write_document", "encoded"),
        *("encrypt_file", "case_json", "case_xml", "checksums"),
    )
)
"""Calls that make the bytes of a format others read."""
PRINTED = frozenset(("print", "say", "complain", "print_json", "print_table"))
"""Our printing; on a screen there are methods of these names."""
COPIED = frozenset(("copy_to_clipboard",))
HANDED = frozenset(("Popen", "run", "startfile", "execv", "system"))
LOGGED = frozenset(("debug", "info", "warning", "error", "exception", "critical", "log"))
WAYS = {"file": FILES, "form": FORMS, "copied": COPIED}


_HINT = re.compile(
    rf"\b(?:{'|'.join(sorted(FILES | FORMS | PRINTED | COPIED))}|open)\("
    r"|\bstd(?:out|err)\b|\bsubprocess\b|\bgetLogger\b|\bos\.(?:link|system|startfile|execv)\b"
)
"""A module without any of these words need not be read as code."""


@cache
def _modules() -> tuple[tuple[str, tuple[ast.AST, ...]], ...]:
    """The calls and attributes of every module that may have a way out, read once."""
    read = []
    for path in sorted(SOURCE.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        if _HINT.search(text):
            nodes = (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call | ast.Attribute))
            read.append((path.relative_to(SOURCE).as_posix(), tuple(nodes)))
    return tuple(read)


def found() -> dict[str, set[str]]:
    """The ways out by module, named from the package on: `cli/plan.py` -> {"file", "shown"}."""
    ways: defaultdict[str, set[str]] = defaultdict(set)
    for name, nodes in _modules():
        for node in nodes:
            if isinstance(node, ast.Call):
                ways[name].update(_ways(node))
            elif isinstance(node, ast.Attribute) and ast.unparse(node) in ("sys.stdout", "sys.stderr"):
                ways[name].add("stream")
    return {name: kinds for name, kinds in ways.items() if kinds}


def _ways(call: ast.Call) -> Iterator[str]:
    called = called_name(call)
    owner = call.func.value.id if _of_name(call) else ""
    for way, names in WAYS.items():
        if called in names:
            yield way
    if called in PRINTED and not isinstance(call.func, ast.Attribute):
        yield "shown"
    if called == "open" and _writes(call):
        yield "file"
    if owner == "os" and called == "link":
        yield "file"
    if owner == "os" and called == "open" and "O_WRONLY" in ast.dump(call):
        yield "file"
    if owner in ("subprocess", "os") and called in HANDED:
        yield "handed"
    if owner.casefold().strip("_") in ("log", "logger", "logging") and called in LOGGED:
        yield "logged"


def _of_name(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Attribute) and isinstance(call.func.value, ast.Name)


def called_name(call: ast.Call) -> str:
    """What a call calls, without what it belongs to."""
    if isinstance(call.func, ast.Name):
        return call.func.id
    return call.func.attr if isinstance(call.func, ast.Attribute) else ""


def _writes(call: ast.Call) -> bool:
    """Whether an `open` is for writing."""
    modes = [one.value for one in call.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
    modes += [one.value.value for one in call.keywords if isinstance(one.value, ast.Constant)]
    return any(
        isinstance(mode, str) and set(mode) <= set("wxa+bt") and set(mode) & set("wxa") for mode in modes
    )


def log_calls() -> Iterator[tuple[str, ast.Call]]:
    """Every call that writes into the log, with its module."""
    for name, nodes in _modules():
        for node in nodes:
            if isinstance(node, ast.Call) and "logged" in set(_ways(node)):
                yield name, node
