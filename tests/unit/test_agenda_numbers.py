"""Numbers of an agenda follow from order, level and part, whatever is done to it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ob_buero_tui.rules.agenda_numbers import (
    DEEPEST,
    AgendaPlace,
    indented,
    inserted,
    moved,
    numbers,
    settled,
    with_below,
)


def agenda(*marks: str) -> tuple[AgendaPlace, ...]:
    """Items by marks such as „Ö“, „Ö.“ (one level below), „N“, „Ö!“ (closes its part)."""
    return tuple(
        AgendaPlace(id=place, public=mark[0] == "Ö", level=mark.count("."), closing="!" in mark)
        for place, mark in enumerate(marks, 1)
    )


def shown(places: tuple[AgendaPlace, ...]) -> list[str]:
    """Numbers with the keys behind them."""
    return [f"{number}={one.id}" for number, one in zip(numbers(places), places, strict=True)]


def test_parts_and_levels_are_numbered() -> None:
    """Each part counts from 1; sub-items below their item."""
    marks = (*["Ö"] * 9, "Ö", "Ö.", "Ö.", "Ö..", "Ö", "N", "N.", "N")
    found = numbers(settled(agenda(*marks)))
    assert found[9:] == ("Ö 10", "Ö 10.1", "Ö 10.2", "Ö 10.2.1", "Ö 11", "N 1", "N 1.1", "N 2")


def test_a_new_item_stands_before_what_closes_its_part() -> None:
    """„Mitteilungen“ and „Anfragen“ stay at the end of the public part; the other part comes after it."""
    before = agenda("Ö", "Ö!", "Ö!")
    assert shown(inserted(before, AgendaPlace(id=9))) == ["Ö 1=1", "Ö 2=9", "Ö 3=2", "Ö 4=3"]
    both = inserted(before, AgendaPlace(id=9, public=False))
    assert shown(both)[-1] == "N 1=9"
    assert shown(inserted(both, AgendaPlace(id=10, closing=True)))[3] == "Ö 4=10"
    assert shown(inserted((), AgendaPlace(id=1, public=False))) == ["N 1=1"]


@pytest.mark.parametrize(
    ("id", "by", "order"),
    [
        (1, 1, [3, 4, 1, 2, 5]),  # with its sub-item past an item with its own
        (3, -1, [3, 4, 1, 2, 5]),
        (2, 1, [1, 3, 2, 4, 5]),  # out of its item into the next one
        (4, -1, [1, 2, 4, 3, 5]),
        (1, -1, [1, 2, 3, 4, 5]),
        (3, 1, [1, 2, 3, 4, 5]),  # no item leaves its part by the arrows
        (5, -1, [1, 2, 3, 4, 5]),
    ],
)
def test_an_item_moves_with_what_is_below_it(id: int, by: int, order: list[int]) -> None:
    """An item takes its sub-items along."""
    assert [one.id for one in moved(agenda("Ö", "Ö.", "Ö", "Ö.", "N"), id, by)] == order


def test_indenting_takes_the_sub_items_along_and_ends_where_there_is_no_item_above() -> None:
    """The first item of a part stays at the edge."""
    start = agenda("Ö", "Ö", "Ö.", "N")
    assert numbers(indented(start, 2, 1)) == ("Ö 1", "Ö 1.1", "Ö 1.1.1", "N 1")
    assert indented(start, 1, 1) == start
    assert indented(start, 4, 1) == start
    assert indented(start, 2, -1) == start
    assert with_below(start, 2) == (2, 3)


PLACES = st.lists(
    st.builds(
        AgendaPlace, id=st.just(0), public=st.booleans(), level=st.integers(0, 4), closing=st.booleans()
    ),
    min_size=1,
    max_size=12,
).map(
    lambda found: tuple(
        AgendaPlace(id=place, public=one.public, level=one.level, closing=one.closing)
        for place, one in enumerate(found, 1)
    )
)
STEPS = st.lists(st.tuples(st.sampled_from(("move", "indent")), st.integers(0, 11), st.sampled_from((1, -1))))


@settings(max_examples=60, deadline=None)
@given(PLACES, STEPS)
def test_no_number_is_given_twice_and_no_item_is_lost(
    places: tuple[AgendaPlace, ...], steps: list[tuple[str, int, int]]
) -> None:
    """Whatever is moved and indented: all items stay in their part, and the numbers count without gaps."""
    found = settled(places)
    for step, at, by in steps:
        id = found[at % len(found)].id
        found = moved(found, id, by) if step == "move" else indented(found, id, by)
        assert found == settled(found)
    assert sorted((one.id, one.public) for one in found) == sorted((one.id, one.public) for one in places)
    told = numbers(found)
    assert len(set(told)) == len(told)
    assert all(one.level <= DEEPEST for one in found)
    tops = [number.split()[1] for number in told if "." not in number and number.startswith("Ö")]
    assert tops == [str(count) for count in range(1, len(tops) + 1)]
