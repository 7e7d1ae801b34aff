"""What the undo tests call the verbs of deciding with; `world` is theirs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from ob_buero_tui.services.requests.decision import Decision
from ob_buero_tui.store.decisions import Inquiry
from ob_buero_tui.store.requests import Request

Arguments = tuple[Any, ...]
DECISION: dict[str, Callable[[Any], Arguments]] = {
    "deputy_promised": lambda world: (world.some(Request),),
    "deputy_refused": lambda world: (world.some(Request),),
    "hand_over": lambda world: (
        world.some(Request),
        world.pick("", "amt66", "Kreis Nordwald"),
        world.pick(None, world.place.today + timedelta(days=world.number(9))),
        world.text(),
    ),
    "postpone": lambda world: (world.some(Request), world.place.today + timedelta(days=world.number(9))),
    "end_request": lambda world: (world.some(Request), world.pick("rueckzug", "ausfall", "nichts")),
    "record_outcome": lambda world: (world.some(Request), world.pick("zwischenbescheid", "zusage")),
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


@arguments("inquire")
def _inquire(world: Any) -> Arguments:
    from ob_buero_tui.services.requests.inquiring import Question

    due = world.place.today + timedelta(days=world.number(9))
    return (
        world.some(Request),
        Question(text=world.text(), due_on=due, department=world.pick("", "amt66", "dez1", "x")),
    )


@arguments("answer_inquiry")
def _answer(world: Any) -> Arguments:
    from ob_buero_tui.services.requests.inquiring import Question, inquire

    due = world.place.today + timedelta(days=5)
    inquire(world.place, [world.one(Request)], Question(text="Wie viele Gäste?", due_on=due))
    return (world.one(Inquiry), world.text())


@arguments("move_request")
def _move(world: Any) -> Arguments:
    from ob_buero_tui.services.requests.moving import Moving

    with world.place.reading() as session:
        row = session.get(Request, world.one(Request))
        key, version = (row.id, row.version) if row is not None else (4711, 1)
    start = world.place.now.replace(minute=0, second=0) + timedelta(days=world.number(40))
    return (Moving(request_id=key, version=version, start=start),)
