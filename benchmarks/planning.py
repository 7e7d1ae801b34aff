"""`python -m benchmarks.planning`: a year of a synthetic city, planned in two variants, and a contradiction.

26 bodies, 6 rounds, 350 memberships, the real holidays and school holidays of NRW 2027.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import combinations
from random import Random
from time import perf_counter

from ob_buero_tui.planning.solve import other_plan, plan
from ob_buero_tui.rules.ladungsfrist import LadungsfristRule
from ob_buero_tui.rules.workdays import WorkCalendar
from ob_buero_tui.rules.year_plan import (
    Absence,
    Costs,
    FixedDate,
    Occasion,
    PlanBody,
    PlanProblem,
    Proposal,
    Wish,
)
from ob_buero_tui.rules.year_plan_rounds import rounds_of
from ob_buero_tui.rules.year_plan_words import WISH_LABELS

YEAR, ROUNDS = 2027, 6
COUNCILLORS = 50
COUNCIL, MAIN = 1, 2
_KEY = "stadt"
FRIST = LadungsfristRule(key=_KEY, label="10 volle Tage", text="{n} volle Tage", norm="GO", source="GO", n=10)
WEIGHTS = {
    Wish.WOCHENTAG: 20,
    Wish.FERIEN: 40,
    Wish.BRUECKENTAG: 10,
    Wish.FRAKTION: 5,
    Wish.ANLASS: 10,
    Wish.ABWESEND: 15,
    Wish.ABSTAND: 5,
    Wish.DEZEMBER: 5,
}


def calendar() -> WorkCalendar:
    """The holidays and school holidays of NRW around the planned year."""
    import holidays

    years = (YEAR - 1, YEAR, YEAR + 1)
    public, school = (
        dict(holidays.country_holidays("DE", subdiv="NW", years=years, language="de", categories=(category,)))
        for category in ("public", "school")
    )
    first, last = date(years[0], 1, 1), date(years[-1], 12, 31)
    return WorkCalendar(holidays=public, closed={}, first=first, last=last, school=school, school_last=last)


def city() -> PlanProblem:
    """The synthetic city, always the same."""
    days = calendar()
    return PlanProblem(
        year=YEAR,
        today=date(YEAR - 1, 11, 25),
        calendar=days,
        bodies=tuple(_bodies(Random("city"))),
        rounds=rounds_of(YEAR, ROUNDS, days),
        occasions=(
            Occasion(label="Karneval", first=date(2027, 2, 4), last=date(2027, 2, 10)),
            Occasion(label="Stadtfest", first=date(2027, 6, 10), last=date(2027, 6, 14)),
        ),
        absences=tuple(_absences()),
        costs=Costs(weights=WEIGHTS),
        names={key: f"Mitglied {key}" for key in range(300)},
    )


def _absences() -> Iterator[Absence]:
    for label, first, length in (("Städtetag", date(2027, 4, 21), 3), ("Urlaub", date(2027, 9, 6), 12)):
        start = datetime.combine(first, time.min)
        yield Absence(label=label, start=start, end=start + timedelta(days=length))


def _bodies(rng: Random) -> Iterator[PlanBody]:
    council = range(COUNCILLORS)
    outside = iter(range(COUNCILLORS, 300))
    yield _body(COUNCIL, "Rat", council, (3,), "Ratssaal", step=3, gap_days=7, mayor=True, clerk=901)
    main = rng.sample(council, 17)
    yield _body(MAIN, "Hauptausschuss", main, (1, 3), "Ratssaal", step=2, gap_days=5, mayor=True, clerk=902)
    for number in range(14):
        members = [*rng.sample(council, 9), *(next(outside) for _ in range(4))]
        room, weekdays = f"Saal {number % 3 + 1}", (number % 4, (number + 2) % 4)
        clerk = 903 + number % 8
        yield _body(3 + number, f"Ausschuss {number + 1}", members, weekdays, room, clerk=clerk)
    for number in range(6):
        members = [*rng.sample(council, 1), *(next(outside) for _ in range(10))]
        yield _body(17 + number, f"Bezirk {number + 1}", members, (number % 3 + 1,), f"Bezirkshaus {number}")
    for number in range(4):
        members = [*rng.sample(council, 4), *(next(outside) for _ in range(5 - (number == 0)))]
        yield _body(23 + number, f"Beirat {number + 1}", members, (number % 4,), "Saal 4", step=0)


def _body(
    key: int,
    name: str,
    members: object,
    weekdays: tuple[int, ...],
    room: str,
    *,
    step: int = 1,
    gap_days: int = 0,
    mayor: bool = False,
    clerk: int = 0,
) -> PlanBody:
    return PlanBody(
        id=key,
        name=name,
        weekdays=weekdays,
        start=time(16, 0) if step == 3 else time(17, 0),
        minutes=180,
        room=room,
        step=step,
        gap_days=gap_days,
        members=frozenset(members),  # type: ignore[call-overload]
        clerks=frozenset({clerk} - {0}),
        mayor=mayor,
        ladungsfrist=FRIST,
    )


def colliding(problem: PlanProblem) -> PlanProblem:
    """The same city where two dates fixed by hand leave no room for the order of a round."""
    third = problem.rounds[2]
    early = datetime.combine(third.first + timedelta(days=4), time(16))
    return replace(problem, fixed=(FixedDate(body_id=COUNCIL, round=third.number, start=early),))


def doubled(problem: PlanProblem, found: Proposal) -> int:
    """How often a person, the mayor or a room would have to be in two sessions at once, counted by each."""
    bodies = {body.id: body for body in problem.bodies}
    taken: defaultdict[object, list[tuple[datetime, datetime]]] = defaultdict(list)
    for one in found.dates:
        body = bodies[one.body_id]
        if one.start is not None and one.end is not None:
            for who in (*body.members, *body.clerks, *(["OB"] if body.mayor else []), one.room):
                taken[who].append((one.start, one.end))
    return sum(
        first[0] < second[1] and second[0] < first[1]
        for mine in taken.values()
        for first, second in combinations(mine, 2)
    )


def main() -> int:
    """Plan, and print seconds, costs and the contradiction.

    Returns:
        0, or 1 when there was no plan.
    """
    begun = perf_counter()
    problem = city()
    _say(f"Feiertage gelesen: {perf_counter() - begun:.2f} s")
    memberships = sum(len(body.members) for body in problem.bodies)
    _say(f"{len(problem.bodies)} Gremien, {len(problem.rounds)} Runden, {memberships} Mitgliedschaften")
    begun = perf_counter()
    first = plan(problem)
    _tell("A", first, begun)
    begun = perf_counter()
    second = other_plan(problem, first)
    _tell("B", second, begun)
    of_first, of_second = (
        {(one.body_id, one.round): one.start for one in each.dates} for each in (first, second)
    )
    pairs = [(start, of_second.get(slot)) for slot, start in of_first.items()]
    differing = sum(one != other for one, other in pairs)
    _say(f"B weicht in {differing} von {len(pairs)} Terminen ab ({100 * differing // max(len(pairs), 1)} %)")
    double = doubled(problem, first) + doubled(problem, second)
    _say(f"Personen, OB und Räume doppelt belegt: {double}-mal")
    begun = perf_counter()
    contradiction = plan(colliding(problem))
    _say(f"Widerspruch erklärt in {perf_counter() - begun:.2f} s:")
    for one in contradiction.collisions:
        _say(f"  - {one.text}")
    return 0 if first.dates and second.dates and contradiction.collisions and not double else 1


def _tell(variant: str, found: Proposal, begun: float) -> None:
    how = "bewiesen das günstigste" if found.proven else "nicht als günstigstes bewiesen"
    _say(f"{variant}: {perf_counter() - begun:.2f} s, {len(found.dates)} Termine, {found.cost} Punkte, {how}")
    for wish, label in WISH_LABELS.items():
        costs = [each.cost for one in found.dates for each in one.compromises if each.wish is wish]
        if costs:
            _say(f"   {label}: {len(costs)}-mal, {sum(costs)} Punkte")


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")


if __name__ == "__main__":
    raise SystemExit(main())
