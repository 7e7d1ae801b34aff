"""Whatever a use case does, undoing it gives the start state, and redoing it the end state.

A new use case needs an entry in `ARGUMENTS` here: a function that draws its arguments. What many of them do
in turn, at two desks, is tried by `test_undo_machine.py`.
"""

from __future__ import annotations

import importlib
import os
import pkgutil
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from undo_agenda import AGENDA
from undo_answers import ANSWERS
from undo_ausfall import AUSFALL
from undo_bodies import BODIES
from undo_calendar import CALENDAR
from undo_calendars import CALENDARS
from undo_calls import CALLS
from undo_case_file import CASE_FILE
from undo_conflicts import CONFLICTS
from undo_decision import DECISION
from undo_documents import DOCUMENTS
from undo_intake import INTAKE
from undo_kit import Arguments, Opened, World, actions, furnished, refuse_stale_derivations, repeat
from undo_papers import PAPERS
from undo_people import PEOPLE
from undo_plan_batches import PLAN_BATCHES
from undo_plans import PLANS
from undo_privacy import PRIVACY, PRIVACY_FINAL
from undo_requests import REQUESTS
from undo_results import RESULTS
from undo_sessions import SESSIONS
from undo_sheets import SHEETS
from undo_splits import SPLITS
from undo_vorlage import VORLAGE

from ob_buero_tui import services
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.visibility import Confidentiality
from ob_buero_tui.services.undo import LeftHouse, redo, undo, undo_action
from ob_buero_tui.services.work import USE_CASES
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.calendar import Event
from ob_buero_tui.store.council import Meeting
from ob_buero_tui.store.journal import Action
from ob_buero_tui.store.people import Organization, Person
from ob_buero_tui.store.requests import Request
from ob_buero_tui.store.tasks import Task
from office_fixtures import contents

__all__ = ["ARGUMENTS", "FINAL", "FIXED", "World", "furnished"]

for module in pkgutil.walk_packages(services.__path__, services.__name__ + "."):
    importlib.import_module(module.name)

ARGUMENTS: dict[str, Callable[[World], Arguments]] = {
    "test_create_request": lambda world: ({"subject": world.text(), "fields": {"n": world.number(3)}},),
    "test_create_event": lambda world: ({"rrule": world.pick("", "FREQ=WEEKLY;COUNT=4", "kaputt")},),
    "decline": lambda world: (world.some(Request), world.text(), world.text()),
    "defer": lambda world: (
        world.some(Request),
        world.place.today + timedelta(days=world.number(9)),
        world.text(),
        world.pick(None, 3, -2),
        world.pick(True, False),
    ),
    "assign": lambda world: (world.some(Request), world.pick("", "PS", "KL")),
    "note": lambda world: (world.some(Request), world.text()),
    "finish": lambda world: (world.some(Request),),
    "mark_important": lambda world: (world.some(Request),),
    "trash": lambda world: (world.some(Request),),
    "restore_request": lambda world: (world.some(Request),),
    "tick_task": lambda world: (world.some(Task),),
    "defer_task": lambda world: (world.some(Task), world.place.today + timedelta(days=world.number(9))),
    "assign_task": lambda world: (world.some(Task), world.pick("", "PS", "KL")),
    "note_task": lambda world: (world.some(Task), world.text()),
    "add_task": lambda world: (world.text(), world.pick(None, world.place.today)),
    "correct": lambda world: (world.pick(*world.keys(Action)),),
    "note_event": lambda world: (world.some(Event), world.text()),
    "mark_event_important": lambda world: (world.some(Event),),
    "restore_event": lambda world: (world.some(Event),),
    "set_kind": lambda world: (world.some(Request), world.pick(None, *world.place.catalog.kinds)),
    "tick_check": lambda world: (world.one(Request), world.pick("a", "b"), world.pick(True, False, None)),
    "test_create_meeting": lambda world: ({"name": world.text(), "body": world.pick(None, "Stadtrat")},),
    "tick_step": lambda world: (
        world.some(Meeting),
        world.pick("", "versand", "niederschrift", "gibt es nicht"),
    ),
    "note_meeting": lambda world: (world.some(Meeting), world.text()),
    "set_ladungsfrist": lambda world: (world.one(Organization), world.pick("", "rp", "gibt es nicht")),
    "set_mayor_attends": lambda world: (world.one(Organization), world.pick(True, False)),
    "classify": lambda world: (world.some(Request), world.pick(*Confidentiality)),
}

ARGUMENTS |= DOCUMENTS | CONFLICTS
ARGUMENTS |= AGENDA | BODIES | PAPERS | PLAN_BATCHES | PLANS
ARGUMENTS |= CALENDAR | CALENDARS
ARGUMENTS |= ANSWERS | AUSFALL | CALLS | PEOPLE | INTAKE | SHEETS | SPLITS | DECISION | VORLAGE | REQUESTS
ARGUMENTS |= RESULTS | SESSIONS | PRIVACY | CASE_FILE


FINAL: set[str] = set(PRIVACY_FINAL)
"""Use cases that nobody can take back, as an erasure: the tests demand that undo refuses them."""


def arguments(verb: str) -> Callable[[str], Callable[[World], Arguments]]:
    """Register the drawing function of a verb that needs more than a line."""

    def register(function: Callable[[World], Arguments]) -> Callable[[World], Arguments]:
        ARGUMENTS[verb] = function
        return function

    return register  # type: ignore[return-value]


@arguments("accept")
def _accept(world: World) -> Arguments:
    from ob_buero_tui.services.requests.accepting import propose

    start = world.pick(None, world.place.now.replace(minute=0) + timedelta(days=world.number(9)))
    where = world.pick(None, "Rathaus", "Turnhalle")
    keys = dict.fromkeys(world.some(Request))
    return ([propose(world.place, key, start=start, location=where).plan for key in keys],)


@arguments("create_request")
def _create(world: World) -> Arguments:
    from ob_buero_tui.services.requests.creating import CHANNELS, Captured

    captured = Captured(
        kind=world.pick(None, *world.place.catalog.kinds),
        channel=world.pick(*CHANNELS),
        subject=world.text(),
        text=world.text(),
        name=world.pick("", "Erika Beispiel", "Karl Neu"),
        organization=world.pick("", "Turnverein", "Neuer Verein"),
        email=world.pick("", "neu@verein.example.org"),
        person_id=world.pick(None, world.one(Person)),
    )
    return (captured,)


@arguments("edit_request")
def _edit(world: World) -> Arguments:
    from ob_buero_tui.services.requests.editing import Edited, form

    filled = form(world.place, world.one(Request))
    start = world.pick(None, world.place.now + timedelta(days=world.number(40)))
    edited = Edited(
        kind=world.pick(None, *world.place.catalog.kinds),
        subject=world.text(),
        event_start=start,
        event_end=start + timedelta(hours=1) if start else None,
        event_place=world.text(),
        file_reference="",
        fields={},
    )
    return (filled.request_id, filled.version - world.pick(0, 0, 0, 1), edited)


def test_every_use_case_is_undone_here() -> None:
    # Other tests register verbs of their own, which this process may have seen.
    assert {verb for verb in USE_CASES if verb in ARGUMENTS or not verb.startswith("test_")} == set(ARGUMENTS)


def act(world: World, verb: str) -> None:
    """One use case; a refusal is as good as a deed, if it changed nothing."""
    try:
        arguments = ARGUMENTS[verb](world)
    except Refusal:  # a proposal for a record that is gone
        return
    before = actions(world.place)  # what was drawn may have needed deeds of its own
    try:
        USE_CASES[verb].run(world.place, *arguments)
    except Refusal:
        assert actions(world.place) == before


def refuse_to_take_back(place: Workplace) -> None:
    """The newest step stays for good, and trying changes nothing."""
    end = contents(place)
    with place.reading() as session:
        newest = session.scalar(select(func.max(Action.id)))
    for attempt in (undo, lambda place: undo_action(place, newest)):
        with pytest.raises(Refusal):
            attempt(place)
    assert contents(place) == end
    refuse_stale_derivations(place)


LONGER = int(os.environ.get("OB_BUERO_UNDO_LONGER", "1"))
"""So many times more examples, other ones each time; `python -m benchmarks.undo` asks for them."""
FIXED: dict[str, Any] = {
    "deadline": None,
    "derandomize": LONGER == 1,
    "print_blob": True,
    "suppress_health_check": [HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
}


def _left_house(place: Workplace) -> bool:
    """Whether the newest step is one that nobody can take back, as it left the house."""
    with place.reading() as session:
        newest = session.scalars(select(Action).order_by(Action.id.desc()).limit(1)).one()
        return newest.verb == "file_case" and bool(newest.left_house)


@pytest.mark.parametrize("verb", sorted(ARGUMENTS))
@settings(max_examples=2 * LONGER, **FIXED)  # drawn ones in turn: test_undo_machine.py
@given(data=st.data())
def test_each_use_case_is_undone_and_redone(opened: Opened, verb: str, data: st.DataObject) -> None:
    with opened() as place:
        start = contents(place)
        act(World(place, data.draw, wild=False), verb)
        if verb in FINAL:
            refuse_to_take_back(place)
            return
        if _left_house(place):
            with pytest.raises(LeftHouse):
                undo(place)
            return
        end, count = contents(place), actions(place)
        repeat(undo, place)
        assert contents(place) == start
        assert repeat(redo, place) == count
        assert contents(place) == end
        refuse_stale_derivations(place)
