"""In which order copies are offered: the newest first, but not what a return gave up before what it chose."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ob_buero_tui.store.backup.labels import BEFORE

if TYPE_CHECKING:
    from ob_buero_tui.store.backup.listing import BackupCopy


def chosen_first(found: Sequence[BackupCopy]) -> list[BackupCopy]:
    """Put the copy that somebody went back to before the state given up for it, and before all between.

    Where it lies in no folder any more, or came from elsewhere, the next one that no return made stands for
    it: it is older than what was given up.

    Args:
        found: Copies, the newest first.
    """
    left: list[BackupCopy] = list(found)
    ordered: list[BackupCopy] = []
    while left:
        given_up = left.pop(0)
        name = _went_to(given_up)
        if name and name not in map(_plain_name, ordered):
            same = [copy for copy in left if _plain_name(copy) == name]
            chosen = same or [copy for copy in left if copy.label != BEFORE][:1]
            ordered += chosen
            left = [copy for copy in left if copy not in chosen]
        ordered.append(given_up)
    return ordered


def _went_to(copy: BackupCopy) -> str:
    return copy.contents.went_to if copy.label == BEFORE and copy.contents is not None else ""


def _plain_name(copy: BackupCopy) -> str:
    return copy.path.name.removesuffix(".age")
