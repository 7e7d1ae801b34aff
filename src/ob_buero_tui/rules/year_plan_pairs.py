"""What two dates of a plan must keep between them, and which wishes concern two dates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from ob_buero_tui.rules.year_plan import Crew, PlanBody, PlanProblem, PlanRule, Round
from ob_buero_tui.rules.year_plan_days import Candidate, is_evening, overlap, same_room


def forbidding(first: PlanBody, second: PlanBody, day: date) -> Iterator[PlanRule]:
    """Yield the rules by which two bodies may not sit at overlapping times on a day, whatever their rooms."""
    one, other = first.crew(day), second.crew(day)
    if one.members & other.members:
        yield PlanRule.MITGLIEDER
    if clerks_shared(one, other):
        yield PlanRule.SCHRIFTFUEHRUNG
    if first.mayor and second.mayor:
        yield PlanRule.OB


def clerks_shared(one: Crew, other: Crew) -> frozenset[int]:
    """Return who keeps the minutes of one body and is needed in the other."""
    return one.clerks & (other.members | other.clerks) | other.clerks & one.members


def clashing(
    problem: PlanProblem, first: PlanBody, one: Candidate, second: PlanBody, other: Candidate
) -> Iterator[PlanRule]:
    """Yield the rules by which two dates of different bodies cannot both be held."""
    if one.held and one.meeting_id == other.meeting_id:  # they sit together
        return
    if not overlap(one.start, one.end, other.start, other.end, problem.between_minutes):
        return
    yield from forbidding(first, second, one.day)
    if same_room(problem, one.room, other.room):
        yield PlanRule.RAUM


def in_order(later: PlanBody, earlier: Candidate, one: Candidate) -> bool:
    """Tell whether a body's date comes late enough after that of the step before it."""
    return (one.day - earlier.day).days >= later.gap_days and earlier.end <= one.start


def last_before(later: PlanBody, one: Candidate, earlier: Iterable[Candidate]) -> date:
    """Return the last day on which the step before may sit, of all its dates, for `in_order` to hold."""
    last = one.day - timedelta(days=later.gap_days)
    if later.gap_days:
        return last
    same_day = (each for each in earlier if each.day == one.day)
    return last if all(each.end <= one.start for each in same_day) else last - timedelta(days=1)


def apart(body: PlanBody, earlier: Candidate, one: Candidate) -> bool:
    """Tell whether enough days lie between two sessions of one body."""
    return (one.day - earlier.day).days >= max(body.pause_days, 1)


def usual_distance(earlier: Round, later: Round) -> int:
    """Return the days between the middles of two rounds."""
    return ((later.first - earlier.first).days + (later.last - earlier.last).days) // 2


def spread_levels(problem: PlanProblem) -> tuple[int, ...]:
    """Return by how many days a distance may differ before it costs, and costs again."""
    free = problem.costs.spread_days
    return (free, 2 * free)


def takes_evening_before(deciding: PlanBody, one: Candidate, other_body: PlanBody, other: Candidate) -> bool:
    """Tell whether another body's session takes the evening on which the fractions would meet."""
    return (
        other.day == one.day - timedelta(days=1)
        and is_evening(other.end)
        and bool(deciding.crew(one.day).members & other_body.crew(other.day).members)
    )
