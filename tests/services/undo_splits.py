"""What the undo tests call the verbs on own piles with; `world` is theirs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ob_buero_tui.services.requests.own_splits import own_splits
from ob_buero_tui.services.requests.splits import save_split

SPLITS: dict[str, Callable[[Any], tuple[Any, ...]]] = {}


def _one(world: Any) -> int:
    """An own pile; made when there is none."""
    keys = [each.id for each in own_splits(world.place)]
    return int(world.pick(*keys)) if keys else save_split(world.place, "Offenes", "status:offen").ids[0]


SPLITS["save_split"] = lambda world: (
    world.pick("Grußworte", "Süd", ""),
    world.pick("art:grusswort", "status:offen -x", "prio:1", ""),
    world.pick("", "eingang"),
)
SPLITS["rename_split"] = lambda world: (_one(world), world.pick("Neuer Name", "Süd", ""))
SPLITS["remove_split"] = lambda world: (_one(world),)
