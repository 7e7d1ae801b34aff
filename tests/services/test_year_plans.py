"""Planning a council's year: proposed, fixed by hand, planned anew, compared, accepted and taken back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import combinations, pairwise
from typing import Any

import pytest
from council_kit import add_body
from plan_kit import BAU, HAUPT, KULTUR, RAT, council

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.year_plan import Round
from ob_buero_tui.services.council import planning, planning_verbs
from ob_buero_tui.services.council.patterns import derive_patterns, edit_pattern, patterns
from ob_buero_tui.services.council.planning_views import DateView, PatternForm, PlanView
from ob_buero_tui.services.council.sessions import coming
from ob_buero_tui.services.undo import undo
from ob_buero_tui.services.workplace import Workplace

YEAR = 2027
ROUNDS = (
    Round(number=1, first=date(2027, 1, 11), last=date(2027, 3, 19)),
    Round(number=2, first=date(2027, 4, 12), last=date(2027, 6, 25)),
)


at = datetime.fromisoformat


def plan_of(place: Workplace, plan_id: int) -> PlanView:
    found = planning.plan_view(place, plan_id)
    assert found is not None
    return found


def dates(view: PlanView) -> dict[tuple[str, int], DateView]:
    return {(one.organization, one.round): one for one in view.dates}


def test_a_year_is_planned_twice_and_both_differ(place: Workplace) -> None:
    council(place)
    told: list[str] = []
    planned = planning.propose(place, YEAR, ROUNDS, tell=told.append)
    assert not planned.contradiction
    assert told == ["rechnet Variante A", "rechnet Variante B", "speichert"]
    first, second = (plan_of(place, key) for key in planned.plan_ids)
    for view in (first, second):
        by_slot = dates(view)
        assert len(by_slot) == 8
        assert view.proven
        for number in (1, 2):
            rat, haupt = by_slot[RAT, number].start, by_slot[HAUPT, number].start
            assert rat is not None
            assert haupt is not None
            assert (rat.date() - haupt.date()).days >= 7
            for name in (BAU, KULTUR):
                start = by_slot[name, number].start
                assert start is not None
                assert (haupt.date() - start.date()).days >= 5
            # Cem Demir and Gerd Holz are in both.
            assert by_slot[BAU, number].start != by_slot[KULTUR, number].start
    compared = planning.compare(place, first.id, second.id)
    assert compared.percent >= 30
    assert compared.differing == sum(
        dates(first)[slot].start != one.start for slot, one in dates(second).items()
    )
    assert first.cost == sum(points for _label, points, _other in compared.costs)
    assert second.cost == sum(points for _label, _other, points in compared.costs)


def test_what_is_fixed_stays_when_the_rest_is_planned_anew(place: Workplace) -> None:
    council(place)
    plan_id = planning.propose(place, YEAR, ROUNDS, variants=("A",)).plan_ids[0]
    slot = dates(plan_of(place, plan_id))[BAU, 1]
    friday = at("2027-02-19T16:30")
    assert "Freitag statt Dienstag (20 Punkte)" in planning.date_breaks(place, slot.id, friday)
    planning_verbs.fix_date(place, slot.id, friday)
    planning_verbs.leave_out(place, dates(plan_of(place, plan_id))[KULTUR, 2].id)
    before = plan_of(place, plan_id)
    assert before.changed
    assert not before.proven
    assert not planning.replan(place, plan_id).contradiction
    after = dates(plan_of(place, plan_id))
    assert (after[BAU, 1].start, after[BAU, 1].fixed) == (friday, True)
    assert after[KULTUR, 2].left_out
    haupt = after[HAUPT, 1].start
    assert haupt is not None
    assert (haupt.date() - friday.date()).days >= 5
    undo(place)
    assert plan_of(place, plan_id) == before


def test_a_date_by_hand_that_leaves_no_room_names_just_the_rules_that_collide(place: Workplace) -> None:
    council(place)
    plan_id = planning.propose(place, YEAR, ROUNDS, variants=("A",)).plan_ids[0]
    before = dates(plan_of(place, plan_id))
    planning_verbs.fix_date(place, before[RAT, 1].id, at("2027-01-14T17:00"))
    planned = planning.replan(place, plan_id)
    assert planned.contradiction == (
        "Rat: der Termin der Runde 1 ist von Hand festgelegt am Do 14.01.2027 um 17:00.",
        "In Runde 1 tagt Rat mindestens 7 Tage nach Hauptausschuss (Beratungsfolge).",
        "Hauptausschuss tagt in Runde 1 (11.01.–19.03.).",
    )
    view = plan_of(place, plan_id)
    assert view.contradiction == planned.contradiction
    assert dates(view)[BAU, 1].start == before[BAU, 1].start
    assert any(one.startswith("zu früh nach Hauptausschuss") for one in dates(view)[RAT, 1].breaks)


def test_accepting_makes_all_sessions_and_is_one_step_back(
    place: Workplace, dump: Callable[[Workplace], dict[str, Any]]
) -> None:
    council(place)
    plan_id, other = planning.propose(place, YEAR, ROUNDS).plan_ids
    before = dump(place)
    done = planning_verbs.accept(place, plan_id)
    assert done.text == "Jahresplan 2027 A beschlossen: 8 Sitzungen angelegt"
    rows = coming(place)
    assert len(rows) == 8
    assert {(row.organization, row.start) for row in rows} == {
        (one.organization, one.start) for one in plan_of(place, plan_id).dates
    }
    assert plan_of(place, other).state == "verworfen"
    with pytest.raises(Refusal, match="Entwurf"):
        planning_verbs.accept(place, plan_id)
    # The sessions are dates of a plan made after it, and nothing is made twice.
    again = plan_of(place, planning.propose(place, YEAR, ROUNDS, variants=("C",)).plan_ids[0])
    assert again.accepted == 8
    undo(place)
    undo(place)
    assert dump(place) == before


def test_no_person_is_in_two_sessions_of_a_larger_year(place: Workplace) -> None:
    keys = council(place)
    people: dict[str, set[str]] = {BAU: {"Berg", "Demir", "Holz"}, KULTUR: {"Demir", "Holz"}}
    people |= {RAT: {"Berg", "Demir", "Fink", "OB"}, HAUPT: {"Berg", "OB"}}
    for name in (BAU, KULTUR):  # every round, and both want the same evening
        edit_pattern(place, keys[name], PatternForm(weekdays=(1,), start=time(17), room="Ratssaal"))
    plan_id = planning.propose(place, YEAR, variants=("A",)).plan_ids[0]
    sittings: dict[str, list[tuple[datetime, datetime]]] = defaultdict(list)
    for one in plan_of(place, plan_id).dates:
        assert one.start is not None
        assert one.end is not None
        for person in people[one.organization]:
            sittings[person].append((one.start, one.end))
        sittings[one.room].append((one.start, one.end))
    assert len(sittings["Demir"]) == 18
    for mine in sittings.values():
        assert not [
            pair for pair in combinations(mine, 2) if pair[0][0] < pair[1][1] and pair[1][0] < pair[0][1]
        ]


def test_habits_are_read_from_past_sessions_until_somebody_lays_them_down(
    place: Workplace, make_meeting: Callable[..., int]
) -> None:
    body = add_body(place, "Bauausschuss")
    for week in range(4):
        start = at("2026-09-01T16:30") + timedelta(weeks=week)
        make_meeting(body=body, start=start, end=start + timedelta(minutes=84 + 2 * week))
    make_meeting(body=body, start=at("2026-10-09T09:00"), end=at("2026-10-09T11:00"))
    (derived,) = [one for one in patterns(place) if one.organization == "Bauausschuss"]
    assert (derived.weekdays, derived.start, derived.duration_min) == ((1,), time(16, 30), 90)
    assert (derived.derived, derived.seen, derived.step) == (True, 5, 1)
    edit_pattern(place, derived.organization_id, PatternForm(weekdays=(2,), start=time(18), rounds=(2, 1)))
    (own,) = [one for one in patterns(place) if one.organization == "Bauausschuss"]
    assert (own.weekdays, own.start, own.rounds, own.derived) == ((2,), time(18), (1, 2), False)
    assert derive_patterns(place) == (derived,)


@pytest.mark.parametrize(
    ("form", "what"),
    [
        (PatternForm(weekdays=(7,), start=time(17)), "Wochentag"),
        (PatternForm(weekdays=(1,), start=None), "Wochentag und Uhrzeit"),
        (PatternForm(weekdays=(1,), start=time(17), duration_min=0), "Dauer"),
        (PatternForm(weekdays=(1,), start=time(17), rounds=(0,)), "Runden"),
    ],
)
def test_habits_that_cannot_be_are_refused(place: Workplace, form: PatternForm, what: str) -> None:
    keys = council(place)
    before = patterns(place)
    with pytest.raises(Refusal, match=what):
        edit_pattern(place, keys[BAU], form)
    assert patterns(place) == before


def test_a_plan_whose_bodies_all_sit_out_has_no_dates(place: Workplace) -> None:
    council(place)
    plan_id = planning.propose(place, YEAR, ROUNDS[:1], variants=("A",)).plan_ids[0]
    for one in plan_of(place, plan_id).dates:
        planning_verbs.leave_out(place, one.id)
    assert not planning.replan(place, plan_id).contradiction
    assert all(one.left_out for one in plan_of(place, plan_id).dates)
    with pytest.raises(Refusal, match="keine Termine"):
        planning_verbs.accept(place, plan_id)


def test_rounds_that_overlap_are_refused_and_new_ones_count(place: Workplace) -> None:
    council(place)
    plan_id = planning.propose(place, YEAR, ROUNDS, variants=("A",)).plan_ids[0]
    with pytest.raises(Refusal, match="überschneiden"):
        planning_verbs.set_rounds(place, plan_id, (ROUNDS[0], replace(ROUNDS[1], first=ROUNDS[0].last)))
    planning_verbs.set_rounds(place, plan_id, ROUNDS[:1])
    planning.replan(place, plan_id)
    view = plan_of(place, plan_id)
    assert [one.number for one in view.rounds] == [1]
    assert {one.round for one in view.dates} == {1}


def test_proposed_rounds_leave_out_the_summer(place: Workplace) -> None:
    rounds = planning.proposed_rounds(place, YEAR)
    assert [one.number for one in rounds] == [1, 2, 3, 4, 5, 6]
    for one in rounds:
        assert one.first < one.last
        assert not (one.first < date(2027, 7, 25) < one.last)
    assert all(one.last < after.first for one, after in pairwise(rounds))


def test_without_habits_nothing_is_planned(place: Workplace) -> None:
    with pytest.raises(Refusal, match="nichts planen"):
        planning.propose(place, YEAR, ROUNDS)
    assert planning.plans(place) == ()
