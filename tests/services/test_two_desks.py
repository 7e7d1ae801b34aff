"""Desks that edit the same records at once lose nothing, and overwrite nothing unseen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from racing_kit import race

from ob_buero_tui.services.workplace import Workplace


def test_two_programs_edit_the_same_forms_and_each_outdated_one_is_refused(
    place: Workplace, database: Path, make_request: Callable[..., int]
) -> None:
    """In the small: `python -m benchmarks.trust desks` lets 2 do 500 and 8 do 125."""
    keys = [make_request(subject=f"Sache {number}") for number in range(2)]
    done = race(database, place, keys, desks=2, edits=20)
    assert done.faults == ()
    assert (done.saved, done.present, done.refused) == (40, 40, 40)
