"""What the undo tests call the verbs on agendas and topics with; `world` is theirs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ob_buero_tui.store.council import Meeting, Paper
from ob_buero_tui.store.council_topics import Topic

Arguments = tuple[Any, ...]
AGENDA: dict[str, Callable[[Any], Arguments]] = {
    "place_paper": lambda world: (world.one(Paper), world.one(Meeting)),
    "place_topics": lambda world: (world.some(Topic), world.one(Meeting), world.text()),
}
