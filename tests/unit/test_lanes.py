"""Overlapping events lie side by side, in as few lanes as needed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ob_buero_tui.rules.lanes import Lane, lanes

SPANS = st.lists(
    st.tuples(st.integers(0, 60), st.integers(0, 25)).map(lambda s: (s[0], s[0] + s[1])), max_size=20
)


def test_alone_side_by_side_and_reused() -> None:
    assert lanes([]) == []
    assert lanes([(540, 600)]) == [Lane(0, 1)]
    assert lanes([(540, 600), (600, 660)]) == [Lane(0, 1), Lane(0, 1)]
    assert lanes([(540, 600), (570, 660), (600, 630)]) == [Lane(0, 2), Lane(1, 2), Lane(0, 2)]


def test_the_order_given_is_the_order_returned_and_longer_events_lie_left() -> None:
    assert lanes([(600, 630), (600, 720), (900, 960)]) == [Lane(1, 2), Lane(0, 2), Lane(0, 1)]


def test_an_event_without_length_gets_a_place_of_its_own() -> None:
    assert {lane.index for lane in lanes([(600, 600), (600, 660)])} == {0, 1}


def _seen(span: tuple[int, int]) -> range:
    return range(span[0], max(span[1], span[0] + 1))


@given(SPANS)
def test_overlapping_spans_never_share_a_lane(spans: list[tuple[int, int]]) -> None:
    placed = lanes(spans)
    for i, a in enumerate(spans):
        for j in range(i):
            if set(_seen(a)) & set(_seen(spans[j])):
                assert placed[i].index != placed[j].index
                assert placed[i].count == placed[j].count


@given(SPANS)
def test_the_count_of_a_group_is_its_greatest_overlap(spans: list[tuple[int, int]]) -> None:
    placed = lanes(spans)
    todo = set(range(len(spans)))
    while todo:
        group, frontier = set(), {todo.pop()}
        while frontier:
            i = frontier.pop()
            group.add(i)
            near = {j for j in todo if set(_seen(spans[i])) & set(_seen(spans[j]))}
            todo -= near
            frontier |= near
        deepest = max(sum(minute in _seen(spans[i]) for i in group) for minute in range(90))
        assert {placed[i].count for i in group} == {deepest}
        assert {placed[i].index for i in group} == set(range(deepest))
