"""A stored plan and its dates, and what the planner understands of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ob_buero_tui.rules.year_plan import FixedDate, PlanProblem, Round, SchoolDays, Slot
from ob_buero_tui.rules.year_plan_days import Candidate
from ob_buero_tui.services.council.plan_problem import read_problem
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.council_year import YearPlan, YearPlanDate

DRAFT, DECIDED, DISCARDED = "entwurf", "beschlossen", "verworfen"
STATE_LABELS = {DRAFT: "Entwurf", DECIDED: "beschlossen", DISCARDED: "verworfen"}
_NEVER = datetime.combine(date.min, time.min)
_USUAL = timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class Stored:
    """One plan as it is stored."""

    plan: YearPlan
    dates: list[YearPlanDate]

    @property
    def rounds(self) -> tuple[Round, ...]:
        """Its rounds."""
        return rounds_from(self.plan.settings)

    @property
    def school(self) -> SchoolDays:
        """Whether its sessions may lie in the school holidays."""
        return school_from(self.plan.settings)

    @property
    def fixed(self) -> tuple[FixedDate, ...]:
        """What was fixed by hand or is a session already."""
        return tuple(
            FixedDate(
                body_id=one.organization_id,
                round=one.round,
                start=one.start,
                end=one.end,
                room=one.room,
                held=one.meeting_id is not None,
            )
            for one in self.dates
            if one.fixed or one.meeting_id is not None
        )

    def candidates(self) -> dict[Slot, Candidate]:
        """Its dates as the rules look at them, by slot."""
        return {
            (one.organization_id, one.round): Candidate(
                start=one.start,
                end=one.end if one.end is not None else one.start + _USUAL,
                room=one.room,
                fixed=one.fixed or one.meeting_id is not None,
                held=one.meeting_id is not None,
            )
            for one in self.dates
            if one.start is not None
        }

    def problem(self, session: Session, place: Workplace) -> PlanProblem:
        """What it is planned from, as the office stands today."""
        return read_problem(
            session,
            place,
            year=self.plan.year,
            rounds=self.rounds,
            school=self.school,
            fixed=self.fixed,
            own_meetings=[one.meeting_id for one in self.dates if one.meeting_id is not None],
        )


def stored(session: Session, plan_id: int) -> Stored | None:
    """A plan with its dates; None when it is gone."""
    plan = session.get(YearPlan, plan_id)
    return Stored(plan, dates_of(session, [plan_id])) if plan is not None else None


def dates_of(session: Session, plan_ids: Sequence[int]) -> list[YearPlanDate]:
    """The dates of some plans, by round and beginning; those without a date last in their round."""
    rows = session.scalars(select(YearPlanDate).where(YearPlanDate.year_plan_id.in_(plan_ids)))
    return sorted(rows, key=lambda one: (one.round, one.start is None, one.start or _NEVER, one.id))


def rounds_from(settings: dict[str, Any]) -> tuple[Round, ...]:
    """The rounds in a plan's settings."""
    return tuple(
        Round(
            number=int(one["number"]),
            first=date.fromisoformat(one["first"]),
            last=date.fromisoformat(one["last"]),
        )
        for one in settings.get("rounds", ())
    )


def school_from(settings: dict[str, Any]) -> SchoolDays:
    """What a plan's settings say of the school holidays."""
    return SchoolDays(settings.get("school", SchoolDays.NIE.value))


def as_settings(rounds: Sequence[Round], school: SchoolDays) -> dict[str, Any]:
    """Rounds and school holidays as they are stored."""
    return {
        "rounds": [
            {"number": one.number, "first": one.first.isoformat(), "last": one.last.isoformat()}
            for one in rounds
        ],
        "school": school.value,
    }
