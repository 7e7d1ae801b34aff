"""The rows of the day grid: no two blocks share a cell, none is lost, and no lane is wasted."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from ob_buero_tui.rules.states import EventStatus
from ob_buero_tui.rules.visibility import Confidentiality
from ob_buero_tui.services.views import DayEvent, DayView
from ob_buero_tui.tui.widgets.day_bars import bars
from ob_buero_tui.tui.widgets.day_layout import Block, blocks, hours_of, is_bar, lanes_shown

DAY = date(2026, 11, 25)
START = datetime.combine(DAY, datetime.min.time())


def made(number: int, start: int, length: int, before: int = 0, after: int = 0) -> DayEvent:
    """An event from its start and length in minutes from the midnight of the day."""
    return DayEvent(
        id=str(number),
        event_id=number,
        summary="Termin",
        start=START + timedelta(minutes=start),
        end=START + timedelta(minutes=start + length),
        status=EventStatus.CONFIRMED,
        confidentiality=Confidentiality.INTERN,
        travel_before_min=before,
        travel_after_min=after,
    )


ONE = st.tuples(
    st.integers(-300, 1439), st.integers(0, 700), st.sampled_from((0, 0, 5, 20, 90)), st.sampled_from((0, 30))
).filter(lambda one: one[0] + max(one[1], 1) > 0)
EVENTS = st.lists(ONE, max_size=14).map(lambda found: [made(n, *one) for n, one in enumerate(found)])


def placed(events: list[DayEvent], slot: int) -> tuple[list[Block], int]:
    """The blocks of the day as the grid works them out, and its rows."""
    first, last = hours_of(events, DAY)
    rows = (last - first) * 60 // slot
    return blocks(events, DAY, first_hour=first, slot=slot, rows=rows), rows


@given(EVENTS, st.sampled_from((15, 30)))
def test_each_event_has_rows_of_its_own_inside_the_grid(events: list[DayEvent], slot: int) -> None:
    found, rows = placed(events, slot)
    assert [block.event.id for block in found] == [event.id for event in events]
    for block in found:
        assert 0 <= block.top <= block.start < block.end <= block.bottom <= rows
        assert 0 <= block.lane < block.lane + block.span <= block.lanes


@given(EVENTS, st.sampled_from((15, 30)))
def test_no_cell_is_taken_twice_and_none_beside_a_block_is_wasted(events: list[DayEvent], slot: int) -> None:
    found, rows = placed(events, slot)
    for row in range(rows):
        here = [block for block in found if block.top <= row < block.bottom]
        taken = [lane for block in here for lane in range(block.lane, block.lane + block.span)]
        assert len(taken) == len(set(taken)), "two blocks lie on each other"
        assert len({(block.group, block.lanes) for block in here}) <= 1, "a row has one division into lanes"
    for block in found:
        if block.lane + block.span < block.lanes:
            stop = block.lane + block.span
            beside = [other for other in found if other.lane == stop and other.group == block.group]
            assert any(other.top < block.bottom and block.top < other.bottom for other in beside)


@given(EVENTS, st.sampled_from((15, 30)))
def test_a_group_has_as_many_lanes_as_overlap_at_once(events: list[DayEvent], slot: int) -> None:
    found, rows = placed(events, slot)
    for group in {block.group for block in found}:
        members = [block for block in found if block.group == group]
        deepest = max(sum(block.top <= row < block.bottom for block in members) for row in range(rows))
        assert {block.lanes for block in members} == {deepest}


@given(st.integers(1, 9), st.integers(3, 80), st.integers(0, 8))
def test_lanes_fill_their_column_and_the_wanted_one_is_shown(count: int, width: int, wanted: int) -> None:
    lane = min(wanted, count - 1)
    shown = lanes_shown(count, width, lane)
    assert shown.cells(lane) is not None
    edges = [cells for one in range(count) if (cells := shown.cells(one)) is not None]
    assert edges[0][0] == 0
    assert edges[-1][1] == shown.width <= width
    assert all(left[1] == right[0] for left, right in pairwise(edges))
    assert all(left < right for left, right in edges)
    if shown.shown == count:
        assert shown.width == width, "nothing is kept free where all have room"


SPANS = st.lists(st.tuples(st.integers(0, 6), st.integers(1, 7)), max_size=10)


@given(SPANS)
def test_bars_never_lie_on_each_other_and_keep_their_days(spans: list[tuple[int, int]]) -> None:
    events = [made(n, first * 1440, length * 1440) for n, (first, length) in enumerate(spans)]
    days = [
        DayView(
            date=DAY + timedelta(days=column),
            events=tuple(
                event
                for event, (first, length) in zip(events, spans, strict=True)
                if first <= column < first + length
            ),
        )
        for column in range(7)
    ]
    rows = bars(days)
    found = {bar.event.id: bar for row in rows for bar in row if bar.event is not None}
    assert all(is_bar(event) for event in events)
    assert {id: (bar.first, bar.end) for id, bar in found.items()} == {
        str(n): (first, min(7, first + length)) for n, (first, length) in enumerate(spans)
    }
    for row in rows:
        assert all(left.end <= right.first for left, right in pairwise(row))
    deepest = max((len(day.events) for day in days), default=0)
    assert len(rows) == deepest, "no line more than lie over each other at once"
