"""Own piles: saved, renamed, removed, undone; a query that makes no sense any more is named."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import update

from ob_buero_tui.rules.query import parse_query
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.requests import inbox, own_splits, splits
from ob_buero_tui.services.requests.listing import asked_for
from ob_buero_tui.services.requests.sorting import SORTINGS
from ob_buero_tui.services.search import search
from ob_buero_tui.services.undo import undo
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.lists import SavedSplit

Make = Callable[..., int]


def test_a_saved_search_is_a_pile_of_this_desk(
    place: Workplace, other_place: Workplace, make_request: Make
) -> None:
    key = make_request(kind="grusswort")
    make_request(kind="einladung")
    splits.save_split(place, "  Grußworte ", "kind:grusswort status: offen")

    (own,) = own_splits.own_splits(place)

    assert (own.label, own.query) == ("Grußworte", "art:grusswort status:offen")
    assert inbox.ids(place, own.key) == (key,)
    assert own_splits.count_split(place, own.key) == 1
    assert own_splits.own_splits(other_place) == ()
    undo(place)
    assert own_splits.own_splits(place) == ()


@pytest.mark.parametrize(
    ("label", "query", "said"),
    [
        ("", "status:offen", "braucht einen Namen"),
        ("x", "prio:1", "„prio:“ gibt es nicht"),
        ("x", "art:nichts", "„art:nichts“ gibt es nicht"),
        ("x", "  ", "Die Suche ist leer"),
        ("grussworte", "status:offen", "gibt es schon"),
    ],
)
def test_what_makes_no_pile_is_refused(place: Workplace, label: str, query: str, said: str) -> None:
    splits.save_split(place, "Grußworte", "art:grusswort")

    with pytest.raises(Refusal) as caught:
        splits.save_split(place, label, query)

    assert said in str(caught.value)


def test_renamed_and_removed_by_its_own_desk_alone(place: Workplace, other_place: Workplace) -> None:
    key = splits.save_split(place, "Alt", "status:offen").ids[0]

    with pytest.raises(Refusal):
        splits.remove_split(other_place, key)
    splits.rename_split(place, key, "Neu")
    assert [each.label for each in own_splits.own_splits(place)] == ["Neu"]
    splits.remove_split(place, key)
    assert own_splits.own_splits(place) == ()
    undo(place)
    assert [each.label for each in own_splits.own_splits(place)] == ["Neu"]


def test_a_query_that_makes_no_sense_any_more_is_told(place: Workplace) -> None:
    key = splits.save_split(place, "Alt", "status:offen").ids[0]
    with place.engine.connect().execution_options(writing=True) as connection, connection.begin():
        connection.execute(update(SavedSplit.__table__).values(query="art:abgeschafft"))  # type: ignore[arg-type]

    assert own_splits.count_split(place, f"{own_splits.OWN}{key}") is None
    assert "„art:abgeschafft“ gibt es nicht" in own_splits.problem_of(place, f"{own_splits.OWN}{key}")


def test_each_order_has_all_and_the_first_is_the_wanted_one(place: Workplace, make_request: Make) -> None:
    late = make_request(due_on=date(2026, 12, 24), important=True, assigned_to="AB", kind="einladung")
    soon = make_request(due_on=date(2026, 11, 27), assigned_to="PS", kind="grusswort")

    for each in SORTINGS:
        assert sorted(inbox.ids(place, inbox.NEW, each.key)) == [late, soon]
    assert inbox.ids(place, inbox.NEW, "frist") == (soon, late)
    assert inbox.ids(place, inbox.NEW, "wichtig") == (late, soon)
    assert inbox.ids(place, inbox.NEW, "zustaendig") == (late, soon)
    assert inbox.ids(place, own_splits.searched("status:offen"), "art") == (late, soon)


def test_a_search_with_keys_finds_requests_and_is_listed(place: Workplace, make_request: Make) -> None:
    key = make_request(subject="Radweg am Hafen", kind="anliegen")
    make_request(subject="Radweg im Tal", state="erledigt", closed=True)

    (hit,) = search(place, "radweg status:offen")

    assert (hit.type, hit.id, hit.title) == ("request", key, "Radweg am Hafen")
    assert [each.id for each in asked_for(place, parse_query("radweg status:offen"))] == [key]
    assert len(search(place, "radweg")) == 2
    with pytest.raises(Refusal):
        search(place, "prio:1")
