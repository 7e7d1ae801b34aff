"""A stored plan and its dates, and what the planner understands of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.year_plan import FixedDate, PlanProblem, Round, SchoolDays, Slot, Taken
from ob_buero_tui.rules.year_plan_days import Candidate
from ob_buero_tui.services.council.plan_people import people_of
from ob_buero_tui.services.council.plan_problem import end_of, read_problem, taking_place
from ob_buero_tui.services.council.sittings import Sitting
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.council_year import YearPlan, YearPlanDate
from ob_buero_tui.store.people import Organization

DRAFT, DECIDED, DISCARDED = "entwurf", "beschlossen", "verworfen"
STATE_LABELS = {DRAFT: "Entwurf", DECIDED: "beschlossen", DISCARDED: "verworfen"}
_NEVER = datetime.combine(date.min, time.min)


@dataclass(frozen=True, slots=True)
class Stored:
    """One plan as it is stored.

    Args:
        sittings: Of a draft: those of its dates that are sessions and take place, by key.
    """

    plan: YearPlan
    dates: list[YearPlanDate]
    sittings: Mapping[int, Sitting] = field(default_factory=dict)

    @classmethod
    def of(cls, session: Session, plan: YearPlan) -> Stored:
        """Read the dates of a plan."""
        dates = dates_of(session, [plan.id])
        keys = [one.meeting_id for one in dates if one.meeting_id is not None and plan.state == DRAFT]
        return cls(plan, dates, {one.id: one for one in taking_place(session, keys)})

    @property
    def rounds(self) -> tuple[Round, ...]:
        """Its rounds."""
        return rounds_from(self.plan.settings)

    @property
    def school(self) -> SchoolDays:
        """Whether its sessions may lie in the school holidays."""
        return school_from(self.plan.settings)

    @property
    def version(self) -> tuple[Any, ...]:
        """What must not have been changed by others while it was being computed."""
        rows = ((one.id, one.fixed, one.start, one.end, one.room, one.meeting_id) for one in self.dates)
        return (self.plan.state, self.plan.settings, *rows)

    def meeting_id(self, row: YearPlanDate) -> int | None:
        """The session that a date is; of a draft only one that still takes place."""
        return row.meeting_id if self.plan.state != DRAFT or row.meeting_id in self.sittings else None

    def candidate(self, row: YearPlanDate) -> Candidate | None:
        """A date as the rules look at it; None: none. In a draft a session lies where it lies now."""
        sitting = self.sittings.get(row.meeting_id or 0)
        if sitting is not None and sitting.start is not None:
            start, end, room = sitting.start, sitting.end, clean(sitting.place)
        elif row.start is None or self.meeting_id(row) != row.meeting_id:
            return None
        else:
            start, end, room = row.start, row.end, row.room
        held = self.meeting_id(row)
        fixed = row.fixed or held is not None
        return Candidate(start=start, end=end_of(start, end), room=room, fixed=fixed, meeting_id=held)

    def candidates(self) -> dict[Slot, Candidate]:
        """Its dates as the rules look at them, by slot."""
        found = {(one.organization_id, one.round): self.candidate(one) for one in self.dates}
        return {slot: one for slot, one in found.items() if one is not None}

    @property
    def fixed(self) -> tuple[FixedDate, ...]:
        """What was fixed by hand, left out or is a session already."""
        out = (one for one in self.dates if one.fixed and one.start is None)
        return (
            *(
                FixedDate(
                    body_id=slot[0],
                    round=slot[1],
                    start=one.start,
                    end=one.end,
                    room=one.room,
                    meeting_id=one.meeting_id,
                )
                for slot, one in self.candidates().items()
                if one.fixed
            ),
            *(FixedDate(body_id=one.organization_id, round=one.round) for one in out),
        )

    def problem(self, session: Session, place: Workplace) -> PlanProblem:
        """What it is planned from, as the office stands today."""
        problem = read_problem(
            session,
            place,
            year=self.plan.year,
            rounds=self.rounds,
            school=self.school,
            fixed=self.fixed,
        )
        planned = {one.id for one in problem.bodies}
        return replace(problem, taken=(*problem.taken, *self._unplanned(session, planned)))

    def _unplanned(self, session: Session, planned: Collection[int]) -> Iterator[Taken]:
        """Yield the dates set by hand of bodies that are planned no more: others keep clear of them."""
        found = [one for one in self.fixed if one.start and not (one.held or one.body_id in planned)]
        ids = [one.body_id for one in found]
        bodies = {
            one.id: one for one in session.scalars(select(Organization).where(Organization.id.in_(ids)))
        }
        for one in found:
            body = bodies.get(one.body_id)
            if body is None or one.start is None:
                continue
            day = one.start.date()
            yield Taken(
                label=clean(body.short_name or body.name),
                start=one.start,
                end=end_of(one.start, one.end),
                people=people_of(session, [body.id], day, day).on(body.id, day),
                mayor=body.mayor_attends,
                room=one.room,
            )


def stored(session: Session, plan_id: int) -> Stored | None:
    """A plan with its dates; None when it is gone."""
    plan = session.get(YearPlan, plan_id)
    return Stored.of(session, plan) if plan is not None else None


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
