"""What the undo tests call the filing of a closed request with; `world` is theirs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ob_buero_tui.store.requests import Request

Arguments = tuple[Any, ...]


def _open_ones(world: Any) -> Arguments:
    """What is filed cannot be taken back: only refusals are drawn here, the rest is in test_case_file."""
    with world.place.reading() as session:
        found = [row.id for row in session.query(Request) if not row.closed]
    return ([world.pick(*found)] if found else [0],)


CASE_FILE: dict[str, Callable[[Any], Arguments]] = {"file_case": _open_ones}
