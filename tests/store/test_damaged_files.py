"""Test 7 in small: files damaged with a seed are refused or sound, and stay as they are.

The long form, with what can be saved of each, is benchmarks/trust/damaged_db.py.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest

from broken_kit import bit_flips, fingerprint, random_page, truncate
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.rescuing import rescue_copy
from ob_buero_tui.store import unclean
from ob_buero_tui.store.backup import integrity_problems, make_backup
from ob_buero_tui.store.opening import Damaged, look

Damage = Callable[[bytes, random.Random], bytes]


def refusal_of(path: Path, backups: Path) -> str:
    """What an opening says; "" where it looked at every page and goes on."""
    try:
        seen = look(path, backups)
    except Damaged as damaged:
        return damaged.now
    assert seen.unclean
    return ""


@pytest.mark.parametrize(("damage", "count"), [(truncate, 5), (random_page, 6), (bit_flips, 8)])
def test_each_damage_is_found_named_with_its_copy_and_touched_by_nobody(
    database: Path, tmp_path: Path, damage: Damage, count: int
) -> None:
    copy = make_backup(database, tmp_path / "kopien", datetime(2026, 11, 25, 8, tzinfo=UTC))
    unclean.suspect(database, 0o600)
    data = database.read_bytes()
    for seed in range(count):
        database.write_bytes(damage(data, random.Random(seed)))  # noqa: S311 a fixed series
        before = fingerprint(database.parent)
        told = refusal_of(database, copy.parent)
        assert str(copy) in told if told else integrity_problems(database) == []
        with suppress(Refusal):
            rescue_copy(database, tmp_path)
        assert fingerprint(database.parent) == before


def test_the_next_opening_after_damage_was_seen_looks_at_every_page(database: Path, backups: Path) -> None:
    database.write_bytes(random_page(database.read_bytes(), random.Random(1)))  # noqa: S311
    assert not look(database, backups).unclean, "the schema alone shows nothing"
    unclean.suspect(database, 0o600)
    with pytest.raises(Damaged):
        look(database, backups)
    unclean.clear_markers(database)
    assert not look(database, backups).unclean
