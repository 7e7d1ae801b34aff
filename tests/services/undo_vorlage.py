"""What the undo tests call the verbs of the OB-Vorlage with; `world` is theirs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ob_buero_tui.services.vorlage.views import VorlageDecision
from ob_buero_tui.store.decisions import Vorlage, VorlageItem
from ob_buero_tui.store.requests import Request

Arguments = tuple[Any, ...]
SAID = [one.value for one in VorlageDecision if one.value]


def _carry_out(world: Any) -> Arguments:
    """Put something on the list, let the mayor say something to all of it, and plan that."""
    from ob_buero_tui.rules.refusals import Refusal
    from ob_buero_tui.services.vorlage import selecting, verbs
    from ob_buero_tui.services.vorlage.outcomes import prepare

    # What is drawn may be decided already, or personal to another desk: then there is nothing to plan.
    try:
        verbs.put_on(world.place, world.some(Request), "", "")
    except Refusal:
        return ((),)
    items = selecting.ids(world.place, selecting.NEXT)
    said = VorlageDecision(world.pick(*SAID))
    try:
        verbs.say(world.place, items, said, "bm1" if said is VorlageDecision.VERTRETUNG else "")
    except Refusal:
        return ((),)
    return (prepare(world.place, items, reasons=dict.fromkeys(items, "Frist")).plans,)


VORLAGE: dict[str, Callable[[Any], Arguments]] = {
    "put_on_vorlage": lambda world: (world.some(Request), world.pick(None, "", "absage"), world.text()),
    "take_off_vorlage": lambda world: (world.some(Request),),
    "move_vorlage_item": lambda world: (world.one(VorlageItem), world.pick(-1, 1)),
    "remark_vorlage_item": lambda world: ([world.one(VorlageItem)], world.text()),
    "decide_vorlage_item": lambda world: (
        world.some(VorlageItem),
        VorlageDecision(world.pick(*SAID)),
        world.pick("", "bm1"),
    ),
    "transfer_vorlage": lambda world: (world.one(Vorlage), {world.number(3): world.pick(*SAID)}),
    "carry_out_vorlage": _carry_out,
}
