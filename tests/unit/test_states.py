"""Which state of a request may follow which."""

from __future__ import annotations

import pytest

from ob_buero_tui.rules.states import (
    CLOSED_STATES,
    DECIDED,
    OPEN_STATES,
    TRANSITIONS,
    EventStatus,
    RequestState,
    is_open,
    label,
    may,
)

S = RequestState


def test_every_state_is_open_decided_or_closed_and_only_one_of_them() -> None:
    assert set(S) == OPEN_STATES | DECIDED | CLOSED_STATES
    assert len(OPEN_STATES) + len(DECIDED) + len(CLOSED_STATES) == len(S)
    assert {state for state in S if is_open(state)} == {S.NEU, S.WARTET, S.VERTAGT, S.VERSCHOBEN, S.VORLAGE}
    assert set(TRANSITIONS) == set(S)


@pytest.mark.parametrize("state", [S.NEU, S.WARTET, S.VERTAGT, S.VERSCHOBEN, S.VORLAGE])
def test_what_is_open_may_be_decided(state: RequestState) -> None:
    assert all(may(state, decision) for decision in DECIDED)
    assert may(state, S.ERLEDIGT)
    assert may(state, S.ZURUECKGEZOGEN)


@pytest.mark.parametrize("state", sorted(DECIDED))
def test_what_is_decided_may_be_finished_or_overtaken(state: RequestState) -> None:
    assert all(may(state, new) for new in (S.ERLEDIGT, S.VERSCHOBEN, S.AUSGEFALLEN, S.ZURUECKGEZOGEN))


@pytest.mark.parametrize("state", sorted(DECIDED | CLOSED_STATES))
def test_only_undo_makes_something_decided_or_closed_new_again(state: RequestState) -> None:
    assert not may(state, S.NEU)
    assert not may(state, S.WARTET)


def test_a_promise_may_be_handed_to_a_deputy_or_taken_back() -> None:
    assert may(S.ZUGESAGT, S.VERTRETUNG)
    assert may(S.VERTRETUNG, S.ZUGESAGT)
    assert may(S.ZUGESAGT, S.ABGESAGT)
    assert not may(S.ABGEGEBEN, S.ZUGESAGT)


def test_what_is_finished_stays_finished() -> None:
    assert TRANSITIONS[S.ERLEDIGT] == frozenset()
    assert TRANSITIONS[S.ZURUECKGEZOGEN] == {S.ERLEDIGT}


def test_staying_is_no_transition() -> None:
    assert not any(may(state, state) for state in S)


def test_every_state_has_a_german_label() -> None:
    assert label(S.ZURUECKGEZOGEN) == "zurückgezogen"
    assert [label(status) for status in EventStatus] == ["vorgemerkt", "bestätigt", "abgesagt"]
    assert len({label(state) for state in S}) == len(S)
