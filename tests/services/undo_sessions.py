"""What the undo tests call the verbs on sessions with; `world` is theirs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

from ob_buero_tui.rules.visibility import Confidentiality
from ob_buero_tui.services.council.changing import meeting_values
from ob_buero_tui.services.council.making import NewMeeting
from ob_buero_tui.store.council import Meeting
from ob_buero_tui.store.people import Organization, Person

Arguments = tuple[Any, ...]


def _start(world: Any) -> datetime:
    return datetime.combine(world.place.today + timedelta(days=world.number(60) - 5), time(17))


def _new(world: Any) -> NewMeeting:
    return NewMeeting(
        organization_ids=tuple(dict.fromkeys(world.some(Organization))),
        start=_start(world),
        name=world.text(),
        room=world.pick("", "Ratssaal", "Aula"),
        note=world.text(),
        confidentiality=world.pick(*Confidentiality),
        chair_id=world.pick(None, world.one(Person)),
    )


def _edit(world: Any) -> Arguments:
    key = world.one(Meeting)
    before = None
    with world.place.reading() as session:
        row = session.get(Meeting, key)
        there = row is not None and not row.deleted and row.confidentiality != "persoenlich"
    if there:
        before = meeting_values(world.place, key)
    return (key, before, _new(world))


SESSIONS: dict[str, Callable[[Any], Arguments]] = {
    "new_meeting": lambda world: (_new(world),),
    "edit_meeting": _edit,
    "postpone_meeting": lambda world: (world.one(Meeting), _start(world), world.text()),
    "cancel_meeting": lambda world: (world.some(Meeting), world.text()),
    "reinstate_meeting": lambda world: (world.one(Meeting),),
    "set_led_by": lambda world: (world.one(Organization), world.pick("", "wir", "ris", "x")),
}
