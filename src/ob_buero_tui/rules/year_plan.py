"""What a council's year is planned from and what comes of it: plain values between services and the solver.

A plan knows slots: one body in one round. Each slot gets a day; the time of day and the room are the body's
own, unless a person fixed the date. Hard rules are never broken, wishes cost points.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from ob_buero_tui.rules.folding import fold
from ob_buero_tui.rules.ladungsfrist import LadungsfristRule
from ob_buero_tui.rules.workdays import WorkCalendar

Slot = tuple[int, int]
"""A body's key and the number of a round."""


class Wish(StrEnum):
    """What a date may cost: wishes that are weighed against each other."""

    WOCHENTAG = "wochentag"
    FERIEN = "ferien"
    BRUECKENTAG = "brueckentag"
    FRAKTION = "fraktion"
    ANLASS = "anlass"
    ABWESEND = "abwesend"
    ABSTAND = "abstand"
    DEZEMBER = "dezember"


class PlanRule(StrEnum):
    """What is never broken by the planner."""

    MITGLIEDER = "mitglieder"
    SCHRIFTFUEHRUNG = "schriftfuehrung"
    OB = "ob"
    RAUM = "raum"
    BELEGT = "belegt"
    FOLGE = "folge"
    PAUSE = "pause"
    FEIERTAG = "feiertag"
    SCHULFERIEN = "schulferien"
    LADUNGSFRIST = "ladungsfrist"
    RUNDE = "runde"
    FEST = "fest"


class SchoolDays(StrEnum):
    """Whether sessions may lie in the school holidays."""

    NIE = "nie"
    UNGERN = "ungern"
    EGAL = "egal"


@dataclass(frozen=True, slots=True, kw_only=True)
class Crew:
    """Who must be in a body's sessions from a day on: keys of its members, and of who keeps its minutes."""

    since: date
    members: frozenset[int] = frozenset()
    clerks: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanBody:
    """How a body sits, and who must be there.

    Args:
        id: Its key in the database.
        name: Its short German name.
        weekdays: The days it likes to sit on, 0 for Monday, the preferred one first.
        start: When it begins, wall time.
        minutes: How long it takes.
        room: Where it sits; empty: no room is taken up.
        step: Its place in the Beratungsfolge from 1; 0: it stands outside.
        rounds: The rounds it sits in; none: all.
        gap_days: Days that lie at least between it and the step before it in the same round.
        pause_days: Days that lie at least between two of its own sessions.
        members: Keys of the persons who belong to it, until the first change.
        clerks: Keys of those who keep its minutes, until the first change.
        changes: Who belongs to it from other days on, by day; each tells all of them.
        mayor: Whether its sessions take up the mayor's time.
        ladungsfrist: Its rule; None: nothing is counted.
    """

    id: int
    name: str
    weekdays: tuple[int, ...]
    start: time
    minutes: int = 120
    room: str = ""
    step: int = 1
    rounds: tuple[int, ...] = ()
    gap_days: int = 0
    pause_days: int = 14
    members: frozenset[int] = frozenset()
    clerks: frozenset[int] = frozenset()
    changes: tuple[Crew, ...] = ()
    mayor: bool = False
    ladungsfrist: LadungsfristRule | None = None

    def crew(self, day: date) -> Crew:
        """Return who belongs to it on a day."""
        found = Crew(since=date.min, members=self.members, clerks=self.clerks)
        for one in self.changes:
            if one.since > day:
                break
            found = one
        return found

    @property
    def crews(self) -> tuple[Crew, ...]:
        """Return everybody who belongs to it at some time, by the day since when."""
        return (Crew(since=date.min, members=self.members, clerks=self.clerks), *self.changes)

    def at(self, day: date) -> tuple[datetime, datetime]:
        """Return beginning and end of a session on a day, wall time."""
        start = datetime.combine(day, self.start)
        return start, start + timedelta(minutes=self.minutes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """A Sitzungsfolge: its number from 1, its first and its last day."""

    number: int
    first: date
    last: date


@dataclass(frozen=True, slots=True, kw_only=True)
class FixedDate:
    """A date that a person set: it stays, also where it costs; `start` None: the body sits out this round.

    Args:
        meeting_id: The session that it is already; None: none yet.
    """

    body_id: int
    round: int
    start: datetime | None = None
    end: datetime | None = None
    room: str = ""
    meeting_id: int | None = None

    @property
    def held(self) -> bool:
        """Whether it is a session already: it need not keep the order of the Beratungsfolge."""
        return self.meeting_id is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """Days on which a town does other things: Karneval, a fair, a match."""

    label: str
    first: date
    last: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """A time the mayor is not there or has an appointment, wall time.

    Args:
        label: When, for the office; why is never told.
        away: Whether the mayor is away altogether.
    """

    label: str
    start: datetime
    end: datetime
    away: bool = True

    @property
    def text(self) -> str:
        """„OB abwesend (1.–14.2.)“."""
        return f"OB {'abwesend' if self.away else 'hat einen Termin'} ({self.label})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A session that is in the calendar already.

    Args:
        label: What it is called in a sentence.
        body_ids: The bodies that sit.
        people: Keys of the members and clerks who must be there.
        mayor: Whether it takes up the mayor's time.
        meeting_id: Its key; a slot that is this session is not in its way.
    """

    label: str
    start: datetime
    end: datetime
    body_ids: frozenset[int] = frozenset()
    people: frozenset[int] = frozenset()
    mayor: bool = False
    room: str = ""
    meeting_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Costs:
    """How many points a wish costs when it is not met.

    Args:
        weights: Points by wish; 0 or missing: the wish does not count.
        other_weekday: Which part of the weight of the weekday another of the body's own days costs, percent.
        december_from: The first day of December that costs.
        spread_days: How many days the distance of two sessions may differ from that of their rounds for free.
        differ_percent: The share of dates in which a second variant shall differ from the first.
    """

    weights: Mapping[Wish, int] = field(default_factory=dict)
    other_weekday: int = 25
    december_from: int = 10
    spread_days: int = 14
    differ_percent: int = 30

    def of(self, wish: Wish) -> int:
        """Return the points of a wish."""
        return self.weights.get(wish, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanProblem:
    """Everything a year is planned from.

    Args:
        year: The year whose sessions are planned.
        today: No session whose invitation would have had to go out before this day.
        calendar: Holidays, closed days and school holidays.
        school: Whether sessions may lie in the school holidays.
        between_minutes: What must lie between two sessions that share a person or a room.
        names: Names of persons by key, for the reasons.
        rooms: Keys of the places by how they are spelled, folded: a room may be written in several ways.
    """

    year: int
    today: date
    calendar: WorkCalendar
    bodies: tuple[PlanBody, ...]
    rounds: tuple[Round, ...]
    fixed: tuple[FixedDate, ...] = ()
    occasions: tuple[Occasion, ...] = ()
    absences: tuple[Absence, ...] = ()
    taken: tuple[Taken, ...] = ()
    costs: Costs = field(default_factory=Costs)
    school: SchoolDays = SchoolDays.NIE
    between_minutes: int = 0
    names: Mapping[int, str] = field(default_factory=dict)
    rooms: Mapping[str, int] = field(default_factory=dict)

    def room_key(self, room: str) -> str:
        """Return what tells a room from others, however it is written; empty: no room."""
        plain = fold(room)
        known = self.rooms.get(plain)
        return plain if known is None else f"#{known}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Compromise:
    """A wish that a date does not meet: its points, and why in German."""

    wish: Wish
    cost: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedDate:
    """A slot with its date; `start` None: the body sits out this round."""

    body_id: int
    round: int
    start: datetime | None
    end: datetime | None
    room: str = ""
    fixed: bool = False
    compromises: tuple[Compromise, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Collision:
    """One rule of a set that cannot be kept together, as a German sentence."""

    rule: PlanRule
    text: str
    body_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What the planner found.

    Args:
        dates: One for each slot, by round and beginning; none when the rules collide.
        cost: The points of all compromises.
        proven: Whether nothing cheaper exists.
        collisions: The smallest set of rules that cannot be kept together; none when there are dates.
    """

    dates: tuple[PlannedDate, ...] = ()
    cost: int = 0
    proven: bool = True
    collisions: tuple[Collision, ...] = ()
