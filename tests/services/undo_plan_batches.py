"""What the undo tests call the verbs on several dates of a year's plan with; `world` is theirs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ob_buero_tui.services.council.planning_batches import FIX, FREE, LEAVE_OUT
from ob_buero_tui.store.council_year import YearPlanDate

PLAN_BATCHES: dict[str, Callable[[Any], tuple[Any, ...]]] = {
    "change_plan_dates": lambda world: (world.pick(FIX, FREE, LEAVE_OUT), world.some(YearPlanDate)),
}
