"""A decision leaves alone what it does not know: newer versions, other desks' and shared appointments."""

# Wall times are naive by design.
# ruff: noqa: DTZ001

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import select

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.visibility import Confidentiality
from ob_buero_tui.services.faults import Conflict
from ob_buero_tui.services.follow_ups.verbs import tick_tasks
from ob_buero_tui.services.requests.accepting import accept, propose
from ob_buero_tui.services.requests.declining import decline
from ob_buero_tui.services.requests.editing import classify, set_kind
from ob_buero_tui.services.requests.record import record
from ob_buero_tui.services.requests.verbs import assign, mark_important, trash
from ob_buero_tui.services.tasks import open_tasks
from ob_buero_tui.services.undo import undo
from ob_buero_tui.services.work import transaction
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.calendar import Event
from ob_buero_tui.store.journal import Action
from ob_buero_tui.store.requests import RequestEvent
from ob_buero_tui.store.tasks import Task

Make = Callable[..., int]
Dump = Callable[[Workplace], Any]
START = datetime(2026, 12, 11, 11, 0)


def link(place: Workplace, event: int, *requests: int) -> None:
    with transaction(place, "test_link") as work:
        work.session.add_all([RequestEvent(request_id=key, event_id=event) for key in requests])


def status(place: Workplace, event: int) -> tuple[str, str]:
    with place.reading() as session:
        row = session.get_one(Event, event)
        return row.status, row.cancel_reason


@pytest.fixture
def foreign(place: Workplace, make_request: Make, make_event: Make) -> tuple[int, int]:
    """A request of all desks with an appointment that is personal to the desk PS."""
    request = make_request(subject="Essen")
    event = make_event(summary="Klinik", confidentiality="persoenlich", owner=place.desk.account)
    link(place, event, request)
    return request, event


@pytest.mark.parametrize("level", Confidentiality)
def test_a_level_is_not_given_over_the_head_of_another_desk(
    other_place: Workplace, foreign: tuple[int, int], dump: Dump, level: Confidentiality
) -> None:
    before = dump(other_place)
    with pytest.raises(Refusal, match="gehört einem anderen Platz"):
        classify(other_place, [foreign[0]], level)
    assert dump(other_place) == before


def test_an_appointment_keeps_its_owner(
    place: Workplace, other_place: Workplace, make_request: Make, make_event: Make
) -> None:
    request = make_request()
    event = make_event(confidentiality="intern", owner=place.desk.account)
    link(place, event, request)
    with pytest.raises(Refusal, match="gehört einem anderen Platz"):
        classify(other_place, [request], Confidentiality.PERSOENLICH)
    classify(place, [request], Confidentiality.PERSOENLICH)
    with place.reading() as session:
        assert session.get_one(Event, event).owner == place.desk.account


def test_declining_leaves_the_appointment_of_another_desk(
    place: Workplace, other_place: Workplace, foreign: tuple[int, int]
) -> None:
    decline(other_place, [foreign[0]], "Terminkonflikt")
    assert status(place, foreign[1]) == ("CONFIRMED", "")


def test_what_another_request_still_needs_stays(
    place: Workplace, make_request: Make, make_event: Make
) -> None:
    one, two, event = make_request(), make_request(), make_event()
    link(place, event, one, two)
    decline(place, [one], "Grund")
    assert status(place, event) == ("CONFIRMED", "")
    decline(place, [two], "letzter Grund")
    assert status(place, event) == ("CANCELLED", "letzter Grund")


def test_two_declined_in_one_batch_need_nothing_any_more(
    place: Workplace, make_request: Make, make_event: Make
) -> None:
    one, two, event = make_request(), make_request(), make_event()
    link(place, event, one, two)
    decline(place, [one, two], "Grund")
    assert status(place, event) == ("CANCELLED", "Grund")


def test_a_request_in_the_trash_needs_nothing(place: Workplace, make_request: Make, make_event: Make) -> None:
    one, two, event = make_request(), make_request(), make_event()
    link(place, event, one, two)
    trash(place, [two])
    decline(place, [one], "Grund")
    assert status(place, event) == ("CANCELLED", "Grund")


def test_declining_drops_the_open_tasks_of_the_acceptance_alone(
    place: Workplace, make_request: Make, dump: Dump
) -> None:
    key = make_request(kind="einladung", event_start=START, kind_proposed=True)
    set_kind(place, [key], "einladung")
    accept(place, [propose(place, key).plan])
    with transaction(place, "test_task") as work:
        work.session.add(Task(label="Von Hand", request_id=key))
    with place.reading() as session:
        driver = next(task.id for task in open_tasks(session, key) if task.template == "fahrdienst")
    tick_tasks(place, [driver])
    before = dump(place)
    decline(place, [key], "Grund")
    with place.reading() as session:
        left = session.scalars(select(Task.template).where(Task.request_id == key)).all()
    assert sorted(left) == ["", "antwort", "fahrdienst"], "the answer is now that of the Absage"
    undo(place)
    assert dump(place) == before


def test_the_reason_stands_in_the_record_and_not_in_the_journal(place: Workplace, make_request: Make) -> None:
    key = make_request()
    decline(place, [key], "Frau Beispiel ist krank")
    with place.reading() as session:
        assert "Beispiel" not in repr(session.scalars(select(Action.params)).all())
    assert "Grund: Frau Beispiel ist krank" in record(place, key).notes
    assert record(place, key).history[-1].text == "abgesagt"


def test_a_plan_of_an_older_version_is_refused(
    place: Workplace, other_place: Workplace, make_request: Make, dump: Dump
) -> None:
    one, two = make_request(event_start=START), make_request(event_start=START)
    plans = [propose(place, key).plan for key in (one, two)]
    mark_important(other_place, [two])
    before = dump(place)
    with pytest.raises(Conflict, match="2026-0002 wurde nicht angenommen"):
        accept(place, plans)
    assert dump(place) == before
    assign(place, [one], "PS")
    with pytest.raises(Conflict, match="2026-0001"):
        accept(place, plans[:1])
    accept(place, [propose(place, key).plan for key in (one, two)], reason="gewollt")
