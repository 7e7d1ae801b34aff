"""Plans to look at: the list of them, one with its dates and costs, two beside each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from ob_buero_tui.catalog.planning import planning_rules
from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.year_plan import Compromise, Slot, Wish
from ob_buero_tui.rules.year_plan_days import Candidate
from ob_buero_tui.rules.year_plan_judge import costs_of
from ob_buero_tui.rules.year_plan_words import WISH_LABELS
from ob_buero_tui.services.council.plan_checks import broken
from ob_buero_tui.services.council.plan_rows import DISCARDED, STATE_LABELS, Stored, dates_of, stored
from ob_buero_tui.services.council.planning_views import (
    CompareRow,
    CompareView,
    CompromiseView,
    CostView,
    DateView,
    PlanLine,
    PlanView,
    RoundView,
)
from ob_buero_tui.services.council.sittings import among
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.council_year import SittingPattern, YearPlan, YearPlanDate
from ob_buero_tui.store.people import Organization


def plans(place: Workplace, year: int | None = None) -> tuple[PlanLine, ...]:
    """All plans, the newest year first, its variants in their order; only those of one year if asked."""
    query = select(YearPlan).order_by(
        YearPlan.year.desc(), YearPlan.state == DISCARDED, YearPlan.variant, YearPlan.id
    )
    if year is not None:
        query = query.where(YearPlan.year == year)
    with place.reading() as session:
        rows = list(session.scalars(query))
        dates: defaultdict[int, list[YearPlanDate]] = defaultdict(list)
        for one in dates_of(session, [row.id for row in rows]):
            dates[one.year_plan_id].append(one)
    return tuple(_line(row, dates[row.id]) for row in rows)


def _line(plan: YearPlan, dates: Sequence[YearPlanDate]) -> PlanLine:
    return PlanLine(
        id=plan.id,
        year=plan.year,
        variant=clean(plan.variant),
        name=clean(plan.name),
        state=plan.state,
        state_label=STATE_LABELS.get(plan.state, plan.state),
        dates=sum(one.start is not None for one in dates),
        open=sum(one.start is None and not one.fixed for one in dates),
        fixed=sum(one.fixed for one in dates),
        cost=int(plan.report.get("cost", 0)),
        collides=bool(plan.report.get("contradiction")),
    )


def plan_view(place: Workplace, plan_id: int) -> PlanView | None:
    """One plan with its dates, costs and contradictions; None when it is gone."""
    with place.reading() as session:
        own = stored(session, plan_id)
        if own is None:
            return None
        problem = own.problem(session, place)
        bodies = _bodies(session, [one.organization_id for one in own.dates])
        steps = _steps(session, own)
    steps |= {one.id: one.step for one in problem.bodies}
    candidates = own.candidates()
    costs = costs_of(problem, candidates)
    said = broken(own, problem)
    dates = tuple(_date(row, own.candidate(row), bodies, steps, costs, said) for row in own.dates)
    return _view(own, dates)


def _view(own: Stored, dates: tuple[DateView, ...]) -> PlanView:
    plan = own.plan
    sums: defaultdict[Wish, list[int]] = defaultdict(list)
    for one in dates:
        for each in one.compromises:
            sums[each.wish].append(each.cost)
    costs = [
        CostView(wish=wish, label=WISH_LABELS[wish], count=len(found), cost=sum(found))
        for wish, found in sums.items()
    ]
    changed = bool(plan.report.get("changed"))
    return PlanView(
        id=plan.id,
        year=plan.year,
        variant=clean(plan.variant),
        name=clean(plan.name),
        state=plan.state,
        state_label=STATE_LABELS.get(plan.state, plan.state),
        school=own.school,
        rounds=tuple(
            RoundView(
                number=one.number,
                first=one.first,
                last=one.last,
                dates=sum(each.round == one.number and each.start is not None for each in dates),
            )
            for one in own.rounds
        ),
        dates=dates,
        costs=tuple(sorted(costs, key=lambda one: (-one.cost, one.label))),
        cost=sum(one.cost for one in dates),
        proven=bool(plan.report.get("proven")) and not changed and not plan.report.get("contradiction"),
        changed=changed,
        contradiction=tuple(map(clean, plan.report.get("contradiction", ()))),
        accepted=sum(one.meeting_id is not None for one in dates),
    )


def _date(
    row: YearPlanDate,
    there: Candidate | None,
    bodies: Mapping[int, str],
    steps: Mapping[int, int],
    costs: Mapping[Slot, tuple[Compromise, ...]],
    said: Mapping[Slot, tuple[str, ...]],
) -> DateView:
    slot = (row.organization_id, row.round)
    return DateView(
        id=row.id,
        organization_id=row.organization_id,
        organization=bodies.get(row.organization_id, ""),
        step=steps.get(row.organization_id, 0),
        round=row.round,
        start=there.start if there is not None else None,
        end=there.end if there is not None else None,
        room=clean(there.room if there is not None else row.room),
        fixed=row.fixed,
        compromises=tuple(
            CompromiseView(wish=one.wish, cost=one.cost, text=one.text) for one in costs.get(slot, ())
        ),
        breaks=said.get(slot, ()),
        note=clean(row.note, multiline=True),
        meeting_id=there.meeting_id if there is not None else None,
    )


def _bodies(session: Session, ids: Sequence[int]) -> dict[int, str]:
    rows = session.execute(
        select(Organization.id, Organization.name, Organization.short_name).where(
            Organization.id.in_(among(ids))
        )
    )
    return {row.id: clean(row.short_name or row.name) for row in rows}


def _steps(session: Session, own: Stored) -> dict[int, int]:
    """Places in the Beratungsfolge of bodies that were laid down, also of those no longer planned."""
    rows = session.execute(
        select(SittingPattern.organization_id, SittingPattern.step).where(
            SittingPattern.organization_id.in_(among([one.organization_id for one in own.dates]))
        )
    )
    return {row.organization_id: row.step for row in rows}


def compare(place: Workplace, first_id: int, second_id: int) -> CompareView:
    """Two plans beside each other; of one that is gone nothing is shown."""
    first, second = plan_view(place, first_id), plan_view(place, second_id)
    left, right = _by_slot(first), _by_slot(second)
    rows = tuple(_compared(slot, left.get(slot), right.get(slot)) for slot in {**left, **right})
    differing = sum(one.differs for one in rows)
    points = {wish: (_points(first, wish), _points(second, wish)) for wish in Wish}
    weights = planning_rules(place.catalog).weights
    return CompareView(
        first=f"{first.year} {first.variant}" if first else "",
        second=f"{second.year} {second.variant}" if second else "",
        rows=rows,
        differing=differing,
        percent=100 * differing // len(rows) if rows else 0,
        costs=tuple(
            (WISH_LABELS[wish], *both) for wish, both in points.items() if any(both) or weights.get(wish)
        ),
    )


def _by_slot(plan: PlanView | None) -> dict[Slot, DateView]:
    return {(one.organization_id, one.round): one for one in plan.dates} if plan is not None else {}


def _compared(slot: Slot, first: DateView | None, second: DateView | None) -> CompareRow:
    known = first or second
    return CompareRow(
        organization_id=slot[0],
        organization=known.organization if known is not None else "",
        round=slot[1],
        first=first.start if first is not None else None,
        second=second.start if second is not None else None,
    )


def _points(plan: PlanView | None, wish: Wish) -> int:
    return sum(one.cost for one in plan.costs if one.wish is wish) if plan is not None else 0
