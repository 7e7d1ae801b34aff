"""The trash has a way out: by its list, by undo, and for appointments from the history."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.visibility import Confidentiality
from ob_buero_tui.services.calendar import verbs as events
from ob_buero_tui.services.calendar.date_verbs import confirm_dates, trash_dates
from ob_buero_tui.services.calendar.scopes import Scope
from ob_buero_tui.services.history import recent_actions
from ob_buero_tui.services.requests import inbox, verbs
from ob_buero_tui.services.requests.editing import classify
from ob_buero_tui.services.undo import size_of_redo, size_of_undo, undo, undo_action
from ob_buero_tui.services.workplace import Workplace

Make = Callable[..., int]


def test_a_batch_comes_back_in_one_step(place: Workplace, make_request: Make) -> None:
    keys = [make_request() for _ in range(3)]
    verbs.trash(place, keys)
    assert set(inbox.ids(place, inbox.TRASH)) == set(keys)
    assert verbs.restore(place, keys).text == "3 Eingänge: aus dem Papierkorb geholt"
    assert inbox.ids(place, inbox.TRASH) == ()
    undo(place)
    assert set(inbox.ids(place, inbox.TRASH)) == set(keys)


def test_restoring_nothing_or_what_is_anothers_is_refused(
    place: Workplace, other_place: Workplace, make_request: Make
) -> None:
    with pytest.raises(Refusal, match="kein Eingang ausgewählt"):
        verbs.restore(place, [])
    key = make_request()
    classify(other_place, [key], Confidentiality.PERSOENLICH)
    verbs.trash(other_place, [key])
    with pytest.raises(Refusal, match="persönlich"):
        verbs.restore(place, [key])
    assert inbox.ids(place, inbox.TRASH) == (key,)


def test_an_appointment_comes_back(place: Workplace, make_event: Make) -> None:
    key = make_event()
    trash_dates(place, str(key), Scope.SERIE)
    with pytest.raises(Refusal, match="liegt im Papierkorb"):
        confirm_dates(place, str(key), Scope.SERIE)
    assert events.restore_event(place, [key]).text == "„Empfang im Rathaus“: aus dem Papierkorb geholt"
    confirm_dates(place, str(key), Scope.SERIE)
    with pytest.raises(Refusal, match="kein Termin ausgewählt"):
        events.restore_event(place, [])


def test_the_history_names_the_step_to_take_back(
    place: Workplace, other_place: Workplace, make_event: Make
) -> None:
    key = make_event()
    trash_dates(other_place, str(key), Scope.SERIE)
    line = recent_actions(place)[0]
    assert "in den Papierkorb gelegt" in line.text
    undo_action(place, line.action_id)
    events.note_event(place, [key], "wieder da")
    assert [line.action_id > 0 for line in recent_actions(place)] == [True, False, True, True]
    assert recent_actions(place)[2].undone


def test_what_is_personal_to_another_desk_is_not_taken_back(
    place: Workplace, other_place: Workplace, make_request: Make
) -> None:
    key = make_request()
    verbs.assign(place, [key], "PS")
    mine = recent_actions(place)[0].action_id
    classify(other_place, [key], Confidentiality.PERSOENLICH)
    theirs = recent_actions(place)[0].action_id
    for action in (mine, theirs):
        with pytest.raises(Refusal, match="betrifft Persönliches"):
            undo_action(place, action)
    undo_action(other_place, theirs)
    undo_action(place, mine)


def test_the_size_of_an_undo_is_known_before(place: Workplace, make_request: Make) -> None:
    assert size_of_undo(place) == size_of_redo(place) == 0
    keys = [make_request() for _ in range(5)]
    verbs.assign(place, keys, "PS")
    assert size_of_undo(place) == 5
    assert size_of_undo(place, recent_actions(place)[1].action_id) == 1
    undo(place)
    assert size_of_redo(place) == 5


def test_more_requests_than_are_read_at_once(place: Workplace, make_request: Make) -> None:
    keys = [make_request() for _ in range(7)]
    at_once, verbs.AT_ONCE = verbs.AT_ONCE, 3
    try:
        assert verbs.mark_important(place, [*reversed(keys), keys[0]]).ids == tuple(reversed(keys))
        with pytest.raises(Refusal, match="nicht mehr"):
            verbs.mark_important(place, [*keys, 4711])
    finally:
        verbs.AT_ONCE = at_once
