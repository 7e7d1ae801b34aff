"""The planner and the office as it stands: joint sessions, people who come and go, rooms, late changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from council_kit import add_body, write
from plan_kit import BAU, HAUPT, KULTUR, RAT, council, sit

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.year_plan import Round, SchoolDays
from ob_buero_tui.services.council import planning, planning_verbs
from ob_buero_tui.services.council.breaks import breaks_of
from ob_buero_tui.services.council.making import NewMeeting, new_meeting
from ob_buero_tui.services.council.patterns import edit_pattern, patterns
from ob_buero_tui.services.council.plan_progress import BrokenOff
from ob_buero_tui.services.council.planning_views import DateView, PatternForm, PlanView
from ob_buero_tui.services.council.postponing import cancel_meeting, postpone_meeting
from ob_buero_tui.services.workcalendar import work_calendar
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.council import Location
from ob_buero_tui.store.people import Organization

YEAR = 2027
ROUNDS = (
    Round(number=1, first=date(2027, 1, 11), last=date(2027, 3, 19)),
    Round(number=2, first=date(2027, 4, 12), last=date(2027, 6, 25)),
)
at = datetime.fromisoformat
TUESDAY = at("2027-02-02T17:00")
TUESDAYS = PatternForm(weekdays=(1,), start=time(17), step=0)
ONE_DAY = (Round(number=1, first=TUESDAY.date(), last=TUESDAY.date()),)


def body(place: Workplace, name: str, form: PatternForm | None = TUESDAYS) -> int:
    key = add_body(place, name, short_name=name, mayor_attends=False)
    if form is not None:
        edit_pattern(place, key, form)
    return key


def meet(place: Workplace, start: datetime, *bodies: int, room: str = "") -> int:
    end = start.replace(hour=start.hour + 2)
    return new_meeting(place, NewMeeting(organization_ids=bodies, start=start, end=end, room=room)).ids[0]


def planned(place: Workplace, rounds: tuple[Round, ...] = ROUNDS) -> tuple[PlanView, tuple[str, ...]]:
    found = planning.propose(place, YEAR, rounds, variants=("A",))
    return view_of(place, found.plan_ids[0]), found.contradiction


def view_of(place: Workplace, plan_id: int) -> PlanView:
    found = planning.plan_view(place, plan_id)
    assert found is not None
    return found


def slots(view: PlanView) -> dict[tuple[str, int], DateView]:
    return {(one.organization, one.round): one for one in view.dates}


@pytest.mark.parametrize("beta_planned", [True, False])
def test_nobody_is_called_away_from_a_joint_session(place: Workplace, beta_planned: bool) -> None:
    alpha, beta = body(place, "Alpha"), body(place, "Beta", TUESDAYS if beta_planned else None)
    gamma = body(place, "Gamma")
    write(place, lambda work: sit(work, "Cem Demir", [beta, gamma], "Mitglied"))
    meet(place, TUESDAY, alpha, beta)
    view, contradiction = planned(place, ONE_DAY)
    assert slots(view)["Gamma", 1].start is None
    assert "Gamma tagt in Runde 1 (2.02.)." in contradiction
    assert any("Alpha" in one or "Beta" in one for one in contradiction), contradiction


def test_a_joint_session_is_that_of_all_its_bodies(place: Workplace) -> None:
    alpha, beta = body(place, "Alpha"), body(place, "Beta")
    write(place, lambda work: sit(work, "Anna Berg", [alpha, beta], "Mitglied"))
    meeting = meet(place, TUESDAY, alpha, beta, room="Saal")
    view, contradiction = planned(place, ROUNDS[:1])
    assert not contradiction
    assert {(one.start, one.meeting_id, one.breaks) for one in view.dates} == {(TUESDAY, meeting, ())}
    done = planning_verbs.accept(place, view.id)
    assert done.text.endswith("beschlossen: 0 Sitzungen angelegt")


def test_members_count_from_their_first_day_to_their_last(place: Workplace) -> None:
    bodies = [body(place, "Beta"), body(place, "Gamma")]
    days = (date(2027, 4, 1), date(2027, 12, 31))
    write(place, lambda work: sit(work, "Anna Berg", bodies, "Mitglied", *days))
    write(place, lambda work: sit(work, "Cem Demir", bodies, "Mitglied", None, date(2026, 12, 31)))
    two = (*ONE_DAY, Round(number=2, first=date(2027, 4, 13), last=date(2027, 4, 20)))
    found = slots(planned(place, two)[0])
    assert found["Beta", 1].start == found["Gamma", 1].start, "they have nobody in common yet"
    assert found["Beta", 2].start != found["Gamma", 2].start
    together = planning.date_breaks(place, found["Gamma", 2].id, found["Beta", 2].start or TUESDAY)
    assert any("Anna Berg ist in beiden" in one for one in together), together
    before = meet(place, at("2027-03-30T17:00"), bodies[0])
    assert breaks_of(place, before, found["Gamma", 1].start or TUESDAY) == ()


def test_a_room_is_the_same_however_it_is_written(place: Workplace) -> None:
    beta, gamma = body(place, "Beta"), body(place, "Gamma", None)
    edit_pattern(place, gamma, PatternForm(weekdays=(1,), start=time(17), step=0, room="ratssaal"))
    write(place, lambda work: work.session.add(Location(room="Ratssaal", description="Rathaus", extra={})))
    meet(place, TUESDAY, beta, room="Ratssaal")
    other = meet(place, at("2027-03-03T17:00"), gamma, room="Ratssaal")
    for typed in (None, "Ratssaal", "Ratssaal, Rathaus"):
        assert any("derselbe Raum" in one for one in breaks_of(place, other, TUESDAY, room=typed)), typed
    assert breaks_of(place, other, TUESDAY, room="Saal 2") == ()
    _view, contradiction = planned(place, ONE_DAY)
    assert any("derselbe Raum" in one for one in contradiction), contradiction


def test_a_plan_that_has_been_overtaken_is_not_decided(place: Workplace) -> None:
    council(place)
    view, _ = planned(place)
    rat = slots(view)[RAT, 1]
    assert rat.start is not None
    new = body(place, "Neu", PatternForm(weekdays=(), start=None, planned=False))
    meet(place, rat.start, new, room="Ratssaal")
    assert slots(view_of(place, view.id))[RAT, 1].breaks
    with pytest.raises(Refusal, match=r"Rat, Runde 1: gleichzeitig mit Neu .*derselbe Raum"):
        planning_verbs.accept(place, view.id)
    planning.replan(place, view.id)
    assert planning_verbs.accept(place, view.id).text.endswith("8 Sitzungen angelegt")


def test_what_breaks_a_rule_by_hand_is_decided_by_who_was_told(place: Workplace) -> None:
    council(place)
    view, _ = planned(place)
    sunday = at("2027-02-07T11:00")
    kultur = slots(view)[KULTUR, 1].id
    planning_verbs.fix_date(place, kultur, sunday)
    planning.replan(place, view.id)
    told = slots(view_of(place, view.id))[KULTUR, 1].breaks
    assert told == ("So 7.02. ist ein Sonntag",)
    with pytest.raises(Refusal, match="ist ein Sonntag"):
        planning_verbs.accept(place, view.id)
    planning_verbs.accept(place, view.id, [(kultur, told[0])])


def test_a_body_that_is_planned_no_more_gets_no_sessions(place: Workplace) -> None:
    keys = council(place)
    view, _ = planned(place)
    edit_pattern(place, keys[BAU], PatternForm(weekdays=(), start=None, planned=False))
    with pytest.raises(Refusal, match="Bau, Runde 1: das Gremium wird nicht mehr geplant"):
        planning_verbs.accept(place, view.id)


def test_rounds_that_moved_are_planned_before_they_are_decided(place: Workplace) -> None:
    council(place)
    view, _ = planned(place)
    planning_verbs.set_rounds(place, view.id, ROUNDS[:1])
    with pytest.raises(Refusal, match="Runde 2 gibt es nicht mehr"):
        planning_verbs.accept(place, view.id)


def test_a_date_typed_while_it_is_planned_anew_stays(place: Workplace) -> None:
    council(place)
    view, _ = planned(place)
    key = slots(view)[KULTUR, 1].id
    planning_verbs.fix_date(place, key, at("2027-01-19T17:00"))

    def tell(stage: str) -> None:
        if stage == "speichert":
            planning_verbs.fix_date(place, key, at("2027-02-16T18:00"))

    with pytest.raises(Refusal, match="Inzwischen"):
        planning.replan(place, view.id, tell=tell)
    assert slots(view_of(place, view.id))[KULTUR, 1].start == at("2027-02-16T18:00")


def test_a_session_of_a_draft_lies_where_it_lies_now(place: Workplace) -> None:
    keys = council(place)
    meeting = meet(place, TUESDAY, keys[HAUPT])
    view, _ = planned(place)
    assert slots(view)[HAUPT, 1].meeting_id == meeting
    postpone_meeting(place, meeting, at("2027-02-23T17:00"))
    view = view_of(place, view.id)
    assert slots(view)[HAUPT, 1].start == at("2027-02-23T17:00")
    cancel_meeting(place, [meeting])
    assert slots(view_of(place, view.id))[HAUPT, 1].start is None
    planning.replan(place, view.id)
    again = slots(view_of(place, view.id))[HAUPT, 1]
    assert (again.start is not None, again.meeting_id) == (True, None)
    assert planning_verbs.accept(place, view.id).text.endswith("8 Sitzungen angelegt")


def test_the_others_keep_clear_of_a_date_in_no_round(place: Workplace) -> None:
    council(place)
    view, _ = planned(place)
    lone = slots(view)[BAU, 2]
    planning_verbs.fix_date(place, lone.id, slots(view)[KULTUR, 1].start)
    planning_verbs.set_rounds(place, view.id, ROUNDS[:1])
    planning.replan(place, view.id)
    found = slots(view_of(place, view.id))
    assert found[BAU, 2].fixed
    assert found[KULTUR, 1].start != found[BAU, 2].start
    assert not [one for one in found.values() if one.breaks]


def test_the_others_keep_clear_of_a_date_of_a_body_that_is_planned_no_more(place: Workplace) -> None:
    keys = council(place)
    view, _ = planned(place, ROUNDS[:1])
    lone = slots(view)[BAU, 1]
    planning_verbs.fix_date(place, lone.id, slots(view)[KULTUR, 1].start)
    edit_pattern(place, keys[BAU], PatternForm(weekdays=(), start=None, planned=False))
    planning.replan(place, view.id)
    found = slots(view_of(place, view.id))
    assert found[KULTUR, 1].start != found[BAU, 1].start
    assert found[BAU, 1].breaks == ("das Gremium wird nicht mehr geplant",)


def test_a_session_past_midnight_is_in_the_way_of_the_next_morning(place: Workplace) -> None:
    late = PatternForm(weekdays=(1,), start=time(20), duration_min=13 * 60, step=0)
    bodies = [body(place, "Nacht", late), body(place, "Morgen", PatternForm(weekdays=(2,), start=time(8)))]
    write(place, lambda work: sit(work, "Anna Berg", bodies, "Mitglied"))
    two = (Round(number=1, first=TUESDAY.date(), last=date(2027, 2, 3)),)
    found = slots(planned(place, two)[0])
    night, morning = found["Nacht", 1], found["Morgen", 1]
    assert night.start
    assert night.end
    assert morning.start
    assert morning.end
    assert night.end <= morning.start or morning.end <= night.start


def test_two_dates_by_hand_at_the_same_minute_are_not_two_sessions(place: Workplace) -> None:
    body(place, "Beta")
    view, _ = planned(place)
    for one in view.dates:
        planning_verbs.fix_date(place, one.id, at("2027-03-02T17:00"))
    seen = [(one.id, text) for one in view_of(place, view.id).dates for text in one.breaks]
    with pytest.raises(Refusal, match="gibt es schon"):
        planning_verbs.accept(place, view.id, seen)


def test_days_that_nobody_knows_are_not_planned(place: Workplace) -> None:
    body(place, "Beta")
    far = Round(number=1, first=date(2041, 1, 7), last=date(2041, 3, 1))
    with pytest.raises(Refusal, match="Feiertage sind nur bis"):
        planning.propose(place, 2041, (far,), variants=("A",))
    with place.reading() as session:
        known = work_calendar(session, place).school_last
    late = Round(number=1, first=known, last=known + timedelta(days=30))
    with pytest.raises(Refusal, match="Schulferien"):
        planning.propose(place, late.first.year, (late,), variants=("A",))
    planning.propose(place, late.first.year, (late,), variants=("A",), school=SchoolDays.EGAL)
    assert len(planning.plans(place)) == 1


def test_the_mayors_appointments_cost(place: Workplace, make_event: Callable[..., int]) -> None:
    key = body(place, "Rat")
    write(place, lambda work: setattr(work.get(Organization, key), "mayor_attends", True))
    meeting = meet(place, at("2027-03-02T17:00"), key)
    make_event(summary="Empfang", dtstart=TUESDAY, dtend=TUESDAY + timedelta(hours=2))
    monday = at("2027-02-08T00:00")
    away = {"kind": "abwesenheit", "all_day": True, "dtstart": monday, "dtend": monday + timedelta(days=1)}
    make_event(summary="Kur", rrule="FREQ=WEEKLY;COUNT=3", **away)
    assert breaks_of(place, meeting, TUESDAY) == ("OB hat einen Termin (17:00–19:00)",)
    assert breaks_of(place, meeting, at("2027-02-22T17:00")) == ("OB abwesend (22.02.)",)
    assert breaks_of(place, meeting, at("2027-02-25T17:00")) == ()


def test_a_computation_is_broken_off_while_the_solver_works(place: Workplace) -> None:
    council(place)
    asked: list[bool] = []

    def stopped() -> bool:
        asked.append(True)
        return len(asked) > 1

    told: list[str] = []
    with pytest.raises(BrokenOff):
        planning.propose(place, YEAR, ROUNDS, tell=told.append, stopped=stopped)
    assert told == ["rechnet Variante A"]
    assert planning.plans(place) == ()


def test_habits_changed_at_another_desk_meanwhile_are_not_written_over(
    place: Workplace, other_place: Workplace
) -> None:
    key = body(place, "Beta")
    (seen,) = patterns(place)
    edit_pattern(other_place, key, replace(TUESDAYS, room="Aula"), seen)
    with pytest.raises(Refusal, match=r"anderen Platz geändert.*Geändert: Raum"):
        edit_pattern(place, key, replace(TUESDAYS, duration_min=90), seen)
    (now,) = patterns(place)
    assert (now.room, now.duration_min) == ("Aula", 120)
    edit_pattern(place, key, replace(TUESDAYS, room="Aula", duration_min=90), now)
