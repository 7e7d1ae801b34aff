"""What the undo tests call the verbs on call-backs with; `world` is theirs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ob_buero_tui.store.requests import Request

Arguments = tuple[Any, ...]
CALLS: dict[str, Callable[[Any], Arguments]] = {
    "count_attempt": lambda world: (_call(world),),
    "finish_call": lambda world: (_call(world), world.text()),
}


def _call(world: Any) -> list[int]:
    """A call just taken down, or any request."""
    from ob_buero_tui.services.requests.creating import Captured, create_request

    if world.pick(True, False):
        return list(world.some(Request))
    fields = {"rueckruf": "erbeten", "rueckruf_durch": world.pick("OB", "PS")}
    captured = Captured(
        kind="telefonnotiz", channel="Telefon", subject="Rückruf", tel="0555 4711", fields=fields
    )
    return list(create_request(world.place, captured).ids)
