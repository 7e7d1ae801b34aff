"""Planning a year, which runs outside transactions, and what a typed date would break.

Plans to look at are in `plan_reading` (and reachable from here), use cases on a plan (fix, free, leave out,
rounds, accept, discard) in `planning_verbs`, those on how a body sits in `patterns`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TypeAlias

from ob_buero_tui.catalog.planning import planning_rules
from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.german import long_date
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.year_plan import (
    FixedDate,
    PlannedDate,
    PlanProblem,
    Proposal,
    Round,
    SchoolDays,
    Slot,
)
from ob_buero_tui.rules.year_plan_days import Candidate, candidate_of, sits_in, slots_of
from ob_buero_tui.rules.year_plan_judge import breaks, costs_of, judged
from ob_buero_tui.rules.year_plan_rounds import rounds_of
from ob_buero_tui.services.council.plan_problem import read_problem, sittings_of
from ob_buero_tui.services.council.plan_progress import BrokenOff, Stopped, Tell, silent, unstopped
from ob_buero_tui.services.council.plan_reading import compare, plan_view, plans
from ob_buero_tui.services.council.plan_rows import DRAFT, Stored, as_settings, stored
from ob_buero_tui.services.council.plan_store import NewPlan, store_again, store_plans
from ob_buero_tui.services.council.planning_views import Planned
from ob_buero_tui.services.council.sittings import Sitting
from ob_buero_tui.services.workcalendar import work_calendar
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.council_year import YearPlanDate

__all__ = [
    "compare",
    "date_breaks",
    "likely_day",
    "plan_view",
    "plans",
    "propose",
    "proposed_rounds",
    "replan",
    "slot_breaks",
]


def proposed_rounds(place: Workplace, year: int, count: int = 0) -> tuple[Round, ...]:
    """The rounds of a year between the school holidays, to be edited before planning; 0: as many as usual."""
    with place.reading() as session:
        return rounds_of(year, count or planning_rules(place.catalog).rounds, work_calendar(session, place))


def propose(
    place: Workplace,
    year: int,
    rounds: Sequence[Round] = (),
    *,
    variants: Sequence[str] = ("A", "B"),
    school: SchoolDays = SchoolDays.NIE,
    tell: Tell = silent,
    stopped: Stopped = unstopped,
) -> Planned:
    """Plan a year: write its variants as drafts beside those there are (one action).

    A session that a body has in a round already is its date there. Slow (seconds): call it in a worker.
    Where the rules collide, variant A is written without dates.

    Args:
        rounds: None given: those of `proposed_rounds`.
        tell: Called between the stages.
        stopped: Asked all the time.

    Raises:
        Refusal: no body has a pattern with weekday and time; or somebody broke it off.
    """
    place = place.unveiled
    spans = tuple(rounds) or proposed_rounds(place, year)
    problem, meetings = _fresh_problem(place, year, spans, school)
    if not any(True for _ in slots_of(problem)):
        raise Refusal(
            "Es lässt sich nichts planen.",
            "Kein Gremium hat Vorgaben mit Wochentag und Uhrzeit.",
            "Legen Sie in „Vorgaben“ fest, wann die Gremien tagen.",
        )
    _check_known(problem)
    new = _variants(problem, meetings, variants, tell, stopped)
    tell("speichert")
    keys = store_plans(place, year, as_settings(spans, school), new)
    return _planned(keys, [one.proposal for one in new], f"Jahresplan {year}")


def _check_known(problem: PlanProblem) -> None:
    """Refuse to plan days of which nobody knows yet whether they are holidays."""
    last = max((one.last for one in problem.rounds), default=date.min)
    cal = problem.calendar
    if last > cal.last:
        raise Refusal(
            "So weit lässt sich noch nicht planen.",
            f"Die Feiertage sind nur bis {long_date(cal.last)} bekannt.",
            "Planen Sie ein früheres Jahr.",
        )
    if problem.school is not SchoolDays.EGAL and cal.school and last > cal.school_last:
        raise Refusal(
            "Mit den Schulferien lässt sich so weit noch nicht planen.",
            f"Sie sind nur bis {long_date(cal.school_last)} bekannt.",
            "Rufen Sie die IT, sie trägt die nächsten Ferien ein; oder wählen Sie, dass die Schulferien"
            " nicht zählen.",
        )


def _variants(
    problem: PlanProblem, meetings: dict[Slot, int], variants: Sequence[str], tell: Tell, stopped: Stopped
) -> list[NewPlan]:
    """Plan the first variant, then others that differ from it; only the first where the rules collide."""
    slots, new = _slots(problem), list[NewPlan]()
    for variant in variants:
        tell(f"rechnet Variante {variant}")
        found = _solved(problem, new[0].proposal if new else None, stopped)
        collides = bool(found.collisions)
        if collides:  # what is a session already stays to be seen
            found = replace(found, dates=_held(problem))
        after = new[0].variant if new else ""
        new.append(NewPlan(variant=variant, proposal=found, slots=slots, meetings=meetings, after=after))
        if collides:
            break
    return new


def _solved(problem: PlanProblem, first: Proposal | None, stopped: Stopped) -> Proposal:
    """Let the solver look for dates, which differ from those of a first plan if there is one.

    Raises:
        BrokenOff: somebody broke it off.
    """
    from ob_buero_tui.planning import watch
    from ob_buero_tui.planning.solve import other_plan, plan

    try:
        return plan(problem, stop=stopped) if first is None else other_plan(problem, first, stop=stopped)
    except watch.Stopped:
        raise BrokenOff from None


def _held(problem: PlanProblem) -> tuple[PlannedDate, ...]:
    bodies = {body.id: body for body in problem.bodies}
    dates = {(one.body_id, one.round): candidate_of(bodies[one.body_id], one) for one in problem.fixed}
    return judged(problem, {slot: one for slot, one in dates.items() if one is not None})


def _slots(problem: PlanProblem) -> tuple[Slot, ...]:
    """All slots, also of bodies that sit out a round by hand."""
    out = [(one.body_id, one.round) for one in problem.fixed if one.start is None]
    return (*((body.id, number.number) for body, number in slots_of(problem)), *out)


def _fresh_problem(
    place: Workplace, year: int, rounds: Sequence[Round], school: SchoolDays
) -> tuple[PlanProblem, dict[Slot, int]]:
    """What a new plan starts from, and the sessions that are dates of it already, by slot."""
    with place.reading() as session:
        problem = read_problem(session, place, year=year, rounds=rounds, school=school)
        sittings = sittings_of(session, place, date(year, 1, 1), date(year, 12, 31))
        fixed = tuple(_held_dates(problem, sittings))
        if fixed:
            problem = read_problem(session, place, year=year, rounds=rounds, school=school, fixed=fixed)
    return problem, {(one.body_id, one.round): one.meeting_id for one in fixed if one.meeting_id is not None}


def _held_dates(problem: PlanProblem, sittings: Sequence[Sitting]) -> Iterator[FixedDate]:
    """Yield the first session of each body in each round, its own before one that it joins."""
    for body in problem.bodies:
        leading = [one for one in sittings if one.leading is not None and one.leading.id == body.id]
        joined = [one for one in sittings if body.id in {seat.id for seat in one.seats[1:]}]
        for number in problem.rounds:
            if not sits_in(body, number.number):
                continue
            for one in (*leading, *joined):
                if one.start is not None and number.first <= one.start.date() <= number.last:
                    yield FixedDate(
                        body_id=body.id,
                        round=number.number,
                        start=one.start,
                        end=one.end,
                        room=clean(one.place),
                        meeting_id=one.id,
                    )
                    break


def replan(place: Workplace, plan_id: int, *, tell: Tell = silent, stopped: Stopped = unstopped) -> Planned:
    """Plan the dates of a draft anew: what is fixed stays (one action). Slow: call it in a worker.

    A plan that was made to differ from another one still does. Where the rules collide the old dates stay
    and the plan says which rules.

    Raises:
        Refusal: the plan was decided or discarded, or somebody broke it off.
    """
    place = place.unveiled
    with place.reading() as session:
        own = stored(session, plan_id)
        if own is None or own.plan.state != DRAFT:
            raise Refusal("Dieser Plan lässt sich nicht mehr rechnen.", "Er ist kein Entwurf.", "")
        problem = own.problem(session, place)
        other = stored(session, own.plan.settings.get("after", 0))
        version = own.version
        name = f"{own.plan.year} {own.plan.variant}"
        first = _as_proposal(problem, other) if other is not None and other.plan.state == DRAFT else None
    _check_known(problem)
    tell("rechnet")
    found = _solved(problem, first, stopped)
    tell("speichert")
    store_again(place, plan_id, version, found)
    return _planned((plan_id,), [found], f"Jahresplan {name}")


def _as_proposal(problem: PlanProblem, other: Stored) -> Proposal:
    return Proposal(dates=judged(replace(problem, fixed=()), other.candidates()))


def _planned(keys: tuple[int, ...], found: Sequence[Proposal], name: str) -> Planned:
    contradiction = tuple(one.text for each in found for one in each.collisions)
    if contradiction:
        text = f"{name}: die Vorgaben widersprechen sich"
    else:
        costs = " und ".join(str(one.cost) for one in found)
        dates = sum(each.start is not None for each in found[0].dates)
        text = f"{name}: {dates} Termine, {costs} Punkte"
    return Planned(plan_ids=keys, text=text, contradiction=contradiction)


def date_breaks(
    place: Workplace, date_id: int, start: datetime, end: datetime | None = None, room: str | None = None
) -> tuple[str, ...]:
    """What a date typed for a slot would break or cost, in German; for looking at while typing."""
    broken, costs = slot_breaks(place, date_id)(start, end, room)
    return (*broken, *costs)


Judged: TypeAlias = tuple[tuple[str, ...], tuple[str, ...]]
"""What a date breaks, and what it costs, a German sentence each."""
SlotBreaks: TypeAlias = Callable[[datetime, "datetime | None", "str | None"], Judged]


def slot_breaks(place: Workplace, date_id: int) -> SlotBreaks:
    """Read once what a slot's dates are judged by; what comes back judges one after the other, quickly."""
    with place.reading() as session:
        row = session.get(YearPlanDate, date_id)
        own = stored(session, row.year_plan_id) if row is not None else None
        if row is None or own is None:
            return lambda *_: ((), ())
        problem = own.problem(session, place)
    slot = (row.organization_id, row.round)
    body = next((one for one in problem.bodies if one.id == slot[0]), None)
    length = timedelta(minutes=body.minutes) if body is not None else timedelta(hours=2)
    usual = row.room or (body.room if body is not None else "")
    others = {key: one for key, one in own.candidates().items() if key != slot}

    def judge(start: datetime, end: datetime | None, room: str | None) -> Judged:
        until = end if end is not None else start + length
        typed = Candidate(start=start, end=until, room=usual if room is None else room, fixed=True)
        costs = costs_of(problem, others | {slot: typed})[slot]
        said = tuple(f"{one.text} ({one.cost} Punkte)" for one in costs)
        return tuple(breaks(problem, slot, typed, others)), said

    return judge


def likely_day(place: Workplace, date_id: int) -> date | None:
    """The day a date dialog starts from: the slot's own, else the middle of its round."""
    with place.reading() as session:
        row = session.get(YearPlanDate, date_id)
        own = stored(session, row.year_plan_id) if row is not None else None
    if row is None or own is None:
        return None
    if row.start is not None:
        return row.start.date()
    number = next((one for one in own.rounds if one.number == row.round), None)
    return number.first + (number.last - number.first) / 2 if number is not None else None
