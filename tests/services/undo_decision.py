"""What the undo tests call the verbs of deciding with; `world` is theirs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ob_buero_tui.services.requests.decision import Decision
from ob_buero_tui.store.requests import Request

Arguments = tuple[Any, ...]
DECISION: dict[str, Callable[[Any], Arguments]] = {
    "deputy_promised": lambda world: (world.some(Request),),
    "deputy_refused": lambda world: (world.some(Request),),
    "set_votum": lambda world: (world.some(Request), world.pick("", "zusage", "unbekannt"), world.text()),
}


def arguments(verb: str) -> Callable[[Callable[[Any], Arguments]], Callable[[Any], Arguments]]:
    """Register the drawing function of a verb that needs more than a line."""

    def register(function: Callable[[Any], Arguments]) -> Callable[[Any], Arguments]:
        DECISION[verb] = function
        return function

    return register


@arguments("deputize")
def _deputize(world: Any) -> Arguments:
    from ob_buero_tui.services.requests.deputizing import DeputyPlan, propose_deputies

    proposal = propose_deputies(world.place, world.one(Request))
    chain = world.pick(*proposal.chains)
    deputy = world.pick(*chain.deputies)
    plan = DeputyPlan(
        request_id=proposal.request_id,
        version=proposal.version,
        calendar=deputy.calendar,
        chain=chain.key,
        event=proposal.event,
    )
    return ([plan], Decision(decider=world.pick("", "ob", "regel", "niemand")))
