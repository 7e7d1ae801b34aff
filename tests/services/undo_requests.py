"""What the undo tests call the verbs on single requests with; `world` is theirs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ob_buero_tui.store.requests import Request

Arguments = tuple[Any, ...]


def _merge(world: Any) -> Arguments:
    keep, others = world.one(Request), world.some(Request)
    return (keep, others, world.pick(None, keep, *others))


REQUESTS: dict[str, Callable[[Any], Arguments]] = {"merge_requests": _merge}
