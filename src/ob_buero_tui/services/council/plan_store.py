"""Writing what the planner found: new plans of a year, and new dates of one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.year_plan import PlannedDate, Proposal, Slot
from ob_buero_tui.services.council.plan_rows import DISCARDED, DRAFT, Stored, stored
from ob_buero_tui.services.history import Params, sentence
from ob_buero_tui.services.work import Work, use_case
from ob_buero_tui.store.council_year import YearPlan, YearPlanDate

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPlan:
    """A variant to be written.

    Args:
        slots: All slots it has, also those without a date.
        meetings: Slots that are sessions already, with the keys of those.
        after: The variant among the new plans that it was made to differ from; empty: none.
    """

    variant: str
    proposal: Proposal
    slots: tuple[Slot, ...]
    meetings: dict[Slot, int]
    after: str = ""


@use_case("plan_year")
def store_plans(work: Work, year: int, settings: dict[str, Any], new: Sequence[NewPlan]) -> tuple[int, ...]:
    """Write the variants of a year as drafts; a letter that is taken gives way to the next free one."""
    taken = set(
        work.session.scalars(
            select(YearPlan.variant).where(YearPlan.year == year, YearPlan.state != DISCARDED)
        )
    )
    free = [letter for letter in _LETTERS if letter not in taken]
    keys: dict[str, int] = {}
    for one in new:
        letter = one.variant if one.variant not in taken else next(iter(free), one.variant)
        taken.add(letter)
        free = [each for each in free if each != letter]
        after = {"after": keys[one.after]} if one.after in keys else {}
        plan = YearPlan(year=year, variant=letter, settings=settings | after, report=report_of(one.proposal))
        work.session.add(plan)
        work.session.flush()
        keys[one.variant] = plan.id
        dates = {(each.body_id, each.round): each for each in one.proposal.dates}
        for slot in one.slots:
            row = YearPlanDate(year_plan_id=plan.id, organization_id=slot[0], round=slot[1])
            _fill(row, dates.get(slot))
            row.meeting_id = one.meetings.get(slot)
            row.fixed = row.fixed and row.meeting_id is None  # no person set it for this plan
            work.session.add(row)
    work.session.flush()
    work.tell(table="year_plan", ids=list(keys.values()), year=year, variants=len(keys))
    return tuple(keys.values())


@use_case("replan_year")
def store_again(work: Work, plan_id: int, version: Sequence[Any], found: Proposal) -> None:
    """Write the new dates of a draft; where rules collide its dates stay and the report says which.

    Args:
        version: The plan's own when the planner began.

    Raises:
        Refusal: the plan was decided or discarded, or somebody changed a date or its rounds meanwhile.
    """
    own = stored(work.session, plan_id)
    if own is None or own.plan.state != DRAFT:
        raise Refusal("Dieser Plan lässt sich nicht mehr rechnen.", "Er ist kein Entwurf.", "")
    if own.version != tuple(version):
        raise Refusal(
            "Der neue Stand wurde nicht gespeichert.",
            "Inzwischen wurden seine Termine oder Runden geändert.",
            "Rechnen Sie noch einmal.",
        )
    own.plan.report = report_of(found)
    if not found.collisions:
        _replace(work, own, found.dates)
    work.tell(table="year_plan", ids=[plan_id], year=own.plan.year, variant=own.plan.variant)


def _replace(work: Work, own: Stored, dates: Sequence[PlannedDate]) -> None:
    """Write new dates over the old ones; slots that are no more go, new ones come."""
    new = {(one.body_id, one.round): one for one in dates}
    for row in own.dates:
        row.meeting_id = own.meeting_id(row)
        one = new.pop((row.organization_id, row.round), None)
        if one is None and not row.fixed and row.meeting_id is None:
            work.session.delete(row)
        elif one is not None:
            _fill(row, one, fixed=row.fixed)
    for (body_id, number), one in new.items():
        row = YearPlanDate(year_plan_id=own.plan.id, organization_id=body_id, round=number)
        _fill(row, one)
        work.session.add(row)


def _fill(row: YearPlanDate, one: PlannedDate | None, *, fixed: bool | None = None) -> None:
    row.start = one.start if one is not None else None
    row.end = one.end if one is not None else None
    row.room = one.room if one is not None else ""
    row.fixed = one.fixed if one is not None and fixed is None else bool(fixed)
    row.remarks = [each.text for each in one.compromises] if one is not None else []


def report_of(found: Proposal) -> dict[str, Any]:
    """What the planner said, as it is stored."""
    return {
        "cost": found.cost,
        "proven": found.proven,
        "changed": False,
        "contradiction": [one.text for one in found.collisions],
    }


@sentence("plan_year")
def _planned(params: Params) -> str:
    return f"Sitzungen {params.get('year', '')} geplant"


@sentence("replan_year")
def _replanned(_params: Params) -> str:
    return "neu gerechnet"
