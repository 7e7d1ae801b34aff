"""What the undo tests call the verbs on results, attendance and minutes with; `world` is theirs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time
from typing import Any

from council_kit import add_item

from ob_buero_tui.rules.attendance import Attendance, Mark
from ob_buero_tui.rules.votes import Votes
from ob_buero_tui.store.council import Meeting
from ob_buero_tui.store.people import Organization, Person

Arguments = tuple[Any, ...]


def _item(world: Any) -> int:
    """An item, made first, for the office starts without any."""
    meeting = world.one(Meeting)
    if meeting == 4711:
        return 4711
    return add_item(world.place, meeting, world.number(5), world.text() or "Haushalt", number="Ö 1")


def _votes(world: Any) -> Votes | None:
    return world.pick(None, Votes(yes=world.number(40), no=world.number(9), abstain=world.number(3)))


RESULTS: dict[str, Callable[[Any], Arguments]] = {
    "confirm_ladungsfrist": lambda world: (world.one(Organization),),
    "shorten_ladungsfrist": lambda world: (world.some(Meeting), world.text()),
    "record_attendance": lambda world: (
        world.one(Meeting),
        {world.one(Person): Mark(attendance=world.pick(*Attendance), came_at=world.pick(None, time(17, 20)))},
    ),
    "write_minutes": lambda world: (world.one(Meeting), world.text()),
    "record_result": lambda world: (
        [_item(world)],
        world.pick("", "einstimmig", "vertagt", "gibt es nicht"),
        _votes(world),
    ),
    "write_resolution": lambda world: (_item(world), world.text()),
    "note_item": lambda world: (_item(world), world.text()),
    "add_item_task": lambda world: (_item(world), world.text(), world.pick(None, world.place.today)),
}
