"""In which order copies are offered after somebody went back to one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ob_buero_tui.store.backup.choosing import chosen_first
from ob_buero_tui.store.backup.contents import Contents
from ob_buero_tui.store.backup.labels import BEFORE
from ob_buero_tui.store.backup.listing import BackupCopy

MONDAY = datetime(2026, 11, 23, 8, tzinfo=UTC)


def _copies(told: str) -> list[BackupCopy]:
    """„W>a b a“: W was given up for a; the newest first."""
    found = []
    for hours, each in enumerate(reversed(told.split())):
        name, _, went_to = each.partition(">")
        made = MONDAY + timedelta(hours=hours)
        label = BEFORE if name[0].isupper() else ""
        contents = Contents(went_to=went_to)
        found.append(BackupCopy(path=Path(name), made=made, label=label, size=1, contents=contents))
    return found[::-1]


@pytest.mark.parametrize(
    ("newest_first", "offered"),
    [
        ("c b a", "c b a"),
        ("W>a b a", "a W b"),  # what was done between belongs to what was given up
        ("c W>a b a", "c a W b"),
        ("V>W W>a b a", "W V b a"),  # and back again: what had been given up is the office once more
        ("W W.age>a b a.age a", "W a.age a W.age b"),
        ("W>elsewhere b a", "b W a"),
        ("W b a", "W b a"),  # the return was broken off
        ("W>a", "W"),
    ],
)
def test_what_was_given_up_comes_behind_what_was_chosen(newest_first: str, offered: str) -> None:
    assert [copy.path.name for copy in chosen_first(_copies(newest_first))] == offered.split()
