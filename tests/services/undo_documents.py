"""What the undo tests call the verbs on an appointment's files with; `world` is theirs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ob_buero_tui.store.calendar import Event

Arguments = tuple[Any, ...]


def _add(world: Any) -> Arguments:
    from ob_buero_tui.services.intake.keeping import KeptFile

    data = b"%PDF-1.7"
    sha256 = world.place.attachments.store(data)
    kept = KeptFile(filename="Plan.pdf", media_type="application/pdf", size=len(data), sha256=sha256)
    return (world.one(Event), kept)


DOCUMENTS: dict[str, Callable[[Any], Arguments]] = {"add_document": _add}
