"""The list of what was erased, kept beside the copies too, and brought together when one comes back."""

from __future__ import annotations

import glob
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from ob_buero_tui.store.backup.listing import stem_of
from ob_buero_tui.store.erasure_list import (
    Step,
    add_key,
    append_group,
    list_path,
    mark,
    read_groups,
    read_keys,
)

_FAR: Final = (Step.BEGONNEN, Step.VERWORFEN, Step.GILT, Step.FERTIG)
"""How far a step is: of two lists that differ the farther one holds."""


def carry_list(source: Path, target: Path, mode: int) -> None:
    """Write into the list of one place what that of another knows and it does not.

    Args:
        source: What the list lies beside: a database, or its name in a folder of copies.
        target: The same of the other one.
        mode: Permissions of the office's files.

    Raises:
        OSError: a list cannot be read or written.
    """
    present = read_keys(target)
    for key in read_keys(source):
        if key not in present:
            add_key(target, key, mode)
    known = {group.token: group.step for group in read_groups(target)}
    for group in read_groups(source):
        if group.token not in known:
            append_group(target, group, mode)
        if _FAR.index(group.step) > _FAR.index(known.get(group.token, Step.BEGONNEN)):
            mark(target, [group.token], group.step, mode)


def lists_for(copy: Path, database: Path, folders: Iterable[Path]) -> tuple[Path, ...]:
    """Beside what the lists lie that may know what was erased since a copy was made.

    Args:
        database: Where the copy goes; it may bear another name than the one it was made of.
        folders: The folders of the copies.
    """
    found = {database: None}
    for folder in (copy.parent, *folders):
        stem = glob.escape(stem_of(copy) or database.stem)
        for item in sorted(folder.glob(list_path(Path(f"{stem}.*")).name)):
            found[item.with_suffix("")] = None
        found[folder / database.name] = None
    return tuple(found)
