"""The states as data: what is shipped, what an office may change, and every mistake named."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ob_buero_tui.catalog.load import load_catalog
from ob_buero_tui.catalog.model import Catalog
from ob_buero_tui.rules.states import CLOSED_STATES, DECIDED, RequestState, label

S = RequestState
Office = Callable[[str, str], Catalog]


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """The catalog with one file of an office."""

    def with_file(name: str, text: str) -> Catalog:
        folder = tmp_path / "catalog"
        folder.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
        return load_catalog(tmp_path)

    return with_file


def test_the_shipped_table_names_every_state_by_its_usual_word(catalog: Catalog) -> None:
    assert dict(catalog.states.labels) == {state: label(state) for state in S}
    assert set(catalog.states.follows) == set(S)
    assert not any(catalog.states.may(state, state) for state in S)


@pytest.mark.parametrize("state", [S.NEU, S.WARTET, S.VERTAGT, S.VERSCHOBEN, S.VORLAGE])
def test_what_is_open_may_be_decided(catalog: Catalog, state: RequestState) -> None:
    for new in (*DECIDED, S.ERLEDIGT, S.ZURUECKGEZOGEN, S.VERFRISTET):
        assert catalog.states.may(state, new)


@pytest.mark.parametrize("state", sorted(DECIDED))
def test_what_is_decided_may_be_finished_or_overtaken(catalog: Catalog, state: RequestState) -> None:
    for new in (S.ERLEDIGT, S.VERSCHOBEN, S.AUSGEFALLEN, S.ZURUECKGEZOGEN):
        assert catalog.states.may(state, new)


@pytest.mark.parametrize("state", sorted(DECIDED | CLOSED_STATES))
def test_only_undo_makes_something_decided_or_closed_new_again(catalog: Catalog, state: RequestState) -> None:
    # A deputy who cannot go leaves everything open.
    assert catalog.states.may(state, S.NEU) is (state is S.VERTRETUNG)
    assert not catalog.states.may(state, S.WARTET)


def test_a_promise_may_be_handed_to_a_deputy_or_taken_back(catalog: Catalog) -> None:
    may = catalog.states.may
    assert may(S.ZUGESAGT, S.VERTRETUNG)
    assert may(S.VERTRETUNG, S.ZUGESAGT)
    assert may(S.ZUGESAGT, S.ABGESAGT)
    assert may(S.ABGEGEBEN, S.ZUGESAGT)
    assert not may(S.ABGEGEBEN, S.VERTAGT)
    assert catalog.states.follows[S.ERLEDIGT] == frozenset()


def test_an_office_renames_and_narrows(office: Office) -> None:
    catalog = office(
        "states.toml",
        '[[states]]\nkey = "vertagt"\nlabel = "zurückgestellt"\nnext = ["zugesagt", "abgesagt"]\n'
        '[[states]]\nkey = "neu"\nlabel = "offen"\n',
    )
    assert catalog.problems == ()
    assert catalog.states.label(S.VERTAGT) == "zurückgestellt"
    assert catalog.states.follows[S.VERTAGT] == {S.ZUGESAGT, S.ABGESAGT}
    assert catalog.states.label(S.NEU) == "offen"
    assert catalog.states.may(S.NEU, S.VERTAGT), "what it does not say stays"
    assert "fahrdienst" in catalog.states.reopen


MISTAKES = {
    "a new transition": (
        '[[states]]\nkey = "erledigt"\nnext = ["neu"]',
        "states[0].next[0]: Erwartet wird ein Zustand, der auf „erledigt“ folgen darf (keiner), gefunden",
    ),
    "an unknown state": ('[[states]]\nkey = "fertig"', "states[0].key: Erwartet wird eines von neu, wartet"),
    "a word taken": (
        '[[states]]\nkey = "neu"\nlabel = "vertagt"',
        "states[0].label: Erwartet wird ein Wort, das kein anderer Zustand hat, gefunden wurde „vertagt“.",
    ),
    "a state twice": (
        '[[states]]\nkey = "neu"\nlabel = "a"\n[[states]]\nkey = "neu"\nlabel = "b"',
        "states[1].key: Erwartet wird jeder Zustand nur einmal, gefunden wurde „neu“.",
    ),
    "no list": ('states = "neu"', "states: Erwartet wird eine Liste von Tabellen, gefunden wurde „neu“."),
    "an unknown key": ('[[states]]\nkey = "neu"\nnaechste = []', "states[0].naechste: Erwartet wird einer"),
    "reopen is no list": ("reopen = 3", "reopen: Erwartet wird eine Liste von Kennungen, gefunden wurde 3."),
}


@pytest.mark.parametrize(("text", "sentence"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_named_and_the_shipped_table_counts(
    office: Office, catalog: Catalog, text: str, sentence: str
) -> None:
    found = office("states.toml", text)
    assert any(problem.sentence.startswith(f"states.toml, {sentence}") for problem in found.problems), [
        problem.sentence for problem in found.problems
    ]
    assert found.states.follows == catalog.states.follows


def test_deciders_are_added_beside_the_shipped_ones(office: Office) -> None:
    catalog = office(
        "deciders.toml",
        '[[deciders]]\nkey = "eb"\nlabel = "Erste Beigeordnete"\n[[deciders]]\nkey = "ob"\nlabel = "BM"\n',
    )
    assert catalog.problems == ()
    assert {key: one.label for key, one in catalog.deciders.items()} == {
        "ob": "BM",
        "bueroleitung": "Büroleitung",
        "regel": "Regel",
        "eb": "Erste Beigeordnete",
    }


def test_departments_of_an_office_replace_the_shipped_ones(office: Office) -> None:
    catalog = office(
        "departments.toml",
        '[[departments]]\nkey = "bau"\nlabel = "Bauamt"\nshort = "Bau"\nemail = "bau@stadt.example.org"\n'
        '[[departments]]\nkey = "bau"\nlabel = "Bauhof"\nshort = "Hof"\n'
        '[[departments]]\nkey = "post"\nlabel = "Poststelle"\nshort = "Post"\nemail = "keine"\n',
    )
    assert [(one.key, one.short, one.kind, one.email) for one in catalog.departments] == [
        ("bau", "Bau", "amt", "bau@stadt.example.org")
    ]
    told = [problem.sentence for problem in catalog.problems]
    assert len(told) == 2
    assert "departments[2].email: Erwartet wird eine E-Mail-Adresse, gefunden wurde „keine“." in told[0]
    assert "jede Kennung nur einmal" in told[1]


def test_the_shipped_departments_are_amts_and_dezernate(catalog: Catalog) -> None:
    kinds = [one.kind.value for one in catalog.departments]
    assert kinds.count("amt") >= 12
    assert kinds.count("dezernat") >= 3
    assert len({one.short for one in catalog.departments}) == len(catalog.departments)
