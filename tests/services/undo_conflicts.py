"""What the undo tests call the verbs on conflicts with; `world` is theirs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from ob_buero_tui.store.calendar import Event

Arguments = tuple[Any, ...]
DAY = date(2026, 12, 1)
"""The day that the appointments of these tests lie on, all at the same time."""

CONFLICTS: dict[str, Callable[[Any], Arguments]] = {
    "waive": lambda world: (_key(world), DAY, world.text()),
    "unwaive": lambda world: (_key(world), DAY),
}


def _key(world: Any) -> str:
    return f"{world.one(Event)}{world.pick('', '@2026-12-01T10:00')}"
