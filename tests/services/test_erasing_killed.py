"""Killed at any point, an erasure is at the next start undone or done to the last byte."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest
from erasing_killed_kit import finding, furnish, take

from kill_kit import kill_at, points_of

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no fork")
SHARES = (0.3, 0.7, 0.85, 0.93, 0.97, 1.0)
"""Where it is killed, as a share of its points: before, in and after the transaction, in what follows."""


def test_a_killed_erasure_is_undone_or_done_to_the_last_byte(tmp_path: Path) -> None:
    template, probe = tmp_path / "vorher", tmp_path / "probe"
    furnish(template)
    shutil.copytree(template, probe)
    points = points_of(lambda: take(probe), probe)
    for share in SHARES:
        shutil.rmtree(probe)
        shutil.copytree(template, probe)
        assert kill_at(lambda: take(probe), probe, int(points * share))
        assert not finding(probe), share
