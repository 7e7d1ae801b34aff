"""The lists that the Jahresplan shows of one plan: its dates in several orders, and its weeks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from ob_buero_tui.rules.workdays import WorkCalendar
from ob_buero_tui.services.council.planning_views import DateView, PlanLine, PlanView

ROUNDS, BODIES, WEEKS, COSTS = "runden", "gremien", "wochen", "kompromisse"
COMPARED, HABITS = "vergleich", "vorgaben"
ONE_DAY, ONE_WEEK = timedelta(days=1), timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekView:
    """A week of the year; `school` when most of its days from Monday to Friday are in the school holidays."""

    monday: date
    school: bool


def ordered(plan: PlanView, split: str) -> tuple[DateView, ...]:
    """The dates of a plan in the order of a list; of the compromises only what does not simply fit."""
    if split == BODIES:
        return tuple(
            sorted(plan.dates, key=lambda one: (one.step, one.organization, one.organization_id, one.round))
        )
    if split == COSTS:
        found = (one for one in plan.dates if one.breaks or one.cost or _is_open(one))
        return tuple(sorted(found, key=lambda one: (not one.breaks, not _is_open(one), -one.cost, one.round)))
    return plan.dates


def _is_open(one: DateView) -> bool:
    return one.start is None and not one.left_out


def rival(plans: Sequence[PlanLine], plan_id: int) -> PlanLine | None:
    """The plan that another one is compared with: the next variant of its year, else the one before it."""
    here = next((one for one in plans if one.id == plan_id), None)
    if here is None:
        return None
    same = [one for one in plans if one.year == here.year and (one.state != "verworfen" or one.id == plan_id)]
    at = same.index(here)
    others = same[at + 1 :] or same[:at][::-1]
    return others[0] if others else None


def weeks_of(plan: PlanView, calendar: WorkCalendar) -> tuple[WeekView, ...]:
    """The weeks of the plan's year, and those that its dates reach into beyond."""
    days = [one.start.date() for one in plan.dates if one.start is not None]
    first = min([date(plan.year, 1, 4), *days])
    last = max([date(plan.year, 12, 28), *days])
    monday = first - ONE_DAY * first.weekday()
    weeks = []
    while monday <= last:
        free = sum((monday + ONE_DAY * n) in calendar.school for n in range(5))
        weeks.append(WeekView(monday=monday, school=free >= 3))
        monday += ONE_WEEK
    return tuple(weeks)
