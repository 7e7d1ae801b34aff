"""What the undo tests call the verbs of the year planner with; `world` is theirs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

from ob_buero_tui.rules.year_plan import PlannedDate, Proposal, Round, SchoolDays
from ob_buero_tui.services.council.plan_rows import as_settings, stored
from ob_buero_tui.services.council.plan_store import NewPlan
from ob_buero_tui.services.council.planning_views import PatternForm
from ob_buero_tui.store.council_year import YearPlan, YearPlanDate
from ob_buero_tui.store.people import Organization

Arguments = tuple[Any, ...]
ROUNDS = (
    Round(number=1, first=date(2027, 1, 7), last=date(2027, 3, 1)),
    Round(number=2, first=date(2027, 3, 2), last=date(2027, 5, 1)),
)


def _pattern(world: Any) -> Arguments:
    form = PatternForm(weekdays=(world.number(6),), start=time(17), step=world.number(3), room=world.text())
    return (world.one(Organization), form)


def _begin(world: Any) -> datetime:
    return datetime.combine(ROUNDS[0].first + timedelta(days=world.number(20)), time(17))


def _proposal(world: Any, bodies: list[int]) -> Proposal:
    begin = _begin(world)
    end = begin + timedelta(hours=2)
    return Proposal(
        dates=tuple(PlannedDate(body_id=key, round=1, start=begin, end=end) for key in dict.fromkeys(bodies))
    )


def _plan(world: Any) -> Arguments:
    bodies = [key for key in world.keys(Organization) if key != 4711][:2]
    new = NewPlan(
        variant=world.pick("A", "B"),
        proposal=_proposal(world, bodies),
        slots=tuple((key, number) for key in bodies for number in (1, 2)),
        meetings={},
    )
    return (2027, as_settings(ROUNDS, world.pick(*SchoolDays)), (new,))


def _again(world: Any) -> Arguments:
    plan_id = world.one(YearPlan)
    with world.place.reading() as session:
        own = stored(session, plan_id)
        rows = own.version if own is not None else ()
        bodies = [one.organization_id for one in own.dates] if own is not None else []
    return (plan_id, rows, _proposal(world, bodies))


PLANS: dict[str, Callable[[Any], Arguments]] = {
    "edit_pattern": _pattern,
    "plan_year": _plan,
    "replan_year": _again,
    "fix_plan_date": lambda world: (world.one(YearPlanDate), world.pick(None, _begin(world))),
    "free_plan_date": lambda world: (world.one(YearPlanDate),),
    "leave_out_plan_date": lambda world: (world.one(YearPlanDate),),
    "set_plan_rounds": lambda world: (world.one(YearPlan), ROUNDS[: world.number(2)]),
    "accept_plan": lambda world: (world.one(YearPlan),),
    "discard_plan": lambda world: (world.one(YearPlan),),
}
