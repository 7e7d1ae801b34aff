"""Accepting: what is proposed, what one action makes of it, and that undo takes all of it back."""

# Wall times are naive by design.
# ruff: noqa: DTZ001

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.calendar.clashing import Clashing
from ob_buero_tui.services.calendar.day import day
from ob_buero_tui.services.requests.accepting import Plan, PlannedEvent, accept, propose
from ob_buero_tui.services.requests.declining import decline
from ob_buero_tui.services.requests.editing import set_kind
from ob_buero_tui.services.requests.inbox import ids
from ob_buero_tui.services.requests.record import record
from ob_buero_tui.services.undo import redo, undo
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.appointments import EventWaiver
from ob_buero_tui.store.calendar import Event
from ob_buero_tui.store.journal import Action
from ob_buero_tui.store.tasks import Task

Make = Callable[..., int]
START = datetime(2026, 12, 11, 11, 0)


@pytest.fixture
def einladung(make_request: Make) -> int:
    return make_request(
        subject="Richtfest Grundschule Nord", kind="einladung", event_start=START,
        event_end=datetime(2026, 12, 11, 12, 30), event_place="Grundschule Nord, Nordring 14",
        received_at=datetime(2026, 11, 17, 9, tzinfo=UTC), assigned_to="KL",
        fields={"medienoeffentlich": True},
    )  # fmt: skip


def test_the_proposal_shows_appointment_travel_and_tasks_with_their_count(
    place: Workplace, einladung: int
) -> None:
    proposal = propose(place, einladung)
    event = proposal.plan.event
    assert event is not None
    assert (event.summary, event.start, event.end) == (
        "Richtfest Grundschule Nord",
        START,
        datetime(2026, 12, 11, 12, 30),
    )
    assert (event.travel_before_min, event.travel_after_min) == (15, 15)
    tasks = {task.template: task for task in proposal.plan.tasks}
    assert tasks["antwort"].due_on == date(2026, 11, 30), "3 Arbeitstage after today's decision"
    assert tasks["fahrdienst"].due_on == date(2026, 12, 4)
    assert tasks["fahrdienst"].due_text == "5 Arbeitstage vor Termin Fr 11.12."
    assert "presse" in tasks
    assert "rede" not in tasks
    assert "abgabenachricht" not in tasks
    assert proposal.conflicts == ()
    assert proposal.number == "2026-0001"


def test_a_typed_date_moves_everything_that_is_counted_from_it(place: Workplace, einladung: int) -> None:
    proposal = propose(place, einladung, start=datetime(2026, 12, 18, 9, 0), location="Kreishaus")
    event = proposal.plan.event
    assert event is not None
    minutes = place.catalog.kinds["einladung"].event_minutes
    assert event.end == datetime(2026, 12, 18, 9, 0) + timedelta(minutes=minutes)
    assert event.travel_before_min == 30
    tasks = {task.template: task.due_on for task in proposal.plan.tasks}
    assert tasks["fahrdienst"] == date(2026, 12, 11)
    assert tasks["antwort"] == date(2026, 11, 30)


def test_without_a_date_there_is_no_appointment_and_dates_stay_open(
    place: Workplace, make_request: Make
) -> None:
    proposal = propose(place, make_request(kind="einladung"))
    assert proposal.plan.event is None
    driver = next(task for task in proposal.plan.tasks if task.template == "fahrdienst")
    assert (driver.due_on, driver.due_text) == (None, "Termin noch offen")
    done = accept(place, [proposal.plan])
    assert done.text.startswith("2026-0001: angenommen, ")
    assert "Termin" not in done.text


def test_an_unwanted_appointment_is_not_made(place: Workplace, einladung: int) -> None:
    assert propose(place, einladung, dated=False).plan.event is None


def test_without_a_kind_only_the_appointment_is_proposed(place: Workplace, make_request: Make) -> None:
    plan = propose(place, make_request(event_start=START)).plan
    assert plan.tasks == ()
    assert plan.event is not None
    assert plan.event.end == datetime(2026, 12, 11, 12, 0)


def test_what_it_clashes_with_is_named_with_travel(
    place: Workplace, einladung: int, make_event: Make
) -> None:
    make_event(summary="Vorher", dtstart=datetime(2026, 12, 11, 9), dtend=datetime(2026, 12, 11, 10, 45))
    make_event(summary="Zu nah", dtstart=datetime(2026, 12, 11, 12, 40), dtend=datetime(2026, 12, 11, 13))
    make_event(
        summary="Geheim", dtstart=START, dtend=datetime(2026, 12, 11, 12),
        confidentiality="persoenlich", owner="jemand.anders",
    )  # fmt: skip
    make_event(summary="Fällt aus", dtstart=START, dtend=datetime(2026, 12, 11, 12), status="CANCELLED")
    assert propose(place, einladung).conflicts == (
        "Überschneidung mit belegt 11:00–12:00",
        "Die Fahrt überschneidet sich mit „Zu nah“ 12:40–13:00",
    )


def test_accepting_makes_appointment_and_tasks_as_one_action(place: Workplace, einladung: int) -> None:
    plan = propose(place, einladung).plan
    done = accept(place, [plan])
    assert done.text == f"2026-0001: angenommen, 1 Termin, {len(plan.tasks)} Aufgaben"
    view = record(place, einladung)
    assert view.state_label == "zugesagt"
    assert [one.label for one in view.events] == ["Fr 11.12. 11:00 Richtfest Grundschule Nord (bestätigt)"]
    assert [task.label for task in view.tasks if not task.done]
    assert len(view.tasks) == len(plan.tasks)
    assert view.history[-1].text == "angenommen, Termin Fr 11.12. 11:00"
    (shown,) = day(place, date(2026, 12, 11)).events
    assert (shown.start, shown.location, shown.travel_before_min) == (
        START,
        "Grundschule Nord, Nordring 14",
        15,
    )
    kind = place.catalog.event_kinds[place.catalog.kinds["einladung"].event_kind]
    assert (shown.kind_sign, shown.request_id) == (kind.sign, einladung)
    assert ids(place, "neu") == ()
    assert ids(place, "einladung") == (einladung,)


def test_undo_takes_all_of_it_back_and_redo_brings_it_again(
    place: Workplace, einladung: int, dump: Callable[[Workplace], Any]
) -> None:
    before = dump(place)
    accept(place, [propose(place, einladung).plan])
    after = dump(place)
    undo(place)
    assert {name: rows for name, rows in dump(place).items() if before[name] != rows} == {}
    assert day(place, date(2026, 12, 11)).events == ()
    redo(place)
    assert {name: rows for name, rows in dump(place).items() if after[name] != rows} == {}


def test_a_batch_is_one_step(place: Workplace, einladung: int, make_request: Make) -> None:
    second = make_request(kind="grusswort", fields={"form": "schriftlich"})
    done = accept(place, [propose(place, key).plan for key in (einladung, second)])
    assert done.text.startswith("2 Eingänge: angenommen, 1 Termin, ")
    undo(place)
    assert {record(place, key).state_label for key in (einladung, second)} == {"neu"}


def test_one_refused_in_a_batch_leaves_all_as_they_were(
    place: Workplace, einladung: int, make_request: Make, dump: Callable[[Workplace], Any]
) -> None:
    declined = make_request(state="abgegeben", closed=True)
    before = dump(place)
    with pytest.raises(Refusal, match="kann nicht „zugesagt“ werden"):
        accept(place, [propose(place, key).plan for key in (einladung, declined)])
    assert dump(place) == before


def test_accepting_twice_is_refused(place: Workplace, einladung: int) -> None:
    plan = propose(place, einladung).plan
    accept(place, [plan])
    with pytest.raises(Refusal, match="schon angenommen"):
        accept(place, [plan])
    assert len(record(place, einladung).events) == 1


def test_an_end_before_the_start_is_refused(place: Workplace, einladung: int) -> None:
    plan = propose(place, einladung).plan
    assert plan.event is not None
    backwards = replace(plan, event=replace(plan.event, end=plan.event.start))
    with pytest.raises(Refusal, match="Ende liegt nicht nach dem Beginn"):
        accept(place, [backwards])
    assert record(place, einladung).state_label == "neu"


def test_a_start_that_summer_time_skips_moves_on_with_its_end(place: Workplace, einladung: int) -> None:
    skipped = PlannedEvent(
        summary="Nacht der Museen", start=datetime(2027, 3, 28, 2, 15), end=datetime(2027, 3, 28, 2, 45)
    )
    accept(place, [Plan(request_id=einladung, version=1, event=skipped, tasks=())])
    with place.reading() as session:
        event = session.scalars(select(Event)).one()
        assert (event.dtstart, event.dtend) == (datetime(2027, 3, 28, 3, 15), datetime(2027, 3, 28, 3, 45))
        assert event.starts_at == datetime(2027, 3, 28, 1, 15, tzinfo=UTC)
        assert event.ends_at == datetime(2027, 3, 28, 1, 45, tzinfo=UTC)
    view = record(place, einladung)
    assert (view.event_start, view.event_end) == (event.dtstart, event.dtend)


def test_the_appointment_is_as_confidential_as_the_request(
    place: Workplace, other_place: Workplace, make_request: Make
) -> None:
    key = make_request(
        subject="Privates Essen", event_start=START, confidentiality="persoenlich", owner=place.desk.account
    )
    accept(place, [propose(place, key).plan])
    assert day(place, START.date()).events[0].summary == "Privates Essen"
    assert day(other_place, START.date()).events[0].summary == "belegt"
    with pytest.raises(Refusal, match="ist persönlich"):
        propose(other_place, key)


def test_times_of_day_and_who_decided_are_kept(place: Workplace, make_request: Make) -> None:
    key = make_request(
        kind="grusswort", fields={"form": "schriftlich", "redaktionsschluss": "2026-12-18T12:00:00"}
    )
    plan = propose(place, key).plan
    tasks = {task.template: task for task in plan.tasks}
    assert tasks["text"].due_on == date(2026, 12, 4), "10 Arbeitstage before Redaktionsschluss"
    assert tasks["versand"].due_on == date(2026, 12, 17)
    accept(place, [plan])
    with place.reading() as session:
        params = session.scalars(select(Action.params).where(Action.verb == "accept")).one()
    assert params["ids"] == [key]
    assert "Grußwort" not in str(params), "no personal data in the journal's parameters"
    assert all(task.due_time in (None, time(12)) for task in plan.tasks)


def test_declining_what_was_accepted_calls_its_appointment_off(place: Workplace, make_request: Make) -> None:
    request_id = make_request(kind="einladung", event_start=START)
    accept(place, [propose(place, request_id).plan])
    decline(place, [request_id], "Terminkonflikt")
    with place.reading() as session:
        event = session.scalars(select(Event)).one()
        assert (event.status, event.cancel_reason) == ("CANCELLED", "Terminkonflikt")
    undo(place)
    with place.reading() as session:
        assert session.scalars(select(Event)).one().status == "CONFIRMED"


def test_a_confirmed_kind_asks_for_its_tasks_on_receipt_once(place: Workplace, make_request: Make) -> None:
    request_id = make_request(kind="einladung", kind_proposed=True)
    set_kind(place, [request_id], "einladung")
    set_kind(place, [request_id], "schirmherrschaft")
    with place.reading() as session:
        tasks = session.scalars(select(Task).where(Task.request_id == request_id)).all()
    assert [task.template for task in tasks] == ["eingangsbestaetigung"]
    assert tasks[0].due_on == date(2026, 11, 30)


def test_a_conflict_needs_a_reason_that_is_kept(place: Workplace, make_event: Make, einladung: int) -> None:
    make_event(summary="Markt", dtstart=START, dtend=START + timedelta(hours=1))
    plan = propose(place, einladung).plan
    with pytest.raises(Clashing, match="Überschneidung mit „Markt“ 11:00–12:00"):
        accept(place, [plan])
    accept(place, [plan], reason="OB kommt später")
    with place.reading() as session:
        (waiver,) = session.scalars(select(EventWaiver))
    assert waiver.reason == "OB kommt später"
    undo(place)
    with place.reading() as session:
        assert not session.scalars(select(EventWaiver)).all()


def test_an_absence_and_a_room_count_as_in_the_calendar(
    place: Workplace, make_event: Make, make_request: Make
) -> None:
    away = {"dtstart": datetime(2026, 12, 11), "dtend": datetime(2026, 12, 12), "all_day": True}
    make_event(summary="Urlaub", kind="abwesenheit", **away)
    key = make_request(kind="grusswort", event_start=START, event_end=START + timedelta(hours=1))
    told = " ".join(propose(place, key).conflicts)
    assert "Urlaub" in told
