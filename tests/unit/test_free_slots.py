"""Free slots never overlap what is taken, and none is left out."""

# ruff: noqa: DTZ001 wall times are naive by design

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from ob_buero_tui.rules.free_slots import Gap, Span, free_starts, gaps, merged

DAY = datetime(2026, 11, 25)
minutes = st.integers(0, 24 * 60)
spans = st.lists(st.tuples(minutes, st.integers(0, 300)), max_size=12).map(
    lambda found: [(at(start), at(start + length)) for start, length in found]
)


def at(minute: int) -> datetime:
    return DAY + timedelta(minutes=minute)


def overlap(one: Span, other: Span) -> bool:
    return max(one[0], other[0]) < min(one[1], other[1])


@given(spans, spans, st.integers(1, 240), st.integers(0, 90), st.integers(0, 600), st.integers(0, 900))
def test_every_start_is_free_and_every_other_one_is_not(
    busy: list[Span], here: list[Span], length: int, travel: int, begin: int, width: int
) -> None:
    window = (at(begin), at(begin + width))
    found = list(free_starts([window], length, busy, here=here, travel_min=travel))
    raster = [at(begin + step) for step in range(0, width - length + 1, 15)]
    way = timedelta(minutes=travel)
    for start in raster:
        end = start + timedelta(minutes=length)
        taken = any(overlap((start - way, end + way), one) for one in busy)
        taken = taken or any(overlap((start, end), one) for one in here)
        assert (start in found) is not taken
    assert set(found) <= set(raster)
    assert found == sorted(found)


@given(spans)
def test_merging_takes_the_same_minutes(found: list[Span]) -> None:
    one = merged(found)
    assert all(before[1] < after[0] for before, after in pairwise(one))
    for minute in range(0, 30 * 60, 7):
        inside = [(at(minute), at(minute) + timedelta(seconds=30))]
        assert any(overlap(inside[0], span) for span in found) is any(
            overlap(inside[0], span) for span in one
        )


@given(spans, st.integers(15, 120))
def test_gaps_hold_all_starts_and_no_other(busy: list[Span], length: int) -> None:
    starts = list(free_starts([(at(480), at(1080))], length, busy))
    found = gaps(starts, length)
    step = timedelta(minutes=15)
    told = [gap.start + n * step for gap in found for n in range((gap.last_start - gap.start) // step + 1)]
    assert told == starts


def test_touching_is_free() -> None:
    window = (at(540), at(660))
    busy = [(at(480), at(540)), (at(600), at(700))]
    assert list(free_starts([window], 60, busy)) == [at(540)]
    assert list(free_starts([window], 45, busy, travel_min=15)) == []
    assert gaps([at(540), at(555), at(600)], 45) == [Gap(at(540), at(555), 45), Gap(at(600), at(600), 45)]
    assert Gap(at(540), at(555), 45).end == at(585)
