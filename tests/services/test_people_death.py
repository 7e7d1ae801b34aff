"""A death stops what is meant for the person, says so, and is one step to undo."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.people.death import mark_deceased
from ob_buero_tui.services.people.editing import create_contact
from ob_buero_tui.services.people.preview import death_preview
from ob_buero_tui.services.requests.record import record
from ob_buero_tui.services.undo import undo
from ob_buero_tui.services.work import transaction
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.calendar import Event
from ob_buero_tui.store.people import Person
from ob_buero_tui.store.requests import Request, RequestEvent
from ob_buero_tui.store.tasks import Task

ON = date(2026, 11, 20)


def add_person(place: Workplace, given: str = "Erika", **values: str) -> int:
    """A person called Beispiel."""
    typed = {"given_name": given, "family_name": "Beispiel"} | values
    return create_contact(place, "person", typed).ids[0]


def request_of(place: Workplace, key: int) -> Request:
    """A stored request."""
    with place.reading() as session:
        row = session.get(Request, key)
        assert row is not None
        return row


@pytest.fixture
def greet(make_request: Callable[..., int]) -> Callable[..., int]:
    """Makes a gratulation that names somebody."""

    def make(named: str, **values: Any) -> int:
        return make_request(kind="gratulation", fields={"person": named}, **values)

    return make


@pytest.mark.parametrize("named", ["Erika Beispiel", "Frau Dr. ERIKA BEISPIEL", "Beispiel, Erika"])
def test_a_greeting_that_names_the_dead_is_ended(
    place: Workplace, greet: Callable[..., int], named: str
) -> None:
    key, person = greet(named), add_person(place)
    done = mark_deceased(place, person, ON)
    request = request_of(place, key)
    assert (request.state, request.closed, request.reason) == ("ausgefallen", True, "verstorben")
    assert done.stopped == (f"{request.number} ist beendet: verstorben.",)
    assert done.text == "Erika Beispiel: verstorben am Fr 20.11.2026"


def test_tasks_fall_away_and_the_appointment_is_called_off(
    place: Workplace, greet: Callable[..., int], make_event: Callable[..., int]
) -> None:
    key, event, person = greet("Erika Beispiel"), make_event(), add_person(place)
    with transaction(place, "note") as work:
        work.session.add(Task(label="Blumen", request_id=key))
        work.session.add(RequestEvent(request_id=key, event_id=event))
    done = mark_deceased(place, person, ON)
    assert "1 Aufgabe entfällt" in done.stopped[0]
    with place.reading() as session:
        assert session.scalars(select(Task)).all() == []
        assert session.scalars(select(Event.status)).all() == ["CANCELLED"]


def test_who_was_told_of_the_jubilee_must_be_told_of_the_death(
    place: Workplace, greet: Callable[..., int]
) -> None:
    key, person = greet("Erika Beispiel"), add_person(place)
    with transaction(place, "note") as work:
        work.session.add(
            Task(label="Melden", template="bundespraesident_melden", request_id=key, done_at=work.at)
        )
    done = mark_deceased(place, person, ON)
    assert "den Tod heute noch der Stelle mitteilen" in done.stopped[0]
    with place.reading() as session:
        task = session.scalars(select(Task).where(Task.done_at.is_(None))).one()
        assert (task.template, task.due_on) == ("tod_mitteilen", place.today)


def test_a_request_of_the_dead_without_a_name_in_it_is_ended(
    place: Workplace, make_request: Callable[..., int]
) -> None:
    person = add_person(place)
    key = make_request(kind="gratulation", requester_id=person)
    mark_deceased(place, person, ON)
    assert request_of(place, key).closed


def test_a_greeting_that_the_dead_asked_for_somebody_else_goes_on(
    place: Workplace, greet: Callable[..., int]
) -> None:
    person = add_person(place)
    key = greet("Karl Muster", requester_id=person)
    assert mark_deceased(place, person, ON).stopped == ()
    assert not request_of(place, key).closed


def test_a_couple_and_a_namesake_are_left_to_a_person(place: Workplace, greet: Callable[..., int]) -> None:
    person = add_person(place)
    key = greet("Erika und Karl Beispiel")
    assert "kann dieselbe Person meinen" in mark_deceased(place, person, ON).stopped[0]
    assert not request_of(place, key).closed
    other, named = add_person(place, "Karl"), greet("Karl Beispiel")
    add_person(place, "Karl")
    assert any("bitte prüfen" in one for one in mark_deceased(place, other, ON).stopped)
    assert not request_of(place, named).closed


def test_other_open_requests_are_named_and_lists_emptied(
    place: Workplace, make_request: Callable[..., int]
) -> None:
    person = add_person(place, categories="Neujahrsempfang, Sport")
    key = make_request(kind="einladung", requester_id=person)
    number = request_of(place, key).number
    assert mark_deceased(place, person, ON).stopped == (
        f"Noch offen von dieser Person, bitte prüfen: {number}.",
        "Aus 2 Verteilern genommen.",
    )
    with place.reading() as session:
        assert session.get_one(Person, person).categories == []


def test_closed_and_trashed_ones_stay(place: Workplace, greet: Callable[..., int]) -> None:
    greet("Erika Beispiel", state="erledigt", closed=True)
    greet("Erika Beispiel", trashed_at=place.clock())
    assert mark_deceased(place, add_person(place), ON).stopped == ()


def test_what_is_personal_to_another_desk_stays_and_is_not_told_of(
    place: Workplace, greet: Callable[..., int]
) -> None:
    key = greet("Erika Beispiel", confidentiality="persoenlich", owner="karl.lorenz")
    person = add_person(place)
    assert death_preview(place, person) == ()
    assert mark_deceased(place, person, ON).stopped == ()
    assert not request_of(place, key).closed


def test_one_step_takes_it_all_back(
    place: Workplace, greet: Callable[..., int], dump: Callable[..., Any]
) -> None:
    greet("Erika Beispiel")
    person = add_person(place, categories="Sport")
    before = dump(place)
    mark_deceased(place, person, ON)
    undo(place)
    assert dump(place) == before


def test_nobody_dies_tomorrow(place: Workplace) -> None:
    person = add_person(place)
    with pytest.raises(Refusal, match="in der Zukunft"):
        mark_deceased(place, person, date(2026, 11, 26))


@pytest.mark.parametrize(
    ("values", "warned"),
    [
        ({"fields": {"person": "Frau Erika Beispiel"}}, True),
        ({"fields": {"person": "Erika und Karl Beispiel"}}, True),
        ({"fields": {"person": "Ina Beispiel"}}, False),
        ({"requester_id": 1}, True),
        ({"requester_id": 1, "fields": {"person": "Ina Beispiel"}}, False),
        ({"kind": "einladung", "requester_id": 1}, False),
    ],
)
def test_a_new_greeting_for_the_dead_warns(
    place: Workplace, make_request: Callable[..., int], values: dict[str, Any], warned: bool
) -> None:
    mark_deceased(place, add_person(place), ON)
    key = make_request(**({"kind": "gratulation"} | values))
    found = [one for one in record(place, key).findings if one.key == "verstorben"]
    assert bool(found) is warned
    if warned:
        assert found[0].text == "Erika Beispiel ist am Fr 20.11.2026 verstorben. Bitte prüfen."
