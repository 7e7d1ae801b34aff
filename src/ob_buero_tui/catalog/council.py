"""The council's rules as the office's data: the chain of dates of a session, and names of bodies."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import lru_cache
from typing import TYPE_CHECKING

from ob_buero_tui.rules.folding import fold
from ob_buero_tui.rules.session_chain import ChainStep

if TYPE_CHECKING:
    from ob_buero_tui.catalog.model import Catalog
    from ob_buero_tui.rules.ladungsfrist_rule import LadungsfristRule

_BRACKETS = re.compile(r"\s*\([^()]*\)\s*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class CouncilRules:
    """What the office has laid down about sessions.

    Args:
        steps: The steps of the chain of dates in their usual order; use `steps_for` for those of a Land.
        mayor_absent_from: Patterns of names or classifications of bodies whose sessions leave the mayor free.
        no_session: Patterns of names that stand in a calendar of sessions and are none.
        soon: Arbeitstage before a step's date from which on it is due.
        led_by: Who leads agendas and papers of a body that says nothing itself: `wir`, `ris`; empty: the
            council information system where the body came from one.
        minutes_days: Calendar days after a session during which steps that come after it are still asked for.
    """

    steps: tuple[ChainStep, ...] = ()
    mayor_absent_from: tuple[str, ...] = ()
    no_session: tuple[str, ...] = ()
    soon: int = 3
    minutes_days: int = 90
    led_by: str = ""


def ladungsfrist_for(catalog: Catalog, key: str = "") -> LadungsfristRule | None:
    """Return the rule of this key, else the default of the office's Land; None where it has none."""
    own = catalog.ladungsfristen.get(key)
    if own is not None:
        return own
    of_land = (one for one in catalog.ladungsfristen.values() if one.default and one.land == catalog.region)
    return next(reversed(list(of_land)), None)


def steps_for(catalog: Catalog) -> tuple[ChainStep, ...]:
    """Return the steps of the chain for the office's Land, in their usual order."""
    found: dict[str, ChainStep] = {}
    for step in catalog.council.steps:
        if catalog.region in step.laender:
            found[step.key] = step
        elif not step.laender:
            found.setdefault(step.key, step)
    return tuple(found.values())


def mayor_attends(catalog: Catalog, name: str, classification: str = "") -> bool:
    """Tell whether a body's sessions take up the mayor's time, by its name or its OParl classification."""
    return not _matches(catalog.council.mayor_absent_from, name, classification)


def is_session(catalog: Catalog, name: str) -> bool:
    """Tell whether what stands in a calendar of sessions is one; „Sommerpause“ is none."""
    return not _matches(catalog.council.no_session, name)


@lru_cache(maxsize=1024)
def _matches(patterns: Sequence[str], *names: str) -> bool:
    """Compare folded, and without what stands in brackets at the end: „(öffentlich)“."""
    plain = [fold(_BRACKETS.sub("", name)).strip() for name in names if name]
    return any(fnmatchcase(name, fold(pattern)) for pattern in patterns for name in plain)
