"""Paths as somebody types them: read with ~ and quotes, and completed by what lies in their folder."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ob_buero_tui.rules.folding import fold

SHOWN: Final = 200
"""The most names that one completion looks through."""
_QUOTES: Final = ("'", '"')


@dataclass(frozen=True, slots=True, kw_only=True)
class Completion:
    """How a typed path goes on.

    Args:
        text: The path, as far as all matches agree.
        matches: The names that begin so, folders with their separator, folders first.
    """

    text: str
    matches: tuple[str, ...] = ()


def typed_path(typed: str, base: Path) -> Path:
    """The path somebody typed or dragged in: quotes around it and file:// before it are taken away.

    Args:
        base: Where a path without a beginning starts.
    """
    text = typed.strip()
    if len(text) > 1 and text[0] in _QUOTES and text[-1] == text[0]:
        text = text[1:-1]
    if text.startswith("file://"):
        from urllib.parse import unquote, urlsplit

        text = unquote(urlsplit(text).path)
    return base / os.path.expanduser(text)


def complete(typed: str, base: Path, *, folders_only: bool = False) -> Completion:
    """The names that a typed path may go on with; case and umlauts do not count.

    Args:
        base: Where a path without a beginning starts.
        folders_only: Whether only folders are wanted.
    """
    at = max(typed.rfind("/"), typed.rfind(os.sep)) + 1
    head, beginning = typed[:at], typed[at:]
    names = list(_names(typed_path(head, base) if head else base, beginning, folders_only=folders_only))
    if not names:
        return Completion(text=typed)
    common = _common(names)
    # What is typed in another spelling is replaced by how the name is really written.
    return Completion(
        text=head + (common if len(common) >= len(beginning) else beginning), matches=tuple(names)
    )


def _names(folder: Path, beginning: str, *, folders_only: bool) -> Iterator[str]:
    wanted = fold(beginning)
    found: list[tuple[bool, str]] = []
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                hidden = entry.name.startswith(".") and not beginning.startswith(".")
                if hidden or not fold(entry.name).startswith(wanted):
                    continue
                is_folder = _is_folder(entry)
                if is_folder or not folders_only:
                    found.append((not is_folder, entry.name + ("/" if is_folder else "")))
                if len(found) >= SHOWN:
                    break
    except (OSError, ValueError):  # no such folder, no right to read it, a null in what was typed
        return
    yield from (name for _, name in sorted(found, key=lambda each: (each[0], fold(each[1]))))


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _common(names: list[str]) -> str:
    """How all names begin, in the spelling of the first."""
    first = names[0]
    for length in range(len(first), 0, -1):
        if all(fold(name).startswith(fold(first[:length])) for name in names):
            return first[:length]
    return ""
