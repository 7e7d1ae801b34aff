"""The states of a request: open, decided or closed, each with a word."""

from __future__ import annotations

from ob_buero_tui.rules.states import (
    CLOSED_STATES,
    DECIDED,
    OPEN_STATES,
    EventStatus,
    RequestState,
    StateTable,
    is_open,
    label,
)

S = RequestState


def test_every_state_is_open_decided_or_closed_and_only_one_of_them() -> None:
    assert set(S) == OPEN_STATES | DECIDED | CLOSED_STATES
    assert len(OPEN_STATES) + len(DECIDED) + len(CLOSED_STATES) == len(S)
    assert {state for state in S if is_open(state)} == {S.NEU, S.WARTET, S.VERTAGT, S.VERSCHOBEN, S.VORLAGE}


def test_nothing_follows_what_the_table_does_not_name() -> None:
    table = StateTable(follows={S.NEU: frozenset({S.WARTET})})
    assert table.may(S.NEU, S.WARTET)
    assert not table.may(S.NEU, S.ZUGESAGT)
    assert not table.may(S.WARTET, S.NEU)


def test_a_word_of_the_office_goes_before_the_usual_one() -> None:
    table = StateTable(labels={S.VERTAGT: "zurückgestellt"})
    assert table.label(S.VERTAGT) == "zurückgestellt"
    assert table.label(S.NEU) == "neu"


def test_every_state_has_a_german_label() -> None:
    assert label(S.ZURUECKGEZOGEN) == "zurückgezogen"
    assert [label(status) for status in EventStatus] == ["vorgemerkt", "bestätigt", "abgesagt"]
    assert len({label(state) for state in S}) == len(S)
