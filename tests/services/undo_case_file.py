"""What the undo tests call the filing of a closed request with; `world` is theirs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ob_buero_tui.services.work import transaction
from ob_buero_tui.store.requests import Request

Arguments = tuple[Any, ...]
NOW = 2**40
"""A step of the journal that nothing came after."""


def _closed_one(world: Any) -> Arguments:
    """A request, mostly one that may leave; what is filed cannot be taken back."""
    key = world.one(Request)
    if world.pick(True, True, False):
        with transaction(world.place, "note") as work:
            request = work.session.get(Request, key)
            if request is not None:
                request.closed, request.closed_on = True, work.today
    return ({key: NOW},)


CASE_FILE: dict[str, Callable[[Any], Arguments]] = {"file_case": _closed_one}
