"""The year planner: plans and their dates to look at, and planning itself, which runs outside transactions.

Use cases on a plan (fix, free, leave out, rounds, accept, discard) are in `planning_verbs`, those on how a body
sits in `patterns`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from ob_buero_tui.rules.year_plan import Round, SchoolDays
from ob_buero_tui.services.council.planning_views import CompareView, Planned, PlanLine, PlanView
from ob_buero_tui.services.workplace import Workplace


def plans(place: Workplace, year: int | None = None) -> tuple[PlanLine, ...]:
    """All plans, the newest year first, its variants in their order; only those of one year if asked."""
    raise NotImplementedError


def plan_view(place: Workplace, plan_id: int) -> PlanView | None:
    """One plan with its dates, costs and contradictions; None when it is gone."""
    raise NotImplementedError


def compare(place: Workplace, first_id: int, second_id: int) -> CompareView:
    """Two plans beside each other."""
    raise NotImplementedError


def proposed_rounds(place: Workplace, year: int, count: int = 0) -> tuple[Round, ...]:
    """The rounds of a year between the school holidays, to be edited before planning; 0: as many as usual."""
    raise NotImplementedError


def propose(
    place: Workplace,
    year: int,
    rounds: Sequence[Round] = (),
    *,
    variants: Sequence[str] = ("A", "B"),
    school: SchoolDays = SchoolDays.NIE,
) -> Planned:
    """Plan a year: write its variants as drafts beside those there are (one action).

    Slow (seconds): call it in a worker. Where the rules collide, variant A is written without dates.

    Raises:
        Refusal: no body has a pattern with weekday and time.
    """
    raise NotImplementedError


def replan(place: Workplace, plan_id: int) -> Planned:
    """Plan the dates of a draft anew: what is fixed stays (one action). Slow: call it in a worker.

    Where the rules collide the old dates stay and the plan says which rules.

    Raises:
        Refusal: the plan was decided or discarded.
    """
    raise NotImplementedError


def date_breaks(
    place: Workplace, date_id: int, start: datetime, end: datetime | None = None, room: str | None = None
) -> tuple[str, ...]:
    """What a date typed for a slot would break or cost, in German; for looking at while typing."""
    raise NotImplementedError


def likely_day(place: Workplace, date_id: int) -> date | None:
    """The day a date dialog starts from: the slot's own, else the middle of its round."""
    raise NotImplementedError
