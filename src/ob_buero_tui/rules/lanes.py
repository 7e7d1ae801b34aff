"""Side-by-side places for events that overlap on one day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Lane:
    """The place of one event: which lane, counted from 0, of how many."""

    index: int
    count: int


def lanes(spans: Sequence[tuple[int, int]]) -> list[Lane]:
    """Place spans so that overlapping ones lie side by side, with as few lanes as their group needs.

    Args:
        spans: Start and end in minutes, end exclusive; an empty span counts as one minute, to be seen.

    Returns:
        One lane per span in the given order; all spans of a connected group share one count.
    """
    order = sorted(range(len(spans)), key=lambda i: (spans[i][0], -spans[i][1], i))
    placed: dict[int, Lane] = {}
    group: list[tuple[int, int]] = []
    lane_ends: list[int] = []
    for i in order:
        start, end = spans[i][0], max(spans[i][1], spans[i][0] + 1)
        if lane_ends and start >= max(lane_ends):
            placed.update((member, Lane(lane, len(lane_ends))) for member, lane in group)
            group, lane_ends = [], []
        free = next((lane for lane, taken in enumerate(lane_ends) if taken <= start), len(lane_ends))
        lane_ends[free : free + 1] = [end]
        group.append((i, free))
    placed.update((member, Lane(lane, len(lane_ends))) for member, lane in group)
    return [placed[i] for i in range(len(spans))]
