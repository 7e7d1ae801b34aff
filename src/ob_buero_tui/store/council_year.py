"""How the council's year is planned: each body's habits, the plans of a year and the dates in them."""

from __future__ import annotations

from datetime import date, time

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ob_buero_tui.store.base import STRICT, Journaled, one_of
from ob_buero_tui.store.types import Fields, Flag, Local, Strings

PLAN_STATES = ("entwurf", "beschlossen", "verworfen")


class SittingPattern(Journaled):
    """How a body usually sits: what the year planner starts from.

    Args:
        weekdays: Numbers as text, 0 for Monday, the preferred one first.
        start_time: When its sessions begin, wall time; `duration_min` how long they take.
        room: Where it sits; a room is never given twice at a time.
        step: Its place in the Beratungsfolge: 1 for the bodies that come first, a higher number after them.
        rounds: Numbers of the year's rounds it sits in, as text; none: all of them.
        gap_days: How many days at least lie between it and the step before it in the same round.
        pause_days: How many days at least lie between two of its own sessions.
        planned: Whether the planner sets dates for it.
    """

    __tablename__ = "sitting_pattern"
    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id"))
    weekdays: Mapped[Strings] = mapped_column(default=list)
    start_time: Mapped[time | None]
    duration_min: Mapped[int] = mapped_column(default=120)
    room: Mapped[str] = mapped_column(default="")
    step: Mapped[int] = mapped_column(default=1)
    rounds: Mapped[Strings] = mapped_column(default=list)
    gap_days: Mapped[int] = mapped_column(default=0)
    pause_days: Mapped[int] = mapped_column(default=14)
    planned: Mapped[Flag] = mapped_column(default=True)
    note: Mapped[str] = mapped_column(default="")

    __table_args__ = (
        UniqueConstraint("organization_id"),
        CheckConstraint("duration_min > 0", name="duration"),
        STRICT,
    )


class YearPlan(Journaled):
    """One variant of a year's sessions.

    Args:
        variant: „A“, „B“ …; two variants of one year stand beside each other until one is decided.
        settings: The rounds with their first and last day, and weights that differ from the catalog's.
        report: What the planner said of it when it was last computed: cost by wish, status.
    """

    __tablename__ = "year_plan"
    year: Mapped[int]
    variant: Mapped[str] = mapped_column(default="A")
    name: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(default="entwurf")
    settings: Mapped[Fields] = mapped_column(default=dict)
    report: Mapped[Fields] = mapped_column(default=dict)

    __table_args__ = (
        one_of("state", PLAN_STATES),
        Index(None, "year"),
        STRICT,
    )


class YearPlanDate(Journaled):
    """One proposed session: a body in a round.

    Args:
        round: Number of the round, from 1; 0 for a date outside all rounds.
        start, end: Wall time; None where the planner found none or it was left out by hand.
        fixed: Whether a person set it: the planner leaves it where it is.
        remarks: The compromises it costs, in German.
        meeting_id: The session that came of it when the plan was accepted.
    """

    __tablename__ = "year_plan_date"
    year_plan_id: Mapped[int] = mapped_column(ForeignKey("year_plan.id"), index=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id"), index=True)
    round: Mapped[int] = mapped_column(default=0)
    start: Mapped[Local | None]
    end: Mapped[Local | None]
    room: Mapped[str] = mapped_column(default="")
    fixed: Mapped[Flag] = mapped_column(default=False)
    remarks: Mapped[Strings] = mapped_column(default=list)
    note: Mapped[str] = mapped_column(default="")
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id"), index=True)

    __table_args__ = (STRICT,)


class Responsibility(Journaled):
    """Who is responsible for a subject, and since when: an old record still shows who decided then.

    Args:
        subject: What for, in the office's words: „Schulen“, „Vorlagen Bau“.
        organization_id: The office or department.
        person_id: Who leads it.
        start_date, end_date: First and last day; None: open.
    """

    __tablename__ = "responsibility"
    subject: Mapped[str]
    organization_id: Mapped[int | None] = mapped_column(ForeignKey("organization.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    start_date: Mapped[date | None]
    end_date: Mapped[date | None]
    note: Mapped[str] = mapped_column(default="")

    __table_args__ = (Index(None, "subject"), STRICT)
