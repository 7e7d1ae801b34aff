"""What the screen, the lists and the command of the year planner show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from ob_buero_tui.rules.year_plan import SchoolDays, Wish


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanLine:
    """One plan in the list of plans.

    Args:
        state, state_label: `entwurf`, `beschlossen` or `verworfen`, and its German word.
        dates: How many dates it has.
        open: Slots without a date that were not left out by hand.
        fixed: How many dates a person set.
        cost: The points of all compromises.
        collides: Whether its rules collide, so that the last computation found no dates.
    """

    id: int
    year: int
    variant: str
    name: str
    state: str
    state_label: str
    dates: int
    open: int
    fixed: int
    cost: int
    collides: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundView:
    """A round of a plan; `dates` counts the sessions in it."""

    number: int
    first: date
    last: date
    dates: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CompromiseView:
    """What a date costs, and why in German."""

    wish: Wish
    cost: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DateView:
    """One slot of a plan: a body in a round.

    Args:
        id: Key of the plan's date.
        organization: The body's short name.
        round: From 1; 0: outside all rounds.
        start, end: Wall time; None: without a date.
        fixed: Whether a person set it (a fixed slot without a date was left out by hand).
        compromises: What it costs.
        breaks: Hard rules that a date of a draft breaks now, in German.
        meeting_id: The session that came of it.
    """

    id: int
    organization_id: int
    organization: str
    step: int
    round: int
    start: datetime | None
    end: datetime | None
    room: str
    fixed: bool
    compromises: tuple[CompromiseView, ...] = ()
    breaks: tuple[str, ...] = ()
    note: str = ""
    meeting_id: int | None = None

    @property
    def cost(self) -> int:
        """The points of its compromises."""
        return sum(one.cost for one in self.compromises)

    @property
    def held(self) -> bool:
        """Whether it is a session already; it is moved there."""
        return self.meeting_id is not None

    @property
    def left_out(self) -> bool:
        """Whether a person decided that the body does not sit in this round."""
        return self.fixed and self.start is None


@dataclass(frozen=True, slots=True, kw_only=True)
class CostView:
    """What one wish costs in the whole plan: how often it is not met, and its points."""

    wish: Wish
    label: str
    count: int
    cost: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanView:
    """One plan with its dates.

    Args:
        year, variant, name, state, state_label: As in the list.
        dates: By round and beginning; slots without a date last in their round.
        costs: By wish, the dearest first.
        cost: The points of all compromises.
        proven: Whether the planner proved that nothing cheaper exists, and nothing was changed since.
        changed: Whether dates, rounds or habits were changed by hand since the last computation.
        contradiction: The smallest set of rules that collide, one German sentence each; empty: none.
        accepted: How many of its dates are sessions.
    """

    id: int
    year: int
    variant: str
    name: str
    state: str
    state_label: str
    school: SchoolDays
    rounds: tuple[RoundView, ...]
    dates: tuple[DateView, ...]
    costs: tuple[CostView, ...]
    cost: int
    proven: bool
    changed: bool
    contradiction: tuple[str, ...]
    accepted: int

    @property
    def draft(self) -> bool:
        """Whether it can still be changed."""
        return self.state == "entwurf"


@dataclass(frozen=True, slots=True, kw_only=True)
class CompareRow:
    """One slot in two plans; None: without a date there."""

    organization_id: int
    organization: str
    round: int
    first: datetime | None
    second: datetime | None

    @property
    def differs(self) -> bool:
        """Whether the days or times differ."""
        return self.first != self.second


@dataclass(frozen=True, slots=True, kw_only=True)
class CompareView:
    """Two plans beside each other.

    Args:
        first, second: „2027 A“, „2027 B“.
        rows: All slots by round and the first plan's beginning.
        differing: In how many slots they differ.
        percent: That as a share of all slots, whole percent.
        costs: By wish: label, points in the first, points in the second.
    """

    first: str
    second: str
    rows: tuple[CompareRow, ...]
    differing: int
    percent: int
    costs: tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PatternView:
    """How a body usually sits, as laid down or as its past sessions show.

    Args:
        derived: Whether it was only read from past sessions and nobody laid it down.
        seen: From how many past sessions it was read.
        members: How many persons belong to it.
    """

    organization_id: int
    organization: str
    weekdays: tuple[int, ...]
    start: time | None
    duration_min: int
    room: str
    step: int
    rounds: tuple[int, ...]
    gap_days: int
    pause_days: int
    planned: bool
    note: str = ""
    derived: bool = False
    seen: int = 0
    members: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PatternForm:
    """What a person lays down about how a body sits; the fields of `SittingPattern`."""

    weekdays: tuple[int, ...]
    start: time | None
    duration_min: int = 120
    room: str = ""
    step: int = 1
    rounds: tuple[int, ...] = ()
    gap_days: int = 0
    pause_days: int = 14
    planned: bool = True
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """What planning or planning anew came to.

    Args:
        plan_ids: The plans that were written, variant A first.
        text: One German sentence for the status line.
        contradiction: The smallest set of rules that collide, one German sentence each; empty: none.
    """

    plan_ids: tuple[int, ...]
    text: str
    contradiction: tuple[str, ...] = ()
