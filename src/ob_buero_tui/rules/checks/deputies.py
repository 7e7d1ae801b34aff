"""The check rule about deputies: who of them could come instead."""

from __future__ import annotations

from collections.abc import Sequence

from ob_buero_tui.rules.checks.model import CheckFacts, Deputy, Level
from ob_buero_tui.rules.checks.registry import Answer, Params, ParamSpec, check_rule

_CHAINS = ("repraesentation", "verwaltung")


@check_rule("vertretung", params=(ParamSpec("kette", str, choices=_CHAINS),))
def deputies_free(facts: CheckFacts, params: Params) -> Answer:
    """Say of each deputy of a chain whether there is time, travel included, and who is next in order."""
    if facts.event_start is None:
        return Level.OPEN, "Datum des Anlasses fehlt"
    chain = facts.deputies.get(params.get("kette", _CHAINS[0]), ())
    if not chain:
        return Level.OPEN, "es ist keine Vertretung hinterlegt (representation.toml)"
    first = next((one for one in chain if not one.busy), None)
    told = "; ".join(_told(one, next_one=one is first) for one in chain)
    return Level.INFO, told if first is not None else f"niemand frei: {told}"


def _told(deputy: Deputy, *, next_one: bool) -> str:
    if deputy.busy:
        return f"{deputy.label}: {_reasons(deputy.busy)}"
    unknown = "" if deputy.known else " (kein Kalender eingelesen)"
    return f"{deputy.label}: frei{unknown}{', an der Reihe' if next_one else ''}"


def _reasons(busy: Sequence[str]) -> str:
    more = f" und {len(busy) - 1} weitere" if len(busy) > 1 else ""
    return f"nicht frei, {busy[0]}{more}"
