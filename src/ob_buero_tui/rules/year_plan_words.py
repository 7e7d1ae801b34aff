"""The German words of the year planner: wishes, rules, and which rules collide."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ob_buero_tui.rules.german import clock, long_date, plural, short_range
from ob_buero_tui.rules.year_plan import Crew, PlanBody, PlanProblem, PlanRule, Wish
from ob_buero_tui.rules.year_plan_days import persons
from ob_buero_tui.rules.year_plan_pairs import clerks_shared

WISH_LABELS = {
    Wish.WOCHENTAG: "anderer Wochentag",
    Wish.FERIEN: "in den Schulferien",
    Wish.BRUECKENTAG: "Brückentag",
    Wish.FRAKTION: "kein Fraktionsabend davor",
    Wish.ANLASS: "Karneval, Feste und Märkte",
    Wish.ABWESEND: "OB abwesend oder verplant",
    Wish.ABSTAND: "ungleicher Abstand",
    Wish.DEZEMBER: "später Dezember",
}


def clash_text(
    problem: PlanProblem,
    rule: PlanRule,
    first: PlanBody,
    second: PlanBody,
    room: str,
    day: date | None = None,
) -> str:
    """Say why two bodies cannot sit at the same time: „Anna Berg müsste in beiden sein“.

    Args:
        day: When; None: at any time.
    """
    if rule is PlanRule.RAUM:
        return f"derselbe Raum ({room})"
    if rule is PlanRule.OB:
        return "OB ist in beiden"
    pairs = tuple(_crews(first, second, day))
    if rule is PlanRule.MITGLIEDER:
        shared = frozenset[int]().union(*(a.members & b.members for a, b in pairs))
        return f"{persons(problem, shared)} {'ist' if len(shared) == 1 else 'sind'} in beiden"
    clerks = frozenset[int]().union(*(clerks_shared(a, b) for a, b in pairs))
    return f"{persons(problem, clerks)} (Schriftführung) wird in beiden gebraucht"


def _crews(first: PlanBody, second: PlanBody, day: date | None) -> Iterator[tuple[Crew, Crew]]:
    """Yield who belongs to two bodies at the same time: on a day, or since any day of a change."""
    days = {day} if day is not None else {one.since for one in (*first.crews, *second.crews)}
    yield from ((first.crew(one), second.crew(one)) for one in sorted(days))


def rule_text(problem: PlanProblem, guard: tuple[PlanRule, str, tuple[int, ...]]) -> str:
    """Say in one German sentence what a rule of a contradiction asks for.

    Args:
        guard: The rule, what of it, and the bodies it concerns.
    """
    rule, what, body_ids = guard
    bodies = {one.id: one for one in problem.bodies}
    concerned = [bodies[key] for key in body_ids if key in bodies]
    if rule is PlanRule.FEIERTAG:
        return "An Feiertagen und geschlossenen Tagen tagt niemand."
    if rule is PlanRule.SCHULFERIEN:
        return f"In den Schulferien ({what}) tagt niemand."
    if len(concerned) == 2:
        return _of_two(problem, rule, what, concerned[0], concerned[1])
    return _of_one(problem, rule, what, concerned[0]) if concerned else str(rule.value)


def _of_two(problem: PlanProblem, rule: PlanRule, what: str, first: PlanBody, second: PlanBody) -> str:
    if rule is PlanRule.FOLGE:
        gap = f"mindestens {plural(second.gap_days, 'Tag', 'Tage')} " if second.gap_days else ""
        return f"In Runde {what} tagt {second.name} {gap}nach {first.name} (Beratungsfolge)."
    reason = clash_text(problem, rule, first, second, what)
    return f"{first.name} und {second.name} tagen nie gleichzeitig: {reason}."


def _of_one(problem: PlanProblem, rule: PlanRule, what: str, body: PlanBody) -> str:
    if rule is PlanRule.RUNDE:
        number = next((one for one in problem.rounds if str(one.number) == what), None)
        span = f" ({short_range(number.first, number.last)})" if number is not None else ""
        return f"{body.name} tagt in Runde {what}{span}."
    if rule is PlanRule.FEST:
        own = next((one for one in problem.fixed if one.body_id == body.id and str(one.round) == what), None)
        how = "schon angesetzt" if own is not None and own.held else "von Hand festgelegt"
        when = f"am {long_date(own.start.date())} um {clock(own.start)}" if own and own.start else ""
        return f"{body.name}: der Termin der Runde {what} ist {how} {when}".rstrip() + "."
    if rule is PlanRule.PAUSE:
        pause = plural(body.pause_days, "Tag", "Tage")
        return f"Zwischen zwei Sitzungen von {body.name} liegen mindestens {pause}."
    if rule is PlanRule.LADUNGSFRIST:
        spoken = body.ladungsfrist.spoken if body.ladungsfrist is not None else ""
        return f"{body.name}: die Ladung muss noch hinausgehen können (Ladungsfrist {spoken})."
    if rule is PlanRule.BELEGT:
        return f"{body.name} kann nicht gleichzeitig mit der angesetzten Sitzung {what} tagen."
    return f"{body.name}: {rule.value}."
