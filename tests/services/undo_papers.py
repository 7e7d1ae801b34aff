"""What the undo tests call the verbs on papers with; `world` is theirs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ob_buero_tui.rules.beratungsfolge import ROLES
from ob_buero_tui.services.council.paper_edit import PaperValues
from ob_buero_tui.store.council import PAPER_STATES, Consultation, Paper
from ob_buero_tui.store.people import Organization

Arguments = tuple[Any, ...]


def _values(world: Any) -> PaperValues:
    return PaperValues(
        name=world.text(),
        kind=world.pick("beschlussvorlage", "antrag", "gibtesnicht"),
        office_id=world.pick(None, world.one(Organization)),
        file_reference=world.pick("", "10/PS"),
        number=world.pick("", "", "BV 2026 0007"),
    )


def _station(world: Any) -> Arguments:
    return (world.one(Paper), world.one(Organization), world.pick(*ROLES))


PAPERS: dict[str, Callable[[Any], Arguments]] = {
    "create_paper": lambda world: (_values(world),),
    "supplement_paper": lambda world: (world.one(Paper), _values(world)),
    "edit_paper": lambda world: (world.one(Paper), _values(world)),
    "set_paper_state": lambda world: (world.some(Paper), world.pick(*PAPER_STATES)),
    "add_paper_file": lambda world: (world.one(Paper), world.text(), world.pick(True, False)),
    "note_paper": lambda world: (world.some(Paper), world.text()),
    "add_consultation": _station,
    "change_consultation": lambda world: (world.one(Consultation), world.pick(None, *ROLES)),
    "move_consultation": lambda world: (world.one(Consultation), world.number(5) - 2),
    "drop_consultation": lambda world: (world.one(Consultation),),
}
