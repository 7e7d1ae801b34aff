"""A fast reader for the plain TOML that catalog files are written in; anything else is left to tomllib.

tomllib takes some ten milliseconds for forty kilobytes, which the start of the program would feel with
thirty kinds of requests. A file in which every line is a header, a comment or `key = value` with a simple
value is read here in about a fourth of the time; the tests hold the result against tomllib. It is no second
dialect: when a line is not plain, the answer is None and tomllib reads the file and names what is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

_NAME = r"[A-Za-z0-9_-]+"
_STRING = r'"[^"\\\x00-\x1f\x7f]*"'
_VALUE = (
    rf"(?P<text>{_STRING})"
    r"|(?P<number>-?(?:0|[1-9][0-9]{0,17}))"
    r"|(?P<truth>true|false)"
    r"|(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})"
    rf"|\[ *(?P<list>(?:{_STRING} *, *)*(?:{_STRING})?) *\]"
)
_LINE = re.compile(
    r" *(?:"
    rf"(?P<key>{_NAME})(?:\.(?P<below>{_NAME}))? *= *(?:{_VALUE})"
    rf"|\[\[(?P<array>{_NAME})(?:\.(?P<inner>{_NAME}))?\]\]"
    rf"|\[(?P<table>{_NAME})\]"
    r")? *(?:#[^\x00-\x08\x0a-\x1f\x7f]*)?"
)
_ITEM = re.compile(_STRING)
_OPENING = re.compile(rf' *({_NAME}) *= *"""')
_LONG = re.compile(r"[^\\\x00-\x08\x0a-\x1f\x7f]*")


def parse_plain(text: str) -> dict[str, Any] | None:
    """Return what tomllib would return for a plain file, and None for every other, valid or not."""
    root: dict[str, Any] = {}
    current = root
    arrays: dict[str, list[dict[str, Any]]] = {}
    dotted: dict[str, dict[str, Any]] = {}
    match = _LINE.fullmatch
    lines = iter(text.replace("\r\n", "\n").split("\n"))
    for line in lines:
        if not line:
            continue
        found = match(line)
        if found is None:
            if not _long_text(line, lines, current):
                return None
            continue
        kind = found.lastgroup
        if kind is None:
            continue
        if kind in ("array", "inner", "table"):
            opened = _opened(root, arrays, found, kind)
            if opened is None:
                return None
            current, dotted = opened, {}
            continue
        key, below = found["key"], found["below"]
        target = current if below is None else _below(current, dotted, key)
        name = key if below is None else below
        value = _value(kind, found[kind])
        if target is None or name in target or value is None:
            return None
        target[name] = value
    return root


def _long_text(line: str, lines: Iterator[str], current: dict[str, Any]) -> bool:
    """Read a text of several lines, from a line `key = \"\"\"` to a line that is the marks alone."""
    found = _OPENING.fullmatch(line)
    if found is None or found[1] in current:
        return False
    inner: list[str] = []
    for one in lines:
        if one == '"""':
            current[found[1]] = "".join(f"{part}\n" for part in inner)
            return True
        if '"""' in one or not _LONG.fullmatch(one):
            return False
        inner.append(one)
    return False


def _opened(
    root: dict[str, Any], arrays: dict[str, list[dict[str, Any]]], found: re.Match[str], kind: str
) -> dict[str, Any] | None:
    """Open the table of a header; None when the name is taken."""
    opened: dict[str, Any] = {}
    if kind == "inner":
        return opened if _inner_opened(arrays, found["array"], found["inner"], opened) else None
    name = found[kind]
    if kind == "array" and name in arrays:
        arrays[name].append(opened)
        # What stands below the new table is not yet there.
        for below in [one for one in arrays if one.startswith(f"{name}.")]:
            del arrays[below]
    elif name in root:
        return None
    elif kind == "array":
        root[name] = arrays[name] = [opened]
    else:
        root[name] = opened
    return opened


def _inner_opened(
    arrays: dict[str, list[dict[str, Any]]], outer: str, name: str, opened: dict[str, Any]
) -> bool:
    """Add a table to a list in the last table of another list; False when there is none, or no room."""
    known = f"{outer}.{name}"
    if known in arrays:
        arrays[known].append(opened)
        return True
    if outer not in arrays or name in arrays[outer][-1]:
        return False
    arrays[outer][-1][name] = arrays[known] = [opened]
    return True


def _below(current: dict[str, Any], dotted: dict[str, dict[str, Any]], key: str) -> dict[str, Any] | None:
    """Return the table that a dotted key writes to; None when the name is taken by something else."""
    if key not in dotted:
        if key in current:
            return None
        current[key] = dotted[key] = {}
    return dotted[key]


def _value(kind: str, text: str) -> Any:
    """Return the value of a key, None for a day that does not exist."""
    if kind == "text":
        return text[1:-1]
    if kind == "number":
        return int(text)
    if kind == "truth":
        return text == "true"
    if kind == "list":
        return [item[1:-1] for item in _ITEM.findall(text)]
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
