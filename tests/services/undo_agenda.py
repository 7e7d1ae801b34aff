"""What the undo tests call the verbs on agendas and topics with; `world` is theirs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ob_buero_tui.rules.agenda_line import TypedItem
from ob_buero_tui.rules.topic_line import TopicLine
from ob_buero_tui.store.council import AgendaItem, Meeting, Paper
from ob_buero_tui.store.council_topics import Topic

Arguments = tuple[Any, ...]
AGENDA: dict[str, Callable[[Any], Arguments]] = {
    "place_paper": lambda world: (world.one(Paper), world.one(Meeting)),
    "place_topics": lambda world: (world.some(Topic), world.one(Meeting), world.text()),
    "add_agenda_item": lambda world: (
        world.one(Meeting),
        TypedItem(title=world.text(), public=world.pick(True, False), below=world.pick(True, False)),
        world.text(),
    ),
    "add_standard_items": lambda world: (world.one(Meeting),),
    "edit_agenda_item": lambda world: (world.one(AgendaItem), world.text(), world.text()),
    "set_agenda_part": lambda world: (world.some(AgendaItem),),
    "withdraw_agenda_items": lambda world: (world.some(AgendaItem), world.text()),
    "return_agenda_items": lambda world: (world.some(AgendaItem),),
    "remove_agenda_items": lambda world: (world.some(AgendaItem),),
    "move_agenda_item": lambda world: (world.one(AgendaItem), world.pick(1, -1)),
    "indent_agenda_item": lambda world: (world.one(AgendaItem), world.pick(1, -1)),
    "move_items_to": lambda world: (world.some(AgendaItem), world.one(Meeting), world.text()),
    "new_topic": lambda world: (
        TopicLine(title=world.text(), public=world.pick(True, False), earliest_on=world.place.today),
    ),
    "edit_topic": lambda world: (world.one(Topic), TopicLine(title=world.text())),
    "finish_topics": lambda world: (world.some(Topic),),
    "drop_topics": lambda world: (world.some(Topic),),
    "note_topics": lambda world: (world.some(Topic), world.text()),
}
